import Outcomes

/// Subjects compared pair by pair by the samples of scores that they got, such as architectures by the values of a metric
/// over seeds and batches (Rumiantsev & Coates 2025).
///
/// For each pair there are two one-sided Mann–Whitney tests, one for either order; all of them are one family, in which
/// p-values are adjusted. A pair is decided when the adjusted p-value of one order is at most α.
package struct ScoreComparison: Sendable, Hashable {
  /// The most subjects that are compared.
  package static let greatestCount = 2000

  /// Number of subjects.
  package let subjectCount: Int
  /// For each pair (i, j) with i < j, j in ascending order for each i: 1 when i is decided to have the greater scores, −1 when
  /// j has, 0 when the pair is not decided.
  let decisions: [Int8]
  /// For each pair the sign of U₁ − n₁n₂/2: which one has the greater scores more often.
  let directions: [Int8]

  /// Compares all pairs.
  ///
  /// - Parameters:
  ///   - scores: The scores of each subject.
  ///   - method: The adjustment of p-values for the number of tests.
  ///   - alpha: The significance level.
  /// - Throws: `Reason` for fewer than two subjects or more than `greatestCount`, a subject without scores, a score that
  ///   is not finite, or an α that is not between 0 and 1. O(subjects² · scores).
  package init(
    scores: [[Double]], method: AdjustedPValues.Method = .holm, alpha: Double = 0.05
  ) throws(Reason) {
    guard alpha > 0, alpha < 1 else { throw Reason("the significance level is not between 0 and 1") }
    guard scores.count >= 2 else { throw Reason("fewer than two subjects") }
    guard scores.count <= Self.greatestCount else { throw Reason("more than \(Self.greatestCount) subjects") }
    guard scores.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw Reason("a score is not finite") }
    let sorted = scores.map { $0.sorted() }
    var distributions: [SIMD2<Int>: MannWhitneyDistribution?] = [:]
    var (pValues, directions): ([PValue?], [Int8]) = ([], [])
    for left in sorted.indices {
      for right in sorted[(left + 1)...].indices {
        let test = try MannWhitney(sorted: sorted[left], sorted[right]) {
          let sizes = SIMD2(sorted[left].count, sorted[right].count)
          if let known = distributions[sizes] { return known }
          let made = MannWhitneyDistribution(sizes.x, sizes.y)
          distributions.updateValue(made, forKey: sizes)
          return made
        }
        pValues += [test.pValueGreater, test.pValueLess].map { PValue(exact: $0) }
        directions.append(test.effectSize > 0.5 ? 1 : test.effectSize < 0.5 ? -1 : 0)
      }
    }
    let adjusted = try AdjustedPValues(of: pValues, method: method).values
    subjectCount = scores.count
    self.directions = directions
    decisions = directions.indices.map { pair in
      if let greater = adjusted[2 * pair], greater <= alpha { return 1 }
      if let less = adjusted[2 * pair + 1], less <= alpha { return -1 }
      return 0
    }
  }

  /// Number of pairs.
  package var pairCount: Int { decisions.count }
  /// Number of pairs that are decided.
  package var decidedCount: Int { decisions.count { $0 != 0 } }

  /// Number of subjects that no other is decided to exceed (or to fall below, when lower scores are better).
  package func unbeatenCount(higherIsBetter: Bool) -> Int {
    var isBeaten = [Bool](repeating: false, count: subjectCount)
    var pair = 0
    for left in 0..<subjectCount {
      for right in (left + 1)..<max(left + 1, subjectCount) {
        let decision = higherIsBetter ? decisions[pair] : -decisions[pair]
        if decision > 0 { isBeaten[right] = true }
        if decision < 0 { isBeaten[left] = true }
        pair += 1
      }
    }
    return isBeaten.count { !$0 }
  }

  /// Counts the pairs that agree with a target of the subjects.
  ///
  /// - Parameters:
  ///   - target: The target of each subject; nil where there is none.
  ///   - isSameDirection: True when greater scores should go with greater targets.
  /// - Throws: `Reason` when there is not one target for each subject.
  package func agreement(with target: [Double?], isSameDirection: Bool) throws(Reason) -> ScoreAgreement {
    guard target.count == subjectCount else { throw Reason("there is not one target for each subject") }
    var agreement = ScoreAgreement()
    var pair = 0
    for left in 0..<subjectCount {
      for right in (left + 1)..<max(left + 1, subjectCount) {
        defer { pair += 1 }
        guard let one = target[left], let other = target[right], one != other else { continue }
        let truth: Int8 = (one > other) == isSameDirection ? 1 : -1
        agreement.add(truth: truth, decision: decisions[pair], direction: directions[pair])
      }
    }
    return agreement
  }
}

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
