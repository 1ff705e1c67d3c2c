/// The graph of a recurrent cell, or of any small program: what is read above what reads it.
package enum CellGraph {
  /// The outline and the colour of a node by what it does; its label says the same in words.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// Something given: a box with slanted sides.
    case input
    /// An operation with weights: a rectangle.
    case weighted
    /// A function of one value: an ellipse.
    case activation
    /// A function of several values: a hexagon.
    case combination
  }

  package struct Node: Sendable, Hashable {
    /// The operation, or the name of an input; set bold.
    package var label: String
    /// The name of its value, set under the label; may be empty.
    package var detail: String
    package var kind: Kind
    /// True when its value is a result of the program; then its outline is doubled.
    package var isResult: Bool

    package init(label: String, detail: String = "", kind: Kind, isResult: Bool = false) {
      self.label = label
      self.detail = detail
      self.kind = kind
      self.isResult = isResult
    }
  }

  /// An edge from what is read to what reads it.
  package struct Edge: Sendable, Hashable {
    /// Index of the node that is read.
    package var from: Int
    /// Index of the node that reads.
    package var to: Int
    /// A short text at the arrow's head; may be empty.
    package var label: String

    package init(from: Int, to: Int, label: String = "") {
      self.from = from
      self.to = to
      self.label = label
    }
  }

  /// The figure. The graph is set at its natural size, or smaller where it would be wider than the figure or higher than
  /// 9,000 points. Edges to or from nodes that there are not, and those that do not go down, are left out.
  ///
  /// - Parameters:
  ///   - title: The figure's title; plain text.
  ///   - width: Width in points.
  ///   - measure: Measures the nodes' texts.
  package static func figure(
    _ nodes: [Node], edges: [Edge], title: String, width: Double, measure: any TextMeasure
  ) -> ResolvedFigure {
    let drawing = CellGraphDrawing(nodes, edges, width: max(20, width - 10), measure: measure)
    return ResolvedFigure(
      title: title, description: description(nodes, edges),
      panels: [
        Panel(
          title: "", x: .hidden(Scale(.linear, from: 0, to: drawing.width)),
          y: .hidden(Scale(.linear, from: 0, to: drawing.height, isReversed: true)), marks: drawing.marks)
      ], width: width, panelHeight: drawing.height,
      data: FigureData(
        columns: ["node", "name", "reads"],
        rows: nodes.indices.map { node in
          [
            .text(nodes[node].label), .text(nodes[node].detail),
            .text(sources(node, nodes, edges).joined(separator: ", ")),
          ]
        }))
  }

  private static func name(_ node: Node) -> String { node.detail.isEmpty ? node.label : node.detail }

  private static func sources(_ node: Int, _ nodes: [Node], _ edges: [Edge]) -> [String] {
    edges.filter { $0.to == node && nodes.indices.contains($0.from) }.map {
      ($0.label.isEmpty ? "" : "\($0.label) = ") + name(nodes[$0.from])
    }
  }

  private static func description(_ nodes: [Node], _ edges: [Edge]) -> String {
    let inputs = nodes.filter { $0.kind == .input }.map { name($0) }
    let steps = nodes.indices.filter { nodes[$0].kind != .input }.prefix(60).map { node in
      "\(name(nodes[node])) is \(nodes[node].label) of \(sources(node, nodes, edges).joined(separator: ", "))"
    }
    let rest = nodes.count - inputs.count - steps.count
    let results = nodes.filter(\.isResult).map { name($0) }
    return "Graph of \(Wording.count(nodes.count - inputs.count, "operation")) on \(inputs.joined(separator: ", ")). "
      + steps.joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
      + (results.isEmpty ? "." : ". Results: \(results.joined(separator: ", ")).")
  }
}
