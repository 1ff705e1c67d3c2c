import Networks
import Sizes
import Tensors
import TestSupport
import Testing

@testable import Metrics

/// A measured value has the same bits on every path that the processor has.
@Suite struct KernelPathMetricTests {
  @Test(arguments: ["lstm", "mixed"], NumericPrecision.allCases)
  func metrics(_ cell: String, _ precision: NumericPrecision) throws {
    let settings = try LanguageModelSettings(vocabularySize: 61, embeddingSize: 20, hiddenSize: 33, layerCount: 2)
    let request = try MeasurementRequest(
      architecture: RecurrentArchitecture(recipe(SampleCells.text(cell)), settings),
      metrics: MetricCatalog.all.map(\.id),
      precision: precision, seed: 3, tokens: .textFree(sequenceLength: 9, batchSize: 7, vocabularySize: 61))
    let paths = KernelPath.all.filter(\.isAvailable)
    let all = try paths.map { path in try path.run { () throws in try MeasurementWorker().measure(request).outcomes } }
    for (path, outcomes) in zip(paths, all) {
      for (found, expected) in zip(outcomes, all[0]) {
        #expect(found.column == expected.column && found.outcome == expected.outcome, "\(path): \(found.column)")
      }
    }
  }
}
