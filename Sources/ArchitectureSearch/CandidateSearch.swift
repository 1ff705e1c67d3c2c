import Outcomes
import Statistics

/// A search of a space for the candidates that a scorer likes best.
///
/// The budget counts distinct evaluated candidates. All that is random comes from the seed: what is visited, ties, and the order
/// in which significant differences are looked for, each from a stream of its own, so that random searches of two scorers with
/// one seed visit the same candidates.
package struct CandidateSearch<Space: CandidateSpace, Scorer: CandidateScorer>: Sendable
where Scorer.Candidate == Space.Candidate {
  /// Children in a row that were evaluated before, or keep no constraint, after which one is drawn at random.
  private static var patience: Int { 100 }

  package let space: Space
  package let scorer: Scorer
  package let settings: SearchSettings
  /// The label of an evaluated candidate, greater is better, for `Choice.labelledWeights`; nil where labels are not to be had.
  private let label: (@Sendable (Space.Candidate) -> Double)?

  package init(
    _ space: Space, scorer: Scorer, settings: SearchSettings, label: (@Sendable (Space.Candidate) -> Double)? = nil
  ) {
    self.space = space
    self.scorer = scorer
    self.settings = settings
    self.label = label
  }

  /// Searches.
  ///
  /// - Throws: `Reason` for settings that fit nothing, when no candidate keeps the constraints, and what the scorer throws.
  package func run(seed: UInt64) async throws(Reason) -> SearchRun<Space.Candidate> {
    guard let last = settings.budgets.max(), settings.budgets.allSatisfy({ $0 > 0 }), settings.chosen > 0 else {
      throw Reason("a search needs budgets and a number to choose")
    }
    var state = State(
      seed: seed,
      order: RandomOrder(space, constraints: settings.constraints, seed: seed),
      pool: EvaluatedPool(choice: settings.choice, kept: settings.chosen, seed: seed),
      generator: SeededGenerator(seed: seed, stream: 3))
    switch settings.algorithm {
    case .random: try await visit(last, &state)
    case .evolution(let evolution): try await evolve(evolution, until: last, &state)
    }
    guard state.pool.count > 0 else { throw Reason("no candidate keeps the constraints") }
    for budget in settings.budgets.sorted() where budget > state.pool.count { try select(budget, &state) }
    return SearchRun(evaluated: state.evaluated, selections: state.selections)
  }

  private struct State {
    let seed: UInt64
    var order: RandomOrder<Space>
    var pool: EvaluatedPool
    /// Draws tournaments and mutations.
    var generator: SeededGenerator
    var evaluated: [Space.Candidate] = []
    var places: [String: Int] = [:]
    var selections: [SearchSelection] = []
  }

  /// Evaluates candidates in random order until so many are, or none is left. They are evaluated in one go.
  private func visit(_ count: Int, _ state: inout State) async throws(Reason) {
    var found: [Space.Candidate] = []
    // Two indices may lead to one architecture.
    var texts: Set<String> = []
    while state.pool.count + found.count < count, let next = state.order.next() {
      let text = space.text(of: next)
      if state.places[text] == nil, texts.insert(text).inserted { found.append(next) }
    }
    try await evaluate(found, &state)
  }

  private func evaluate(_ candidates: [Space.Candidate], _ state: inout State) async throws(Reason) {
    let evaluations = try await scorer.evaluations(of: candidates)
    guard evaluations.count == candidates.count else { throw Reason("a candidate has no evaluation") }
    for (candidate, evaluation) in zip(candidates, evaluations) {
      state.places[space.text(of: candidate)] = state.pool.count
      state.evaluated.append(candidate)
      state.pool.add(evaluation)
      if settings.budgets.contains(state.pool.count) { try select(state.pool.count, &state) }
    }
  }

  /// Chooses among what is evaluated so far.
  private func select(_ budget: Int, _ state: inout State) throws(Reason) {
    var selection = SearchSelection(budget: budget, evaluations: state.pool.count)
    switch settings.choice {
    case .labelledWeights:
      guard let label else { throw Reason("labels are needed to find weights") }
      let scored = state.pool.scored
      let evaluated = state.evaluated
      // Each budget has weights of its own, whatever other budgets there are.
      var generator = SeededGenerator(seed: state.seed, stream: 16 + UInt64(budget))
      let found = LabelledWeights(
        scored.map { state.pool.means($0) }, labels: settings.chosen, using: &generator
      ) { label(evaluated[scored[$0]]) }
      selection.chosen = found.labelled.map { scored[$0] }
    case .mannWhitney:
      selection.chosen = try state.pool.best()
      selection.isSameInAnotherOrder = Set(try state.pool.best(order: 1)) == Set(selection.chosen)
    case .mean, .rankSum: selection.chosen = try state.pool.best()
    }
    state.selections.append(selection)
  }

  private func evolve(
    _ evolution: SearchSettings.Evolution, until last: Int, _ state: inout State
  ) async throws(Reason) {
    guard evolution.population > 0, evolution.sample > 0 else { throw Reason("a population needs members") }
    try await visit(min(last, evolution.population), &state)
    var population = Array(0..<state.pool.count)
    // Children met before cost nothing: where they are all that comes, the search is as good as over.
    var repeats = 0
    while state.pool.count < last, !population.isEmpty {
      let entrants = (0..<evolution.sample).map { _ in population[state.generator.next(below: population.count)] }
      let parent = try state.pool.winner(of: entrants)
      let child = space.mutated(state.evaluated[parent], seed: state.generator.next())
      var place: Int?
      if state.order.admits(child) {
        place = state.places[space.text(of: child)]
        if place == nil {
          try await evaluate([child], &state)
          place = state.pool.count - 1
          repeats = 0
        } else {
          repeats += 1
        }
      } else {
        repeats += 1
      }
      if repeats >= Self.patience {
        let before = state.pool.count
        try await visit(before + 1, &state)
        guard state.pool.count > before else { return }
        place = before
        repeats = 0
      }
      guard let place else { continue }
      population.append(place)
      population.removeFirst()
    }
  }
}

/// What a search evaluated and chose.
package struct SearchRun<Candidate: Sendable>: Sendable {
  /// The distinct candidates evaluated, in order.
  package let evaluated: [Candidate]
  /// The choice at each budget, in ascending order.
  package let selections: [SearchSelection]
}

/// The choice that a search makes at a budget.
package struct SearchSelection: Sendable, Hashable {
  package let budget: Int
  /// Distinct candidates evaluated: the budget, or fewer where the space has no more.
  package let evaluations: Int
  /// Places of the chosen among the evaluated, best first; those labelled, in order, where labels decide.
  package internal(set) var chosen: [Int] = []
  /// Whether a second random order leads to the same choice; nil where orders do not matter.
  package internal(set) var isSameInAnotherOrder: Bool?
}
