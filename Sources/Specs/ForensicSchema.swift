import Documents

/// The shape of forensic checks.
enum ForensicSchema {
  /// A check under its name: the kind with its settings, and a title.
  static func check(_ kind: ForensicKind) -> ObjectSchema {
    ObjectSchema(
      "forensic-\(kind.rawValue)", kind.summary,
      fields: [
        .required(
          kind.rawValue, .object(ObjectSchema(kind.rawValue, kind.summary, fields: fields(of: kind))), "Settings."),
        .optional("title", .text, "Name for people."),
      ])
  }

  private static let names = AnalysisSchema.names
  private static let selection = Schema.either([.word(["all"]), names])
  private static let oneOrMore = Schema.either([.identifier, names])
  private static let share = Schema.number(0...1, exclusive: false)

  private static func dataset(_ summary: String = "Name of a dataset or a measurement of the analysis.") -> FieldSchema
  {
    .required("dataset", .identifier, summary)
  }

  private static func columns(_ summary: String) -> FieldSchema {
    .optional("columns", selection, "\(summary); all of role metric.", fallback: "all")
  }

  private static func tolerance(_ fallback: Double, _ summary: String) -> FieldSchema {
    .optional("tolerance", share, summary, fallback: .number(fallback))
  }

  private static let id = FieldSchema.optional("id", .identifier, "Column that names a row in examples.")
  private static let order = FieldSchema.optional(
    "order", .identifier, "Column that orders the rows of a subject; their order in the file when left out.")
  private static let level = FieldSchema.optional(
    "level", .number(0...0.5, exclusive: true), "The largest p of a trace.", fallback: 0.05)

  private static func fields(of kind: ForensicKind) -> [FieldSchema] {
    switch kind {
    case .duplicates: [dataset(), columns("Columns compared"), id]
    case .replicates:
      [
        dataset(),
        .required("same", selection, "Columns that rows of one architecture share, or all of role metric."),
        .required("target", .identifier, "Column whose spread within groups is measured."),
        .optional("differs", oneOrMore, "Columns of which one must differ within a group."),
        .optional("by", oneOrMore, "Columns that make strata."), id,
      ]
    case .functionOf:
      [
        dataset(), .required("column", .identifier, "Column that may be a function."),
        .required("of", oneOrMore, "Columns it may be a function of."),
        tolerance(0, "The largest relative difference of values that count as equal."),
        .optional("exceptions", .integer(0...1_000_000), "How many rows may violate it.", fallback: 0), id,
      ]
    case .columnMatch:
      [
        dataset("Name of a dataset with all of the columns."),
        .required("column", .identifier, "The column."),
        .required("candidates", oneOrMore, "Columns it may equal."),
        .optional(
          "relations", .list(AnalysisSchema.words(ForensicCheckSpec.ColumnMatch.Relation.self), minimum: 1),
          "How it may be made from a candidate.", fallback: ["equal"]),
        tolerance(1e-9, "The largest error that counts as agreement."),
        .optional("share", share, "The share of rows that must agree.", fallback: 1),
      ]
    case .survivorship:
      [
        dataset("Name of the dataset whose keys are looked for."),
        .required("survivors", .identifier, "Name of the dataset in which they are looked for."),
        .required("on", oneOrMore, "Key columns, in both."),
        .optional("target", .identifier, "Column in which missing and present keys are compared."),
        .optional("by", oneOrMore, "Columns by whose values missing keys are counted."),
      ]
    case .batchOverlap:
      [
        dataset(), columns("Columns tested"),
        .required("subject", oneOrMore, "Columns that name what is measured on every batch."), order,
        .optional("length", .integer(1...1_000_000_000), "Declared rows of a batch."),
        .optional("stride", .integer(0...1_000_000_000), "Declared rows between the starts of consecutive batches."),
        .optional("permutations", .integer(99...100_000), "Number of permutations.", fallback: 9999),
        .optional("seed", .integer(0...Int.max), "Seed of the permutations.", fallback: 1), level,
      ]
    case .constantOffset:
      [
        dataset(), .required("column", .identifier, "The column."),
        .required(
          "minus", .either([.identifier, .object(conditions)]),
          "Column that is subtracted, or two conditions under which the column is compared with itself."),
        tolerance(1e-3, "The largest deviation in units of the column's standard deviation."),
      ]
    case .copiedValues:
      [
        dataset(), .required("columns", selection, "Columns compared, all together, or all of role metric."),
        .required("over", .identifier, "Column of the conditions."),
        .required("on", oneOrMore, "Columns that pair rows of two conditions."),
        .optional("share", share, "The share of keys that must be identical.", fallback: 1),
      ]
    case .aggregate:
      [
        dataset(), .required("column", .identifier, "The printed aggregate."),
        .required("of", oneOrMore, "Its parts."),
        .required(
          "statistic", AnalysisSchema.words(ForensicCheckSpec.Aggregate.Statistic.self), "How they are put together."),
        tolerance(1e-6, "The largest relative difference of a consistent row."),
        .optional("by", .identifier, "Column by whose values inconsistent rows are counted."), id,
      ]
    case .accumulation:
      [
        dataset(), columns("Columns examined"),
        .optional("subject", oneOrMore, "Columns that name a subject; all rows are one when left out."), order,
        .optional("per", oneOrMore, "Columns by which the values are divided."),
        .optional(
          "share", .number(0.5...1, exclusive: false), "The share of increases from which values grow.",
          fallback: 0.95), level,
      ]
    }
  }

  private static let conditions = ObjectSchema(
    "conditions", "Two values of a column under which another is compared.",
    fields: [
      .required("column", .identifier, "Column of the condition."),
      .required("values", .list(.scalar, minimum: 2), "The two values, as text."),
      .required("on", oneOrMore, "Columns that pair rows."),
    ])
}
