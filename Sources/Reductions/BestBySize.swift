/// The best rule of every size that a search has met: for each number of rows kept the rule with the most hits, and the one
/// with the largest sum of targets. Every objective and the Pareto front follow from it.
///
/// Of rules with equal values the one with fewer conditions is kept, then the one that comes first in the order of its
/// conditions' places.
struct BestBySize: Sendable {
  /// The best value of each size and the rule that has it.
  struct Record<Value: Comparable & Sendable>: Sendable {
    /// The best value of each size from 0; nil where no rule keeps so many rows.
    private(set) var values: [Value?]
    private(set) var rules: [[Int]]

    init(count: Int) {
      values = [Value?](repeating: nil, count: count + 1)
      rules = [[Int]](repeating: [], count: count + 1)
    }

    /// Takes a rule in when it is the best of its size; the rule is written out only then.
    @inline(__always)
    mutating func consider(_ value: Value, size: Int, length: Int, _ rule: () -> [Int]) {
      if let best = values[size] {
        if value < best || (value == best && length > rules[size].count) { return }
        let made = rule()
        if value == best, length == rules[size].count, !made.lexicographicallyPrecedes(rules[size]) { return }
        values[size] = value
        rules[size] = made
      } else {
        values[size] = value
        rules[size] = rule()
      }
    }
  }

  /// The rules with the most hits.
  var hits: Record<Int>
  /// The rules with the largest sums of goodness; nil unless the objective is the mean target.
  var sums: Record<Double>?
  /// Conjunctions whose rows were counted.
  var evaluated = 0

  init(count: Int, sums: Bool) {
    hits = Record(count: count)
    self.sums = sums ? Record(count: count) : nil
  }

  /// The best rule for an objective, and its size; nil when no rule fits. Of equal scores the one with fewer conditions, then
  /// the one that keeps fewer rows for recall, more otherwise.
  func best(_ objective: RuleObjective, in sample: RuleSample) -> (rule: [Int], size: Int)? {
    switch objective {
    case .recall(let share):
      let sizes = 0...Self.greatestSize(share, of: sample.count)
      return Self.best(sizes.map { hits.values[$0].map { Double($0) } }, hits.rules, prefersLarger: false)
    case .enrichment:
      let scores = hits.values.enumerated().map { size, value in value.map { Double($0) / Double(size) } }
      return Self.best(scores, hits.rules, prefersLarger: true)
    case .mean:
      guard let sums else { return nil }
      let scores = sums.values.enumerated().map { size, value in value.map { $0 / Double(size) } }
      return Self.best(scores, sums.rules, prefersLarger: true)
    }
  }

  private static func best(
    _ scores: [Double?], _ rules: [[Int]], prefersLarger: Bool
  ) -> (rule: [Int], size: Int)? {
    var best: (score: Double, size: Int)?
    for (size, score) in scores.enumerated() {
      guard let score else { continue }
      if let known = best {
        let (length, shortest) = (rules[size].count, rules[known.size].count)
        guard
          score > known.score || (score == known.score && (length < shortest || (length == shortest && prefersLarger)))
        else { continue }
      }
      best = (score, size)
    }
    return best.map { (rules[$0.size], $0.size) }
  }

  /// The most rows that a rule may keep.
  static func greatestSize(_ share: Double, of count: Int) -> Int {
    max(0, min(count, Int((share * Double(count) + 1e-9).rounded(.down))))
  }
}
