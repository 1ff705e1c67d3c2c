import Documents
import Metrics
import Networks
import Outcomes
import SearchSpaces
import Sizes
import TestSupport
import Testing

/// A transformer recorded in PyTorch, whose metrics are measured.
struct GoldenTransformer: Sendable, CustomStringConvertible {
  let name: String
  let architecture: any Architecture
  let tokens: TokenBatch
  let node: DocumentNode
  /// The key of the loss, and its word in names of metrics.
  let loss: (key: String, word: String)

  var description: String { name }

  static let encoders: [GoldenTransformer] = GoldenEncoder.all.compactMap { model in
    guard let tokens = try? GoldenEncoder.tokens() else { return nil }
    return GoldenTransformer(
      name: model.name,
      architecture: EncoderArchitecture(model.record, model.variant, source: .documented), tokens: tokens,
      node: model.node, loss: ("mlm", "masked-language-model"))
  }

  static let gpt2 = decoders(.gpt2)
  static let transformerXL = decoders(.transformerXL)
  static let all = encoders + gpt2 + transformerXL

  private static func decoders(_ kind: DecoderKind) -> [GoldenTransformer] {
    GoldenDecoder.all(kind).compactMap { model in
      guard let tokens = try? model.tokens() else { return nil }
      return GoldenTransformer(
        name: model.name, architecture: DecoderArchitecture(model.configuration, source: .documented), tokens: tokens,
        node: model.node, loss: ("lm", "language-model"))
    }
  }

  /// The outcomes of metrics by column.
  func measure(
    _ metrics: [String], _ precision: NumericPrecision, worker: MeasurementWorker = MeasurementWorker()
  ) throws -> [String: Outcome<Double>] {
    let request = MeasurementRequest(
      architecture: architecture, metrics: metrics, precision: precision, seed: 2023, tokens: tokens)
    return Dictionary(
      try worker.measure(request).outcomes.map { ($0.column, $0.outcome) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Values expected of a model, gathered before it is measured once.
struct GoldenExpectations {
  struct Expectation {
    var column: String
    var key: String
    /// Nil where PyTorch has none, and a reason is expected.
    var value: Double?
    var allowed: Double
  }

  let precision: NumericPrecision
  private(set) var metrics: [String] = []
  private(set) var all: [Expectation] = []

  init(_ precision: NumericPrecision) { self.precision = precision }

  /// Adds a value.
  ///
  /// - Parameters:
  ///   - metric: The name that the metric is asked for with.
  ///   - column: The column, where it is not the metric's name.
  ///   - node: What was recorded.
  ///   - key: The key of the value.
  ///   - exact: The relative tolerance in double precision.
  ///   - single: That in single precision.
  ///   - size: What the tolerance is relative to, where it is not the value.
  mutating func add(
    _ metric: String, column: String? = nil, _ node: DocumentNode?, _ key: String, exact: Double = 1e-11,
    single: Double, of size: Double? = nil
  ) throws {
    let recorded = try #require(node?[key], "\(key)")
    add(metric, column: column, value: recorded.double, key, exact: exact, single: single, of: size)
  }

  /// Adds a value that is not there under a key of its own.
  mutating func add(
    _ metric: String, column: String? = nil, value: Double?, _ key: String, exact: Double = 1e-11, single: Double,
    of size: Double? = nil
  ) {
    if !metrics.contains(metric) { metrics.append(metric) }
    let tolerance = precision == .float64 ? exact : single
    all.append(
      Expectation(
        column: column ?? metric, key: key, value: value, allowed: tolerance * abs(size ?? value ?? 0)))
  }

  /// Measures the model and compares.
  func check(_ model: GoldenTransformer, _ worker: MeasurementWorker = MeasurementWorker()) throws {
    let found = try model.measure(metrics, precision, worker: worker)
    for expected in all {
      switch (found[expected.column], expected.value) {
      case (.success(let number)?, let value?):
        let error = abs(number - value)
        #expect(
          error <= expected.allowed,
          "\(model) \(expected.key): \(expected.column) is \(number), not \(value): \(error / abs(value)) of it")
      case (.failure(let reason)?, nil): #expect(!reason.text.isEmpty)
      case (let outcome, let value):
        Issue.record(
          "\(model) \(expected.key): \(expected.column) is \(outcome.map { "\($0)" } ?? "missing"), not \(value.map { "\($0)" } ?? "undefined")"
        )
      }
    }
  }
}
