import ArchitectureSearch
import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Searches a benchmark many times with each metric, baseline and combination; the searches are spread over the workers.
struct SearchStep: ResultStep {
  typealias Output = SearchResults

  let part: SearchPart
  let kind = StepKind("searches", version: 1)
  let usesAllWorkers = true

  private var spec: SearchSpec { part.spec }

  var name: String { "searches/\(part.name)" }

  var inputs: [StepInput] { [.table(part.target.dataset)] }

  var parameters: JSONValue {
    .record([
      "target": .string(part.target.column), "target-better": .string(part.target.better.rawValue),
      "members": .array(part.members.map(\.parameters)),
      "settings": spec.canonical(except: ComparedMetrics.keys.union(["combinations"])),
    ])
  }

  func result(_ inputs: StepInputs, _ context: StepContext) async throws(Reason) -> SearchResults {
    let columns = try SearchColumns(part, inputs.table("table"))
    var evaluations: [[Outcome<CandidateEvaluation>]] = []
    var searches: [BenchmarkSearch] = []
    for member in part.members {
      let known = try columns.evaluations(member)
      evaluations.append(known)
      searches.append(
        try BenchmarkSearch(
          columns.space, gains: columns.gains, evaluations: known, settings: settings(member), seed: spec.seed.bits))
    }
    let found = try await found(searches, context)
    return try SearchSummary(columns: columns, evaluations: evaluations, found: found).results()
  }

  private func settings(_ member: SearchMember) -> SearchSettings {
    let algorithm: SearchSettings.Algorithm =
      switch spec.algorithm {
      case .random: .random
      case .evolution: .evolution(.init(population: spec.population, sample: spec.sample))
      }
    return SearchSettings(algorithm, choice: member.choice(spec), budgets: spec.budgets, chosen: spec.chosen)
  }

  /// What each search found, by member and number, whatever the number of workers.
  private func found(
    _ searches: [BenchmarkSearch], _ context: StepContext
  ) async throws(Reason) -> [[[BenchmarkSearch.Found]]] {
    let (count, seeds) = (searches.count * spec.searches, spec.searches)
    var found = [Outcome<[BenchmarkSearch.Found]>?](repeating: nil, count: count)
    await withTaskGroup(of: (Int, Outcome<[BenchmarkSearch.Found]>)?.self) { group in
      var next = 0
      func add() {
        guard next < count, !Task.isCancelled else { return }
        let index = next
        group.addTask {
          if Task.isCancelled { return nil }
          do throws(Reason) {
            return (index, .success(try await searches[index / seeds].found(index % seeds)))
          } catch {
            return (index, .failure(error))
          }
        }
        next += 1
      }
      for _ in 0..<context.workers { add() }
      var done = 0
      for await part in group {
        if let (index, outcome) = part { found[index] = outcome }
        done += 1
        context.progress(done, count)
        add()
      }
    }
    var all: [[[BenchmarkSearch.Found]]] = []
    for member in searches.indices {
      var own: [[BenchmarkSearch.Found]] = []
      for number in 0..<seeds {
        guard let outcome = found[member * seeds + number] else { throw Reason("the searches were stopped") }
        own.append(try outcome.get())
      }
      all.append(own)
    }
    return all
  }
}
