import Outcomes
import Statistics

/// The candidates of a space in random order without repeats, those that keep the constraints.
///
/// A space of known count is gone through as a random permutation, of which only what was drawn is held; another is sampled, and
/// candidates met before are left out.
struct RandomOrder<Space: CandidateSpace> {
  /// Samples without a new candidate after which a space without a count is taken to be used up.
  static var patience: Int { 10_000 }

  private let space: Space
  private let constraints: [SearchConstraint]
  private var generator: SeededGenerator
  /// Places of the permutation that were swapped.
  private var swapped: [Int: Int] = [:]
  private var drawn = 0
  private var seen: Set<String> = []

  init(_ space: Space, constraints: [SearchConstraint], seed: UInt64) {
    self.space = space
    self.constraints = constraints
    generator = SeededGenerator(seed: seed, stream: 0)
  }

  /// True for a candidate that keeps all constraints.
  func admits(_ candidate: Space.Candidate) -> Bool {
    constraints.allSatisfy { $0.admits(space.quantity($0.quantity, of: candidate)) }
  }

  /// The next candidate; nil when there is none.
  mutating func next() -> Space.Candidate? {
    guard let count = space.count else {
      for _ in 0..<Self.patience {
        let candidate = space.sample(seed: generator.next())
        if admits(candidate), seen.insert(space.text(of: candidate)).inserted { return candidate }
      }
      return nil
    }
    while drawn < count {
      let other = drawn + generator.next(below: count - drawn)
      let index = swapped[other] ?? other
      swapped[other] = swapped[drawn] ?? drawn
      swapped[drawn] = nil
      drawn += 1
      if let candidate = space.candidate(at: index), admits(candidate) { return candidate }
    }
    return nil
  }
}
