import Outcomes
import Statistics

/// A search for conjunctions of conditions on features that keep the best architectures.
///
/// A rule that was found by search looks better on the rows it was found on than on others. So the search is made on random
/// parts of the rows and its best rule judged on the rest; the rule found on all rows is post hoc.
package struct RuleSearch: Sendable {
  /// The search method, the same for every part: exhaustive when there are at most `limit` conjunctions.
  package let method: Method
  /// Conditions that select different rows.
  package let conditionCount: Int
  /// Sets of up to `conjuncts` of the conditions.
  package let conjunctionCount: Int
  let sample: FeatureSample
  let settings: Settings
  let list: ConditionList
  private let units: Strata

  /// Lists the conditions and decides on the method.
  ///
  /// - Throws: `Reason` for settings out of range, fewer than four clusters (rows without them), a top of more
  ///   rows than there are, features without conditions or with too many, or a target that is too wide.
  package init(_ sample: FeatureSample, _ settings: Settings) throws(Reason) {
    if let fault = settings.fault { throw Reason(fault) }
    _ = try ColumnSummary(sample.target)
    units = Strata(sample.clusters ?? Array(sample.target.indices))
    guard units.count >= 4 else { throw Reason("fewer than four rows or clusters") }
    let top = TopSize.count(settings.topSize, of: sample.target.count)
    guard top <= sample.target.count else { throw Reason("a top of \(top) of \(sample.target.count) rows") }
    list = try ConditionList(sample.features, cuts: settings.cuts)
    self.sample = sample
    self.settings = settings
    conditionCount = list.conditions.count
    conjunctionCount = Self.conjunctions(of: conditionCount, longest: settings.conjuncts)
    method = conjunctionCount <= settings.limit ? .exhaustive : .beam(width: settings.beamWidth)
  }

  /// Σ C(conditions, j) for j from 1 to `longest`; the largest number when it would be larger.
  static func conjunctions(of conditions: Int, longest: Int) -> Int {
    var (sum, combinations) = (0.0, 1.0)
    for length in 1...max(1, longest) where length <= conditions {
      combinations *= Double(conditions - length + 1) / Double(length)
      sum += combinations
    }
    return sum < 1e18 ? Int(sum.rounded()) : Int.max
  }

  /// True for the objective `mean`, for which searches sum targets too.
  private var needsSums: Bool { if case .mean = settings.objective { true } else { false } }

  private func part(_ rows: [Int]) -> RuleSample {
    let size = TopSize.count(settings.topSize, of: rows.count, outOf: sample.target.count)
    return RuleSample(sample, rows: rows, topSize: min(rows.count, max(1, size)))
  }

  private func search(_ part: RuleSample) -> BestBySize {
    let minimum = TopSize.count(settings.minimumSize, of: part.count, outOf: sample.target.count)
    let search = ConjunctionSearch(list, part, minimum: minimum, needsSums: needsSums)
    return switch method {
    case .exhaustive: search.exhaustive(longest: settings.conjuncts)
    case .beam(let width):
      search.beam(width: width, longest: settings.conjuncts, objective: settings.objective)
    }
  }

  private func measured(_ rule: [Int], _ part: RuleSample) -> RuleMeasure {
    part.measured(list.rows(of: rule, count: sample.target.count))
  }

  /// Searches a random part of the rows and judges the best rule on the rest.
  ///
  /// Split i shuffles the clusters (rows without them) with stream i of the seed and takes the first `trainingShare` of them,
  /// rounded, at least two and leaving at least two. Each part has a top of its own, of the same share of its rows. It depends
  /// on nothing but the sample, the settings and i, so that splits may be made by many workers.
  package func split(_ index: Int) -> Split {
    var generator = SeededGenerator(seed: settings.seed, stream: UInt64(truncatingIfNeeded: index))
    var order = Array(0..<units.count)
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, generator.next(below: last + 1))
    }
    let wanted = Int((settings.trainingShare * Double(order.count)).rounded())
    let taken = min(order.count - 2, max(2, wanted))
    let training = part(order[..<taken].flatMap { units.members[$0] }.sorted())
    let unseen = part(order[taken...].flatMap { units.members[$0] }.sorted())
    let best = search(training)
    let found = best.best(settings.objective, in: training).map { found in
      Split.Found(
        rule: list.rule(found.rule), training: measured(found.rule, training), unseen: measured(found.rule, unseen))
    }
    let front = ParetoFront(points(best, training))
    return Split(
      trainingCount: training.count, unseenCount: unseen.count, evaluated: best.evaluated, found: found,
      front: Self.shares.map { share in
        front.best(atMost: BestBySize.greatestSize(share, of: training.count)).map { point in
          Split.Found(
            rule: list.rule(point.member), training: measured(point.member, training),
            unseen: measured(point.member, unseen))
        }
      })
  }

  /// Searches all rows. What it finds is post hoc.
  package func whole() -> Whole {
    let all = part(Array(sample.target.indices))
    let best = search(all)
    let found = best.best(settings.objective, in: all)
    return Whole(
      evaluated: best.evaluated,
      found: found.map { Whole.Found(rule: list.rule($0.rule), measure: measured($0.rule, all)) },
      front: ParetoFront(points(best, all)).points.map {
        Whole.Found(rule: list.rule($0.member), measure: measured($0.member, all))
      })
  }

  /// Shares of the rows at which the fronts of the splits are read: 5 %, 10 % … 100 %.
  package static let shares = (1...20).map { Double($0) / 20 }

  private func points(_ best: BestBySize, _ part: RuleSample) -> [ParetoFront<[Int]>.Point] {
    best.hits.values.enumerated().compactMap { size, hits in
      hits.map { .init(size: size, value: part.recall($0), member: best.hits.rules[size]) }
    }
  }
}

extension RuleSearch {
  /// Settings of a search.
  package struct Settings: Sendable, Hashable {
    /// The most conditions of a rule, 1 … 6.
    package var conjuncts: Int
    package var objective: RuleObjective
    /// The top of the ranking, of which rules are to keep as much as they can: below 1 a share, otherwise a count.
    package var topSize: Double
    /// The fewest rows that a rule keeps: below 1 a share, otherwise a count. Parts of the rows ask for the same share.
    package var minimumSize: Double
    /// Number of random splits, 1 … 10,000.
    package var splits: Int
    /// The share of the clusters (rows without them) that a split's search sees, in (0, 1).
    package var trainingShare: Double
    /// Seed of the splits.
    package var seed: UInt64
    /// The most cut points of a numeric feature for each of `>=` and `<=`, 1 … 1,000.
    package var cuts: Int
    /// The most conjunctions that are searched through one by one; with more, a beam search is made.
    package var limit: Int
    /// The width of the beam, 1 … 10,000.
    package var beamWidth: Int

    package init(
      conjuncts: Int = 3, objective: RuleObjective = .recall(share: 0.25), topSize: Double = 0.1,
      minimumSize: Double = 0.02, splits: Int = 20, trainingShare: Double = 0.5, seed: UInt64 = 1, cuts: Int = 32,
      limit: Int = 50_000_000, beamWidth: Int = 200
    ) {
      self.conjuncts = conjuncts
      self.objective = objective
      self.topSize = topSize
      self.minimumSize = minimumSize
      self.splits = splits
      self.trainingShare = trainingShare
      self.seed = seed
      self.cuts = cuts
      self.limit = limit
      self.beamWidth = beamWidth
    }

    /// The reason for which no search can be made with these settings; nil when one can.
    var fault: String? {
      guard (1...6).contains(conjuncts) else { return "the number of conjuncts is not in 1 … 6" }
      guard (1...10_000).contains(splits) else { return "the number of splits is not in 1 … 10,000" }
      guard trainingShare > 0, trainingShare < 1 else { return "the training share is not between 0 and 1" }
      guard topSize > 0, topSize.isFinite else { return "the size of the top is not positive" }
      guard minimumSize >= 0, minimumSize.isFinite else { return "the smallest size is negative" }
      guard (1...1000).contains(cuts) else { return "the number of cut points is not in 1 … 1,000" }
      guard (1...10_000).contains(beamWidth) else { return "the width of the beam is not in 1 … 10,000" }
      guard limit >= 0 else { return "the limit of the exhaustive search is negative" }
      if case .recall(let share) = objective, !(share > 0 && share <= 1) {
        return "the share that a rule may keep is not in 0 … 1"
      }
      return nil
    }
  }

  /// The way in which conjunctions are searched.
  package enum Method: Sendable, Hashable {
    /// All conjunctions, one by one.
    case exhaustive
    /// Of each length the best conjunctions, `width` at most, extended by a condition.
    case beam(width: Int)
  }
}
