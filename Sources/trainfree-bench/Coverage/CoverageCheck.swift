/// A rate that is known beforehand, and the trial that is repeated to count it: how often an interval holds the true value, or
/// how often a test rejects a hypothesis that holds.
///
/// A trial draws its data from the seed, computes, and says whether it was a hit; the same seed gives the same answer. To add a
/// check, append it to one of the lists in `CoverageBenchmark.checks`.
struct CoverageCheck: Sendable {
  /// What the rate of hits has to be.
  enum Expectation: Sendable {
    /// As often as this share of the trials.
    case share(Double)
    /// At most as often: for procedures that may err on the safe side.
    case atMost(Double)
    /// At least as often.
    case atLeast(Double)
    /// A share that shows what goes wrong otherwise: not judged.
    case unjudged
  }

  /// What is counted, in a few words.
  let name: String
  let expectation: Expectation
  /// One trial: true for a hit, nil where the data give neither an interval nor a p-value.
  let trial: @Sendable (_ seed: UInt64) throws -> Bool?

  /// Describes a check.
  init(
    _ name: String, _ expectation: Expectation, trial: @escaping @Sendable (_ seed: UInt64) throws -> Bool?
  ) {
    self.name = name
    self.expectation = expectation
    self.trial = trial
  }
}

extension CoverageCheck {
  /// Hits of some trials.
  struct Count: Sendable {
    var hits = 0
    /// Trials with an answer.
    var answered = 0
    /// Trials without one.
    var unanswered = 0

    /// The share of hits among the trials with an answer; nil without any.
    var share: Double? { answered > 0 ? Double(hits) / Double(answered) : nil }
  }

  /// The shares of hits that agree with the expectation: the middle 99.9 % of the binomial distribution, by its normal
  /// approximation p ± 3.29 √(p(1 − p)/n), open at one end where the expectation is a bound; nil for a share that is not
  /// judged.
  func band(trials: Int) -> ClosedRange<Double>? {
    func width(_ share: Double) -> Double { 3.29 * (share * (1 - share) / Double(max(1, trials))).squareRoot() }
    switch expectation {
    case .share(let share): return max(0, share - width(share))...min(1, share + width(share))
    case .atMost(let share): return 0...min(1, share + width(share))
    case .atLeast(let share): return max(0, share - width(share))...1
    case .unjudged: return nil
    }
  }
}
