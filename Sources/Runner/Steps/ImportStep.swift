import Datasets
import Diagnostics
import Documents
import Outcomes
import Pipeline
import Tables

/// Reads a dataset's file into a table; what was skipped and repaired is a second artifact, `report`.
struct ImportStep: SynchronousStep {
  let name: String
  let dataset: CatalogDataset
  let file: CatalogFile
  let location: DataLocation
  let skipsMalformed: Bool
  let sources: [KeyField]

  let kind = StepKind("import", version: 2, dependsOnMachine: true, failsOnBadInput: true)
  let inputs: [StepInput] = []

  var parameters: JSONValue {
    .record([
      "dataset": .string(dataset.id), "malformed": skipsMalformed ? "skip" : "error",
      "definition": .string(dataset.definition),
    ])
  }

  var changedSources: String? {
    location.problem(of: file).map { $0.diagnostics.text }
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    do throws(DiagnosticsError) {
      let imported = try DatasetImporter.read(dataset, file: file, location: location, skipsMalformed: skipsMalformed)
      return .table(
        imported.table,
        artifacts: [
          StepArtifact(
            "report", mediaType: "application/json", bytes: Array(json(imported.report).text(indent: 2).utf8))
        ])
    } catch {
      throw Reason(error.diagnostics.text)
    }
  }

  private func json(_ report: ImportReport) -> JSONValue {
    func items(_ items: [ImportReport.Item]) -> JSONValue {
      .array(
        items.map {
          [
            "reason": .string($0.reason), "count": .integer($0.count),
            "examples": .array($0.examples.map { .string($0) }),
          ]
        })
    }
    func total(_ items: [ImportReport.Item]) -> JSONValue { .integer(items.reduce(0) { $0 + $1.count }) }
    return [
      "rows-read": .integer(report.rowsRead), "rows-kept": .integer(report.rowsKept),
      "skipped-count": total(report.skipped), "skipped": items(report.skipped),
      "repaired-count": total(report.repaired), "repaired": items(report.repaired), "missing": items(report.missing),
    ]
  }
}
