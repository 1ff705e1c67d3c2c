import Figures
import Specs

/// How a value and its interval are made. Another `level`, beside the value or in the objects around it, goes before the one
/// here.
package struct ValueSettings: Sendable, Hashable {
  /// How the interval is made, in a few words.
  package var method: String?
  /// Its coverage, in (0, 1).
  package var level: Double?
  /// The seed of its resamples.
  package var seed: Int?
  /// What happens to missing values.
  package var policy: String?
  /// The keys under which the number of rows stands, near the value, the best first.
  package var countKeys = ["n", "subjects"]

  /// Settings of a value without an interval, or with one that is not described here.
  package init(method: String? = nil, level: Double? = nil, seed: Int? = nil, policy: String? = nil) {
    self.method = method
    self.level = level
    self.seed = seed
    self.policy = policy
  }

  /// Settings of a value with a bootstrap interval.
  init(_ interval: IntervalSpec?, isClustered: Bool, policy: String) {
    self.policy = policy
    guard let interval else { return }
    let resamples = NumberText.grouped(Double(interval.resamples)) ?? ""
    method =
      "\(interval.method == .bca ? "BCa" : "percentile") bootstrap, \(resamples) resamples of "
      + (isClustered ? "clusters" : "rows")
    level = interval.level
    seed = interval.seed.value
  }

  /// What verdicts depend on, as one text.
  package var text: String {
    [method ?? "", level.map { "\($0)" } ?? "", seed.map { "\($0)" } ?? "", policy ?? ""].joined(separator: "; ")
  }
}
