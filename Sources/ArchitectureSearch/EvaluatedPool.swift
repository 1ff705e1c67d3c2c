import Outcomes
import Statistics

/// The candidates that a search has evaluated, in order, and the choice among them.
struct EvaluatedPool {
  /// An evaluated candidate.
  private struct Member {
    /// The values, or why there are none.
    var evaluation: Outcome<CandidateEvaluation>
    /// Decides ties: of equal candidates the one with the greater coin counts as better.
    var coin: UInt64
  }

  let choice: SearchSettings.Choice
  private var members: [Member] = []
  private var ranks = RankAggregation()
  /// The members that have values, by place.
  private(set) var scored: [Int] = []
  /// The best members by mean, best first; kept only for that choice.
  private var leaders: [Int] = []
  private let kept: Int
  private var coins: SeededGenerator
  private let seed: UInt64
  private var decisions: MannWhitneyDecisions

  /// An empty pool.
  ///
  /// - Parameters:
  ///   - choice: How candidates are compared.
  ///   - kept: Number of candidates that are chosen in the end.
  ///   - seed: Decides ties and orders.
  init(choice: SearchSettings.Choice, kept: Int, seed: UInt64) {
    self.choice = choice
    self.kept = kept
    coins = SeededGenerator(seed: seed, stream: 1)
    self.seed = seed
    let alpha = if case .mannWhitney(let alpha) = choice { alpha } else { 0.05 }
    decisions = MannWhitneyDecisions(alpha: alpha)
  }

  var count: Int { members.count }

  /// The means of a member's metrics.
  func means(_ member: Int) -> [Double] { members[member].evaluation.value?.means ?? [] }

  /// Adds an evaluated candidate.
  mutating func add(_ evaluation: Outcome<CandidateEvaluation>) {
    let place = members.count
    members.append(Member(evaluation: evaluation, coin: coins.next()))
    guard let values = evaluation.value else { return }
    scored.append(place)
    if case .rankSum = choice { ranks.add(values.means) }
    guard case .mean = choice else { return }
    let rank = leaders.firstIndex { isBetter(place, than: $0) } ?? leaders.count
    guard rank < kept else { return }
    leaders.insert(place, at: rank)
    if leaders.count > kept { leaders.removeLast() }
  }

  /// The score of a member by which the choice compares; nil for one without values.
  private func score(_ member: Int) -> Double? {
    guard let values = members[member].evaluation.value else { return nil }
    return if case .rankSum = choice { ranks.score(values.means) } else { values.means[0] }
  }

  private func isBetter(_ one: Int, than other: Int) -> Bool {
    guard let mine = score(one) else { return false }
    guard let theirs = score(other) else { return true }
    return mine == theirs ? members[one].coin > members[other].coin : mine > theirs
  }

  /// The winner of a tournament. Without any that has values the first.
  ///
  /// - Precondition: There is one entrant at least.
  mutating func winner(of entrants: [Int]) throws(Reason) -> Int {
    if case .mannWhitney = choice {
      return try significant(among: entrants.filter { members[$0].evaluation.value != nil }) ?? entrants[0]
    }
    return entrants.dropFirst().reduce(entrants[0]) { isBetter($1, than: $0) ? $1 : $0 }
  }

  /// The best members as the choice finds them, best first: as many as are kept, or all that have values.
  ///
  /// - Parameter order: The number of the random order in which members are gone through, where orders matter; it depends on the
  ///   seed and on how many members there are, not on what was chosen before.
  mutating func best(order: Int = 0) throws(Reason) -> [Int] {
    switch choice {
    case .mean: return leaders
    case .rankSum:
      let scores = Dictionary(uniqueKeysWithValues: scored.map { ($0, ranks.score(means($0))) })
      let order = scored.sorted {
        let (one, other) = (scores[$0] ?? 0, scores[$1] ?? 0)
        return one == other ? members[$0].coin > members[$1].coin : one > other
      }
      return Array(order.prefix(kept))
    case .mannWhitney:
      var left = scored
      var generator = SeededGenerator(seed: seed, stream: 1 << 40 + 2 * UInt64(members.count) + UInt64(order))
      generator.shuffle(&left)
      var chosen: [Int] = []
      while chosen.count < kept, let next = try significant(among: left) {
        chosen.append(next)
        left.removeAll { $0 == next }
      }
      return chosen
    case .labelledWeights: return []
    }
  }

  /// Stat-MAX over members in order; nil without any.
  private mutating func significant(among order: [Int]) throws(Reason) -> Int? {
    guard var incumbent = order.first else { return nil }
    for rival in order.dropFirst() {
      guard let ours = members[incumbent].evaluation.value?.values[0],
        let theirs = members[rival].evaluation.value?.values[0]
      else { continue }
      if try decisions.isGreater(theirs, than: ours) { incumbent = rival }
    }
    return incumbent
  }
}

extension SeededGenerator {
  /// Puts places into a random order (Fisher & Yates), the same on every platform.
  mutating func shuffle(_ values: inout [Int]) {
    for place in values.indices.dropFirst().reversed() { values.swapAt(place, next(below: place + 1)) }
  }
}
