import Outcomes

/// Pairs of subjects with different targets, and how their scores order them.
package struct ScoreAgreement: Sendable, Hashable {
  /// Pairs whose targets differ.
  package private(set) var pairs = 0
  /// Of these, pairs that are decided.
  package private(set) var decided = 0
  /// Of the decided ones, those decided as the target orders them.
  package private(set) var decidedRight = 0
  /// Of all, pairs of which one has the greater scores more often.
  package private(set) var directed = 0
  /// Of these, those directed as the target orders them.
  package private(set) var directedRight = 0

  mutating func add(truth: Int8, decision: Int8, direction: Int8) {
    pairs += 1
    decided += decision == 0 ? 0 : 1
    decidedRight += decision == truth ? 1 : 0
    directed += direction == 0 ? 0 : 1
    directedRight += direction == truth ? 1 : 0
  }

  /// The share of decided pairs that are decided as the target orders them, in 0 … 1.
  ///
  /// - Throws: `Reason` when no pair is decided.
  package func ofDecided() throws(Reason) -> Double {
    guard decided > 0 else { throw Reason("no pair is decided") }
    return Double(decidedRight) / Double(decided)
  }

  /// The same share of all pairs that have a direction, whether decided or not.
  ///
  /// - Throws: `Reason` when no pair has one.
  package func ofDirected() throws(Reason) -> Double {
    guard directed > 0 else { throw Reason("no pair has a direction") }
    return Double(directedRight) / Double(directed)
  }
}
