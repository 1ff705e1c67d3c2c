import Outcomes
import Statistics

/// A seeded evolutionary search for a proxy, with an honest account of what it found.
///
/// Units (trained networks) are dealt whole to K folds that are alike in size. For each fold there is a search of its own,
/// which never sees that fold: programs are scored on K − 2 folds, the best few are held against each other on one more, and the
/// winner is reported on the fold that is left. Random programs with the same budget and the columns without a proxy go
/// the same way. A final search over all folds gives the program to use; how good it is, the other searches say.
///
/// Fitness is the coefficient with the target, signed by a direction that the training rows teach. A program that has no value on
/// some training row, or one value on all, is drawn again and takes nothing of the budget.
///
/// Searches of different folds share nothing: `fold(_:)` may be computed in any order and by any number of workers.
package struct ProxySearch: Sendable {
  let problem: ProxySearchProblem
  let spec: ProxySearchSpec
  let splits: ProxySearchSplits

  /// Prepares a search.
  ///
  /// - Throws: `Reason` for settings with which there is none, or fewer units than folds.
  package init(_ problem: ProxySearchProblem, spec: ProxySearchSpec) throws(Reason) {
    if let fault = spec.fault { throw fault }
    self.problem = problem
    self.spec = spec
    splits = try ProxySearchSplits(problem, spec)
  }

  /// Number of searches: one for each fold, and the final one.
  package var searchCount: Int { spec.folds + 1 }

  /// All searches, one after another, and what they say.
  package func report() -> ProxySearchReport { report((0..<searchCount).map { fold($0) }) }

  /// The scorers of the three parts of a search.
  private struct Scorers {
    let training: ProxyScorer
    let choosing: ProxyScorer
    let reporting: ProxyScorer
  }

  /// One search. Columns without a proxy are chosen by the coefficient overall, whatever the objective. O(budget · n log n).
  ///
  /// - Precondition: `number` is in 0 ..< `searchCount`.
  package func fold(_ number: Int) -> ProxySearchFold {
    precondition((0..<searchCount).contains(number), "a search that there is")
    let part = splits.part(number)
    func scorers(_ objective: ProxySearchSpec.Objective) -> Scorers {
      func scorer(_ rows: [Int]) -> ProxyScorer {
        ProxyScorer(problem, splits, spec, objective: objective, rows: rows)
      }
      return Scorers(
        training: scorer(part.training), choosing: scorer(part.choosing), reporting: scorer(part.reporting))
    }
    let searched = scorers(spec.objective)
    func run(_ isEvolution: Bool) -> (choice: ProxySearchFold.Choice?, counts: ProxySearchFold.Counts) {
      let draws = ProxyDraws(
        seed: spec.seed, stream: UInt64(2 * number + (isEvolution ? 0 : 1)), inputs: problem.inputs,
        aggregations: spec.aggregations)
      var run = ProxySearchRun(problem, spec, searched.training, training: part.training, draws)
      if isEvolution { run.evolve() } else { run.drawAll() }
      return (choice(run.finalists, part, searched), run.counts)
    }
    let (evolution, random) = (run(true), run(false))
    let overall = scorers(.overall)
    let columns = problem.baselines.compactMap { column in
      ProxyCandidate(text: column.name, values: column.values, scorer: overall.training)
    }
    return ProxySearchFold(
      number: number, trainingRows: part.training.count, choosingRows: part.choosing.count,
      reportingRows: part.reporting, reportingUnits: Set(part.reporting.map { problem.units.numbers[$0] }).count,
      evolution: evolution.choice, random: random.choice, baseline: choice(columns, part, overall),
      evolutionCounts: evolution.counts, randomCounts: random.counts)
  }

  /// The candidate that is best on the choosing rows; of equal ones the first.
  private func choice(
    _ candidates: [ProxyCandidate], _ part: ProxySearchSplits.Part, _ scorers: Scorers
  ) -> ProxySearchFold.Choice? {
    var best: (candidate: ProxyCandidate, score: Double?)?
    for candidate in candidates {
      let score = scorers.choosing.score(candidate.values)
      if let known = best, score ?? -2 <= known.score ?? -2 { continue }
      best = (candidate, score)
    }
    guard let best else { return nil }
    return ProxySearchFold.Choice(
      text: best.candidate.text, higherIsBetter: best.candidate.higherIsBetter, training: best.candidate.fitness,
      choosing: best.score, reporting: scorers.reporting.score(best.candidate.values),
      values: part.reporting.map { best.candidate.values[$0] })
  }
}

/// A column with its fitness, turned so that larger values promise more.
struct ProxyCandidate {
  let text: String
  /// The program; nil for a baseline.
  private(set) var program: PairedProxy?
  let values: [Double?]
  let higherIsBetter: Bool
  let fitness: Double

  /// Scores a column; nil where it has no coefficient on the training rows.
  init?(
    text: String, program: PairedProxy? = nil, values: [Double?], scorer: ProxyScorer
  ) {
    guard let score = scorer.score(values) else { return nil }
    self.text = text
    self.program = program
    higherIsBetter = score >= 0
    self.values = score >= 0 ? values : values.map { $0.map { -$0 } }
    fitness = abs(score)
  }
}

/// The programs of one search.
struct ProxySearchRun {
  private let problem: ProxySearchProblem
  private let spec: ProxySearchSpec
  private let scorer: ProxyScorer
  private let training: [Int]
  private var draws: ProxyDraws
  private var seen: Set<String> = []
  private(set) var counts = ProxySearchFold.Counts()
  /// The best programs so far, best first; of equal ones the earlier.
  private(set) var finalists: [ProxyCandidate] = []
  private var attempts = 0

  init(
    _ problem: ProxySearchProblem, _ spec: ProxySearchSpec, _ scorer: ProxyScorer, training: [Int], _ draws: ProxyDraws
  ) {
    self.problem = problem
    self.spec = spec
    self.scorer = scorer
    self.training = training
    self.draws = draws
  }

  /// True while there is budget, and new programs are still found: at most 50 attempts for each of the budget.
  private mutating func goesOn() -> Bool {
    if counts.scored >= spec.budget { return false }
    counts.isExhausted = attempts >= 50 * spec.budget
    return !counts.isExhausted
  }

  /// Scores random programs until the budget is spent.
  mutating func drawAll() {
    while goesOn() { _ = score(draws.program()) }
  }

  /// Evolves a population until the budget is spent: each child that can be scored takes the place of the worst.
  mutating func evolve() {
    var population: [ProxyCandidate] = []
    while population.count < spec.population, goesOn() {
      if let candidate = score(draws.program()) { Self.insert(candidate, into: &population) }
    }
    while population.count >= 2, goesOn() {
      guard let one = parent(population).program, let other = parent(population).program else { return }
      var child = draws.happens(spec.crossover) ? draws.child(one, other) : one
      // What was seen before is changed until it is new.
      if draws.happens(spec.mutation) || seen.contains(child.text) { child = draws.mutant(child) }
      guard let candidate = score(child) else { continue }
      population.removeLast()
      Self.insert(candidate, into: &population)
    }
  }

  private mutating func parent(_ population: [ProxyCandidate]) -> ProxyCandidate {
    switch spec.selection {
    case .betterHalf: return population[draws.index(below: (population.count + 1) / 2)]
    case .tournament:
      // The population is in order, best first.
      return population[
        (0..<spec.tournament).reduce(population.count - 1) { best, _ in
          min(best, draws.index(below: population.count))
        }]
    }
  }

  /// The program with its fitness; nil, and counted, when it is no new program or has none.
  private mutating func score(_ program: PairedProxy) -> ProxyCandidate? {
    attempts += 1
    let text = program.text
    guard seen.insert(text).inserted else {
      counts.duplicates += 1
      return nil
    }
    let values = problem.values(program).map { $0.flatMap(Self.settled) }
    guard values.count == problem.target.count, training.allSatisfy({ values[$0] != nil }) else {
      counts.undefined += 1
      return nil
    }
    guard
      let candidate = ProxyCandidate(
        text: text, program: program, values: values, scorer: scorer)
    else {
      counts.constant += 1
      return nil
    }
    counts.scored += 1
    Self.insert(candidate, into: &finalists)
    if finalists.count > spec.finalists { finalists.removeLast() }
    return candidate
  }

  /// A number without its last digits, 40 of 52 bits kept (twelve digits), so that rounding does not put architectures in order
  /// that a program cannot tell apart; nil when it is not finite.
  static func settled(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    let rounded = Double(bitPattern: (value.bitPattern &+ 0x800) & ~0xFFF)
    return rounded.isFinite ? rounded : value
  }

  /// Keeps a list in order, best first, equal ones in order of arrival.
  private static func insert(_ candidate: ProxyCandidate, into list: inout [ProxyCandidate]) {
    let place = list.firstIndex { $0.fitness < candidate.fitness } ?? list.count
    list.insert(candidate, at: place)
  }
}
