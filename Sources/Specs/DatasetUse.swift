/// What to do with a malformed row.
package enum MalformedRows: String, Sendable, Hashable, CaseIterable {
  /// A malformed row fails the import, all of them named.
  case error
  /// Malformed rows are left out and counted in the report.
  case skip
}

/// A dataset of the catalogue as an analysis uses it.
package struct DatasetUse: Sendable, Hashable {
  /// The name the analysis gives it.
  package var name: Located<String>
  /// The id in the catalogue.
  package var use: Located<String>
  /// Overrides the catalogue's rule for malformed rows.
  package var malformed: MalformedRows?
  /// Columns made by expressions, each from columns of the dataset, its joins, and those derived above.
  package var derive: [DerivedSpec]
  /// Conditions a row must meet, all of them.
  package var rows: [RowCondition]
  /// Columns joined from other datasets of the analysis.
  package var join: [JoinSpec]
  /// Which rows are repeats of one architecture.
  package var clusterBy: ClusterRule
}

/// A comparison of a column with a constant.
package struct RowCondition: Sendable, Hashable {
  /// How the column is compared.
  package enum Test: Sendable, Hashable {
    /// The value is one of these (compared as text, or as numbers when both are).
    case oneOf([String])
    /// The value is at least this.
    case atLeast(Bound)
    /// The value is at most this.
    case atMost(Bound)
    /// There is a value (true), or none (false).
    case defined(Bool)
  }

  /// A number that values are compared with.
  package enum Bound: Sendable, Hashable {
    /// A finite number.
    case number(Double)
    /// A whole number that no Double equals.
    case whole(Int)
  }

  /// The column.
  package var column: Located<String>
  /// The tests given; a valid spec gives exactly one.
  package var tests: [Test]
}

/// Columns taken from another dataset where the keys are equal.
package struct JoinSpec: Sendable, Hashable {
  /// The other dataset's name in the analysis; must be declared before.
  package var dataset: Located<String>
  /// The key columns, in both tables.
  package var on: [Located<String>]
  /// The columns to take; all but the keys when empty.
  package var columns: [Located<String>]
  /// Put before the names of the columns taken.
  package var prefix: String?
  /// Whether rows without a partner stay, with undefined values (`left`), or go (`inner`).
  package var keepsUnmatched: Bool
}

/// Which rows belong to one cluster and are resampled together.
package enum ClusterRule: Sendable, Hashable {
  /// Every row by itself.
  case none
  /// Rows with the same values in every column of role `metric`.
  case metricVector
  /// Rows with the same values in these columns.
  case columns([Located<String>])
}

/// The column that metrics are correlated with.
package struct TargetUse: Sendable, Hashable {
  /// The dataset's name in the analysis.
  package var dataset: Located<String>
  /// The column.
  package var column: Located<String>
  /// Which end is better; the catalogue's when nil.
  package var better: BetterEnd?
}

/// Which end of a column is the good one.
package enum BetterEnd: String, Sendable, Hashable, CaseIterable {
  /// Larger is better.
  case higher
  /// Smaller is better.
  case lower
}
