import Statistics

extension RuleSearch {
  /// The result of a search on one part of the rows, judged on the rest.
  package struct Split: Sendable, Hashable {
    /// A rule with its measures.
    package struct Found: Sendable, Hashable {
      package var rule: Rule
      /// Measures on the rows that the search saw.
      package var training: RuleMeasure
      /// Measures on the rows that it did not see.
      package var unseen: RuleMeasure

      /// Training score less unseen score; nil when either has none.
      package func optimism(_ objective: RuleObjective) -> Double? {
        guard let seen = training.score(objective), let rest = unseen.score(objective) else { return nil }
        return seen - rest
      }
    }

    /// Rows that the search saw.
    package var trainingCount: Int
    /// Rows that it did not see.
    package var unseenCount: Int
    /// Conjunctions whose rows were counted.
    package var evaluated: Int
    /// The best rule; nil when none fits.
    package var found: Found?
    /// The rule with the largest training recall among those that keep at most each of `RuleSearch.shares` of the training
    /// rows; nil where there is none.
    package var front: [Found?]
  }

  /// The result of a search on all rows.
  package struct Whole: Sendable, Hashable {
    /// A rule with its measures.
    package struct Found: Sendable, Hashable {
      package var rule: Rule
      /// Measures on the rows that it was found on: all.
      package var measure: RuleMeasure
    }

    /// Conjunctions whose rows were counted.
    package var evaluated: Int
    /// The best rule; nil when none fits.
    package var found: Found?
    /// The rules that no other beats in both size and recall, by ascending size.
    package var front: [Found]
  }

  /// A rule with how often it was the best.
  package struct Choice: Sendable, Hashable {
    package var rule: Rule
    /// Number of splits that chose it.
    package var times: Int
    /// The mean unseen score of those splits; nil when none has one.
    package var unseen: Double?
  }

  /// The rules that splits chose, most often chosen first, then by first split.
  package static func choices(_ splits: [Split], _ objective: RuleObjective) -> [Choice] {
    var order: [Rule] = []
    var scores: [Rule: [Double?]] = [:]
    for found in splits.compactMap(\.found) {
      if scores[found.rule] == nil { order.append(found.rule) }
      scores[found.rule, default: []].append(found.unseen.score(objective))
    }
    let choices = order.map { rule -> Choice in
      let all = scores[rule] ?? []
      let known = all.compactMap(\.self)
      return Choice(
        rule: rule, times: all.count, unseen: known.isEmpty ? nil : Mean.value(known))
    }
    return choices.enumerated().sorted {
      $0.element.times == $1.element.times ? $0.offset < $1.offset : $0.element.times > $1.element.times
    }.map(\.element)
  }
}

/// Rules that no other beats in both size and value.
package struct ParetoFront<Member: Sendable & Hashable>: Sendable, Hashable {
  package struct Point: Sendable, Hashable {
    /// Rows kept; fewer is better.
    package var size: Int
    /// The value; larger is better.
    package var value: Double
    /// The member of that size and value.
    package var member: Member

    package init(size: Int, value: Double, member: Member) {
      self.size = size
      self.value = value
      self.member = member
    }
  }

  /// The points by ascending size, and so by ascending value.
  package let points: [Point]

  /// Keeps the points that no other equals or beats in both; of equal ones the first. O(n log n).
  package init(_ points: [Point]) {
    let ordered = points.enumerated().sorted { left, right in
      if left.element.size != right.element.size { return left.element.size < right.element.size }
      if left.element.value != right.element.value { return left.element.value > right.element.value }
      return left.offset < right.offset
    }
    var kept: [Point] = []
    for (_, point) in ordered where kept.last.map({ point.value > $0.value }) ?? true { kept.append(point) }
    self.points = kept
  }

  /// The point with the largest value that keeps at most so many rows; nil when all keep more.
  package func best(atMost size: Int) -> Point? { points.last { $0.size <= size } }
}
