import Documents
import Tables

/// The way in which a file of the user's own is read. What is left out is found out from the file.
package struct FileReading: Sendable, Hashable {
  /// The most names that a header or a list of missing values may have.
  package static let nameLimit = 10_000

  /// The kind of file; by its first bytes and its name when nil.
  package var format: FileFormat?
  /// The sign between cells; the one by which all lines have as many cells when nil.
  package var separator: CellSeparator?
  /// The sign before decimals; a comma where cells are such numbers and commas separate nothing, when nil.
  package var decimal: DecimalSign?
  /// The encoding of the text; by its byte-order mark, else UTF-8, when nil.
  package var encoding: FileEncoding?
  /// The beginning of lines that are comments; nil when no line is.
  package var comment: String? = "#"
  /// The names of columns.
  package var header = HeaderRule.first
  /// Texts and numbers that stand for no value in every column, besides the usual ones.
  package var missing: [String] = []
  /// True when the usual texts, such as an empty cell and `NaN`, stand for no value.
  package var usualMissing = true
  /// The keys that lead to the records of a JSON document.
  package var keys: [String] = []
  /// Names of the columns that hold the keys of nested JSON objects, the outermost first.
  package var levels: [Located<String>] = []
  /// The table of a SQLite file; the only one when nil.
  package var table: String?
  /// A query of a SQLite file, instead of a table.
  package var query: String?
  /// The columns that are made of long form; nil for a file with a column for each.
  package var pivot: PivotSpec?
  /// What is said of columns instead of what their names and contents tell.
  package var columns = Entries<OwnColumnSpec>()

  /// Nothing said.
  package init() {}

  /// The settings that a spec makes, by their keys.
  package var given: [String] {
    let initial = FileReading()
    let all: [(String, Bool)] = [
      ("format", format != nil), ("separator", separator != nil), ("decimal", decimal != nil),
      ("encoding", encoding != nil), ("comment", comment != initial.comment), ("header", header != initial.header),
      ("missing", !missing.isEmpty), ("usual-missing", !usualMissing), ("keys", !keys.isEmpty),
      ("levels", !levels.isEmpty), ("table", table != nil), ("query", query != nil), ("pivot", pivot != nil),
      ("columns", !columns.isEmpty),
    ]
    return all.filter(\.1).map(\.0)
  }
}

/// A kind of file.
package enum FileFormat: String, FieldWord {
  /// Cells between separators, a row in each line.
  case csv
  /// One JSON document.
  case json
  /// A JSON object in each line.
  case jsonLines = "json-lines"
  /// A SQLite database.
  case sqlite
}

/// A sign between cells.
package enum CellSeparator: String, FieldWord {
  case comma
  case semicolon
  case tab
  case pipe

  /// The sign's byte.
  package var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: 9
    case .pipe: UInt8(ascii: "|")
    }
  }
}

/// A sign before decimals.
package enum DecimalSign: String, FieldWord {
  case point
  case comma

  /// The sign's byte.
  package var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
}

/// An encoding of text.
package enum FileEncoding: String, FieldWord {
  case utf8 = "utf-8"
  /// UTF-16, little-endian where no byte-order mark says otherwise.
  case utf16 = "utf-16"
  /// ISO 8859-1.
  case latin1 = "latin-1"
}

/// The origin of the names of columns.
package enum HeaderRule: FieldValue {
  /// The first line that is no comment.
  case first
  /// Nothing: columns are `column-1`, `column-2`, ….
  case none
  /// These, for a file without a line of names.
  case names([String])

  private static let list = Schema.list(.text, minimum: 1)

  package static var schema: Schema { .either([.word(["first", "none"]), list]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> HeaderRule? {
    if node.elements != nil { return [String].read(node, as: list, reading).map { .names($0) } }
    return node.text == "none" ? HeaderRule.none : .first
  }

  package var canonical: JSONValue {
    switch self {
    case .first: "first"
    case .none: "none"
    case .names(let names): names.canonical
    }
  }
}

/// The way from long form, with a row for each value, to a column for each name.
package struct PivotSpec: Keyed {
  /// The columns, as they are called in the file, whose values are those of one row of the table.
  package var rows: [String] = []
  /// The column with the names of the new columns.
  package var names = ""
  /// The column with their values.
  package var values = ""

  package init() {}

  package static let definition = "pivot"
  package static let summary =
    "How a file in long form, a row for each value, becomes a table with a column for each name."
  package static let fields: [Field<PivotSpec>] = [
    .required(
      "rows", \.rows, "Columns, as the file calls them, that together name a row of the table.",
      .list(.text, minimum: 1)),
    .required("names", \.names, "The column with the names of the new columns."),
    .required("values", \.values, "The column with their values."),
  ]
}

/// What a spec says of a column of the user's own file, by the name that the column has in the analysis.
package struct OwnColumnSpec: Keyed, Named {
  package var name = Located<String>.unread
  /// The name in the file; found by the column's own name when nil.
  package var header: String?
  package var type: ColumnType?
  package var role: ColumnRole?
  /// The better end of its values; `none` when neither is, nil when it is guessed.
  package var better: StatedDirection?
  /// The name for people.
  package var title: String?
  /// The unit of its values.
  package var unit: String?
  /// Texts and numbers that stand for no value in this column.
  package var missing: [String] = []
  /// True when the column is left out.
  package var ignore = false

  package init() {}

  package static let definition = "own-column"
  package static let summary = "What a column of an own file is, instead of what its name and content tell."
  package static let fields: [Field<OwnColumnSpec>] = [
    .optional("header", \.header, "Its name in the file; needed only to give it another name."),
    .optional("type", \.type, "The type of its values."),
    .optional("role", \.role, "The role of its values in the analysis."),
    .optional("better", \.better, "Which end is better."),
    .text("title", \.title, "Name for people."),
    .text("unit", \.unit, "Unit."),
    .optional(
      "missing", \.missing, "Texts and numbers that stand for no value in it.",
      .either([.scalar, .list(.scalar, minimum: 1)])),
    .optional("ignore", \.ignore, "Whether it is left out."),
  ]
}

/// The better end of a column as a spec states it.
package enum StatedDirection: String, FieldWord {
  case higher
  case lower
  case none

  /// The end; nil when neither is better.
  package var direction: Direction? { Direction(rawValue: rawValue) }
}

extension DatasetUse {
  /// The keys of a file of the user's own.
  static let readingFields: [Field<DatasetUse>] = [
    .optional("format", \.reading.format, "Of a file: its kind; by content and name when left out."),
    .optional("separator", \.reading.separator, "Of a file: the sign between cells; found out when left out."),
    .optional("decimal", \.reading.decimal, "Of a file: the sign before decimals; found out when left out."),
    .optional(
      "encoding", \.reading.encoding, "Of a file: the encoding of its text; by a byte-order mark, else UTF-8."),
    .optional(
      "comment", \.reading.comment, "Of a file: the beginning of lines that are comments.",
      .either([.word(["none"]), .text])),
    .optional(
      "header", \.reading.header, "Of a file: whether its first line has the names of columns, or these names."),
    .optional(
      "missing", \.reading.missing, "Of a file: texts and numbers that stand for no value, besides the usual ones.",
      .either([.scalar, .list(.scalar, minimum: 1)])),
    .optional(
      "usual-missing", \.reading.usualMissing,
      "Of a file: whether empty cells, NaN, NA, N/A, None, null, inf and the like stand for no value."),
    .optional(
      "keys", \.reading.keys, "Of a JSON file: the keys that lead to its records.",
      .either([.scalar, .list(.scalar, minimum: 1)])),
    .identifiers(
      "levels", \.reading.levels,
      "Of a JSON file: names of the columns for the keys of nested objects, outermost first."),
    .optional("table", \.reading.table, "Of a SQLite file: the table that is read; the only one when left out."),
    .optional("query", \.reading.query, "Of a SQLite file: a SELECT instead of a table."),
    .optional("pivot", \.reading.pivot, "Of a file in long form: how it becomes a table."),
    .optional("columns", \.reading.columns, "Of a file: what columns are, by name, instead of what is guessed."),
  ]
}
