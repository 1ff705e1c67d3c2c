import Outcomes
import Statistics

/// Searches of a benchmark whose architectures are trained: what each finds is known.
package struct BenchmarkSearch: Sendable {
  /// Looks evaluations up.
  private struct Scorer: CandidateScorer {
    let known: [Outcome<CandidateEvaluation>]

    func evaluations(of candidates: [Int]) async throws(Reason) -> [Outcome<CandidateEvaluation>] {
      candidates.map { known[$0] }
    }
  }

  /// What a search has found at a budget.
  package struct Found: Sendable, Hashable {
    package let budget: Int
    /// Distinct architectures evaluated.
    package let evaluations: Int
    /// The greatest gain among the chosen; nil when none was chosen.
    package let gain: Double?
    /// The chosen, best first.
    package let chosen: [Int]
    /// See `SearchSelection.isSameInAnotherOrder`.
    package let isSameInAnotherOrder: Bool?
  }

  private let search: CandidateSearch<BenchmarkSpace, Scorer>
  private let gains: [Double]
  private let seed: UInt64

  /// Searches of a benchmark.
  ///
  /// - Parameters:
  ///   - gains: The trained score of each architecture, turned so that greater is better.
  ///   - evaluations: The values of each architecture, or why there are none.
  ///   - seed: Searches by number draw from it.
  /// - Throws: `Reason` when there are not as many evaluations as gains, or a gain is not finite.
  package init(
    _ space: BenchmarkSpace, gains: [Double], evaluations: [Outcome<CandidateEvaluation>], settings: SearchSettings,
    seed: UInt64
  ) throws(Reason) {
    guard gains.count == space.count, evaluations.count == space.count else {
      throw Reason("the columns differ in length")
    }
    guard gains.allSatisfy(\.isFinite) else { throw Reason("a trained score is not finite") }
    self.gains = gains
    self.seed = seed
    search = CandidateSearch(space, scorer: Scorer(known: evaluations), settings: settings) { gains[$0] }
  }

  /// The search of a number: the same whatever others are made, and with the same candidates in random order for every scorer.
  package func found(_ number: Int) async throws(Reason) -> [Found] {
    var generator = SeededGenerator(seed: seed, stream: UInt64(number))
    let run = try await search.run(seed: generator.next())
    return run.selections.map { selection in
      let chosen = selection.chosen.map { run.evaluated[$0] }
      return Found(
        budget: selection.budget, evaluations: selection.evaluations, gain: chosen.map { gains[$0] }.max(),
        chosen: chosen, isSameInAnotherOrder: selection.isSameInAnotherOrder)
    }
  }
}
