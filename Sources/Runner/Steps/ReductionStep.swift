import Documents
import Outcomes
import Pipeline
import Reductions
import Specs
import Statistics

/// Evaluates one reduction; or describes the whole space, which reductions are read beside.
struct ReductionStep: SynchronousStep {
  let reductions: ResolvedReductions
  /// The reduction; the whole space when nil.
  let candidate: ResolvedCandidate?
  let kind = StepKind("reduction", version: 2)

  var name: String { "reduction/\(reductions.name)/\(candidate?.name ?? ReductionSpec.whole)" }

  var inputs: [StepInput] { [StepInput("table", from: "table/\(reductions.target.dataset)")] }

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
      "top": .array(spec.top.map { .number($0) }), "best-of": .array(spec.draws.map { .integer($0) }),
      "truncation": .array(spec.truncation.map { .number($0) }),
      "interval": [
        "method": .string(spec.interval.method.rawValue), "resamples": .integer(spec.interval.resamples),
        "seed": .integer(spec.interval.seed.value), "level": .number(spec.interval.level),
        "clustered": .bool(reductions.isClustered),
      ],
      "ties": ["draws": .integer(spec.ties.draws), "seed": .integer(spec.ties.seed.value)],
      "correlations": .bool(spec.correlations), "replicates": .array(spec.replicates.map { .string($0.value) }),
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
