import Outcomes

/// What rows drawn at random without replacement from a finite population look like.
package struct FinitePopulation: Sendable, Hashable {
  /// Number of rows N.
  package let count: Int
  /// Mean of the rows μ.
  package let mean: Double
  /// Deviation of the rows σ, with N as divisor.
  package let deviation: Double

  /// Describes a population.
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
