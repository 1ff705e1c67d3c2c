import Diagnostics
import Documents
import Files
import Foundation
import Outcomes
import Tables
import TestSupport
import Testing

@testable import Datasets
@testable import SearchSpaces

/// The released recipes; skipped without TRAINFREE_DATA.
@Suite(.needsPublicData("nas-bench-nlp")) struct PublicRecipeTests {
  private func table(_ id: String) throws -> Table { try PublicData.load(id, skipsMalformed: false).table }

  private func logs() throws -> [(text: String, parameters: Int, name: String)] {
    let table = try table("nas-bench-nlp/wikitext-2-logs")
    let (recipes, counts) = (try #require(table["recipe"]), try #require(table["parameters"]))
    return try (0..<table.rowCount).map { row in
      guard case .text(let text) = recipes[row], case .integer(let count) = counts[row] else {
        throw Reason("row \(row) has no recipe")
      }
      return (text, count, table.origins[row].file)
    }
  }

  /// Every log's recipe is read and written as it stands, and has the parameters the log gives (WikiText-2: V 33,278).
  @Test func logsOfWikiText2() throws {
    let sizes = try RecurrentSizes(vocabularySize: 33_278)
    var broken: [String: Int] = [:]
    var digests: Set<String> = []
    for log in try logs() {
      let reading = try RecipeParser.read(Array(log.text.utf8), file: log.name)
      #expect(reading.recipe.json == log.text)
      #expect(try reading.recipe.parameterCount(sizes) == log.parameters)
      #expect(reading.recipe.unusedNodes.isEmpty)
      for id in Set(reading.warnings.map(\.id)) { broken[id, default: 0] += 1 }
      digests.insert(reading.recipe.structuralDigest)
    }
    // The published code drops the activation behind a linear when no state depends on it. The LSTM and the GRU were
    // not drawn: the one has an activation of a sum, the other a linear of a product and a state in its blend.
    #expect(
      broken == ["linear-without-activation": 103, "linear-input": 1, "direct-state": 1, "activation-input": 1])
    // 291 texts. Isomorphism by networkx 3.6.1 gives 265 classes.
    #expect(digests.count == 265)
  }

  @Test func exampleRecipes() throws {
    let recipes = try #require(table("nas-bench-nlp/example-recipes")["recipe"])
    let hidden = try (0..<recipes.count).map { row -> Int in
      guard case .text(let text) = recipes[row] else { throw Reason("row \(row) has no recipe") }
      return try RecipeParser.parse(text, file: "example").hiddenCount
    }
    #expect(hidden.count == 10 && hidden.prefix(3) == [1, 2, 1])
  }
}
