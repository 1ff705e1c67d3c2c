import Diagnostics
import Metrics
import Networks
import Outcomes
import SearchSpaces
import TestSupport
import Testing

/// Mutated recipes end in findings, in an error, or in values that are finite or have a reason; never in a trap.
@Suite struct MutatedRecipeTests {
  /// What became of the recipes.
  private struct Tally {
    var unreadable = 0
    var refused = 0
    var measured = 0
    var values = 0
    var reasons: Set<String> = []
  }

  private static let metrics = MetricCatalog.all.map(\.id)

  private func measure(
    _ recipe: Recipe, _ settings: LanguageModelSettings, _ tokens: TokenBatch, _ worker: MeasurementWorker,
    _ tally: inout Tally
  ) {
    let request = MeasurementRequest(
      architecture: RecurrentArchitecture(recipe, settings), metrics: Self.metrics,
      protocolName: tally.measured % 2 == 0 ? .results : .notebook,
      precision: tally.measured % 4 < 3 ? .float32 : .float64, seed: tally.measured, tokens: tokens)
    do throws(MetricError) {
      let result = try worker.measure(request)
      tally.measured += 1
      #expect(
        result.outcomes.map(\.column)
          == MetricCatalog.columns(for: Self.metrics, layerCount: settings.layerCount).map(\.name))
      for (column, outcome) in result.outcomes {
        switch outcome {
        case .success(let value):
          tally.values += 1
          if !value.isFinite { Issue.record("\(column) is \(value): \(recipe.json)") }
        case .failure(let reason):
          tally.reasons.insert(reason.text)
          if reason.text.isEmpty { Issue.record("\(column) has no reason: \(recipe.json)") }
        }
      }
    } catch {
      tally.refused += 1
      #expect(!error.reason.text.isEmpty)
    }
  }

  /// 4,000 by bytes and 6,000 by structure, measured at two sizes.
  @Test func tenThousand() throws {
    var sampler = RecipeSampler(seed: 77)
    let known = try [SampleCells.elman, SampleCells.lstm, SampleCells.gru].map { try recipe($0) }
    let cells = try known + sampler.sample(count: 40)
    var mutator = RecipeMutator(cells, seed: 31)
    let sizes = try [3, 4].map {
      try LanguageModelSettings(vocabularySize: 11, embeddingSize: $0, hiddenSize: 4, layerCount: 2)
    }
    let tokens = try TokenBatch.textFree(sequenceLength: 3, batchSize: 2, vocabularySize: 11)
    let worker = MeasurementWorker()
    var tally = Tally()
    for number in 0..<10_000 {
      let bytes = number % 5 < 2 ? mutator.bytes() : Array(RecipeMutator.text(mutator.nodes()).utf8)
      do throws(DiagnosticsError) {
        let recipe = try RecipeParser.parse(bytes, file: "m")
        measure(recipe, sizes[number % 4 == 3 ? 1 : 0], tokens, worker, &tally)
      } catch {
        tally.unreadable += 1
      }
    }
    #expect(tally.unreadable > 5000 && tally.measured > 500, "\(tally)")
    #expect(tally.values > 20 * tally.measured && tally.reasons.count > 5, "\(tally)")
  }
}
