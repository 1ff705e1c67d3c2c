import Documents
import Forensics
import Outcomes
import Pipeline

/// A forensic check of a table, or of one table against another.
struct ForensicStep: SynchronousStep {
  let forensic: ForensicPart
  let kind = StepKind("forensics", version: 3)

  private var check: any ForensicCheck { forensic.spec.check }

  var name: String { "forensics/\(forensic.name)" }

  var inputs: [StepInput] {
    [.table(check.dataset.value)] + (forensic.other.map { [.table($0, as: "other")] } ?? [])
  }

  var parameters: JSONValue {
    .record([
      "check": forensic.spec.canonical, "columns": .array(forensic.columns.map { .string($0.name) }),
    ])
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let tables = ForensicTables(
      try inputs.table("table").withMarks(.table),
      against: forensic.other == nil ? nil : try inputs.table("other").withMarks(.other))
    return .json(FindingRecord.json(check.finding(tables), of: type(of: check)))
  }
}
