import Documents
import Specs
import Statistics
import Tables

/// Architectures compared pair by pair by the samples of scores that they got, such as over seeds and batches.
package struct ScoreSamplesSpec: ComputedSection, Keyed {
  /// The column of the same dataset that the pairs are held against.
  package struct Target: Keyed {
    package var column = Located<String>.unread
    /// The better end; the catalogue's when nil.
    package var better: Direction?

    package init() {}

    package static let definition = "score-samples-target"
    package static let summary = "A column of the same dataset; its mean for each architecture."
    package static let fields: [Field<Target>] = [
      .required("column", \.column, "The column.", .identifier),
      .optional("better", \.better, "Which end is better; the catalogue's when left out."),
    ]
  }

  package var name = Located<String>.unread
  package var title: String?
  package var dataset = Located<String>.unread
  package var subject: [Located<String>] = []
  package var metrics = ColumnSelection.all
  package var target: Target?
  package var alpha = 0.05
  package var adjustment = AdjustedPValues.Method.holm

  package init() {}

  package static let kind = SectionKind(
    "score-samples", noun: "score-samples part", "Architectures compared by samples of scores, by name.",
    contents: ["score-samples"])
  package static let definition = "score-samples"
  package static let summary =
    "Architectures compared pair by pair by one-sided Mann–Whitney tests of their samples of scores."
  package static let fields: [Field<ScoreSamplesSpec>] = [
    .title(\.title),
    .table("dataset", \.dataset, "Name of a dataset or a measurement's runs: a row for each score."),
    .columns("subject", \.subject, "Columns that tell the architectures apart.", isRequired: true, orOne: true),
    .selection("metrics", \.metrics, "Columns of scores; all of role metric by default."),
    .optional("target", \.target, "What the order of the pairs is held against."),
    .optional("alpha", \.alpha, "The significance level.", .number(0...0.5, exclusive: true)),
    .optional(
      "adjustment", \.adjustment, "How p-values are adjusted; the family is all pairs in both orders."),
  ]

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let table = lookup.table(dataset) else { return nil }
    let columns = lookup.columns(metrics, of: name, in: table, key: "metrics")
    guard let target else { return ScoreSamplesPart(spec: self, columns: columns, target: nil) }
    var use = TargetUse()
    (use.dataset, use.column, use.better) = (dataset, target.column, target.better)
    return lookup.target(use, in: table).map { ScoreSamplesPart(spec: self, columns: columns, target: $0) }
  }
}
