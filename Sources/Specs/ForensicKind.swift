/// The kinds of forensic check.
package enum ForensicKind: String, Sendable, Hashable, CaseIterable {
  /// Rows that are equal in some columns.
  case duplicates
  /// Rows that stand for one architecture.
  case replicates
  /// A column that is a function of others.
  case functionOf = "function-of"
  /// Which of several columns a column equals.
  case columnMatch = "column-match"
  /// Keys of a dataset that are missing from another.
  case survivorship
  /// Consecutive batches that share rows.
  case batchOverlap = "batch-overlap"
  /// Columns that differ by a constant.
  case constantOffset = "constant-offset"
  /// Values under one condition that are copies of those under another.
  case copiedValues = "copied-values"
  /// A printed aggregate that is not what its parts give.
  case aggregate
  /// Values that grow from repetition to repetition.
  case accumulation

  /// What it looks for, in a sentence.
  var summary: String {
    switch self {
    case .duplicates: "Rows that are equal in some columns, the sizes of their groups, the steps of their ids."
    case .replicates: "Rows that stand for one architecture, and the noise of the target that they show."
    case .functionOf: "Whether a column is a function of others."
    case .columnMatch: "Which of several columns a column equals, up to an error, a sign, a factor or an offset."
    case .survivorship: "Keys of a dataset that are missing from another, why, and how they differ in the target."
    case .batchOverlap: "Whether consecutive batches share rows: what is declared, and what the values show."
    case .constantOffset: "Whether two columns, or one under two conditions, differ by a constant."
    case .copiedValues: "Whether values under one condition are copies of those under another."
    case .aggregate: "Whether a printed mean, sum or product is what its parts give."
    case .accumulation: "Whether values grow from repetition to repetition."
    }
  }
}
