import Datasets
import Documents
import Outcomes
import Pipeline
import Specs
import Tables

/// Hands on the rows of a file of the user's own, which was read to know its columns; the counts of rows are a second artifact, an
/// `ImportReport`.
struct OwnFileStep: SynchronousStep {
  let name: String
  let own: OwnDataset
  let use: DatasetUse

  let kind = StepKind("own-file", version: 1, failsOnBadInput: true)
  let inputs: [StepInput] = []

  var parameters: JSONValue {
    .record([
      "reading": use.canonical(except: ["use", "measured", "derive", "rows", "join", "cluster-by"]),
      "columns": .array(
        own.columns.map {
          .string("\($0.name) | \($0.type.rawValue) | \($0.role.rawValue) | \($0.better?.rawValue ?? "")")
        }),
    ])
  }

  var sources: [KeyField] { [KeyField(own.path, own.digest)] }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    .table(own.table, artifacts: [try .json(ImportStep.reportArtifact, own.report)])
  }
}
