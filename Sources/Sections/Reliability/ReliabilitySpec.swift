import Documents
import Specs
import Statistics

extension IntraclassCorrelation.Form: FieldWord {}

/// Intraclass correlations of repeated measurements.
package struct ReliabilitySpec: ComputedSection, Keyed {
  package var name = Located<String>.unread
  package var title: String?
  package var dataset = Located<String>.unread
  package var subject: [Located<String>] = []
  package var rater: [Located<String>] = []
  package var columns = ColumnSelection.all
  package var form = IntraclassCorrelation.Form.twoWayRandom
  /// Coverage of the intervals.
  package var level = 0.95

  package init() {}

  package static let kind = SectionKind(
    "reliability", noun: "reliability", "Intraclass correlations of repeated measurements, by name.",
    contents: ["reliability"], figures: ReliabilityPart.figures.map(\.kind))
  package static let definition = "reliability"
  package static let summary = "Intraclass correlations of repeated measurements."
  package static let fields: [Field<ReliabilitySpec>] = [
    .title(\.title),
    .table("dataset", \.dataset, "Name of a dataset or a measurement's runs."),
    .columns("subject", \.subject, "Columns that tell the subjects apart.", isRequired: true, orOne: true),
    .columns("rater", \.rater, "Columns that tell the raters apart, such as seed.", isRequired: true, orOne: true),
    .selection("columns", \.columns, "Columns judged; all of role metric."),
    .optional("form", \.form, "Form of Shrout & Fleiss (1979)."),
    .optional("level", \.level, "Coverage of the intervals.", .number(0.5...1, exclusive: true)),
  ]

  package func check(_ checks: inout AnalysisChecks) {
    let subjects = Set(subject.map(\.value))
    for rater in rater where subjects.contains(rater.value) {
      checks.report(
        "subject-is-rater", rater, "\(rater.value) tells both the subjects and the raters apart",
        fix: "name a column that differs within a subject, such as seed")
    }
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    lookup.table(dataset).map {
      ReliabilityPart(spec: self, columns: lookup.columns(columns, of: name, in: $0), table: $0)
    }
  }
}
