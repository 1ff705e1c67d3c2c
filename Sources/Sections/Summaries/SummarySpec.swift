import Documents
import Specs

/// Group summaries of columns: n, mean, standard deviation, quartiles, minimum, maximum.
package struct SummarySpec: ComputedSection, Keyed {
  package var name = Located<String>.unread
  package var title: String?
  package var dataset = Located<String>.unread
  /// The columns that make the groups; one group of all rows when empty.
  package var groupBy: [Located<String>] = []
  package var columns: [Located<String>] = []

  package init() {}

  package static let kind = SectionKind(
    "summaries", noun: "summary", "Group summaries of columns, by name.", contents: ["summary"],
    figures: SummaryPart.figures.map(\.kind))
  package static let definition = "summary"
  package static let summary =
    "n, mean, standard deviation, quartiles, minimum and maximum of columns, in groups."
  package static let fields: [Field<SummarySpec>] = [
    .title(\.title),
    .table("dataset", \.dataset),
    .columns("group-by", \.groupBy, "Columns that make the groups; all rows are one group when left out."),
    .columns("columns", \.columns, "Columns summarised.", isRequired: true, isNumeric: true),
  ]

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? { SummaryPart(spec: self) }
}
