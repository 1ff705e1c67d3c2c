import Networks
import Outcomes
import SearchSpaces
import Sizes
import TestSupport
import Testing

@testable import Metrics

/// What a network has no value for, and what cannot be measured at all.
@Suite struct UndefinedTests {
  static let ids = MetricCatalog.all.map(\.id)

  private func measure(
    _ cell: String, _ metrics: [String] = ids, embedding: Int = 4, hidden: Int = 5, layers: Int = 2, steps: Int = 4,
    columns: Int = 3, precision: NumericPrecision = .float64, protocolName: MetricProtocol = .results
  ) throws -> [String: Outcome<Double>] {
    let settings = try LanguageModelSettings(
      vocabularySize: 50, embeddingSize: embedding, hiddenSize: hidden, layerCount: layers)
    let request = try MeasurementRequest(
      architecture: RecurrentArchitecture(recipe(cell), settings), metrics: metrics, protocolName: protocolName,
      precision: precision,
      tokens: .textFree(sequenceLength: steps, batchSize: columns, vocabularySize: 50))
    let outcomes = try MeasurementWorker().measure(request).outcomes
    return Dictionary(uniqueKeysWithValues: outcomes.map { ($0.column, $0.outcome) })
  }

  private func reason(_ outcome: Outcome<Double>?) -> String {
    outcome?.reason?.text ?? ""
  }

  /// Sigmoids are positive whatever they read.
  @Test func cellsOfSigmoidsAlone() throws {
    let found = try measure(
      """
      a = linear x h_prev_0
      h_new_0 = sigmoid a
      """)
    #expect(reason(found["activation-distance"]).contains("the same sign for all columns"))
    #expect(reason(found["naswot"]) == "the cell has no leaky rectifier")
    #expect(found["jacobian-covariance"]?.value != nil)
  }

  @Test func cellsWithoutActivations() throws {
    let found = try measure("h_new_0 = linear x h_prev_0")
    #expect(reason(found["activation-distance"]) == "the cell has no activation")
    #expect(found["fisher"] == .success(0))
  }

  @Test func oneStep() throws {
    let found = try measure(SampleCells.lstm, steps: 1)
    for layer in 1...2 {
      #expect(
        reason(found["layer-\(layer)-hidden-covariance"]) == "a variable is constant, so that it has no correlation")
    }
    #expect(found["hidden-synaptic-saliency"] == .success(0))
    #expect(found["snip"]?.value != nil)
  }

  @Test func oneColumn() throws {
    for protocolName in MetricProtocol.allCases {
      let found = try measure(SampleCells.lstm, columns: 1, protocolName: protocolName)
      #expect(reason(found["jacobian-cosine"]) == "one row has no cosines")
      #expect(reason(found["large-noise-jacobian-cosine"]) == "one row has no cosines")
      // One column has no variance, so that noise changes nothing.
      #expect(found["small-noise-jacobian"] == .success(1))
      #expect(found["large-noise-jacobian"] == .success(protocolName == .results ? -1 : 1))
      #expect(found["ntk-condition-number"] == .success(1))
    }
  }

  /// The output reads no token; the gradient is zero everywhere.
  @Test func cellsThatDoNotReadTheInput() throws {
    let found = try measure("h_new_0 = linear h_prev_0")
    for id in ["jacobian-covariance", "jacobian-cosine", "small-noise-jacobian", "more-noised-jacobian-cosine"] {
      #expect(reason(found[id]) == "the gradient is zero", "\(id)")
    }
    #expect(found["layer-1-hidden-covariance"]?.value != nil, "states differ from step to step")
    #expect(found["embedding-covariance"]?.value != nil)
  }

  /// Values beyond the precision become reasons.
  @Test func overflow() throws {
    let cubes = (0..<6).map { "p\($0 + 1) = product" + String(repeating: " p\($0)", count: 64) }.joined(separator: "\n")
    let cell = "l = linear x h_prev_0\np0 = sum" + String(repeating: " l", count: 64) + "\n\(cubes)\nh_new_0 = sum p6 l"
    for precision in NumericPrecision.allCases {
      let found = try measure(cell, embedding: 3, hidden: 3, precision: precision)
      #expect(reason(found["layer-1-hidden-covariance"]) == "a variable is not finite")
      #expect(reason(found["jacobian-covariance"]) == "the gradient is not finite")
      #expect(reason(found["snip"]) == "the value is not finite")
      for (column, outcome) in found {
        if let number = outcome.value {
          #expect(number.isFinite, "\(column)")
        } else {
          #expect(!reason(outcome).isEmpty)
        }
      }
    }
  }

  @Test func whatCannotBeMeasuredIsAnError() throws {
    let cell = try recipe(SampleCells.elman)
    let settings = try LanguageModelSettings(vocabularySize: 10, embeddingSize: 3, hiddenSize: 3, layerCount: 1)
    let request = try MeasurementRequest(
      architecture: RecurrentArchitecture(cell, settings), metrics: ["snip"],
      tokens: .textFree(sequenceLength: 2, batchSize: 2, vocabularySize: 10))
    let worker = MeasurementWorker()
    func expect(_ reason: String, _ change: (inout MeasurementRequest) throws -> Void) throws {
      var changed = request
      try change(&changed)
      #expect(throws: MetricError(Reason(reason))) { try worker.measure(changed) }
    }
    try expect("there is no metric snap") { $0.metrics = ["snip", "snap"] }
    for seed in [-1, 1 << 32, Int.max, Int.min] {
      try expect("the seed \(seed) is not 0 … 4,294,967,295") { $0.seed = seed }
    }
    try expect("token 10 is beyond a vocabulary of 10") {
      $0.tokens = try TokenBatch(sequenceLength: 1, batchSize: 2, ids: [1, 10])
    }
    try expect("the network has more than 536,870,912 parameters") {
      $0.architecture = RecurrentArchitecture(
        cell, try LanguageModelSettings(embeddingSize: 8192, hiddenSize: 8192, layerCount: 32))
    }
    try expect("a pass over 1048576 tokens keeps more than 1,073,741,824 values") {
      $0.architecture = RecurrentArchitecture(cell, try LanguageModelSettings())
      $0.tokens = try .textFree(sequenceLength: 4096, batchSize: 256, vocabularySize: 10_000)
    }
    // The worker is none the worse for it.
    #expect(try worker.measure(request).outcomes[0].outcome.value != nil)
  }
}
