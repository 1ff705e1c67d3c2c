import SearchSpaces
import Statistics

/// Makes recipes that are a little, or altogether, wrong.
package struct RecipeMutator {
  private let cells: [Recipe]
  private var texts: TextMutator
  private var generator: SeededGenerator

  /// - Parameter cells: What is mutated, at least one.
  package init(_ cells: [Recipe], seed: UInt64) {
    self.cells = cells
    texts = TextMutator(
      cells.map(\.json),
      fragments: [
        "\"", "{", "}", "[", "]", ",", ":", "x", "h_prev_9", "h_new_0", "null", "\\u0000", "\u{FEFF}", "-1e999", "NaN",
      ], seed: seed)
    generator = SeededGenerator(seed: seed)
  }

  private mutating func one<Element>(of elements: [Element]) -> Element {
    elements[generator.next(below: elements.count)]
  }

  /// The text of a cell with bytes changed, taken out, put in, and spliced from another cell.
  package mutating func bytes() -> [UInt8] { texts.bytes() }

  /// The nodes of a cell with operations, inputs, names and places changed.
  package mutating func nodes() -> [RecipeListing] {
    let names = [
      "x", "h_prev_0", "h_prev_1", "h_prev_7", "h_new_0", "h_new_1", "h_new_01", "node_1", "node_5", "", "ü\n\"\\",
    ]
    var nodes = one(of: cells).listing
    for _ in 0...generator.next(below: 4) where !nodes.isEmpty {
      let node = generator.next(below: nodes.count)
      let name = one(of: names + nodes.map(\.name))
      switch generator.next(below: 7) {
      case 0: nodes[node].operation = one(of: RecipeOperation.allCases)
      case 1: nodes[node].inputs.append(name)
      case 2: nodes[node].inputs = Array(nodes[node].inputs.dropLast())
      case 3: if !nodes[node].inputs.isEmpty { nodes[node].inputs[0] = name }
      case 4: nodes[node].name = name
      case 5: nodes.remove(at: node)
      default: nodes.swapAt(node, generator.next(below: nodes.count))
      }
    }
    return nodes
  }

  /// Nodes as a document, which may give a name twice.
  package static func text(_ nodes: [RecipeListing]) -> String {
    func quoted(_ name: String) -> String {
      "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }
    return "{"
      + nodes.map { node in
        "\(quoted(node.name)): {\"op\": \"\(node.operation.rawValue)\", "
          + "\"input\": [\(node.inputs.map { quoted($0) }.joined(separator: ", "))]}"
      }.joined(separator: ",\n") + "}"
  }
}
