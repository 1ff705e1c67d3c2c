import Networks
import SearchSpaces
import Sizes
import TestSupport
import Testing

@testable import Metrics

/// A value depends on what is asked of which network, and on nothing else.
@Suite struct IndependenceTests {
  private func request(
    _ cell: String, _ precision: NumericPrecision, _ protocolName: MetricProtocol = .results, hidden: Int = 9
  ) throws -> MeasurementRequest {
    let settings = try LanguageModelSettings(
      vocabularySize: 31, embeddingSize: 6, hiddenSize: hidden, layerCount: 2)
    return try MeasurementRequest(
      architecture: RecurrentArchitecture(recipe(SampleCells.text(cell)), settings),
      metrics: MetricCatalog.all.map(\.id),
      protocolName: protocolName, precision: precision, seed: 5,
      tokens: .textFree(sequenceLength: 5, batchSize: 4, vocabularySize: 31))
  }

  private func values(_ result: MeasurementResult) -> [String] { result.outcomes.map { "\($0.column): \($0.outcome)" } }

  @Test(arguments: SampleCells.names, NumericPrecision.allCases)
  func metricsDoNotTouchOneAnother(_ cell: String, _ precision: NumericPrecision) throws {
    for protocolName in MetricProtocol.allCases {
      var request = try request(cell, precision, protocolName)
      let together = values(try MeasurementWorker().measure(request))
      var alone: [String] = []
      for id in MetricCatalog.all.map(\.id) {
        request.metrics = [id]
        alone += values(try MeasurementWorker().measure(request))
      }
      #expect(alone == together, "\(protocolName)")
      request.metrics = MetricCatalog.all.map(\.id).reversed()
      let reversed = values(try MeasurementWorker().measure(request))
      #expect(Set(reversed) == Set(together) && reversed.count == together.count)
    }
  }

  @Test(arguments: NumericPrecision.allCases) func workersDoNotRemember(_ precision: NumericPrecision) throws {
    let reused = MeasurementWorker()
    for (cell, hidden) in [("lstm", 9), ("elman", 3), ("mixed", 12), ("lstm", 9), ("delayed", 5)] {
      for protocolName in MetricProtocol.allCases {
        let request = try request(cell, precision, protocolName, hidden: hidden)
        let fresh = try MeasurementWorker().measure(request)
        let again = try reused.measure(request)
        #expect(values(again) == values(fresh))
        #expect(again.peakBytes == fresh.peakBytes && again.floatingPointOperations == fresh.floatingPointOperations)
      }
    }
  }

  @Test func threadsDoNotMeet() async throws {
    let requests = try SampleCells.names.map { try request($0, .float32, .notebook) }
    let expected = try requests.map { values(try MeasurementWorker().measure($0)) }
    try await withThrowingTaskGroup(of: [[String]].self) { group in
      for _ in 0..<2 {
        group.addTask {
          let worker = MeasurementWorker()
          return try requests.map { request in
            try worker.measure(request).outcomes.map { "\($0.column): \($0.outcome)" }
          }
        }
      }
      for try await found in group { #expect(found == expected) }
    }
  }

  @Test func seedsAndTokensCount() throws {
    var request = try request("lstm", .float64)
    request.metrics = ["snip", "jacobian-covariance", "synflow"]
    let first = values(try MeasurementWorker().measure(request))
    request.seed = 6
    #expect(zip(values(try MeasurementWorker().measure(request)), first).allSatisfy { $0 != $1 })
    request.seed = 5
    request.tokens = try TokenBatch(sequenceLength: 5, batchSize: 4, ids: request.tokens.ids.reversed())
    let reordered = values(try MeasurementWorker().measure(request))
    #expect(reordered[0] != first[0] && reordered[2] == first[2], "SynFlow reads no tokens")
  }

  @Test func resultsSayWhatTheyCost() throws {
    var request = try request("elman", .float32)
    request.metrics = ["hidden-covariance"]
    let result = try MeasurementWorker().measure(request)
    // Two layers of 20 tokens: matrices 9·6 + 9·9, then 6·9 + 6·6; the states of the first step are zero and not
    // multiplied; the Gram matrices take half of 2·n·d².
    let products = 2 * 20 * (54 + 54) + 2 * 16 * (81 + 36)
    #expect(result.floatingPointOperations == Double(products + 20 / 2 * 2 * (81 + 36)))
    #expect(result.seconds > 0 && result.peakBytes > 31 * 6 * 4)
    request.metrics = ["parameters"]
    let counted = try MeasurementWorker().measure(request)
    #expect(counted.floatingPointOperations == 0 && counted.peakBytes == 0)
  }
}
