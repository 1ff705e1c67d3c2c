import Networks
import SearchSpaces
import Sizes
import TestSupport
import Testing

@testable import Metrics

/// What a measurement may take is asked for beforehand: no measurement takes more.
@Suite struct MemoryTests {
  @Test(arguments: SampleCells.names, [NumericPrecision.float32, .float64])
  func needsBoundPeaks(_ name: String, _ precision: NumericPrecision) throws {
    let cell = try recipe(SampleCells.text(name))
    let used = MeasurementWorker()
    // Vocabulary, embedding, hidden, layers, tied, steps, columns.
    for (v, e, h, l, tied, t, b) in [
      (20, 8, 12, 2, true, 5, 4), (40, 40, 6, 3, false, 12, 3), (300, 6, 70, 1, true, 1, 9),
      (12, 3, 5, 4, false, 9, 30),
      (900, 50, 20, 1, false, 2, 1),
    ] {
      let settings = try LanguageModelSettings(
        vocabularySize: v, embeddingSize: e, hiddenSize: h, layerCount: l, isTied: tied)
      let tokens = try TokenBatch(sequenceLength: t, batchSize: b, ids: (0..<t * b).map { Int32($0 % v) })
      for protocolName in MetricProtocol.allCases {
        let request = MeasurementRequest(
          architecture: RecurrentArchitecture(cell, settings), metrics: MetricCatalog.all.map(\.id),
          protocolName: protocolName, precision: precision, tokens: tokens)
        let need = try MemoryNeed.bytes(of: request)
        for worker in [MeasurementWorker(), used] {
          let peak = try worker.measure(request).peakBytes
          #expect(peak <= need, "\(name) \(v) \(e) \(h) \(l) \(t) \(b): \(peak) bytes, \(need) asked for")
        }
      }
    }
  }
}
