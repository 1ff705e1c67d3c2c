import Datasets
import Diagnostics
import Documents
import Outcomes
import Pipeline
import Tables

/// Reads a dataset's file into a table; what was skipped and repaired is a second artifact, an `ImportReport`.
struct ImportStep: SynchronousStep {
  /// The artifact about rows.
  static let reportArtifact = "report"

  let name: String
  let dataset: CatalogDataset
  let file: CatalogFile
  let location: DataLocation
  let skipsMalformed: Bool
  let sources: [KeyField]

  let kind = StepKind("import", version: 4, dependsOnMachine: true, failsOnBadInput: true)
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
    let imported: ImportedDataset
    do throws(DiagnosticsError) {
      imported = try DatasetImporter.read(dataset, file: file, location: location, skipsMalformed: skipsMalformed)
    } catch {
      throw Reason(error.diagnostics.text)
    }
    return .table(imported.table, artifacts: [try .json(Self.reportArtifact, imported.report)])
  }
}
