import Documents
import Outcomes
import Pipeline
import Specs
import Statistics

/// Differences between the coefficients of metrics with one target, on the rows that all of them have, from the same resamples.
///
/// A metric without any value in the target's rows is left out of the comparison, with that reason, and does not take rows
/// from the others. P-values of one test over all pairs are one family.
struct DifferencesStep: Step {
  let part: DifferencesPart
  let kind = StepKind("differences", version: 3)

  var name: String { "differences/\(part.name)" }

  var inputs: [StepInput] { [.table(part.family.target.dataset)] }

  /// Resamples are what takes time: a metric at a time for each worker.
  var usesAllWorkers: Bool { part.family.members.count > 2 }

  private var columns: [FamilyColumns] { part.family.members.map { FamilyColumns(family: part.family, member: $0) } }

  var parameters: JSONValue {
    let family = part.family
    return .record([
      "members": .array(columns.map { .object($0.parameters) }),
      "names": .array(family.members.map { .string($0.name) }),
      "pairs": .array(part.pairs.map { .array([.integer($0.first), .integer($0.second)]) }),
      "settings": part.spec.canonical(except: ComparedMetrics.keys), "clustered": .bool(family.isClustered),
    ])
  }

  func run(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> StepOutput {
    var pairs: [PairedColumns] = []
    for columns in columns { pairs.append(try columns.pairs(inputs)) }
    let comparison = try MetricComparison(part, pairs)
    let coefficients = await WorkerGroup.map(pairs.indices, workers: context.workers) { comparison.coefficient($0) }
    let outcomes = await WorkerGroup.map(part.pairs.indices, workers: context.workers) { index in
      let pair = part.pairs[index]
      return comparison.outcome(pair, coefficients[pair.first], coefficients[pair.second])
    }
    let document = DifferencesDocument(part: part, coefficients: coefficients, outcomes: outcomes)
    return .json(.object(comparison.counts + (try document.members())))
  }
}
