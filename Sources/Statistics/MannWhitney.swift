import Outcomes

/// The test of Mann & Whitney (1947), Wilcoxon's rank-sum test, of whether the values of one sample tend to be greater than
/// those of another; with its three p-values.
///
/// Exact when there are no ties and at most 2,500 pairs of values; otherwise with z = (U − n₁n₂/2 ∓ ½)/s, s² = n₁n₂/12 ((n +
/// 1) − Σ(t³ − t)/(n (n − 1))) over groups of t ties, n = n₁ + n₂, and a correction for continuity of ½ towards the
/// middle. The two-sided p-value is twice the smaller one-sided one, 1 at most. Agrees with SciPy's `mannwhitneyu`.
package struct MannWhitney: Sendable, Hashable {
  /// Ways of finding p-values.
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
  /// True when the p-values are from the exact distribution of U, false when from the normal approximation.
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

/// The distribution of U of two samples without ties when both come from one population, every order being as likely.
struct MannWhitneyDistribution: Sendable {
  /// P(U ≤ u) by u, 0 … n₁n₂.
  private let cumulative: [Double]

  /// The most pairs n₁n₂ of which the distribution is made.
  static let greatestProduct = 2500

  /// Makes it by P(m, n, u) = m/(m + n) P(m − 1, n, u − n) + n/(m + n) P(m, n − 1, u) (Mann & Whitney 1947): sums of positive
  /// terms, so that small tails keep their digits. O((n₁n₂)²).
  ///
  /// - Returns: nil for samples without values and for more pairs than `greatestProduct`.
  init?(_ first: Int, _ second: Int) {
    guard first > 0, second > 0 else { return nil }
    let (product, overflow) = first.multipliedReportingOverflow(by: second)
    guard !overflow, product <= Self.greatestProduct else { return nil }
    let (smaller, larger) = (min(first, second), max(first, second))
    // Row m holds the distributions of m and 0 … larger values.
    var row = [[Double]](repeating: [1], count: larger + 1)
    for m in 1...smaller {
      var next: [[Double]] = [[1]]
      for n in 1...larger {
        var masses = [Double](repeating: 0, count: m * n + 1)
        let (shifted, kept) = (Double(m) / Double(m + n), Double(n) / Double(m + n))
        for (u, mass) in row[n].enumerated() { masses[u + n] += shifted * mass }
        for (u, mass) in next[n - 1].enumerated() { masses[u] += kept * mass }
        next.append(masses)
      }
      row = next
    }
    var sum = 0.0
    cumulative = row[larger].map { mass in
      sum += mass
      return min(1, sum)
    }
  }

  /// P(U ≥ u) = P(U ≤ n₁n₂ − u).
  func upperTail(_ statistic: Double) -> Double {
    let place = Double(cumulative.count - 1) - statistic
    guard place >= 0 else { return 0 }
    return cumulative[min(cumulative.count - 1, Int(place))]
  }
}

/// Two samples merged: how often values of the first exceed those of the second, and the ties among all of them.
struct RankSum {
  /// U of the first sample: pairs in which its value is the greater one, ties counting one half.
  private(set) var statistic = 0.0
  /// Σ (t³ − t) over groups of t equal values in both samples together.
  private(set) var tieTerm = 0.0

  /// Merges samples in O(n).
  ///
  /// - Precondition: Both are ascending.
  init(_ first: [Double], _ second: [Double]) {
    var (left, right) = (0, 0)
    while left < first.count || right < second.count {
      let value: Double
      if left == first.count {
        value = second[right]
      } else if right == second.count {
        value = first[left]
      } else {
        value = min(first[left], second[right])
      }
      let (leftStart, rightStart) = (left, right)
      while left < first.count, first[left] == value { left += 1 }
      while right < second.count, second[right] == value { right += 1 }
      let (ours, theirs) = (Double(left - leftStart), Double(right - rightStart))
      statistic += ours * (Double(rightStart) + theirs / 2)
      let tied = ours + theirs
      tieTerm += tied * tied * tied - tied
    }
  }
}
