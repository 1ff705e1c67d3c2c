import Diagnostics
import Documents
import Tables

/// A dataset of the catalogue, a measurement of another analysis' report, or a file of the user's own, as an analysis uses it.
package struct DatasetUse: Keyed, Named {
  /// The treatment of rows that do not fit the columns of the dataset.
  package enum MalformedRows: String, FieldWord {
    /// A malformed row fails the import, all of them named.
    case error
    /// Malformed rows are left out and counted in the report.
    case skip
  }

  /// The name the analysis gives it.
  package var name = Located<String>.unread
  /// The id in the catalogue; nil for a measurement and for a file.
  package var use: Located<String>?
  /// A measurement that the report of another analysis holds: `ANALYSIS/NAME` for a row for each architecture, `ANALYSIS/NAME-runs` for
  /// one for each run; nil for other datasets.
  package var measured: Located<String>?
  /// A file of the user's own, by its path in the spec's folder or in the one that `--files` names; nil for other datasets.
  package var file: Located<String>?
  /// The way in which the file is read.
  package var reading = FileReading()
  /// Overrides the catalogue's rule for malformed rows.
  package var malformed: MalformedRows?
  /// Columns made by expressions, each from columns of the dataset, its joins, and those derived above.
  package var derive = Entries<DerivedSpec>()
  /// Conditions a row must meet, all of them.
  package var rows: [RowCondition] = []
  /// Columns joined from other datasets of the analysis.
  package var join: [JoinSpec] = []
  /// The rule that makes clusters of rows that are repeats of one thing; by default the catalogue's unit.
  package var clusterBy = Located(ClusterRule.declared, at: Located<String>.unread.location)

  package init() {}

  package static let definition = "dataset"
  package static let summary =
    "A dataset of the catalogue, a measurement of another analysis' report, or a file of your own, as the analysis uses it."
  package static let exactlyOne = ["use", "measured", "file"]
  package static let fields: [Field<DatasetUse>] =
    [
      .optional("use", \.use, "Id in data/catalog.yaml.", .path),
      .optional(
        "measured", \.measured,
        "Measurement in the report of another analysis: ANALYSIS/NAME for its architectures, ANALYSIS/NAME-runs for its runs.",
        .path),
      .optional("file", \.file, "Path of a file of your own, in the folder of the analysis or of `--files`.", .text),
      .optional(
        "malformed", \.malformed,
        "Whether malformed rows fail the import or are counted and left out; not of measurements."),
      .optional("derive", \.derive, "Columns made by expressions, by name; a text is one."),
      .optional("rows", \.rows, "Conditions that a row must meet, all of them."),
      .optional("join", \.join, "Columns taken from other datasets of the analysis."),
      .optional(
        "cluster-by", \.clusterBy,
        "Which rows are repeats of one thing and drawn together: rows with equal metrics, or with equal values in these columns; the catalogue's unit when left out, `none` for every row by itself."
      ),
    ] + readingFields
}

/// The rule that puts rows into clusters; the rows of a cluster are resampled together.
package enum ClusterRule: FieldValue {
  /// What the catalogue declares to be one unit; stands in no spec.
  case declared
  /// Every row by itself.
  case none
  /// Rows with the same values in every column of role `metric`.
  case metricVector
  /// Rows with the same values in these columns.
  case columns([Located<String>])

  private static let names = Schema.list(.identifier, minimum: 1)

  package static var schema: Schema { .either([.word(["none", "metric-vector"]), names]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> ClusterRule? {
    if node.elements != nil { return Array.read(node, as: names, reading).map { .columns($0) } }
    return node.text == "metric-vector" ? .metricVector : ClusterRule.none
  }

  package var canonical: JSONValue {
    switch self {
    case .declared: .null
    case .none: "none"
    case .metricVector: "metric-vector"
    case .columns(let names): names.canonical
    }
  }
}

/// A comparison of a column with a constant.
package struct RowCondition: Keyed {
  /// A test of a value, with the constants that it is compared with.
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
  package enum Bound: FieldValue {
    /// A finite number.
    case number(Double)
    /// A whole number that no Double equals.
    case whole(Int)

    package static var schema: Schema { .anyNumber }

    package static func read(_ node: DocumentNode, as _: Schema, _: Reading) -> Bound? {
      if let whole = node.integer, Int(exactly: Double(whole)) != whole { return .whole(whole) }
      return node.double.map { .number($0) }
    }

    package var canonical: JSONValue {
      switch self {
      case .number(let value): .number(value)
      case .whole(let value): .integer(value)
      }
    }
  }

  package var column = Located<String>.unread
  /// The tests given; a valid spec gives exactly one.
  package var tests: [Test] = []

  package init() {}

  package static let definition = "condition"
  package static let summary = "A test of one column; exactly one of equals, in, at-least, at-most, defined."
  package static let exactlyOne = ["equals", "in", "at-least", "at-most", "defined"]
  package static let fields: [Field<RowCondition>] = [
    .required("column", \.column, "The column.", .identifier),
    .choice("equals", String.self, "The value is this.", .scalar) { $0.tests.append(.oneOf([$1])) },
    .choice("in", [String].self, "The value is one of these.", .list(.scalar, minimum: 1)) {
      $0.tests.append(.oneOf($1))
    },
    .choice("at-least", Bound.self, "The value is at least this.") { $0.tests.append(.atLeast($1)) },
    .choice("at-most", Bound.self, "The value is at most this.") { $0.tests.append(.atMost($1)) },
    .choice("defined", Bool.self, "There is a value, or there is none.") { $0.tests.append(.defined($1)) },
  ]

  /// The condition as it stands in a step's key, such as `depth >= 4`.
  package var text: String {
    let test =
      switch tests.first {
      case .oneOf(let values): "in \(values.canonical.text())"
      case .atLeast(let bound): ">= \(bound.canonical.text())"
      case .atMost(let bound): "<= \(bound.canonical.text())"
      case .defined(let isDefined): isDefined ? "defined" : "undefined"
      case nil: ""
      }
    return "\(column.value) \(test)"
  }
}

/// Columns taken from another dataset where the keys are equal.
package struct JoinSpec: Keyed {
  /// The other dataset's name in the analysis; must be declared before.
  package var dataset = Located<String>.unread
  /// The key columns, in both tables.
  package var on: [Located<String>] = []
  /// The columns to take; all but the keys when empty.
  package var columns: [Located<String>] = []
  /// Text put before the names of the columns taken; nil for none.
  package var prefix: String?
  /// True when rows without a partner stay, with undefined values (a left join); false when they are left out (an inner
  /// join).
  package var keepsUnmatched = false

  package init() {}

  package static let definition = "join"
  package static let summary = "Columns of another dataset where the keys are equal."
  package static let fields: [Field<JoinSpec>] = [
    .required(
      "dataset", \.dataset, "Name of a dataset declared above, or of a measurement of such a dataset.", .identifier),
    .identifiers("on", \.on, "Key columns, in both tables.", isRequired: true),
    .identifiers("columns", \.columns, "Columns to take; all but the keys when left out."),
    .optional("prefix", \.prefix, "Put before the names of the columns taken."),
    .optional("keep-unmatched", \.keepsUnmatched, "Whether rows without a partner stay."),
  ]
}

/// The column that metrics are correlated with.
package struct TargetUse: Keyed {
  /// The dataset's name in the analysis.
  package var dataset = Located<String>.unread
  package var column = Located<String>.unread
  /// The better end of the column's values; the catalogue's when nil.
  package var better: Direction?

  package init() {}

  package static let definition = "target"
  package static let summary = "The column that metrics are correlated with."
  package static let fields: [Field<TargetUse>] = [
    .table("dataset", \.dataset),
    .required("column", \.column, "The column.", .identifier),
    .optional("better", \.better, "Which end is better; the catalogue's when left out."),
  ]
}

/// A column that an analysis derives from those of a dataset: an expression by itself, or with more settings.
package struct DerivedSpec: Keyed, Named {
  /// The most derived columns of a dataset.
  package static let limit = 200

  /// The column's name.
  package var name = Located<String>.unread
  /// The expression that gives its values.
  package var expression = LocatedExpression.unread
  /// The name for people; the expression's canonical form when nil.
  package var title: String?
  /// The better end of its values; nil when neither is.
  package var better: Direction?
  /// The part that the column plays in the analysis; any role but `identifier`.
  package var role = ColumnRole.feature

  package init() {}

  package static let definition = "derived-column"
  package static let summary = "A column made by an expression."
  package static let fields: [Field<DerivedSpec>] = [
    .required("expression", \.expression, "Its values, such as depth * hidden-size."),
    .text("title", \.title, "Name for people; the expression when left out."),
    .optional("better", \.better, "Which end is better."),
    .optional(
      "role", \.role, "The role of its values in the analysis.",
      .word(ColumnRole.allCases.filter { $0 != .identifier }.map(\.rawValue))),
  ]

  package static var schema: Schema { .either([.text, .object(keys.object)]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> DerivedSpec? {
    guard node.entries == nil else { return keys.read(node, reading) }
    return LocatedExpression.read(node, as: .text, reading).map {
      var derived = DerivedSpec()
      derived.expression = $0
      return derived
    }
  }
}
