import Documents
import Tables

/// The shape of `data/catalog.yaml`.
enum CatalogSchema {
  static let root = ObjectSchema(
    "catalog", "Files, and the datasets read from them.",
    fields: [
      .required("files", .map(.object(file)), "Files by id."),
      .optional("column-sets", .map(.map(.object(column))), "Columns that several datasets share."),
      .required("datasets", .list(.object(dataset), minimum: 1), "Datasets."),
      .optional("corpora", .list(.object(corpus), minimum: 1), "Text sets."),
    ])

  private static let file = ObjectSchema(
    "file", "A file that can be fetched.",
    fields: [
      .required("path", .text, "Place in the data folder."),
      .required("address", .text, "Where it is fetched from, over HTTPS."),
      .required("licence", .text, "SPDX name of the licence."),
      .required("citation", .identifier, "Key of data/references.bib."),
      .required("bytes", .integer(1...(1 << 32)), "Size."),
      .required("sha256", .text, "SHA-256 in hexadecimal digits."),
      .optional("by-hand", .text, "Why the file cannot be fetched from its address as it is."),
    ])

  private static let column = ObjectSchema(
    "column", "A column.",
    fields: [
      .optional(
        "header", .either([.text, .word([""])]),
        "Its name in the file, empty for a column without one; its own name when left out."),
      .optional("type", words(ColumnType.self), "Type of its values.", fallback: "real"),
      .optional("title", .text, "Name for people."),
      .optional("role", words(ColumnRole.self), "The role of its values.", fallback: "other"),
      .optional("unit", .text, "Unit."),
      .optional("better", words(Direction.self), "Which end is better."),
      .optional("summary", .text, "What it holds."),
      .optional("missing", .texts(.text), "Texts and numbers that stand for no value, with the reason."),
      .optional("part", .object(part), "The part of the cell that is read."),
    ])

  private static let part = ObjectSchema(
    "part", "What stands between two texts in a cell.",
    fields: [.required("before", .text, "What stands before."), .required("after", .text, "What stands after.")])

  private static let dataset = ObjectSchema(
    "dataset", "A dataset.",
    fields: [
      .required("id", .path, "Its id."),
      .required("title", .text, "Name for people."),
      .required("summary", .text, "What it holds."),
      .required("file", .identifier, "Id of the file."),
      .required("format", words(DatasetFormat.self), "How the file is read."),
      .optional("malformed", .word(["error", "skip"]), "What happens to malformed rows.", fallback: "error"),
      .optional("repair-glued-header", .boolean, "Whether a header glued to a row is cut off.", fallback: false),
      .optional("repetition-of", .identifier, "Column by which repetitions are numbered."),
      .optional("unit", .object(unit), "What is one unit of its rows; every row when left out."),
      .optional(
        "ignored-headers", .list(.either([.text, .word([""])]), minimum: 1),
        "Headers known and not read; an empty one is that of a column without a name."),
      .optional("column-sets", .list(.identifier, minimum: 1), "Shared columns, before its own."),
      .optional("columns", .map(.object(column)), "Its own columns."),
    ])

  private static let unit = ObjectSchema(
    "unit", "Rows that are one unit, drawn together wherever rows are drawn: by, or of and on.",
    fields: [
      .optional(
        "by", .either([.word(["metric-vector"]), .list(.identifier, minimum: 1)]),
        "Rows with equal metrics, or with equal values in these columns, are one unit."),
      .optional(
        "of", .path, "Id of a dataset whose units these are; rows without a partner there stand by themselves."),
      .optional("on", .list(.identifier, minimum: 1), "Key columns, in both datasets."),
      .optional("noun", .text, "What one is called; with `of`, as there when left out."),
      .optional("nouns", .text, "What several are called; the noun with an s when left out."),
    ])

  private static let corpus = ObjectSchema(
    "corpus", "A text set in parts.",
    fields: [
      .required("id", .identifier, "Its id."),
      .required("title", .text, "Name for people."),
      .required("summary", .text, "What it holds."),
      .required("parts", .object(parts), "The file of each part."),
    ])

  private static let parts = ObjectSchema(
    "parts", "Files of a text set.",
    fields: CorpusPart.allCases.map { .optional($0.rawValue, .identifier, "Id of the file of this part.") })

  private static func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> Schema {
    .word(Word.allCases.map(\.rawValue))
  }
}
