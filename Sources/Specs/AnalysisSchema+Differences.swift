import Documents

/// The shape of comparisons between metrics.
extension AnalysisSchema {
  private static let margin = Schema.number(0...1, exclusive: true)

  static let differences = ObjectSchema(
    "differences",
    "Differences between the coefficients of metrics with one target, on the rows that all of them have.",
    fields: familyMembers + [
      .optional(
        "against", names, "Metrics or baselines that each metric is held against; every pair when left out."),
      .optional(
        "coefficient", words(CoefficientName.self), "The coefficient compared.", fallback: "kendall-tau-b"),
      .optional(
        "orientation", words(DifferencesSpec.Orientation.self),
        "Whether coefficients count by their declared direction or by their magnitude.", fallback: "declared"),
      .optional("interval", .object(interval), "How the paired bootstrap is made."),
      .optional(
        "tests", .list(words(DifferencesSpec.Test.self), minimum: 1),
        "Tests of equality; all but the bootstrap are for pearson and, approximately, spearman.",
        fallback: ["paired-bootstrap"]),
      .optional("equivalence-margin", margin, "A difference that would not matter, stated beforehand."),
      .optional(
        "adjustment", words(Adjustment.self), "How p-values are adjusted; the family is the part's pairs.",
        fallback: "holm"),
    ])

  static let strata = ObjectSchema(
    "strata", "Coefficients of metrics with one target inside strata, pooled and in each.",
    fields: familyMembers + [
      .required("by", names, "Columns whose values make the strata."),
      .optional(
        "coefficients", .list(.word(StrataSpec.coefficients.map(\.rawValue)), minimum: 1),
        "Coefficients of association.", fallback: ["kendall-tau-b", "spearman", "pearson"]),
      .optional(
        "interval", .either([.word(["none"]), .object(interval)]), "Bootstrap intervals, drawn inside strata."),
      .optional("equivalence-margin", margin, "A coefficient that would not matter, stated beforehand."),
      .optional(
        "replicates", .object(replicates), "Replicates, for the reliability of the target and the noise ceiling."),
    ])

  static let scoreSamples = ObjectSchema(
    "score-samples", "Architectures compared pair by pair by one-sided Mann–Whitney tests of their samples of scores.",
    fields: [
      .optional("title", .text, "Name for people."),
      .required("dataset", .identifier, "Name of a dataset or a measurement's runs: a row for each score."),
      .required("subject", .either([.identifier, names]), "Columns that tell the architectures apart."),
      .optional(
        "metrics", .either([.word(["all"]), names]), "Columns of scores; all of role metric by default.",
        fallback: "all"),
      .optional("target", .object(scoreTarget), "What the order of the pairs is held against."),
      .optional("alpha", .number(0...0.5, exclusive: true), "The significance level.", fallback: 0.05),
      .optional(
        "adjustment", words(Adjustment.self), "How p-values are adjusted; the family is all pairs in both orders.",
        fallback: "holm"),
    ])

  private static let scoreTarget = ObjectSchema(
    "score-samples-target", "A column of the same dataset; its mean for each architecture.",
    fields: [
      .required("column", .identifier, "The column."),
      .optional("better", words(BetterEnd.self), "Which end is better; the catalogue's when left out."),
    ])
}
