import Outcomes
import Statistics

/// Random subsets of whole units: rows of one unit, such as trainings of one network, are kept together, as a ranking by anything
/// that belongs to the unit keeps them.
///
/// Units are taken in random order until there are as many rows as wanted. Of the last one only the rows that are wanted are kept,
/// each with the same chance: sums and recalls are expectations over that choice, as is the best target. This is the distribution of
/// the top of a ranking whose values were shuffled among the units.
package struct UnitDraws: Sendable, Hashable {
  /// The mean of the target in each draw.
  package let means: [Double]
  /// The largest gain in each draw.
  package let best: [Double]
  /// For each top set its recall in each draw; empty for one that is not there.
  package let recalls: [[Double]]

  /// Draws subsets. O(draws · units drawn · top sets).
  ///
  /// - Parameters:
  ///   - size: Rows of a subset.
  ///   - clusters: The unit of each place.
  ///   - draws: Number of subsets.
  ///   - seed: Seed of the order of units, of which draw i takes stream i.
  /// - Throws: `Reason` when so many rows cannot be drawn.
  package init(
    size: Int, target: ReductionTarget, clusters: [Int], tops: [Outcome<TopSet>], draws: Int, seed: UInt64
  ) throws(Reason) {
    guard size >= 1, size <= target.count else { throw Reason("\(size) of \(target.count) rows cannot be drawn") }
    guard draws >= 1 else { throw Reason("no subset is drawn") }
    let units = Strata(clusters).members
    let sizes = units.map(\.count)
    let sums = units.map { rows in rows.reduce(0) { $0 + (target.values[$1] - target.mean) } }
    let gains = units.map { rows in rows.map { target.gains[$0] }.sorted(by: >) }
    let shares = tops.map { top -> [Double] in
      guard let set = top.value else { return [] }
      var kept = [Double](repeating: 0, count: target.count)
      for place in set.members.certain { kept[place] = 1 }
      for place in set.members.tied { kept[place] = set.members.chance }
      return units.map { rows in rows.reduce(0) { $0 + kept[$1] } / Double(set.count) }
    }
    var means: [Double] = []
    var best: [Double] = []
    var recalls = shares.map { _ in [Double]() }
    means.reserveCapacity(draws)
    best.reserveCapacity(draws)
    var order = Array(0..<units.count)
    var found = [Double](repeating: 0, count: shares.count)
    for draw in 0..<draws {
      var generator = SeededGenerator(seed: seed, stream: UInt64(draw))
      var (next, left, sum, largest) = (0, size, 0.0, -Double.infinity)
      for top in shares.indices { found[top] = 0 }
      while left > 0 {
        order.swapAt(next, next + generator.next(below: order.count - next))
        let unit = order[next]
        next += 1
        let taken = min(left, sizes[unit])
        let part = Double(taken) / Double(sizes[unit])
        sum += part * sums[unit]
        for top in shares.indices where !shares[top].isEmpty { found[top] += part * shares[top][unit] }
        if gains[unit][0] > largest {
          largest =
            taken == sizes[unit]
            ? gains[unit][0]
            : OrderStatistics.expectedMaximum(descending: gains[unit].map { max($0, largest) }, draws: taken)
        }
        left -= taken
      }
      means.append(target.mean + sum / Double(size))
      best.append(largest)
      for top in shares.indices where !shares[top].isEmpty { recalls[top].append(min(1, found[top])) }
    }
    self.means = means
    self.best = best
    self.recalls = recalls
  }
}
