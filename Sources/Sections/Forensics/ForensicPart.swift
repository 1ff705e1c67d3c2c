import Documents
import Forensics
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// A forensic check with the columns it chooses by role.
struct ForensicPart: AnalysisPart {
  /// How the spec describes it.
  let spec: ForensicSpec
  /// The columns chosen by role or by name, in order; empty for a check without such a choice.
  let columns: [ColumnSchema]
  /// The columns of the dataset examined, for the titles of what a finding names.
  let known: [ColumnSchema]
  /// The columns of the dataset that it is held against; empty without one.
  let knownOfOther: [ColumnSchema]
  /// The dataset that it is held against.
  let other: String?

  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  var steps: [any Step] { [ForensicStep(forensic: self)] }
  var seed: Int? { spec.check.canonical["seed"]?.int }

  /// The finding by path, columns by their titles.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let record = try inputs.json("forensics/\(name)")
    return FindingRecord.values(
      ColumnMark.replaced(in: record, by: [.table: known, .other: knownOfOther]), title: title)
  }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch ForensicSpec.Content(rawValue: spec.content ?? "") ?? .finding {
    case .finding: context.finding(self)
    case .details: context.details(self, section: spec.section?.value)
    }
  }
}
