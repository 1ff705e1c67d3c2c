import Documents

/// The shape of an analysis file: what validation, the JSON Schema and the documentation are made from.
package enum AnalysisSchema {
  /// The JSON Schema of analysis files.
  package static func jsonSchema() -> JSONValue { JSONSchema.document(root, id: "trainfree analysis") }

  static let root = ObjectSchema(
    "analysis", "A reproducible report about training-free architecture metrics.",
    fields: [
      .required("analysis", .identifier, "Kebab-case identifier; names the report's folder."),
      .required("title", .text, "Title of the report."),
      .optional("summary", .text, "One or two sentences under the title."),
      .optional("references", .list(.identifier, minimum: 1), "Keys of data/references.bib."),
      .optional("datasets", .map(.object(dataset)), "The tables used, by the name the analysis gives them."),
      .optional("measure", .map(.object(measure)), "Architectures measured by the analysis, by name."),
      .optional("target", .object(target), "The default target of every part that has one."),
      .optional("summaries", .map(.object(summary)), "Group summaries of columns, by name."),
      .optional("correlations", .map(.object(family)), "Correlation families, by name."),
      .optional(
        "reliability", .map(.object(reliability)), "Intraclass correlations of repeated measurements, by name."),
      .optional(
        "comparisons", .map(.object(comparison)), "Computed columns held against published ones, by name."),
      .optional("effects", .map(.object(effects)), "What features tell about a target, by name."),
      .optional("rule-search", .map(.object(ruleSearch)), "Searches for rules, by name."),
      .optional("reductions", .map(.object(reduction)), "Reduced search spaces, judged by one target, by name."),
      .optional(
        "forensics", .map(.either(ForensicKind.allCases.map { .object(ForensicSchema.check($0)) })),
        "Checks for repeats, copies, missing rows and other traces, by name."),
      .optional(
        "differences", .map(.object(differences)), "Differences between metrics on the same rows, by name."),
      .optional("strata", .map(.object(strata)), "Coefficients inside strata, by name."),
      .optional(
        "score-samples", .map(.object(scoreSamples)), "Architectures compared by samples of scores, by name."),
      .optional("published", .map(.object(published)), "Printed numbers to hold against recomputed ones, by name."),
      .optional("claims", .map(ClaimSchema.claim), "Claims to judge, by name."),
      .optional("claim-families", .map(.object(ClaimSchema.family)), "Claims that are judged together, by name."),
      .required(
        "report", .list(.either([.object(text), .object(table), .object(figureCell), .object(claimCell)]), minimum: 1),
        "Cells, in order."),
    ])

  static let names = Schema.list(.identifier, minimum: 1)

  static let dataset = ObjectSchema(
    "dataset", "A dataset of the catalogue as the analysis uses it.",
    fields: [
      .required("use", .path, "Id in data/catalog.yaml."),
      .optional(
        "malformed", words(MalformedRows.self), "Whether malformed rows fail the import or are counted and left out."),
      .optional(
        "derive", .map(.either([.text, .object(derived)])), "Columns made by expressions, by name; a text is one."),
      .optional("rows", .list(.object(condition), minimum: 1), "Conditions that a row must meet, all of them."),
      .optional("join", .list(.object(join), minimum: 1), "Columns taken from other datasets of the analysis."),
      .optional(
        "cluster-by", .either([.word(["none", "metric-vector"]), names]),
        "Which rows are repeats of one architecture: rows with equal metrics, or with equal values in these columns.",
        fallback: "none"),
    ])

  static let condition = ObjectSchema(
    "condition", "A test of one column; exactly one of equals, in, at-least, at-most, defined.",
    fields: [
      .required("column", .identifier, "The column."),
      .optional("equals", .scalar, "The value is this."),
      .optional("in", .list(.scalar, minimum: 1), "The value is one of these."),
      .optional("at-least", anyNumber, "The value is at least this."),
      .optional("at-most", anyNumber, "The value is at most this."),
      .optional("defined", .boolean, "There is a value, or there is none."),
    ], exactlyOne: ["equals", "in", "at-least", "at-most", "defined"])

  static let join = ObjectSchema(
    "join", "Columns of another dataset where the keys are equal.",
    fields: [
      .required("dataset", .identifier, "Name of a dataset declared above, or of a measurement of such a dataset."),
      .required("on", names, "Key columns, in both tables."),
      .optional("columns", names, "Columns to take; all but the keys when left out."),
      .optional("prefix", .text, "Put before the names of the columns taken."),
      .optional("keep-unmatched", .boolean, "Whether rows without a partner stay.", fallback: false),
    ])

  static let target = ObjectSchema(
    "target", "The column that metrics are correlated with.",
    fields: [
      .required("dataset", .identifier, "Name of a dataset or a measurement of the analysis."),
      .required("column", .identifier, "The column."),
      .optional("better", words(BetterEnd.self), "Which end is better; the catalogue's when left out."),
    ])

  static let summary = ObjectSchema(
    "summary", "n, mean, standard deviation, quartiles, minimum and maximum of columns, in groups.",
    fields: [
      .optional("title", .text, "Name for people."),
      .required("dataset", .identifier, "Name of a dataset or a measurement of the analysis."),
      .optional("group-by", names, "Columns that make the groups; all rows are one group when left out."),
      .required("columns", names, "Columns summarised."),
    ])

  static let lexicographic = ObjectSchema(
    "lexicographic", "The order by the first column, ties broken by the next.",
    fields: [
      .required("lexicographic", names, "The columns."),
      .required("name", .identifier, "Its name in the results."),
      .optional("title", .text, "Name for people."),
    ])

  static let interval = ObjectSchema(
    "interval", "How intervals are made.",
    fields: [
      .optional("method", words(IntervalSpec.Method.self), "Bootstrap method.", fallback: "bca"),
      .optional("resamples", .integer(100...1_000_000), "Number of resamples.", fallback: 9999),
      .optional("seed", .integer(0...Int.max), "Seed of the resamples.", fallback: 1),
      .optional("level", .number(0.5...1, exclusive: true), "Coverage.", fallback: 0.95),
      .optional("clustered", .boolean, "Whether rows of a cluster are resampled together.", fallback: true),
    ])

  static let top = ObjectSchema(
    "top-of-ranking", "Measures of the top of the ranking.",
    fields: [
      .required(
        "sizes", sizes,
        "Whole numbers are counts, numbers below 1 shares of the ranking.")
    ])

  /// Title, target, metrics and baselines, which every part that holds metrics against a target has.
  static let familyMembers: [FieldSchema] = [
    .optional("title", .text, "Name for people."),
    .optional("target", .object(target), "The target; the analysis' when left out."),
    .optional(
      "metrics", .either([.word(["all"]), names]), "Columns; all of role metric by default.", fallback: "all"),
    .optional("baselines", .list(.either([.identifier, .object(lexicographic)]), minimum: 1), "Trivial predictors."),
  ]

  static let family = ObjectSchema(
    "correlations", "Metrics and baselines correlated with one target.",
    fields: familyMembers + [
      .optional(
        "coefficients", .list(words(CoefficientName.self), minimum: 1), "Coefficients of association.",
        fallback: ["kendall-tau-b", "spearman", "pearson"]),
      .optional("interval", .either([.word(["none"]), .object(interval)]), "Bootstrap intervals.", fallback: "none"),
      .optional("missing", words(MissingRule.self), "What happens to rows without a value.", fallback: "drop"),
      .optional("given", names, "Columns held fixed in partial coefficients."),
      .optional(
        "truncation", .list(.number(0.001...1, exclusive: false), minimum: 1),
        "Shares of the ranking kept, best first, at which coefficients are computed again."),
      .optional("top", .object(top), "Measures of the top of the ranking."),
      .optional("agreement", .boolean, "Whether every pair of metrics is correlated too.", fallback: false),
    ])

  static let publishedValue = ObjectSchema(
    "published-value", "One printed number.",
    fields: [
      .required("of", .text, "Path of the recomputed value."),
      .required("printed", .scalar, "The number with its printed digits; quote it to keep them."),
      .optional("magnitude", .boolean, "Whether it is printed without its sign.", fallback: false),
      .optional("note", .text, "What a reader should know."),
    ])

  static let published = ObjectSchema(
    "published", "Printed numbers of a publication.",
    fields: [
      .optional("title", .text, "Name for people."),
      .optional("reference", .identifier, "Key of data/references.bib."),
      .optional("locator", .text, "Where: table, figure, page."),
      .required("values", .list(.object(publishedValue), minimum: 1), "The numbers."),
    ])

  static let text = ObjectSchema(
    "text-cell", "Prose.",
    fields: [.required("text", .text, "Markdown with {{ path | format }} references to computed values.")])

  static let tableSource = ObjectSchema(
    "table-source", "What a table shows.",
    fields: [
      .required("from", .identifier, "A part of the analysis or a published table, `data`, `claims` or `forensics`."),
      .optional("content", words(TableContent.self), "What is shown of it."),
      .optional("section", .identifier, "Which details of a forensic check are shown; the first when left out."),
      .optional("name", .identifier, "Names the files."),
      .optional("caption", .text, "Caption, with references."),
    ])

  static let table = ObjectSchema(
    "table-cell", "A table.",
    fields: [
      .required("table", .either([.identifier, .object(tableSource)]), "Its source, or a mapping with more settings.")
    ])

  static let claimCell = ObjectSchema(
    "claim-cell", "A claim with its verdicts.", fields: [.required("claim", .identifier, "Name of the claim.")])

  static let figureCell = ObjectSchema(
    "figure-cell", "A figure.",
    fields: [
      .required(
        "figure", .either(FigureKind.allCases.map { .object(figure($0)) }), "Its kind with its source, and settings.")
    ])

  static func figure(_ kind: FigureKind) -> ObjectSchema {
    ObjectSchema(
      "figure-\(kind.rawValue)", kind.summary,
      fields: [
        .required(
          kind.rawValue, .identifier, "The part of the analysis or the dataset it is drawn from.")
      ]
        + figureSettings)
  }

  static let figureSettings: [FieldSchema] = [
    .optional("name", .identifier, "Names the files."),
    .optional("caption", .text, "Caption, with references."),
    .optional("columns", names, "Panels or series; all when left out."),
    .optional("per-row", .integer(1...12), "Panels in a row."),
    .optional("width", words(FigureWidth.self), "Width by the name of a page layout.", fallback: "text"),
    .optional("x", .identifier, "Horizontal column."),
    .optional("y", .identifier, "Vertical column."),
    .optional("group-by", .identifier, "Column that makes groups."),
    .optional("coefficient", words(CoefficientName.self), "The coefficient shown.", fallback: "kendall-tau-b"),
    .optional("reversed", .boolean, "Whether the target's axis runs backwards; by default when smaller is better."),
    .optional("logarithmic", .list(words(FigureAxis.self), minimum: 1), "Axes on a logarithmic scale."),
    .optional("large-samples", words(LargeSampleRule.self), "How large samples are drawn.", fallback: "automatic"),
  ]

  static let anyNumber = Schema.number(
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, exclusive: false)

  static func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> Schema {
    .word(Word.allCases.map(\.rawValue))
  }
}
