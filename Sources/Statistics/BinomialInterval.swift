import Outcomes

/// Intervals of a proportion of independent trials.
package enum BinomialInterval {
  /// The exact interval of Clopper & Pearson (1934): the quantiles of the beta distributions B(x, n − x + 1) and B(x + 1, n − x).
  /// It covers at least `level`, and is defined for x = 0 and x = n. Neither x nor n has to be whole: with an effective number of
  /// trials for n it is the interval of Korn & Graubard (1998, Survey Methodology 24, 193–201) for trials that are not
  /// independent.
  ///
  /// - Throws: `Reason` for n that is not positive and finite, x outside 0 … n, or a level outside (0, 1).
  package static func clopperPearson(
    _ successes: Double, of trials: Double, level: Double = 0.95
  ) throws(Reason) -> ClosedRange<Double> {
    guard trials > 0, trials.isFinite, (0...trials).contains(successes) else {
      throw Reason("no number of trials that a proportion could be of")
    }
    guard level > 0, level < 1 else { throw Reason("the level is not between 0 and 1") }
    let tail = (1 - level) / 2
    let failures = trials - successes
    let lower = successes > 0 ? quantile(tail, a: successes, b: failures + 1) : 0
    // The upper tail is solved for as the lower one of what is left, which keeps its digits.
    let upper = failures > 0 ? 1 - quantile(tail, a: failures, b: successes + 1) : 1
    return min(lower, upper)...max(lower, upper)
  }

  /// The x with I_x(a, b) = p, by bisection: 2⁻⁶⁰ absolutely.
  private static func quantile(_ p: Double, a: Double, b: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = low + (high - low) / 2
      if IncompleteBeta.regularized(middle, a: a, b: b) < p { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }
}
