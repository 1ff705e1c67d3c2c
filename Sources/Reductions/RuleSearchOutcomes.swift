import Statistics

extension RuleSearch {
  /// What a search on one part of the rows found, and how it does on the rest.
  public struct Split: Sendable, Hashable {
    /// A rule.
    public struct Found: Sendable, Hashable {
      /// The rule.
      public var rule: Rule
      /// On the rows that the search saw.
      public var training: RuleMeasure
      /// On those that it did not.
      public var unseen: RuleMeasure

      /// Training score less unseen score; nil when either has none.
      public func optimism(_ objective: RuleObjective) -> Double? {
        guard let seen = training.score(objective), let rest = unseen.score(objective) else { return nil }
        return seen - rest
      }
    }

    /// Rows that the search saw.
    public var trainingCount: Int
    /// Rows that it did not.
    public var unseenCount: Int
    /// Conjunctions whose rows were counted.
    public var evaluated: Int
    /// The best rule; nil when none fits.
    public var found: Found?
    /// The rule with the largest training recall among those that keep at most each of `RuleSearch.shares` of the training
    /// rows; nil where there is none.
    public var front: [Found?]
  }

  /// What a search on all rows found.
  public struct Whole: Sendable, Hashable {
    /// A rule.
    public struct Found: Sendable, Hashable {
      /// The rule.
      public var rule: Rule
      /// On the rows it was found on.
      public var measure: RuleMeasure
    }

    /// Conjunctions whose rows were counted.
    public var evaluated: Int
    /// The best rule; nil when none fits.
    public var found: Found?
    /// The rules that no other beats in both size and recall, by ascending size.
    public var front: [Found]
  }

  /// A rule with how often it was the best.
  public struct Choice: Sendable, Hashable {
    /// The rule.
    public var rule: Rule
    /// In how many splits.
    public var times: Int
    /// The mean unseen score of those splits; nil when none has one.
    public var unseen: Double?
  }

  /// The rules that splits chose, most often chosen first, then by first split.
  public static func choices(_ splits: [Split], _ objective: RuleObjective) -> [Choice] {
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
