import Outcomes
import Statistics

/// What is found without any metric, in closed form.
package enum RandomChoice {
  /// The expected greatest gain of candidates drawn at random without replacement; see `OrderStatistics.expectedMaximum`.
  ///
  /// - Throws: `Reason` when there are fewer candidates.
  package static func expectedBest(_ gains: [Double], draws: Int) throws(Reason) -> Double {
    try OrderStatistics.expectedMaximum(gains, draws: draws)
  }

  /// The expected greatest gain of one candidate drawn from each stratum of size: with T strata, a candidate whose mid-rank by
  /// size among n is r is in stratum ⌊T (r − ½)/n⌋, so that equal sizes stay together, and a stratum may be empty.
  ///
  /// P(best ≤ v) = Π P_s(gain ≤ v) over the strata s that have candidates. O(n log n + n · strata).
  ///
  /// - Returns: The expectation, and the number of strata that have candidates: the labels that it costs.
  /// - Throws: `Reason` without candidates, for lengths that differ, and for values that are not finite.
  package static func expectedBestOfStrata(
    _ gains: [Double], sizes: [Double], strata: Int
  ) throws(Reason) -> (value: Double, labels: Int) {
    guard !gains.isEmpty, strata > 0 else { throw Reason("nothing can be drawn") }
    guard gains.count == sizes.count else { throw Reason("the columns differ in length") }
    guard gains.allSatisfy(\.isFinite), sizes.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    let numbers = Self.strata(sizes, strata)
    var totals = [Double](repeating: 0, count: strata)
    for number in numbers { totals[number] += 1 }
    let order = gains.indices.sorted { gains[$0] < gains[$1] }
    var seen = [Double](repeating: 0, count: strata)
    var (place, before, expected) = (0, 0.0, 0.0)
    while place < order.count {
      let value = gains[order[place]]
      while place < order.count, gains[order[place]] == value {
        seen[numbers[order[place]]] += 1
        place += 1
      }
      let atMost = zip(seen, totals).reduce(1) { $1.1 > 0 ? $0 * ($1.0 / $1.1) : $0 }
      expected += (atMost - before) * (value - gains[order[order.count - 1]])
      before = atMost
    }
    return (gains[order[order.count - 1]] + expected, totals.count { $0 > 0 })
  }

  private static func strata(_ sizes: [Double], _ count: Int) -> [Int] {
    let order = sizes.indices.sorted { sizes[$0] < sizes[$1] }
    var numbers = [Int](repeating: 0, count: sizes.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, sizes[order[end]] == sizes[order[start]] { end += 1 }
      // The mid-rank less one half is the mean of the places from 0, and one half.
      let middle = Double(start + end) / 2 / Double(order.count)
      for place in start..<end { numbers[order[place]] = min(count - 1, Int(middle * Double(count))) }
      start = end
    }
    return numbers
  }
}
