import Outcomes

/// The test of Mann & Whitney (1947), Wilcoxon's rank-sum test, of whether the values of one sample tend to be greater than
/// those of another; with its three p-values.
///
/// Exact when there are no ties and at most 2,500 pairs of values; otherwise with z = (U − n₁n₂/2 ∓ ½)/s, s² = n₁n₂/12 ((n +
/// 1) − Σ(t³ − t)/(n (n − 1))) over groups of t ties, n = n₁ + n₂, and a correction for continuity of ½ towards the
/// middle. The two-sided p-value is twice the smaller one-sided one, 1 at most. Agrees with SciPy's `mannwhitneyu`.
package struct MannWhitney: Sendable, Hashable {
  /// How p-values are found.
  package enum Method: String, Sendable, Hashable, CaseIterable {
    /// Exact where it can be, by the normal approximation otherwise.
    case automatic
    /// By the normal approximation.
    case normal
  }

  /// U of the first sample: pairs in which its value is the greater one, ties counting one half; 0 … n₁n₂.
  package let statistic: Double
  /// U/(n₁n₂), the chance that a value of the first sample exceeds one of the second (McGraw & Wong's common language effect
  /// size, 1992), ties counting one half; in 0 … 1.
  package let effectSize: Double
  /// Whether the p-values are exact.
  package let isExact: Bool
  /// P of a U at least as great: small when the first sample's values are greater.
  package let pValueGreater: Double
  /// P of a U at most as great: small when they are less.
  package let pValueLess: Double
  /// P of a U at least as far from the middle.
  package var pValue: Double { min(1, 2 * min(pValueGreater, pValueLess)) }

  /// Compares two samples. O(n log n), exact ones O((n₁n₂)²).
  ///
  /// - Throws: `Reason` for a sample without values, or a value that is not finite. When all values are the same, every
  ///   p-value is 1.
  package init(_ first: [Double], _ second: [Double], method: Method = .automatic) throws(Reason) {
    guard first.allSatisfy(\.isFinite), second.allSatisfy(\.isFinite) else {
      throw Reason("a value is not finite")
    }
    try self.init(sorted: first.sorted(), second.sorted()) {
      method == .automatic ? MannWhitneyDistribution(first.count, second.count) : nil
    }
  }

  /// Compares ascending samples; the distribution is asked for when there are no ties.
  init(
    sorted first: [Double], _ second: [Double], distribution: () -> MannWhitneyDistribution?
  ) throws(Reason) {
    guard !first.isEmpty, !second.isEmpty else { throw Reason("a sample has no values") }
    let sum = RankSum(first, second)
    let pairs = Double(first.count) * Double(second.count)
    statistic = sum.statistic
    effectSize = sum.statistic / pairs
    if sum.tieTerm == 0, let distribution = distribution() {
      isExact = true
      pValueGreater = distribution.upperTail(sum.statistic)
      pValueLess = distribution.upperTail(pairs - sum.statistic)
      return
    }
    isExact = false
    let total = Double(first.count) + Double(second.count)
    // n + 1 less the ties is at least 3 unless all values are tied, when it is 0 but for rounding.
    let spread = total + 1 - sum.tieTerm / (total * (total - 1))
    guard spread > 1 else {
      pValueGreater = 1
      pValueLess = 1
      return
    }
    let deviation = (pairs / 12 * spread).squareRoot()
    func tail(_ statistic: Double) -> Double {
      NormalTest((statistic - pairs / 2 - 0.5) / deviation).pValueGreater
    }
    pValueGreater = tail(sum.statistic)
    pValueLess = tail(pairs - sum.statistic)
  }
}
