import Foundation
import Testing

@testable import Figures

/// Half an em a character: layouts that do not depend on a font.
struct EvenMeasure: TextMeasure {
  func extent(of text: String, size: Double, isBold: Bool) -> (width: Double, height: Double) {
    (Double(text.plainMarkup.count) * size * 0.5, size * 1.2)
  }
}

@Suite struct FigureTests {
  private func list(_ figure: ResolvedFigure) -> DisplayList {
    FigureLayout(measure: EvenMeasure()).displayList(figure)
  }

  private func texts(_ items: [DisplayItem]) -> [TextMark] {
    items.flatMap { item -> [TextMark] in
      switch item {
      case .text(let mark): [mark]
      case .clipped(_, let inner): texts(inner)
      default: []
      }
    }
  }

  private func plots(_ count: Int, _ rows: Int) -> [SmallMultiples.Plot] {
    (0..<count).map { plot in
      let x = (0..<rows).map { Double(($0 * 7919 + plot) % 101) }
      return .init(title: "Metric \(plot)", coefficients: [("τ", 0.25)], x: x, y: x.map { 100 - $0 * 0.5 })
    }
  }

  @Test(arguments: [
    (0.3715, 3, false, ".372"), (-0.3715, 3, false, "−.372"), (0.5, 0, true, "1"), (1.005, 2, true, "1.01"),
    (-0.0001, 3, true, "0.000"),
    (12.3456, 2, true, "12.35"), (0, 3, false, ".000"), (99.995, 2, true, "100.00"), (-7, 1, true, "−7.0"),
  ])
  func fixedDecimals(_ value: Double, _ decimals: Int, _ leadingZero: Bool, _ expected: String) {
    #expect(NumberText.fixed(value, decimals: decimals, leadingZero: leadingZero) == expected)
  }

  @Test func otherNumbers() {
    #expect(
      NumberText.grouped(8794) == "8,794" && NumberText.grouped(-1_234_567) == "−1,234,567"
        && NumberText.grouped(1.5) == nil)
    #expect(
      [0.95, 0.975, 0.29, 0.001, 1, 1.0 / 3].map { NumberText.percent($0) }
        == ["95", "97.5", "29", "0.1", "100", "33.3333333333"])
    #expect(
      NumberText.scientific(1.02e19, digits: 2) == "1.02×10^{19}"
        && NumberText.scientific(-9.996e-7, digits: 1) == "−1.0×10^{−6}")
    #expect(NumberText.compact(0.012345) == "0.01235" && NumberText.compact(3.14159) == "3.142")
    for (value, text) in [
      (Double.nan, "undefined"), (-.infinity, "undefined"), (1e308, "1.000×10^{308}"), (-1e308, "−1.000×10^{308}"),
      (1e15, "1.000×10^{15}"), (0, "0"), (99_999.4, "99999"),
    ] { #expect(NumberText.compact(value) == text) }
  }

  @Test func scalesHoldTheirValues() {
    let wide = (0..<100).map { Double($0) } + [1e19]
    let signed = wide + [-1e12]
    for (values, form) in [
      (Array(wide[1...]), Scale.suitable(for: Array(wide[1...]))), (signed, Scale.suitable(for: signed)),
      ([3, 3], .linear),
    ] {
      let scale = Scale(form, over: values)
      #expect(values.allSatisfy { (0...1).contains(scale.position($0)) })
      #expect(!scale.ticks(4).ticks.isEmpty)
    }
    #expect(Scale.suitable(for: (0..<50).map { Double($0) }) == .linear)
    #expect(Scale(.linear, from: 0, to: 10, isReversed: true).position(2) == 0.8)
  }

  @Test func ticksAreRound() {
    let ticks = Scale(.linear, from: -0.93, to: 2.2).ticks(5)
    #expect(ticks.ticks.map(\.label).allSatisfy { $0.count <= 4 } && (3...8).contains(ticks.ticks.count))
    #expect(Scale(.linear, from: 0, to: 3e11).ticks(4).exponent == 11)
    #expect(Scale(.logarithmic, from: 8, to: 120).ticks(4).ticks.map(\.label) == ["10", "20", "50", "100"])
  }

  @Test func everythingLiesInsideTheFigure() {
    let drawn = list(
      SmallMultiples.figure(plots(5, 40), title: "T", target: "Loss", isReversed: true, perRow: 3, width: 490))
    #expect(drawn.width == 490 && drawn.tooltips.isEmpty)
    for mark in texts(drawn.items) where mark.rotation == 0 {
      let width = EvenMeasure().extent(of: mark.text, size: mark.size, isBold: mark.isBold).width
      let left =
        mark.alignment == .middle
        ? mark.anchor.x - width / 2 : mark.alignment == .end ? mark.anchor.x - width : mark.anchor.x
      #expect(left > -12 && left + width < 502 && mark.anchor.y >= 0 && mark.anchor.y <= drawn.height, "\(mark.text)")
    }
  }

  @Test func hexagonsCountEveryPoint() {
    let frame = Rectangle(x: 0, y: 0, width: 100, height: 80)
    let points = (0..<6000).map { Point(Double($0 % 97), Double($0 % 79)) }
    let bins = Hexbins(points, in: frame).items
    let centers = bins.flatMap { item -> [Point] in if case .points(let marks, _) = item { marks.positions } else { [] }
    }
    #expect(Set(centers).count == centers.count && centers.count > 500)
    for point in points.prefix(200) {
      #expect(centers.contains { hypot($0.x - point.x, $0.y - point.y) <= Hexbins.spacing / 3.0.squareRoot() + 1e-9 })
    }
  }

  @Test func largeSamplesBecomeHexagonsAndCarryNoTooltips() {
    let drawn = list(
      SmallMultiples.figure(plots(2, 6000), title: "T", target: "L", isReversed: false, perRow: 2, width: 490))
    let isBinned = drawn.items.contains { item in
      guard case .clipped(_, let inner) = item else { return false }
      return inner.contains { if case .points(let marks, _) = $0 { marks.shape == .hexagon } else { false } }
    }
    #expect(
      isBinned && drawn.tooltips.isEmpty && drawn.description.contains("Hexagonal-bin")
        || drawn.description.contains("hexagonal-bin"))
  }

  @Test func clusteringPutsLikeBesideLike() {
    let values: [[Double?]] = [[1, 0.1, 0.9, nil], [0.1, 1, 0.2, -0.8], [0.9, 0.2, 1, 0], [nil, -0.8, 0, 1]]
    let (order, blocks) = HeatMap.clusters(values)
    #expect(order.sorted() == [0, 1, 2, 3])
    func distance(_ one: Int, _ other: Int) -> Int {
      abs((order.firstIndex(of: one) ?? 0) - (order.firstIndex(of: other) ?? 0))
    }
    #expect(distance(0, 2) == 1 && distance(1, 3) == 1)
    // Pairs nearer than .5 are outlined.
    #expect(blocks.map(\.count) == [2, 2])
  }

  @Test func undefinedValuesAreNamed() {
    let figure = ForestPlot.figure(
      [
        .init(label: "a", value: 0.5, interval: (0.4, 0.6)),
        .init(label: "b", value: nil, interval: nil, reason: "constant"),
      ],
      title: "T", axis: "τ", width: 300)
    #expect(texts(list(figure).items).contains { $0.text == "undefined: constant" })
    #expect(figure.description.contains("b: undefined, constant"))
  }

  @Test func meansAreTakenWhereAllLinesHaveAPoint() {
    let figure = LinePlot.figure(
      [.init(name: "a", points: [Point(0, 1), Point(1, 3)]), .init(name: "b", points: [Point(0, 3), Point(2, 9)])],
      title: "T", x: "x",
      y: "y", hasMean: true, width: 300)
    #expect(figure.data.rows == [[.text("mean"), .number(0), .number(2), .number(1), .number(3)]])
  }

  @Test func equalRanksLieOnTheIdentity() {
    let values = (0..<40).map { Double(($0 * 17) % 40) }
    let figure = RankRank.figure(
      [
        .init(title: "Same", computed: values.map { $0 * $0 }, published: values, tau: 1, medianRelativeError: 2e-7),
        .init(title: "Reversed", computed: values.map { -$0 }, published: values, tau: -1, medianRelativeError: nil),
      ], title: "T", perRow: 2, width: 300)
    let points = figure.panels.map { panel in
      panel.marks.flatMap { mark -> [Point] in if case .points(let points, _, _, _, _) = mark { points } else { [] } }
    }
    #expect(points[0].count == 40 && points[0].allSatisfy { $0.x == $0.y })
    #expect(points[1].allSatisfy { $0.x + $0.y == 41 })
    #expect(figure.panels[0].subtitle == "τ\u{A0}1.000   median\u{A0}error\u{A0}2.0×10^{−7}")
    #expect(figure.panels[1].subtitle.hasSuffix("undefined"))
    #expect(figure.description.hasSuffix("The ranks differ most for Reversed."))
    let large = RankRank.figure(
      [
        .init(
          title: "L", computed: (0..<6000).map(Double.init), published: (0..<6000).map(Double.init), tau: 1,
          medianRelativeError: 0)
      ],
      title: "T", perRow: 1, width: 300)
    #expect(
      large.panels[0].marks.contains { if case .hexbins(let bins, _, _) = $0 { bins.count == 6000 } else { false } })
    #expect(
      !list(
        RankRank.figure(
          [.init(title: "E", computed: [], published: [], tau: nil, medianRelativeError: nil)], title: "T", perRow: 1,
          width: 100)
      ).items.isEmpty)
  }
}
