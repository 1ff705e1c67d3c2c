import Diagnostics
import Testing

import struct TestSupport.RecipeMutator

@testable import SearchSpaces

/// Mutated recipes end in a recipe or in findings with places; never in a trap.
@Suite struct RecipeMutationTests {
  private func seeds() throws -> [Recipe] {
    var sampler = RecipeSampler(seed: 77)
    let known = try [KnownCell.plain, KnownCell.lstm, KnownCell.gru].map { try RecipeParser.parse($0, file: "k") }
    return try known + PublishedCells.all.map { try recipe($0.text.text) } + sampler.sample(count: 40)
  }

  private func check(_ bytes: [UInt8], _ outcomes: inout [Bool: Int]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(DiagnosticsError) {
      let reading = try RecipeParser.read(bytes, file: "m")
      let cell = reading.recipe
      #expect(reading.warnings.allSatisfy { $0.severity != .error && $0.location != nil })
      #expect(Set(cell.evaluationOrder) == Set(cell.nodes.indices))
      #expect(cell.structuralDigest.count == 64)
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
    var mutator = try RecipeMutator(seeds(), seed: 2024)
    var outcomes: [Bool: Int] = [:]
    for _ in 0..<5000 { check(mutator.bytes(), &outcomes) }
    #expect((outcomes[true] ?? 0) > 20 && (outcomes[false] ?? 0) > 1000, "\(outcomes)")
  }

  @Test func mutatedStructures() throws {
    var mutator = try RecipeMutator(seeds(), seed: 4202)
    var outcomes: [Bool: Int] = [:]
    for _ in 0..<5000 {
      let nodes = mutator.nodes()
      // Written out and read again, so that findings have places; names given twice are the document's to find.
      check(Array(RecipeMutator.text(nodes).utf8), &outcomes)
      _ = try? Recipe(listing: nodes, rules: .strict)
    }
    #expect((outcomes[true] ?? 0) > 500 && (outcomes[false] ?? 0) > 1000, "\(outcomes)")
  }
}
