import ArchitectureSearch
import Documents
import Outcomes
import Pipeline
import Specs
import Tables

/// Searches a benchmark many times with each metric, baseline and combination; the searches are spread over the workers.
struct SearchStep: ResultStep {
  typealias Output = SearchResults

  let part: SearchPart
  let kind = StepKind("searches", version: 2)
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
    let lines = try SearchLines(SearchColumns(part, inputs.table("table")))
    var searches: [BenchmarkSearch] = []
    for line in 0..<lines.count { searches.append(try lines.search(line)) }
    let (count, seeds) = (searches.count * spec.searches, spec.searches)
    let draws = spec.units.isEmpty ? 0 : spec.draws
    // A draw has all searches in it, and counts as much.
    let found = try await spread(count, context, of: (before: 0, each: 1, all: count * (draws + 1))) {
      [searches] (index) async throws(Reason) in
      try await searches[index / seeds].found(index % seeds)
    }
    let drawn = try await spread(draws, context, of: (before: count, each: count, all: count * (draws + 1))) {
      (number) async throws(Reason) in
      try await lines.drawn(number)
    }
    return try SearchSummary(
      lines: lines, found: searches.indices.map { Array(found[$0 * seeds..<($0 + 1) * seeds]) }, drawn: drawn
    ).results()
  }

  /// Does pieces of work, whatever the number of workers, and gives their results in order.
  ///
  /// - Parameter progress: What was done before, what a piece counts, and what there is in all.
  private func spread<Value: Sendable>(
    _ count: Int, _ context: StepContext, of progress: (before: Int, each: Int, all: Int),
    _ work: @escaping @Sendable (Int) async throws(Reason) -> Value
  ) async throws(Reason) -> [Value] {
    var made = [Outcome<Value>?](repeating: nil, count: count)
    await withTaskGroup(of: (Int, Outcome<Value>)?.self) { group in
      var next = 0
      func add() {
        guard next < count, !Task.isCancelled else { return }
        let index = next
        group.addTask {
          if Task.isCancelled { return nil }
          do throws(Reason) {
            return (index, .success(try await work(index)))
          } catch {
            return (index, .failure(error))
          }
        }
        next += 1
      }
      for _ in 0..<context.workers { add() }
      var done = 0
      for await part in group {
        if let (index, outcome) = part { made[index] = outcome }
        done += 1
        context.progress(progress.before + done * progress.each, progress.all)
        add()
      }
    }
    var values: [Value] = []
    for outcome in made {
      guard let outcome else { throw Reason("the searches were stopped") }
      values.append(try outcome.get())
    }
    return values
  }
}
