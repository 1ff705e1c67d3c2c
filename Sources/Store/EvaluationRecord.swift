import Files

/// The memo of one evaluation: an architecture measured in one configuration with one seed on one batch.
package struct EvaluationRecord: Sendable, Hashable {
  /// SHA-256 of the canonical text of all that the outcome depends on.
  package var key: String
  /// SHA-256 of the part of that text which evaluations of one measurement share.
  package var configuration: String
  /// Values, and reasons where there is none, as JSON.
  package var outcome: String
  /// How long it took.
  package var seconds: Double
  /// Most bytes of memory that the worker held.
  package var peakBytes: Int

  /// Creates a record.
  package init(key: String, configuration: String, outcome: String, seconds: Double, peakBytes: Int) {
    self.key = key
    self.configuration = configuration
    self.outcome = outcome
    self.seconds = seconds
    self.peakBytes = peakBytes
  }

  /// What is stored beside an outcome, to tell whether it was changed by another hand: SHA-256 of key and outcome.
  static func digest(key: String, outcome: String) -> String { SHA256.hexDigest("\(key)\n\(outcome)") }
}
