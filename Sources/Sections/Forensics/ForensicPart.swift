import Documents
import Forensics
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// A forensic check with the columns it chooses by role.
struct ForensicPart: AnalysisPart {
  let spec: ForensicSpec
  /// The columns chosen by role or by name, in order; empty for a check without such a choice.
  let columns: [ColumnSchema]
  /// The columns of the dataset examined, for the titles of what a finding names.
  let known: [ColumnSchema]
  /// The columns of the dataset that it is held against; empty without one.
  let knownOfOther: [ColumnSchema]
  /// The name of the dataset that it is held against; nil without one.
  let other: String?

  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  private var step: ForensicStep { ForensicStep(forensic: self) }
  var steps: [any Step] { [step] }
  var seed: Int? { spec.check.canonical["seed"]?.int }

  /// A record with the titles of columns.
  func titled(_ record: FindingRecord) throws(Reason) -> FindingRecord {
    try ColumnMark.replaced(in: JSONValue(encoding: record), by: [.table: known, .other: knownOfOther]).decoded()
  }

  /// The finding by path, columns by their titles.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    try titled(try inputs.output(of: step)).values(title: title)
  }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch ForensicSpec.Content(rawValue: spec.content ?? "") ?? .finding {
    case .finding: Self.finding(try record(context), of: self)
    case .details: Self.details(try record(context), of: self, section: spec.section?.value)
    }
  }

  /// The finding with the titles of columns.
  func record(_ context: ReportTables) throws(Reason) -> FindingRecord { try titled(try context.output(of: step)) }
}
