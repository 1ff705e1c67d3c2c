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
