import Documents

extension Recipe {
  /// The recipe as the logs of NAS-Bench-NLP write it: one line of JSON, `{"name": {"op": …, "input": […]}, …}`. Names
  /// beyond ASCII stand as they are.
  package var json: String {
    func quoted(_ text: String) -> String { JSONValue.string(text).text() }
    let nodes = listing.map { node in
      let inputs = node.inputs.map { quoted($0) }.joined(separator: ", ")
      return "\(quoted(node.name)): {\"op\": \(quoted(node.operation.rawValue)), \"input\": [\(inputs)]}"
    }
    return "{" + nodes.joined(separator: ", ") + "}"
  }

  /// A Graphviz graph of the cell: inputs as ellipses, operations as boxes, next states with double borders. Inputs
  /// of blends carry z, a, b.
  package var graphviz: String {
    let drawing = drawing
    var lines = ["digraph recipe {", "  rankdir=TB;", "  node [shape=box];"]
    for (index, node) in drawing.nodes.enumerated() {
      let label = (node.operation.map { $0.shortName + "\\n" } ?? "") + Self.escaped(node.name)
      let shape = node.operation == nil ? ", shape=ellipse" : node.isState ? ", peripheries=2" : ""
      lines.append("  n\(index) [label=\"\(label)\"\(shape)];")
    }
    for edge in drawing.edges {
      lines.append("  n\(edge.from) -> n\(edge.to)\(edge.label.isEmpty ? "" : " [label=\"\(edge.label)\"]");")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// A name between the quotation marks of Graphviz; control characters are written out.
  private static func escaped(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
