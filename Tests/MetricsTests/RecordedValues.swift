import Documents
import Metrics
import Sizes
import Testing

/// Values of PyTorch for one network: what each column has to be, and how far from it it may be.
struct RecordedValues {
  struct Expectation {
    var column: String
    /// Nil where there is no finite value.
    var value: Double?
    var allowed: Double
  }

  /// The values in double precision.
  let exact: DocumentNode
  /// Those in single precision.
  let single: DocumentNode

  private func number(_ key: String) throws -> Double { try #require(exact[key]?.double, "\(key)") }

  private func numbers(_ key: String) throws -> [Double] {
    try #require(exact[key]?.elements).map { try #require($0.double) }
  }

  /// What to expect of a protocol and a precision.
  ///
  /// Differences of scores, the noise metrics, are as exact as the scores; a sign that rounding flips moves the
  /// activation kernel.
  func expectations(_ protocolName: MetricProtocol, _ precision: NumericPrecision) throws -> [Expectation] {
    let isResults = protocolName == .results
    var all: [Expectation] = []
    func add(_ column: String, _ value: Double, _ tolerance: Double, relativeTo size: Double? = nil) {
      let tolerance = precision == .float32 ? tolerance : 1e-9
      all.append(Expectation(column: column, value: value, allowed: tolerance * (size ?? abs(value))))
    }
    for (layer, value) in try numbers("layers").enumerated() {
      add("layer-\(layer + 1)-hidden-covariance", value, 1e-5)
    }
    let (score, noised) = (try number("jac"), try numbers("jac_noised"))
    func size(_ noise: Int) -> Double { max(abs(score), abs(noised[noise])) }
    add("jacobian-covariance", score, 4e-5)
    add("jacobian-cosine", try number("jac_cos"), 3e-6)
    add("small-noise-jacobian", try number("SN"), 2e-4, relativeTo: size(0))
    add("large-noise-jacobian", try (isResults ? -1 : 1) * number("LN"), 2e-4, relativeTo: size(1))
    add("more-noised-jacobian", try number("MN"), 6e-4)
    add("small-noise-jacobian-cosine", try number("SNC"), 3e-6)
    add("large-noise-jacobian-cosine", try number("LNC"), 3e-6)
    add("more-noised-jacobian-cosine", try number("MNC"), 3e-6)
    add("synaptic-saliency", try number(isResults ? "synflow_ones" : "synflow_y"), 2e-6)
    add("hidden-synaptic-saliency", try number(isResults ? "hss_single" : "hss_total"), 2e-6)
    add("embedding-covariance", try number("emb_time_score"), 1e-5)
    let key = isResults ? "K_single" : "K_double"
    if let value = exact[key]?.double, let rounded = single[key]?.double {
      add("activation-distance", value, abs(rounded - value) <= 1e-5 * abs(value) ? 1e-5 : 6e-4)
    } else {
      all.append(Expectation(column: "activation-distance", value: nil, allowed: 0))
    }
    return all
  }
}

/// Checks a measurement; an activation distance of −∞ has to be undefined for a reason that says why.
func check(_ result: MeasurementResult, _ expectations: [RecordedValues.Expectation], _ name: String) {
  let outcomes = Dictionary(uniqueKeysWithValues: result.outcomes.map { ($0.column, $0.outcome) })
  for expected in expectations {
    switch (outcomes[expected.column], expected.value) {
    case (.success(let found)?, let value?):
      #expect(abs(found - value) <= expected.allowed, "\(name): \(expected.column) is \(found), not \(value)")
    case (.failure(let reason)?, nil):
      #expect(reason.text.contains("singular"), "\(name): \(expected.column): \(reason)")
    case (let outcome, let value):
      Issue.record(
        "\(name): \(expected.column) is \(outcome.map { "\($0)" } ?? "missing"), not \(value.map { "\($0)" } ?? "undefined")"
      )
    }
  }
}
