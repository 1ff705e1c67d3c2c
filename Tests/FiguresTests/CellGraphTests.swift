import Testing

@testable import Figures

@Suite struct CellGraphTests {
  private struct Box {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
  }

  private func marks(_ figure: ResolvedFigure) -> [Mark] { figure.panels[0].marks }

  /// The outlines that are filled with the ground, one for each node.
  private func boxes(_ figure: ResolvedFigure) -> [Box] {
    marks(figure).compactMap { mark in
      guard case .polygon(let points, let fill, nil) = mark, fill?.role == .background else { return nil }
      let (xs, ys) = (points.map(\.x), points.map(\.y))
      return Box(left: xs.min() ?? 0, right: xs.max() ?? 0, top: ys.min() ?? 0, bottom: ys.max() ?? 0)
    }
  }

  private func arrows(_ figure: ResolvedFigure) -> [[Point]] {
    marks(figure).compactMap { mark in
      guard case .polygon(let points, let fill, nil) = mark, fill?.role == .ink else { return nil }
      return points
    }
  }

  private func figure(
    _ nodes: [CellGraph.Node], _ edges: [(Int, Int)], label: String = "", width: Double = 400
  ) -> ResolvedFigure {
    CellGraph.figure(
      nodes, edges: edges.map { .init(from: $0.0, to: $0.1, label: label) }, title: "T", width: width,
      measure: EvenMeasure())
  }

  private static let kinds = CellGraph.Kind.allCases

  /// A long short-term memory: two inputs and a state, four linears with activations, what joins them.
  private static let lstm: (nodes: [CellGraph.Node], edges: [(Int, Int)]) = {
    let names = ["x", "h_prev_0", "h_prev_1"]
    var nodes = names.map { CellGraph.Node(label: $0, kind: .input) }
    var edges: [(Int, Int)] = []
    for gate in ["i", "j", "f", "o"] {
      nodes.append(.init(label: "linear", detail: gate, kind: .weighted))
      edges += [(0, nodes.count - 1), (1, nodes.count - 1)]
      nodes.append(.init(label: "sigmoid", detail: gate + "_act", kind: .activation))
      edges.append((nodes.count - 2, nodes.count - 1))
    }
    for (name, inputs, isResult) in [
      ("part1", [8, 2], false), ("part2", [4, 6], false), ("h_new_1", [11, 12], true), ("h_new_0", [13, 10], true),
    ] {
      nodes.append(.init(label: "product", detail: name, kind: .combination, isResult: isResult))
      edges += inputs.map { ($0, nodes.count - 1) }
    }
    return (nodes, edges)
  }()

  @Test func boxesKeepApartAndHoldTheirTexts() {
    let figure = figure(Self.lstm.nodes, Self.lstm.edges)
    let boxes = boxes(figure)
    #expect(boxes.count == Self.lstm.nodes.count && arrows(figure).count == Self.lstm.edges.count)
    for (index, box) in boxes.enumerated() {
      #expect(box.left >= 0 && box.right <= 390 && box.top >= 0 && box.bottom <= figure.panelHeight ?? 0)
      for other in boxes[(index + 1)...] {
        #expect(
          box.right + 5 <= other.left || other.right + 5 <= box.left || box.bottom + 5 <= other.top
            || other.bottom + 5 <= box.top)
      }
    }
    var texts = 0
    for case .text(let text, let point, let size, let isBold, _, _) in marks(figure) {
      texts += 1
      let half = EvenMeasure().extent(of: text, size: size, isBold: isBold).width / 2
      #expect(
        boxes.contains {
          point.x - half >= $0.left && point.x + half <= $0.right && point.y > $0.top && point.y < $0.bottom
        }, "\(text)")
    }
    #expect(texts == 3 + 2 * 12)
  }

  @Test func arrowsPointAtTheTopOfWhatReads() {
    let figure = figure(Self.lstm.nodes, Self.lstm.edges)
    let boxes = boxes(figure)
    let tips = arrows(figure).map { $0[0] }
    for (tip, edge) in zip(tips, Self.lstm.edges) {
      let box = boxes[edge.1]
      #expect(tip.x > box.left && tip.x < box.right && tip.y <= box.top && tip.y > box.top - 4)
      #expect(boxes[edge.0].bottom < box.top)
    }
    #expect(Set(tips).count == tips.count)
  }

  @Test func linesGoAroundBoxes() {
    let figure = figure(Self.lstm.nodes, Self.lstm.edges)
    let boxes = boxes(figure)
    for case .line(let points, _) in marks(figure) {
      for point in points {
        #expect(
          !boxes.contains {
            point.x > $0.left + 0.01 && point.x < $0.right - 0.01 && point.y > $0.top + 0.01
              && point.y < $0.bottom - 0.01
          })
      }
    }
  }

  @Test func kindsDifferByOutline() {
    let nodes = Self.kinds.map { CellGraph.Node(label: "n", kind: $0) }
    let outlines = marks(figure(nodes, [])).compactMap { mark -> [Point]? in
      guard case .polygon(let points, let fill, nil) = mark, fill?.role == .background else { return nil }
      let origin = points[0]
      return points.map { Point(($0.x - origin.x).rounded(), ($0.y - origin.y).rounded()) }
    }
    #expect(outlines.count == 4 && Set(outlines).count == 4)
  }

  @Test func labelsStandAtArrowHeads() {
    let nodes =
      ["z", "a", "b"].map { CellGraph.Node(label: $0, kind: .input) } + [
        CellGraph.Node(label: "blend", detail: "m", kind: .combination)
      ]
    let edges = zip(["z", "a", "b"], 0..<3).map { CellGraph.Edge(from: $1, to: 3, label: $0) }
    let figure = CellGraph.figure(nodes, edges: edges, title: "T", width: 300, measure: EvenMeasure())
    let labels = marks(figure).compactMap { mark -> Double? in
      if case .text(_, let point, 6, true, let alignment, _) = mark {
        point.x + (alignment == .end ? -3 : 0)
      } else {
        nil
      }
    }
    #expect(labels.count == 3)
    for (left, right) in zip(labels.sorted(), labels.sorted().dropFirst()) { #expect(right - left > 3) }
    #expect(figure.description == "Graph of 1 operation on z, a, b. m is blend of z = z, a = a, b = b.")
  }

  @Test func markupInNamesIsPlain() {
    let figure = figure([.init(label: "a^{2}\\", detail: "b_{1}", kind: .weighted)], [])
    let texts = marks(figure).compactMap { mark in if case .text(let text, _, _, _, _, _) = mark { text } else { nil } }
    #expect(texts == ["a\\^{2}\\\\", "b\\_{1}"])
    #expect(figure.data.rows == [[.text("a^{2}\\"), .text("b_{1}"), .text("")]])
  }

  @Test func anyGraphIsDrawn() {
    #expect(arrows(figure([], [])).isEmpty)
    let three = (0..<3).map { CellGraph.Node(label: "n\($0)", kind: Self.kinds[$0]) }
    // A cycle, a loop, ends that there are not.
    let odd = figure(three, [(0, 1), (1, 2), (2, 1), (0, 0), (5, 1), (1, -1)])
    #expect(boxes(odd).count == 3)
    let chain = (0..<512).map { CellGraph.Node(label: "node", detail: "n\($0)", kind: .activation) }
    let long = figure(chain, (1..<512).map { ($0 - 1, $0) })
    #expect((long.panelHeight ?? 0) <= 9100 && arrows(long).count == 511)
    let fan = figure(chain, (1..<512).map { (0, $0) })
    #expect(boxes(fan).allSatisfy { $0.left >= 0 && $0.right <= 390 })
    for case .line(let points, _) in marks(odd) + marks(fan) {
      #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }
  }

  @Test func crossingsAreUndone() {
    // Two rows wired crosswise; swapping one of them undoes it.
    let layout = LayeredLayout(widths: [20, 20, 20, 20], edges: [(0, 3), (1, 2)])
    #expect(layout.rows == [[0, 1], [3, 2]] || layout.rows == [[1, 0], [2, 3]])
    #expect(layout.centers[0] == layout.centers[3] && layout.centers[1] == layout.centers[2])
  }
}
