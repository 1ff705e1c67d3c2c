import Networks
import SearchSpaces
import Sizes
import TestSupport
import Testing

@testable import Metrics

/// Any cell at any size has a finite value or a reason for every metric.
@Suite struct SampledRecipeTests {
  private static let ids = MetricCatalog.all.map(\.id)

  private func check(_ recipe: Recipe, _ worker: MeasurementWorker, _ number: Int, _ sizes: [Int]) throws {
    for precision in NumericPrecision.allCases {
      let settings = try LanguageModelSettings(
        vocabularySize: 20, embeddingSize: sizes[0], hiddenSize: sizes[1], layerCount: sizes[2],
        isTied: number % 3 != 0)
      let result = try worker.measure(
        MeasurementRequest(
          architecture: RecurrentArchitecture(recipe, settings), metrics: Self.ids,
          protocolName: number % 2 == 0 ? .results : .notebook,
          precision: precision, seed: number,
          tokens: .textFree(sequenceLength: sizes[3], batchSize: sizes[4], vocabularySize: 20))
      )
      #expect(
        result.outcomes.map(\.column)
          == MetricCatalog.columns(for: Self.ids, layerCount: settings.layerCount).map(\.name))
      for (column, outcome) in result.outcomes {
        switch outcome {
        case .success(let value): #expect(value.isFinite, "\(number): \(column)")
        case .failure(let reason): #expect(!reason.text.isEmpty, "\(number): \(column)")
        }
      }
      let undefined = result.outcomes.filter { $0.outcome.value == nil }.map(\.column)
      // What needs neither two columns nor two steps is there for every cell of the published space.
      for column in [
        "parameters", "flops", "snip", "gradient-norm", "plain", "grasp", "ntk-trace", "synaptic-saliency",
      ] {
        #expect(!undefined.contains(column), "\(number): \(column)")
      }
    }
  }

  @Test func sampledCells() throws {
    var sampler = RecipeSampler(seed: 11)
    let worker = MeasurementWorker()
    for (number, recipe) in try sampler.sample(count: 300).enumerated() {
      try check(
        recipe, worker, number, [3 + number % 3, 4 + number % 2, 1 + number % 3, 2 + number % 4, 2 + number % 3])
    }
  }

  @Test(arguments: [
    [4, 5, 2, 1, 3], [4, 5, 2, 3, 1], [4, 5, 2, 1, 1], [1, 1, 2, 3, 3], [1, 4, 1, 3, 3], [4, 1, 3, 3, 3],
    [1, 1, 1, 1, 1],
    [4, 5, 1, 3, 3], [2, 3, 6, 2, 2],
  ])
  func degenerateSizes(_ sizes: [Int]) throws {
    var sampler = RecipeSampler(seed: 12)
    let worker = MeasurementWorker()
    for (number, recipe) in try sampler.sample(count: 8).enumerated() { try check(recipe, worker, number, sizes) }
  }
}
