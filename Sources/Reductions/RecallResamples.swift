import Outcomes
import Statistics

/// Recall in resamples of whole units: what a rule or a ranking keeps of the best rows, had other units been drawn.
///
/// A resample draws as many units with replacement as there are. The top of the target, the rule and the cut of the ranking are
/// applied to it anew, ties by expectation: in a resample rows that were drawn twice are tied with themselves. Rows are put in order
/// once; a resample walks down the order and adds weights until there are enough.
package struct RecallResamples: Sendable {
  /// A reduction whose recall is wanted.
  package enum Selection: Sendable {
    /// The rows that meet a rule, by place.
    case rule([Bool])
    /// The top of a ranking: of a size (below 1 a share of all rows), larger scores first; places without a score are never in it.
    case top(Double, scores: [Double?])
    /// The top of a ranking of as many rows as the selection of that place keeps.
    case likeFirst(scores: [Double?])
  }

  /// The recall of each selection in each resample, by selection and top.
  package let recalls: [[[Double]]]

  /// Resamples.
  ///
  /// - Parameters:
  ///   - selections: The reductions; `likeFirst` refers to the first of them.
  ///   - tops: Sizes of the tops: counts, or shares below 1.
  ///   - settings: Number of resamples and seed.
  package init(
    _ selections: [Selection], target: ReductionTarget, tops: [Double], settings: BootstrapSettings
  ) {
    let units = Strata(target.clusters ?? Array(0..<target.count))
    let unit = units.numbers.map { Int32(truncatingIfNeeded: $0) }
    let best = RankedGroups(target.gains.map { $0 }, units: unit)
    var walks = selections.map { SelectionWalk($0, units: unit) }
    var recalls = selections.map { _ in tops.map { _ in [Double]() } }
    for index in recalls.indices {
      for top in tops.indices { recalls[index][top].reserveCapacity(settings.resamples) }
    }
    let unitSizes = units.members.map(\.count)
    // Tops from the smallest, each met once on the way down.
    var drawn = [Int32](repeating: 0, count: units.count)
    var sums = [Double](repeating: 0, count: selections.count)
    var ahead = sums
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      Bootstrap.draw(&drawn, from: &generator)
      let total = drawn.indices.reduce(0) { $0 + Int(drawn[$1]) * unitSizes[$1] }
      for index in walks.indices {
        walks[index].cut(drawn, total: total, like: index > 0 ? walks[0].kept : 0)
      }
      let wanted = tops.map { min(total, TopSize.count($0, of: total)) }
      let order = tops.indices.sorted { wanted[$0] == wanted[$1] ? $0 < $1 : wanted[$0] < wanted[$1] }
      for index in sums.indices { sums[index] = 0 }
      var (seen, place, next) = (0, 0, 0)
      while next < order.count, place < best.order.count {
        let group = best.groups[place]
        var weight = 0
        for index in ahead.indices { ahead[index] = 0 }
        var end = place
        while end < best.order.count, best.groups[end] == group {
          let times = Int(drawn[Int(best.units[end])])
          if times > 0 {
            weight += times
            for index in walks.indices { ahead[index] += Double(times) * walks[index].share(of: best.order[end]) }
          }
          end += 1
        }
        while next < order.count, wanted[order[next]] <= seen + weight {
          let count = wanted[order[next]]
          let part = weight > 0 ? Double(count - seen) / Double(weight) : 0
          for index in sums.indices {
            recalls[index][order[next]].append((sums[index] + part * ahead[index]) / Double(max(1, count)))
          }
          next += 1
        }
        for index in sums.indices { sums[index] += ahead[index] }
        seen += weight
        place = end
      }
    }
    self.recalls = recalls
  }

  /// The interval of a recall: Clopper & Pearson's with the effective number of independent rows among the best (Korn & Graubard
  /// 1998), r(1 − r) over the variance of the resampled recalls, at most as many as there are rows; where the recall is 0 or 1 with
  /// the number of units among the best. It covers the level or more, also for few of the best and near 0 and 1, where quantiles of
  /// resamples do not.
  ///
  /// - Parameters:
  ///   - recall: The recall in the sample.
  ///   - resampled: The recall in each resample.
  ///   - top: The best rows.
  ///   - level: Coverage.
  package static func interval(
    _ recall: Double, _ resampled: [Double], of top: TopSet, clusters: [Int]?, level: Double
  ) -> Outcome<Interval> {
    .of { () throws(Reason) in
      guard resampled.count >= 2 else { throw Reason("no resample has a value") }
      let mean = Mean.value(resampled)
      let variance = resampled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(resampled.count - 1)
      let trials: Double
      if recall <= 1e-12 || recall >= 1 - 1e-12 {
        trials = Double(units(among: top, clusters: clusters))
      } else {
        guard variance > 1e-24 else { throw Reason("every resample gives the same recall") }
        trials = min(Double(top.count), recall * (1 - recall) / variance)
      }
      let share = min(1, max(0, recall))
      let ends = try BinomialInterval.clopperPearson(min(trials, share * trials), of: trials, level: level)
      return Interval(lower: ends.lowerBound, upper: ends.upperBound, standardError: variance.squareRoot())
    }
  }

  /// The number of units with a row among the best; of rows tied at the edge at most as many as are among them.
  package static func units(among top: TopSet, clusters: [Int]?) -> Int {
    guard let clusters else { return top.count }
    let sure = Set(top.members.certain.map { clusters[$0] })
    let others = Set(top.members.tied.map { clusters[$0] }).subtracting(sure)
    return max(1, sure.count + min(top.members.places, others.count))
  }
}

/// Rows from the best score to the worst, rows of equal scores in one group.
private struct RankedGroups: Sendable {
  /// Places that have a score, larger scores first.
  let order: [Int]
  /// The group of each of them, ascending from 0.
  let groups: [Int32]
  /// The unit of each of them.
  let units: [Int32]

  init(_ scores: [Double?], units: [Int32]) {
    let ranked = scores.enumerated().compactMap { place, score in score.map { (place: place, score: $0) } }.sorted {
      $0.score == $1.score ? $0.place < $1.place : $0.score > $1.score
    }
    var groups: [Int32] = []
    for (index, entry) in ranked.enumerated() {
      let isNew = index > 0 && ranked[index - 1].score != entry.score
      groups.append((groups.last ?? 0) + (isNew ? 1 : 0))
    }
    order = ranked.map(\.place)
    self.groups = groups
    self.units = ranked.map { units[$0.place] }
  }
}

/// The rows that a selection keeps of a resample.
private struct SelectionWalk: Sendable {
  private let ranks: RankedGroups
  /// The group of each place in the ranking; the largest number where it has none.
  private let group: [Int32]
  private let size: Size
  /// Rows kept in the last resample, each counted as often as it was drawn.
  private(set) var kept = 0
  /// The group that the cut goes through, and the share of its rows that is kept.
  private var edge: Int32 = 0
  private var edgeShare = 1.0

  private enum Size: Sendable { case all, given(Double), likeFirst }

  init(_ selection: RecallResamples.Selection, units: [Int32]) {
    switch selection {
    case .rule(let isKept):
      ranks = RankedGroups(isKept.map { $0 ? 0 : nil }, units: units)
      size = .all
    case .top(let size, let scores):
      ranks = RankedGroups(scores, units: units)
      self.size = .given(size)
    case .likeFirst(let scores):
      ranks = RankedGroups(scores, units: units)
      size = .likeFirst
    }
    var group = [Int32](repeating: .max, count: units.count)
    for (index, place) in ranks.order.enumerated() { group[place] = ranks.groups[index] }
    self.group = group
  }

  /// Finds the cut in a resample of so many rows.
  mutating func cut(_ drawn: [Int32], total: Int, like first: Int) {
    let wanted: Int
    switch size {
    case .all:
      kept = ranks.units.reduce(0) { $0 + Int(drawn[Int($1)]) }
      (edge, edgeShare) = (.max - 1, 1)
      return
    case .given(let size): wanted = TopSize.count(size, of: total)
    case .likeFirst: wanted = first
    }
    var (seen, weight, current) = (0, 0, Int32(0))
    for index in ranks.order.indices {
      if ranks.groups[index] != current {
        if seen + weight >= wanted { break }
        seen += weight
        weight = 0
        current = ranks.groups[index]
      }
      weight += Int(drawn[Int(ranks.units[index])])
    }
    edge = current
    edgeShare = weight > 0 ? min(1, Double(max(0, wanted - seen)) / Double(weight)) : 0
    kept = min(wanted, seen + weight)
  }

  /// The share of a place that is kept: 1, 0, or that of the group at the cut.
  func share(of place: Int) -> Double {
    let group = self.group[place]
    return group < edge ? 1 : group == edge ? edgeShare : 0
  }
}
