import Documents

/// The shape of derived columns and reductions.
extension AnalysisSchema {
  static let derived = ObjectSchema(
    "derived-column", "A column made by an expression.",
    fields: [
      .required("expression", .text, "Its values, such as depth * hidden-size."),
      .optional("title", .text, "Name for people; the expression when left out."),
      .optional("better", words(BetterEnd.self), "Which end is better."),
      .optional("role", words(DerivedSpec.Role.self), "What it is for.", fallback: "feature"),
    ])

  static let candidate = ObjectSchema(
    "reduction-candidate", "A reduced space: a rule, the top of a ranking, or the top among the rows that meet a rule.",
    fields: [
      .optional("title", .text, "Name for people."),
      .optional("rule", .text, "Expression that is true for the rows kept, such as depth == 4."),
      .optional(
        "top", .either([.integer(1...1_000_000), .number(0...1, exclusive: true)]),
        "Size of the top: a whole number is a count, a number below 1 a share of all rows."),
      .optional("by", .either([.identifier, names]), "Columns ranked by, ties of the first broken by the next."),
      .optional(
        "better", words(BetterEnd.self), "Which end of the first column is better; the catalogue's by default."),
    ])

  static let against = ObjectSchema(
    "reduction-rivals", "Rankings whose tops of the same size reductions are held against.",
    fields: [
      .optional(
        "metrics", .either([.word(["all", "none"]), names]), "Columns; all of role metric by default.", fallback: "all"),
      .optional(
        "baselines", .list(.either([.identifier, .object(lexicographic)]), minimum: 1), "Trivial predictors."),
    ])

  static let ties = ObjectSchema(
    "ties", "How ties at a cut are broken: measures are exact means over all ways, and extremes over seeded ways.",
    fields: [
      .optional("draws", .integer(1...10_000), "Ways tried.", fallback: 100),
      .optional("seed", .integer(0...Int.max), "Seed.", fallback: 1),
    ])

  static let replicates = ObjectSchema(
    "replicates", "Rows that are trainings of one network: what differs between them is noise.",
    fields: [.required("by", names, "Columns whose values are the same for replicates.")])

  static let sizes = Schema.list(size, minimum: 1)

  static let reduction = ObjectSchema(
    "reductions", "Reduced search spaces, judged by one target.",
    fields: [
      .optional("title", .text, "Name for people."),
      .optional("target", .object(target), "The target; the analysis' when left out."),
      .required("candidates", .map(.either([.text, .object(candidate)])), "Reductions by name; a text is a rule."),
      .optional("against", .object(against), "Rankings held against at the same size; all metrics when left out."),
      .optional(
        "top", sizes, "Sizes of the top that should be kept: whole numbers are counts, numbers below 1 shares.",
        fallback: [10, 25, 50, 100, 0.1]),
      .optional(
        "best-of", .list(.integer(1...1_000_000), minimum: 1), "Numbers of draws whose expected best is computed.",
        fallback: [1, 10, 25]),
      .optional(
        "truncation", .list(.number(0.001...1, exclusive: false), minimum: 1),
        "Shares of the ranking, best first, at which reductions are measured again.", fallback: [1, 0.5, 0.25]),
      .optional("interval", .object(interval), "How intervals are made."),
      .optional("ties", .object(ties), "How ties at a cut are broken."),
      .optional(
        "correlations", .boolean, "Whether metrics are correlated with the target inside each reduction.",
        fallback: false),
      .optional("replicates", .object(replicates), "Replicates, for the noise ceiling of correlations inside."),
    ])
}
