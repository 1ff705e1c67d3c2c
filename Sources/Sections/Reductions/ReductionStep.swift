import Documents
import Outcomes
import Pipeline
import Reductions
import Specs
import Statistics

/// Evaluates one reduction; or describes the whole space, which reductions are read beside.
struct ReductionStep: SynchronousStep {
  let reductions: ReductionsPart
  /// The reduction; the whole space when nil.
  let candidate: ResolvedCandidate?
  let kind = StepKind("reduction", version: 3)

  var name: String { "reduction/\(reductions.name)/\(candidate?.name ?? ReductionSpec.whole)" }

  var inputs: [StepInput] { [.table(reductions.target.dataset)] }

  var parameters: JSONValue {
    let spec = reductions.spec
    return .record([
      "candidate": candidate?.parameters ?? "whole", "target": .string(reductions.target.column),
      "target-better": .string(reductions.target.better.rawValue),
      "members": .array(
        reductions.members.map {
          [
            "name": .string($0.name), "source": $0.source.parameters, "baseline": .bool($0.isBaseline),
            "better": .string(($0.better ?? .higher).rawValue),
          ]
        }),
      "settings": spec.canonical(except: ["target", "candidates", "against"]),
      "clustered": .bool(reductions.isClustered),
    ])
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let columns = try ReductionColumns(reductions, try inputs.table("table"))
    guard let candidate else { return .json(.object(try ReductionValues(columns).whole())) }
    switch try columns.membership(candidate) {
    case .success(let members): return .json(.object(try ReductionValues(columns).values(members)))
    case .failure(let undefined): return .json(["undefined": .string(undefined.text)])
    }
  }
}
