import Outcomes

/// Tails of the binomial distribution with even odds, for the sign test.
package enum BinomialTail {
  /// P(X ≥ k) for X the number of heads in n tosses of a fair coin: I_½(k, n − k + 1). 1 for k ≤ 0, 0 for k > n.
  ///
  /// In a sign test, n counts the differences that are not 0 and k those that are positive. Relative error as that of
  /// `IncompleteBeta`; 0 where the probability is below the smallest number.
  ///
  /// - Throws: `Reason` for n < 1: no difference, no test.
  package static func atLeast(_ k: Int, of n: Int) throws(Reason) -> Double {
    guard n >= 1 else { throw Reason("no difference is other than 0") }
    guard k > 0 else { return 1 }
    guard k <= n else { return 0 }
    return min(1, IncompleteBeta.regularized(0.5, a: Double(k), b: Double(n - k) + 1))
  }
}
