import Outcomes

/// Relative errors |computed − published|/|published| of a computed column, row by row, and its rank correlations with the
/// published one.
package struct ColumnComparison: Sendable, Hashable {
  /// Rows where both have a value.
  package let count: Int
  /// Rows whose published value is 0 and whose computed one is not: they have no relative error, and count as outside of
  /// the tolerance.
  package let withoutError: Int
  /// Median of |computed − published|/|published|; 0 where both are 0.
  package let medianRelativeError: Double
  /// Largest relative error.
  package let maximumRelativeError: Double
  /// Share of the rows with a relative error of at most the tolerance, in 0 … 1.
  package let shareWithinTolerance: Double
  package let tolerance: Double
  /// Kendall's τ-b of the two columns, or why there is none.
  package let kendallTauB: Outcome<Double>
  /// Spearman's ρ of the two columns, or why there is none.
  package let spearman: Outcome<Double>

  /// The tolerance where none is given.
  package static let tolerance = 1e-3

  /// Compares rows where both columns have a value. O(n log n).
  ///
  /// - Parameters:
  ///   - computed: Computed values.
  ///   - published: Published values, one for each computed value.
  ///   - tolerance: The largest relative error that counts as agreement.
  /// - Throws: `Reason` for columns that differ in length, no row with both values, a value that is not finite, or
  ///   published values of which all are 0 where the computed ones are not.
  package init(computed: [Double?], published: [Double?], tolerance: Double = Self.tolerance) throws(Reason) {
    guard computed.count == published.count else { throw Reason("the columns differ in length") }
    let rows = computed.indices.filter { computed[$0] != nil && published[$0] != nil }
    let (x, y) = (rows.compactMap { computed[$0] }, rows.compactMap { published[$0] })
    guard !rows.isEmpty else { throw Reason("no row has both values") }
    guard x.allSatisfy(\.isFinite), y.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    let errors = zip(x, y).compactMap { Self.relativeError($0, $1) }.sorted()
    guard let largest = errors.last else { throw Reason("every published value is 0") }
    count = rows.count
    withoutError = rows.count - errors.count
    medianRelativeError = Quantile.linear(errors, 0.5)
    maximumRelativeError = largest
    shareWithinTolerance = Double(errors.count { $0 <= tolerance }) / Double(rows.count)
    self.tolerance = tolerance
    kendallTauB = Self.coefficient(.kendallTauB, x, y)
    spearman = Self.coefficient(.spearman, x, y)
  }

  private static func relativeError(_ computed: Double, _ published: Double) -> Double? {
    guard published != 0 else { return computed == 0 ? 0 : nil }
    let error = abs(computed / published - 1)
    return error.isFinite ? error : .greatestFiniteMagnitude
  }

  private static func coefficient(_ coefficient: Coefficient, _ x: [Double], _ y: [Double]) -> Outcome<Double> {
    let columns = (SampleColumn("the computed column"), SampleColumn("the published column"))
    return .of { () throws(Reason) in
      try coefficient.value(PairedSample(x: x, y: y, first: columns.0, second: columns.1))
    }
  }
}
