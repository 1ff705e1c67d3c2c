/// Pairs and ties without each unit.
enum PairsWithout {
  /// S less the concordance of the unit's rows, its inner pairs added back once; ties likewise. O(n log n).
  ///
  /// - Parameter net: Concordant less discordant pairs of each place.
  static func counts(_ ranked: RankedPairs, _ members: UnitMembers, net: [Int]) -> [PairCounts] {
    let whole = ranked.pairCounts()
    let xTotals = ranked.tally(ranked.xRanks, ranked.xCount)
    let yTotals = ranked.tally(ranked.yRanks, ranked.yCount)
    return (0..<members.count).map { unit in
      let places = members[unit]
      var counts = whole
      counts.total -= Int64(places.count)
      counts.concordance -= Int64(places.reduce(0) { $0 + net[Int($1)] }) - inner(places, ranked)
      counts.xTies -= lost(places.map { ranked.xRanks[Int($0)] }, xTotals)
      counts.yTies -= lost(places.map { ranked.yRanks[Int($0)] }, yTotals)
      return counts
    }
  }

  /// Concordance among the rows of a unit.
  private static func inner(_ places: ArraySlice<Int32>, _ ranked: RankedPairs) -> Int64 {
    guard places.count > 1 else { return 0 }
    let part = RankedPairs(
      x: places.map { Double(ranked.xRanks[Int($0)]) }, y: places.map { Double(ranked.yRanks[Int($0)]) })
    var counter = RankCounter(count: part.yCount)
    let ones = [Int32](repeating: 1, count: places.count)
    return counter.concordance(xRanks: part.xRanks, yRanks: part.yRanks, weights: ones)
  }

  /// Tied pairs that go when rows of these ranks go.
  private static func lost(_ ranks: [Int32], _ totals: [Int32]) -> Int64 {
    RankRuns.of(ranks).reduce(0) { lost, run in
      let total = Int64(totals[Int(run.rank)])
      return lost + PairCounts.pairs(total) - PairCounts.pairs(total - Int64(run.count))
    }
  }
}

/// Equal ranks counted.
enum RankRuns {
  /// Each rank of some rows with how often it comes, ascending.
  static func of(_ ranks: [Int32]) -> [(rank: Int32, count: Int)] {
    var runs: [(rank: Int32, count: Int)] = []
    for rank in ranks.count > 1 ? ranks.sorted() : ranks {
      if let last = runs.last, last.rank == rank { runs[runs.count - 1].count += 1 } else { runs.append((rank, 1)) }
    }
    return runs
  }
}

/// How many different values each column has without each unit.
struct DistinctWithout {
  /// Of x, by unit.
  let x: [Int]
  /// Of y, by unit.
  let y: [Int]

  /// Counts them. O(n log n) at worst.
  init(_ ranked: RankedPairs, _ members: UnitMembers) {
    func counts(_ ranks: [Int32], _ count: Int) -> [Int] {
      let totals = ranked.tally(ranks, count)
      return (0..<members.count).map { unit in
        count - RankRuns.of(members[unit].map { ranks[Int($0)] }).count { $0.count == totals[Int($0.rank)] }
      }
    }
    x = counts(ranked.xRanks, ranked.xCount)
    y = counts(ranked.yRanks, ranked.yCount)
  }
}
