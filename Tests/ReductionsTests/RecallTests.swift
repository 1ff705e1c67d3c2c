import Statistics
import Testing

@testable import Reductions

/// Random subsets of whole units, and recalls of resamples.
@Suite struct RecallTests {
  private static let values: [Double] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
  private static let clusters = [0, 0, 1, 2, 2, 2, 3, 4, 4, 5, 6, 6]

  private func target(_ clusters: [Int]? = clusters) throws -> ReductionTarget {
    try ReductionTarget(Self.values, higherIsBetter: true, clusters: clusters)
  }

  /// Every order of the units, written out: what the drawn subsets are a sample of.
  @Test(arguments: [1, 3, 6, 12]) func drawnSubsetsAreOrdersOfUnits(_ size: Int) throws {
    let clusters = [0, 0, 0, 1, 2, 2, 3, 3, 3, 3, 1, 2]
    let target = try target(clusters)
    let set = try TopSet(target, size: 3)
    let random = try RandomSubsets(
      size: size, target: target, tops: [.success(set)], settings: BootstrapSettings(resamples: 4000, seed: 3))
    let recall = try random.recalls[0].get()
    var weights = [Double](repeating: 0, count: 12)
    for place in set.members.certain { weights[place] = 1 }
    for place in set.members.tied { weights[place] = set.members.chance }
    var (recalls, means): ([Double], [Double]) = ([], [])
    for order in orders(Array(0..<4)) {
      var (left, kept, sum) = (size, 0.0, 0.0)
      for unit in order where left > 0 {
        let rows = clusters.indices.filter { clusters[$0] == unit }
        let share = Double(min(left, rows.count)) / Double(rows.count)
        kept += share * rows.reduce(0) { $0 + weights[$1] } / 3
        sum += share * rows.reduce(0) { $0 + Self.values[$1] }
        left -= min(left, rows.count)
      }
      recalls.append(kept)
      means.append(sum / Double(size))
    }
    func expect(_ drawn: Double, _ all: [Double]) {
      let mean = all.reduce(0, +) / 24
      let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 24
      #expect(abs(drawn - mean) <= 4 * (variance / 4000).squareRoot() + 3e-4)
    }
    expect(recall.expected, recalls)
    expect(random.mean, means)
    for value in Set(recalls) {
      expect(recall.atLeast(value).value - 1 / 4001.0, recalls.map { $0 >= value - 1e-12 ? 1 : 0 })
    }
    #expect(random.draws == 4000 && recall.atLeast(2) == PValue(exceeding: 0, of: 4000) && recall.twoSided(1) > 0)
  }

  private func orders(_ units: [Int]) -> [[Int]] {
    guard units.count > 1 else { return [units] }
    return units.indices.flatMap { first in
      orders(units.indices.filter { $0 != first }.map { units[$0] }).map { [units[first]] + $0 }
    }
  }

  /// Units of one row each are rows: the exact distribution.
  @Test func unitsOfOneRowAreRows() throws {
    let plain = try RandomSubsets(size: 5, target: target(nil), tops: [])
    let single = try RandomSubsets(size: 5, target: target(Array(0..<12)), tops: [])
    #expect(plain == single && plain.draws == nil)
  }

  /// Weighted walks against resamples written out as rows.
  @Test(arguments: [1, 2, 3, 5]) func resamplesAreRowsWrittenOut(_ seed: UInt64) throws {
    let target = try target()
    let isKept = Self.values.indices.map { $0 % 3 != 0 }
    let scores: [Double?] = [1, 1, 2, nil, 4, 4, 4, 7, 0, 2, 2, 9]
    let tops: [Double] = [4, 0.25, 1]
    let settings = BootstrapSettings(resamples: 50, seed: seed)
    let made = RecallResamples(
      [.rule(isKept), .likeFirst(scores: scores), .top(0.5, scores: scores)], target: target, tops: tops,
      settings: settings
    ).recalls
    let units = Strata(Self.clusters).members
    var drawn = [Int32](repeating: 0, count: units.count)
    for resample in 0..<50 {
      var generator = SeededGenerator(seed: seed, stream: UInt64(resample))
      Bootstrap.draw(&drawn, from: &generator)
      let rows = units.indices.flatMap { unit in (0..<Int(drawn[unit])).flatMap { _ in units[unit] } }
      let again = try ReductionTarget(rows.map { Self.values[$0] }, higherIsBetter: true)
      let rule = Membership(kept: rows.indices.filter { isKept[rows[$0]] })
      let ranked = rows.map { scores[$0] }
      let scored = ranked.count { $0 != nil }
      func top(_ size: Int) throws -> Membership {
        size > 0 && scored > 0 ? try Membership(top: min(scored, size), of: ranked) : Membership(kept: [])
      }
      let selections = [rule, try top(rule.size), try top(again.count(of: 0.5))]
      for (index, size) in tops.enumerated() {
        let set = try TopSet(again, size: min(size, Double(again.count)))
        for (selection, members) in selections.enumerated() {
          let recall = members.overlap(set.members, count: again.count) / Double(set.count)
          #expect(abs(made[selection][index][resample] - recall) < 1e-12, "\(selection) \(size)")
        }
      }
    }
  }

  /// At 0 and 1 the units among the best are what is counted.
  @Test func withoutSpreadUnitsAreCounted() throws {
    let target = try target()
    let set = try TopSet(target, size: 4)
    // 9, 8, 6 and one of three fives: units 2, 6, 4 and one of 2, 4, 6.
    #expect(RecallResamples.units(among: set, clusters: Self.clusters) == 3)
    let none = try RecallResamples.interval(0, [0, 0, 0], of: set, clusters: Self.clusters, level: 0.95).get()
    let exact = try BinomialInterval.clopperPearson(0, of: 3)
    #expect(none.lower == 0 && none.upper == exact.upperBound)
    #expect(
      RecallResamples.interval(0.5, [0.5, 0.5], of: set, clusters: Self.clusters, level: 0.95).reason?.text
        == "every resample gives the same recall")
    // The variance 1/12 is that of three rows.
    let half = try RecallResamples.interval(0.5, [0.25, 0.75, 0.25, 0.75], of: set, clusters: nil, level: 0.95).get()
    let three = try BinomialInterval.clopperPearson(1.5, of: 3)
    #expect(abs(half.lower - three.lowerBound) < 1e-12 && abs(half.upper - three.upperBound) < 1e-12)
  }
}
