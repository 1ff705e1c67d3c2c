import Outcomes
import TestSupport
import Testing

@testable import SearchSpaces

@Suite struct RecipeCountTests {
  @Test(arguments: PublishedCells.all)
  func publishedCells(_ text: QuotedText, _ parameters: Int, _ gigaOperations: Double) throws {
    let cell = try recipe(text.text)
    #expect(try cell.parameterCount(RecurrentSizes()) == parameters)
    let operations = try cell.floatingPointOperations(RecurrentSizes(), sequenceLength: 70, batchSize: 50)
    #expect(Double(operations.linear) / 1e9 == gigaOperations)
  }

  @Test func smallCountsByHand() throws {
    let gru = try RecipeParser.parse(KnownCell.gru, file: "k")
    // Three linears of x and a state each. Layer 0: I 3, H 5; layer 1: I 5, H 3 when tied, 5 when not.
    let tied = 7 * 3 + 7 + 3 * (5 * 3 + 5 * 5 + 5) + 3 * (3 * 5 + 3 * 3 + 3)
    let free = 7 * 3 + 7 + 7 * 5 + 3 * (5 * 3 + 5 * 5 + 5) + 3 * (5 * 5 + 5 * 5 + 5)
    func sizes(_ isTied: Bool) throws -> RecurrentSizes {
      try RecurrentSizes(vocabularySize: 7, embeddingSize: 3, hiddenSize: 5, layerCount: 2, isTied: isTied)
    }
    #expect(try gru.parameterCount(sizes(true)) == tied && gru.parameterCount(sizes(false)) == free)
    let operations = try gru.floatingPointOperations(sizes(true), sequenceLength: 4, batchSize: 2)
    #expect(operations.linear == 2 * 8 * 3 * (5 * 3 + 5 * 5 + 3 * 5 + 3 * 3))
    // Three activations, a product, a blend of four operations.
    #expect(operations.elementwise == 8 * (3 + 1 + 4) * (5 + 3))
  }

  @Test func countsThatDoNotFitAreRefused() throws {
    let cell = try RecipeParser.parse(KnownCell.plain, file: "k")
    let large = try RecurrentSizes(vocabularySize: .max, embeddingSize: 3, hiddenSize: 5, layerCount: 2)
    #expect(throws: Reason.self) { try cell.parameterCount(large) }
    let wide = try RecurrentSizes(vocabularySize: 1, embeddingSize: 1, hiddenSize: 1 << 32, layerCount: 3)
    #expect(throws: Reason.self) { try cell.parameterCount(wide) }
    #expect(throws: Reason.self) {
      try cell.floatingPointOperations(RecurrentSizes(), sequenceLength: .max, batchSize: 2)
    }
    #expect(throws: Reason.self) {
      try cell.floatingPointOperations(RecurrentSizes(), sequenceLength: -1, batchSize: 2)
    }
    #expect(throws: Reason.self) { try RecurrentSizes(hiddenSize: 0) }
    #expect(throws: Reason.self) { try RecurrentSizes(layerCount: 1025) }
  }

  @Test func featuresOfTheLSTM() throws {
    let features = try RecipeParser.parse(KnownCell.lstm, file: "k").features
    let values = Dictionary(uniqueKeysWithValues: features.map { ($0.name, $0.value) })
    let expected: [String: Double] = [
      "node-count": 13, "hidden-states": 2, "linear-count": 4, "product-count": 3, "sum-count": 1, "blend-count": 0,
      "tanh-count": 3, "sigmoid-count": 2, "leaky-relu-count": 0, "activation-count": 5, "depth": 6, "linear-depth": 1,
      "mean-linear-fan-in": 2, "max-linear-fan-in": 2, "weight-matrices": 8, "input-linears": 4,
      "recurrent-linears": 4, "gates": 2, "edge-count": 21, "unused-nodes": 0, "max-fan-in": 2, "product-gates": 2,
      "blend-gates": 0,
      "shortest-input-path": 3, "longest-input-path": 6, "shortest-recurrent-path": 3, "longest-recurrent-path": 6,
      "fewest-recurrent-activations": 1, "fewest-recurrent-linears": 1,
    ]
    #expect(values == expected)
  }

  /// The blend of the GRU carries the state along without activations and linears.
  @Test func pathsOfTheGRU() throws {
    let cell = try RecipeParser.parse(KnownCell.gru, file: "k")
    let values = Dictionary(uniqueKeysWithValues: cell.features.map { ($0.name, $0.value) })
    let expected: [String: Double] = [
      "shortest-input-path": 3, "longest-input-path": 6, "shortest-recurrent-path": 1, "longest-recurrent-path": 6,
      "fewest-recurrent-activations": 0, "fewest-recurrent-linears": 0, "product-gates": 1, "blend-gates": 1,
      "max-fan-in": 3,
    ]
    #expect(expected.allSatisfy { values[$0.key] == $0.value })
  }

  @Test func cellsWithoutAPathFromX() throws {
    let cell = try recipe("h_new_0 = tanh h_prev_0")
    let values = Dictionary(uniqueKeysWithValues: cell.pathFeatures.map { ($0.name, $0.value) })
    #expect(values["shortest-input-path"] == 0 && values["longest-input-path"] == 0)
    #expect(values["shortest-recurrent-path"] == 1 && values["fewest-recurrent-activations"] == 1)
  }

  @Test func gatesAndUnusedNodes() throws {
    let cell = try recipe(
      """
      a = linear x
      z = sigmoid a
      y = sigmoid a
      w = tanh a
      u = sum w y
      h_new_0 = blend z y w
      """)
    #expect(cell.gates == [1] && cell.unusedNodes == [4])
    let values = Dictionary(uniqueKeysWithValues: cell.features.map { ($0.name, $0.value) })
    #expect(values["max-linear-fan-in"] == 1 && values["recurrent-linears"] == 0 && values["depth"] == 3)
  }
}
