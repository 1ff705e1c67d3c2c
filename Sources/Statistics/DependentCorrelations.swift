import ElementaryFunctions
import Outcomes

/// Two correlations that share a variable and were found on the same rows: those of a target j with the metrics k and h.
///
/// The tests take rows as independent draws from a normal distribution. For Pearson's r they are as published; with
/// Spearman's ρ in place of r they are an approximation (Myers & Sirois 2006), and with clusters of repeated rows they
/// find too much.
package struct DependentCorrelations: Sendable, Hashable {
  /// r_jk, the correlation of the first metric with the target.
  package let first: Double
  /// r_jh, the correlation of the second metric with the target.
  package let second: Double
  /// r_kh, the correlation of the two metrics with each other.
  package let between: Double
  /// Number of rows.
  package let count: Int

  /// Gathers three correlations.
  ///
  /// - Throws: `Reason` for fewer than four rows, correlations with the target of ±1 or beyond, or a correlation of the
  ///   metrics that is not in −1 … 1.
  package init(first: Double, second: Double, between: Double, count: Int) throws(Reason) {
    guard count >= 4 else { throw Reason("fewer than four rows") }
    guard abs(first) < 1, abs(second) < 1 else { throw Reason("Fisher's transformation has no value at ±1") }
    guard abs(between) <= 1 else { throw Reason("the correlation of the metrics is not in −1 … 1") }
    self.first = first
    self.second = second
    self.between = between
    self.count = count
  }

  /// r_jk − r_jh.
  package var difference: Double { first - second }

  /// artanh r_jk − artanh r_jh.
  var transformedDifference: Double { Elementary.atanh(first) - Elementary.atanh(second) }
}
