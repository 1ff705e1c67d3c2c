import Documents
import Metrics
import Networks
import SearchSpaces
import Sizes
import TestSupport
import Testing

/// The published metrics against values recorded in PyTorch.
@Suite(.serialized, .needsRecordedNetworks) struct GoldenMetricTests {
  @Test(arguments: NumericPrecision.allCases, MetricProtocol.allCases)
  func smallNetworks(_ precision: NumericPrecision, _ protocolName: MetricProtocol) throws {
    let file = try golden("rnn_small.json", in: #require(goldenFolder))
    let worker = MeasurementWorker()
    var undefined = 0
    for setting in try #require(file["configs"]?.elements) {
      func size(_ key: String) throws -> Int { try #require(setting[key]?.integer, "\(key)") }
      let settings = try LanguageModelSettings(
        vocabularySize: size("V"), embeddingSize: size("emsize"), hiddenSize: size("nhid"), layerCount: size("nlayers"))
      let tokens = try TokenBatch.textFree(sequenceLength: size("T"), batchSize: size("B"), vocabularySize: size("V"))
      for architecture in try #require(setting["arch"]?.elements) {
        let request = try MeasurementRequest(
          architecture: RecurrentArchitecture(RecipeParser.parse(#require(architecture["recepie"])), settings),
          metrics: MetricCatalog.published, protocolName: protocolName, precision: precision, seed: size("seed"),
          tokens: tokens)
        let recorded = try RecordedValues(
          exact: #require(architecture["float64"]), single: #require(architecture["float32"]))
        let expectations = try recorded.expectations(protocolName, precision)
        undefined += expectations.count { $0.value == nil }
        let name = try "\(#require(architecture["name"]?.text)), seed \(size("seed")), V \(size("V"))"
        check(try worker.measure(request), expectations, name)
      }
    }
    #expect(undefined == 2)
  }

  /// The recorded cells at full size in single precision, the cheapest also in double precision. Noise takes three fifths
  /// of the time and is left out for the larger cells.
  @Test(arguments: [
    ("1003533", true, true), ("1001393", false, false), ("1000889", false, true), ("1013209", false, false),
    ("1012124", false, false), ("1008762", false, false), ("1008624", false, false), ("1012081", false, false),
  ])
  func fullNetworks(_ id: String, withNoise: Bool, inDouble: Bool) throws {
    let file = try golden("rnn_full.json", in: #require(goldenFolder))
    let all = try #require(file["arch"]?.elements)
    #expect(all.count == 8)
    let architecture = try #require(all.first { $0["recepie_id"]?.text == id })
    let recorded = try RecordedValues(
      exact: #require(architecture["generic_synthetic_f64"]), single: #require(architecture["generic_synthetic_f32"]))
    let metrics = MetricCatalog.published.filter { id in
      withNoise || !MetricCatalog.needs(of: id, in: [.results]).contains(.noisedInputGradients)
    }
    var request = try MeasurementRequest(
      architecture: RecurrentArchitecture(
        RecipeParser.parse(#require(architecture["recepie"])), LanguageModelSettings()),
      metrics: metrics, seed: #require(architecture["seed"]?.integer),
      tokens: TokenBatch.textFree(sequenceLength: 70, batchSize: 50, vocabularySize: 10_000))
    let columns = Set(MetricCatalog.columns(for: metrics, layerCount: 3).map(\.name))
    let worker = MeasurementWorker()
    let result = try worker.measure(request)
    check(result, try recorded.expectations(.results, .float32).filter { columns.contains($0.column) }, id)
    let parameters = try #require(architecture["n_params"]?.integer)
    #expect(result.outcomes.contains { $0.column == "parameters" && $0.outcome == .success(Double(parameters)) })
    guard inDouble else { return }
    request.precision = .float64
    let exact = try worker.measure(request)
    check(
      exact, try recorded.expectations(.results, .float64).filter { columns.contains($0.column) },
      "\(id) in double precision")
  }
}
