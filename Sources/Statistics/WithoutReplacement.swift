import Outcomes

/// The best of rows drawn without replacement, in closed form.
package enum OrderStatistics {
  /// The expected largest of `draws` values drawn without replacement: Σ y₍ᵢ₎ C(i − 1, draws − 1)/C(n, draws) over the
  /// ascending values. O(n log n).
  ///
  /// - Throws: `Reason` when fewer than one or more than all values are drawn, or a value or the range is not finite.
  package static func expectedMaximum(_ values: [Double], draws: Int) throws(Reason) -> Double {
    try expectedMaximum(descending: descending(values, draws), draws: draws)
  }

  /// The p-quantile of the largest of `draws` values drawn without replacement: the smallest value v for which
  /// P(maximum ≤ v) ≥ p. O(n log n).
  ///
  /// - Throws: `Reason` when fewer than one or more than all values are drawn, or a value or the range is not finite.
  package static func maximumQuantile(_ values: [Double], draws: Int, _ p: Double) throws(Reason) -> Double {
    let sorted = try descending(values, draws)
    // The probability that none of the values before a place is drawn.
    var noneBefore = 1.0
    for (place, value) in sorted.enumerated() {
      let next = noneBefore * (1 - chance(place, count: sorted.count, draws: draws))
      // A value is exceeded when one before its first equal is drawn; P(maximum ≤ next lower value) is `next`.
      let isLastOfEqual = place + 1 == sorted.count || sorted[place + 1] != value
      noneBefore = next
      if isLastOfEqual, next < p - 1e-12 { return value }
    }
    return sorted[sorted.count - 1]
  }

  private static func descending(_ values: [Double], _ draws: Int) throws(Reason) -> [Double] {
    guard draws >= 1, draws <= values.count else { throw Reason("\(draws) of \(values.count) rows cannot be drawn") }
    guard values.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    let sorted = values.sorted(by: >)
    guard (sorted[0] - sorted[sorted.count - 1]).isFinite else {
      throw Reason("the range of the values is too large")
    }
    return sorted
  }

  /// The chance that the value at a place is drawn when none before it was.
  private static func chance(_ place: Int, count: Int, draws: Int) -> Double {
    min(1, Double(draws) / Double(count - place))
  }

  /// - Precondition: The values are descending, and there are at least as many as draws.
  package static func expectedMaximum(descending sorted: [Double], draws: Int) -> Double {
    var noneBefore = 1.0
    // Differences to the best keep the digits of values far from zero.
    var loss = 0.0
    for (place, value) in sorted.enumerated() where noneBefore > 0 {
      let chance = chance(place, count: sorted.count, draws: draws)
      loss += noneBefore * chance * (sorted[0] - value)
      noneBefore *= 1 - chance
    }
    return sorted[0] - loss
  }
}

/// A finite population of numbers, for means of rows that are drawn from it at random without replacement.
package struct FinitePopulation: Sendable, Hashable {
  /// N, number of rows.
  package let count: Int
  /// μ, their mean.
  package let mean: Double
  /// σ, their standard deviation with N as divisor.
  package let deviation: Double

  /// Takes mean and deviation of all rows. O(n log n).
  ///
  /// - Throws: `Reason` as `ColumnSummary`.
  package init(_ values: [Double]) throws(Reason) {
    let summary = try ColumnSummary(values)
    count = summary.count
    mean = summary.mean
    deviation = (summary.standardDeviation ?? 0) * (Double(summary.count - 1) / Double(summary.count)).squareRoot()
  }

  /// The standard error of the mean of `size` rows drawn without replacement: σ/√n · √((N − n)/(N − 1)), exactly; 0 for
  /// all rows.
  ///
  /// - Throws: `Reason` when the size is not in 1 … N.
  package func standardErrorOfMean(size: Int) throws(Reason) -> Double {
    guard (1...count).contains(size) else { throw Reason("\(size) of \(count) rows cannot be drawn") }
    guard count > 1 else { return 0 }
    return deviation / Double(size).squareRoot() * (Double(count - size) / Double(count - 1)).squareRoot()
  }
}
