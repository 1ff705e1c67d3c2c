import Networks
import SearchSpaces
import TestSupport
import Testing

@testable import Metrics

/// Parameters and operations counted by hand.
@Suite struct CountTests {
  private func measure(_ cell: String, isTied: Bool) throws -> [String: Double] {
    let settings = try LanguageModelSettings(
      vocabularySize: 11, embeddingSize: 3, hiddenSize: 5, layerCount: 2, isTied: isTied)
    let request = try MeasurementRequest(
      architecture: RecurrentArchitecture(recipe(cell), settings), metrics: ["parameters", "flops"],
      tokens: .textFree(sequenceLength: 4, batchSize: 2, vocabularySize: 11))
    let outcomes = try MeasurementWorker().measure(request).outcomes
    return Dictionary(
      uniqueKeysWithValues: outcomes.compactMap { outcome in outcome.outcome.value.map { (outcome.column, $0) } })
  }

  @Test func elman() throws {
    // Embedding 33; layers 5·3 + 5·5 + 5 = 45, then 3·5 + 3·3 + 3 = 27 tied, 5·5 + 5·5 + 5 = 55 untied; decoder biases 11,
    // weights 55 untied.
    let tied = try measure(SampleCells.elman, isTied: true)
    #expect(tied["parameters"] == Double(33 + 45 + 27 + 11))
    // For each of 8 tokens two operations for each weight of a matrix, one for each tanh.
    #expect(tied["flops"] == Double(8 * (2 * (40 + 24) + 5 + 3)))
    let untied = try measure(SampleCells.elman, isTied: false)
    #expect(untied["parameters"] == Double(33 + 45 + 55 + 11 + 55))
    #expect(untied["flops"] == Double(8 * (2 * (40 + 50) + 5 + 5)))
  }

  @Test func gru() throws {
    let found = try measure(SampleCells.gru, isTied: true)
    #expect(found["parameters"] == Double(33 + 3 * (45 + 27) + 11))
    // A unit: three activations, one product, four for the blend.
    #expect(found["flops"] == Double(8 * (3 * 2 * (40 + 24) + 8 * (5 + 3))))
  }
}
