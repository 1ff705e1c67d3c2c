/// What the searches of all folds say together, on rows that none of them saw.
package struct ProxySearchReport: Sendable, Hashable, Codable {
  /// A number with its interval, or the reason why there is none.
  package struct Estimate: Sendable, Hashable, Codable {
    package var value: Double?
    package var lower: Double?
    package var upper: Double?
    /// Why there is no value, or no interval.
    package var reason: String?
  }

  /// Something that was searched for or chosen, on the reporting rows of all folds: values are compared inside folds only.
  package struct Assessment: Sendable, Hashable, Codable {
    /// The coefficient with the target.
    package var overall: Estimate
    /// The coefficient inside strata of size.
    package var withinSize: Estimate
    /// Share of the variance of its ranks that strata and ranks of size explain, in 0 … 1.
    package var sizeShare: Estimate
    /// The partial correlation of ranks with the target's, strata and ranks of size held fixed.
    package var beyondSize: Estimate
  }

  /// What can be said of the program that was found.
  package enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// The interval of the partial correlation beyond size lies above 0.
    case beyondSize = "beyond-size"
    /// It does not: nothing beyond size was found.
    case nothingBeyondSize = "nothing-beyond-size"
    /// There is no such interval.
    case undecided
  }

  package var spec: ProxySearchSpec
  /// Columns of size.
  package var sizes: [String]
  package var rows: Int
  package var units: Int
  package var sizeStrata: Int
  /// Rows that one of the chosen programs has no value of; they are left out of all comparisons.
  package var rowsLeftOut: Int
  package var evolution: Assessment
  package var random: Assessment
  package var baseline: Assessment
  /// Share of the variance of the target's ranks that size explains.
  package var targetSizeShare: Estimate
  /// The coefficient of evolution's programs less that of the random programs.
  package var aboveRandom: Estimate
  /// The coefficient of evolution's programs less that of the best columns.
  package var aboveBaseline: Estimate
  package var verdict: Verdict
  /// The searches, one for each fold.
  package var folds: [ProxySearchFold]
  /// The search over all folds, whose program is the one to use.
  package var final: ProxySearchFold?
}
