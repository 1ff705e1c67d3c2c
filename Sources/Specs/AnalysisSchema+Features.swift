import Documents

/// The shape of feature effects and rule searches.
extension AnalysisSchema {
  static let size = Schema.either([.integer(1...1_000_000), .number(0...1, exclusive: true)])

  static let featureGroup = ObjectSchema(
    "feature-group", "Features tested together.",
    fields: [
      .optional("title", .text, "Name for people."),
      .required("features", names, "The columns."),
    ])

  static let effects = ObjectSchema(
    "effects", "What features tell about a target: level means, differences within strata, variance explained.",
    fields: [
      .optional("title", .text, "Name for people."),
      .optional("target", .object(target), "The target; the analysis' when left out."),
      .optional("features", names, "Columns looked at one at a time; those of the groups when left out."),
      .optional(
        "groups", .map(.either([names, .object(featureGroup)])), "Columns tested together, by name."),
      .optional("by-level", names, "Numeric columns tested by level rather than as a straight line."),
      .optional("strata", names, "Columns that make the strata; one stratum when left out."),
      .optional(
        "permutations", .integer(EffectsSpec.permutationCounts), "Number of permutations.", fallback: 9999),
      .optional("seed", .integer(0...Int.max), "Seed of the permutations.", fallback: 1),
      .optional(
        "adjustment", words(Adjustment.self),
        "How p-values are adjusted for the number of columns and groups.", fallback: "holm"),
      .optional("top", .object(top), "Tops of the ranking in which levels are counted."),
      .optional("interval", .either([.word(["none"]), .object(interval)]), "Bootstrap intervals.", fallback: "none"),
    ])

  static let ruleSearch = ObjectSchema(
    "rule-search", "A search for rules, judged on architectures that it has not seen.",
    fields: [
      .optional("title", .text, "Name for people."),
      .optional("target", .object(target), "The target; the analysis' when left out."),
      .required("features", names, "Columns that conditions are about."),
      .optional("conjuncts", .integer(RuleSearchSpec.conjunctCounts), "Most conditions of a rule.", fallback: 3),
      .optional("objective", words(RuleSearchSpec.Objective.self), "What is looked for.", fallback: "recall"),
      .optional(
        "share", .number(0...1, exclusive: true), "Share of the rows that a rule may keep, for recall.", fallback: 0.25),
      .optional("top", size, "The top of the ranking: a count, or below 1 a share.", fallback: 0.1),
      .optional("minimum-size", size, "Fewest rows that a rule keeps: a count, or below 1 a share.", fallback: 0.02),
      .optional("splits", .integer(RuleSearchSpec.splitCounts), "Number of random splits.", fallback: 20),
      .optional(
        "training-share", .number(0...1, exclusive: true), "Share of the rows that a split's search sees.",
        fallback: 0.5),
      .optional("seed", .integer(0...Int.max), "Seed of the splits.", fallback: 1),
      .optional(
        "cuts", .integer(RuleSearchSpec.cutCounts), "Most cut points of a numeric column for each of >= and <=.",
        fallback: 32),
      .optional(
        "limit", .integer(RuleSearchSpec.limits), "Most conjunctions gone through one by one.", fallback: 50_000_000),
      .optional(
        "beam", .integer(RuleSearchSpec.beamWidths), "Width of the beam when there are more.", fallback: 200),
    ])
}
