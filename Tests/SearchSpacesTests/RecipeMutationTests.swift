import Diagnostics
import Statistics
import Testing

@testable import SearchSpaces

/// Mutated recipes end in a recipe or in findings with places; never in a trap.
@Suite struct RecipeMutationTests {
  private func seeds() throws -> [Recipe] {
    var sampler = RecipeSampler(seed: 77)
    let known = try [KnownCell.plain, KnownCell.lstm, KnownCell.gru].map { try RecipeParser.parse($0, file: "k") }
    return try known + PublishedCells.all.map { try recipe($0.text) } + sampler.sample(count: 40)
  }

  private func check(_ bytes: [UInt8], _ outcomes: inout [Bool: Int]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(DiagnosticsError) {
      let reading = try RecipeParser.read(bytes, file: "m")
      let cell = reading.recipe
      #expect(reading.warnings.allSatisfy { $0.severity != .error && $0.location != nil })
      #expect(Set(cell.evaluationOrder) == Set(cell.nodes.indices))
      #expect(cell.structuralDigest.count == 64 && cell.drawDigest.count == 64)
      #expect(cell.features.allSatisfy { $0.value.isFinite } && cell.graphviz.hasSuffix("}\n"))
      #expect((try? RecipeParser.parse(cell.json, file: "again")) == cell, "\(text)")
      _ = try? cell.parameterCount(RecurrentSizes())
      outcomes[true, default: 0] += 1
    } catch {
      #expect(error.diagnostics.hasErrors, "\(text)")
      #expect(error.diagnostics.allSatisfy { $0.location != nil || $0.id == "more-findings" }, "\(text)")
      outcomes[false, default: 0] += 1
    }
  }

  @Test func mutatedBytes() throws {
    let texts = try seeds().map { Array($0.json.utf8) }
    var draws = RecipeDraws(SeededGenerator(seed: 2024))
    var outcomes: [Bool: Int] = [:]
    let fragments = [
      "\"", "{", "}", "[", "]", ",", ":", "x", "h_prev_9", "h_new_0", "null", "\\u0000", "\u{FEFF}", "-1e999",
    ]
    for _ in 0..<5000 {
      var bytes = texts[draws.number(below: texts.count)]
      for _ in 0...draws.number(below: 4) {
        let place = draws.number(below: max(1, bytes.count))
        switch draws.number(below: 5) {
        case 0: bytes[place] = UInt8(draws.number(below: 256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: Array(fragments[draws.number(below: fragments.count)].utf8), at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + draws.number(below: 40)))
        default:
          let other = texts[draws.number(below: texts.count)]
          let start = draws.number(below: other.count)
          bytes.insert(contentsOf: other[start..<min(other.count, start + draws.number(below: 60))], at: place)
        }
        if bytes.isEmpty { bytes = [0x7B] }
      }
      check(bytes, &outcomes)
    }
    #expect((outcomes[true] ?? 0) > 20 && (outcomes[false] ?? 0) > 1000, "\(outcomes)")
  }

  @Test func mutatedStructures() throws {
    let cells = try seeds()
    var draws = RecipeDraws(SeededGenerator(seed: 4202))
    var outcomes: [Bool: Int] = [:]
    let names = [
      "x", "h_prev_0", "h_prev_1", "h_prev_7", "h_new_0", "h_new_1", "h_new_01", "node_1", "node_5", "", "ü\n\"\\",
    ]
    for _ in 0..<5000 {
      var nodes = cells[draws.number(below: cells.count)].listing
      for _ in 0...draws.number(below: 4) where !nodes.isEmpty {
        let node = draws.number(below: nodes.count)
        let pool = names + nodes.map(\.name)
        let name = pool[draws.number(below: pool.count)]
        switch draws.number(below: 7) {
        case 0: nodes[node].operation = RecipeOperation.allCases[draws.number(below: RecipeOperation.allCases.count)]
        case 1: nodes[node].inputs.append(name)
        case 2: nodes[node].inputs = Array(nodes[node].inputs.dropLast())
        case 3: if !nodes[node].inputs.isEmpty { nodes[node].inputs[0] = name }
        case 4: nodes[node].name = name
        case 5: nodes.remove(at: node)
        default: nodes.swapAt(node, draws.number(below: nodes.count))
        }
      }
      // Written out and read again, so that findings have places; names given twice are the document's to find.
      check(Array(text(nodes).utf8), &outcomes)
      _ = try? Recipe(listing: nodes, rules: .strict)
    }
    #expect((outcomes[true] ?? 0) > 500 && (outcomes[false] ?? 0) > 1000, "\(outcomes)")
  }

  private func text(_ nodes: [RecipeListing]) -> String {
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
