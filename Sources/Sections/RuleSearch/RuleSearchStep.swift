import Documents
import Outcomes
import Pipeline
import Reductions
import Specs
import Tables

/// Searches for rules on random parts of the rows and on all of them; the searches are spread over the workers.
struct RuleSearchStep: ResultStep {
  typealias Output = RuleSearchResults

  let search: RuleSearchPart
  let kind = StepKind("rule-search", version: 6)
  let usesAllWorkers = true

  private var spec: RuleSearchSpec { search.spec }

  var name: String { "rule-search/\(search.name)" }

  var inputs: [StepInput] { [.table(search.target.dataset)] }

  var parameters: JSONValue {
    .record([
      "target": .string(search.target.column), "target-better": .string(search.target.better.rawValue),
      "settings": spec.canonical(except: ["target"]), "clustered": UnitNoun.parameter(search.unit),
    ])
  }

  private var settings: RuleSearch.Settings {
    let objective: RuleObjective =
      switch spec.objective {
      case .recall: .recall(share: spec.share)
      case .mean: .mean
      case .enrichment: .enrichment
      }
    return RuleSearch.Settings(
      conjuncts: spec.conjuncts, objective: objective, topSize: spec.top, minimumSize: spec.minimumSize,
      splits: spec.splits, trainingShare: spec.trainingShare, seed: spec.seed.bits, cuts: spec.cuts,
      limit: spec.limit, beamWidth: spec.beam)
  }

  func result(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> RuleSearchResults {
    let rows = try FeatureRows(
      inputs.table("table"), target: search.target, features: search.features, strata: [],
      isClustered: search.unit != nil)
    let made = try RuleSearch(rows.sample, settings)
    let (splits, whole) = try await outcomes(made, context)
    return RuleSearchResults(rows, made, settings.objective, splits, whole)
  }

  private enum Part: Sendable {
    case split(Int, RuleSearch.Split)
    case whole(RuleSearch.Whole)
  }

  /// The splits in order and the search on all rows, whatever the number of workers.
  private func outcomes(
    _ made: RuleSearch, _ context: StepContext
  ) async throws(Reason) -> ([RuleSearch.Split], RuleSearch.Whole) {
    let count = spec.splits
    var splits = [RuleSearch.Split?](repeating: nil, count: count)
    var whole: RuleSearch.Whole?
    await withTaskGroup(of: Part?.self) { group in
      // All rows first: that search takes longest.
      var next = -1
      func add() {
        guard next < count, !Task.isCancelled else { return }
        let index = next
        group.addTask { Task.isCancelled ? nil : index < 0 ? .whole(made.whole()) : .split(index, made.split(index)) }
        next += 1
      }
      for _ in 0..<context.workers { add() }
      var done = 0
      for await part in group {
        switch part {
        case .split(let index, let split): splits[index] = split
        case .whole(let found): whole = found
        case nil: break
        }
        done += 1
        context.progress(done, count + 1)
        add()
      }
    }
    let all = splits.compactMap(\.self)
    guard let whole, all.count == count else { throw Reason("the search was stopped") }
    return (all, whole)
  }
}
