import ArchitectureSearch
import Outcomes
import Specs
import Statistics

/// The searches of a benchmark that a section asks for: a line for each member, and behind these, for every member that chooses by
/// tests, one that chooses by means.
struct SearchLines {
  let columns: SearchColumns
  /// By member, then by architecture.
  let evaluations: [[Outcome<CandidateEvaluation>]]
  /// The member of each line.
  let members: [Int]
  private let settings: [SearchSettings]

  private var spec: SearchSpec { columns.part.spec }
  var count: Int { members.count }

  /// Reads the values of all members.
  ///
  /// - Throws: `Reason` when a column cannot be read.
  init(_ columns: SearchColumns) throws(Reason) {
    self.columns = columns
    let (part, spec) = (columns.part, columns.part.spec)
    var known: [[Outcome<CandidateEvaluation>]] = []
    for member in part.members { known.append(try columns.evaluations(member)) }
    evaluations = known
    let choices = part.members.map { $0.choice(spec) }
    let tested = choices.indices.filter { if case .mannWhitney = choices[$0] { true } else { false } }
    members = Array(choices.indices) + tested
    let algorithm: SearchSettings.Algorithm =
      switch spec.algorithm {
      case .random: .random
      case .evolution: .evolution(.init(population: spec.population, sample: spec.sample))
      }
    settings = (choices + tested.map { _ in .mean }).map {
      SearchSettings(algorithm, choice: $0, budgets: spec.budgets, chosen: spec.chosen)
    }
  }

  /// The line of a member that chooses by means where the member's own chooses by tests; nil for other members.
  func byMeans(_ member: Int) -> Int? { members.lastIndex(of: member).flatMap { $0 == member ? nil : $0 } }

  /// The searches of a line.
  ///
  /// - Parameter drawn: The architectures that are searched, by place; nil for all.
  /// - Throws: `Reason` as `BenchmarkSearch`.
  func search(_ line: Int, drawn: [Int]? = nil) throws(Reason) -> BenchmarkSearch {
    let known = evaluations[members[line]]
    return try BenchmarkSearch(
      drawn.map { columns.space.drawn($0) } ?? columns.space,
      gains: drawn?.map { columns.gains[$0] } ?? columns.gains,
      evaluations: drawn?.map { known[$0] } ?? known, settings: settings[line], seed: spec.seed.bits)
  }

  /// The searches of the benchmark with its units drawn anew, as many as there are, with replacement.
  ///
  /// - Throws: `Reason` when the task was cancelled, and as `BenchmarkSearch`.
  func drawn(_ number: Int) async throws(Reason) -> SearchDraw {
    var members = [[Int]](repeating: [], count: columns.unitCount ?? 0)
    for (place, unit) in (columns.units ?? []).enumerated() { members[unit].append(place) }
    var generator = SeededGenerator(seed: spec.seed.bits, stream: 1 << 48 + UInt64(number))
    let places = members.indices.flatMap { _ in members[generator.next(below: members.count)] }
    var gains: [[Double?]] = []
    for line in 0..<count {
      let search = try search(line, drawn: places)
      var found: [[BenchmarkSearch.Found]] = []
      for number in 0..<spec.searches {
        if Task.isCancelled { throw Reason("the searches were stopped") }
        found.append(try await search.found(number))
      }
      gains.append(
        spec.budgets.indices.map { budget in
          let known = found.compactMap { $0[budget].gain }
          return known.count == found.count ? Mean.value(known) : nil
        })
    }
    let random = Outcome<Double>.of { () throws(Reason) in
      try RandomChoice.expectedBest(places.map { columns.gains[$0] }, draws: spec.chosen)
    }
    return SearchDraw(gains: gains, random: random.value)
  }
}

/// What searches of a benchmark of drawn units found.
struct SearchDraw: Sendable {
  /// Mean gain over searches, by line, then by budget in ascending order; nil where a search found nothing.
  let gains: [[Double?]]
  /// The expected gain of a random choice; nil where more are chosen than there are.
  let random: Double?
}
