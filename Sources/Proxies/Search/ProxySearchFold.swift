/// One search, and what came of it on rows that it never saw.
package struct ProxySearchFold: Sendable, Hashable, Codable {
  /// A program or column that was chosen.
  package struct Choice: Sendable, Hashable, Codable {
    /// The formula, or the name of the column.
    package var text: String
    /// True when a larger value promises a better target; learnt from the training rows.
    package var higherIsBetter: Bool
    /// The coefficient on the training rows, by which it was found; not negative.
    package var training: Double
    /// The coefficient on the choosing rows, by which it was chosen; nil where there is none.
    package var choosing: Double?
    /// The coefficient on the reporting rows; nil where there is none.
    package var reporting: Double?
    /// The values on the reporting rows, turned so that larger ones promise more; nil where undefined.
    package var values: [Double?]
  }

  /// What the programs of a search were.
  package struct Counts: Sendable, Hashable, Codable {
    /// Different programs with a fitness.
    package var scored = 0
    /// Programs drawn or made that had been scored before.
    package var duplicates = 0
    /// Programs that some training row has no value of.
    package var undefined = 0
    /// Programs with one value on all training rows.
    package var constant = 0
    /// True when the budget was not used up, since nothing new was found.
    package var isExhausted = false
  }

  /// 0 … K − 1, or K for the final search.
  package var number: Int
  package var trainingRows: Int
  package var choosingRows: Int
  /// Rows in the report; none of the final search.
  package var reportingRows: [Int]
  /// Units of the reporting rows.
  package var reportingUnits: Int
  /// What evolution found; nil when every program was undefined or constant.
  package var evolution: Choice?
  /// The best of as many random programs.
  package var random: Choice?
  /// The best column without a proxy.
  package var baseline: Choice?
  package var evolutionCounts: Counts
  package var randomCounts: Counts
}
