/// Values of coefficients with one unit (cluster or row) left out at a time.
///
/// Each has a closed form: what a unit gives to the sums of a coefficient is taken out of the sums of all rows. O(n log n)
/// in all for rows by themselves and for clusters of a bounded size; clusters of over √n rows, of which there are at most
/// √n, are evaluated one by one in O(n log n) each.
enum Jackknife {
  /// The values of every coefficient of an evaluator, by unit; nil where a coefficient is undefined.
  static func values(_ evaluator: inout WeightedEvaluator) -> [[Double?]] {
    let members = evaluator.members
    let units = UnitsLeftOut(evaluator.ranked, evaluator.sample, members)
    let closed = evaluator.formulas.map { $0.values(without: units) }
    var values = closed.map { forms in forms.map { form in form.flatMap(\.self) } }
    let open = (0..<members.count).filter { unit in closed.contains { $0[unit] == nil } }
    guard !open.isEmpty else { return values }
    var weights = [Int32](repeating: 1, count: members.count)
    for unit in open {
      weights[unit] = 0
      for (index, value) in evaluator.values(unitWeights: weights).enumerated() where closed[index][unit] == nil {
        values[index][unit] = value
      }
      weights[unit] = 1
    }
    return values
  }
}

/// The rows of each unit (a cluster, or a row by itself), as places among the ranks of a sample.
struct UnitMembers {
  private let starts: [Int]
  private let places: [Int32]

  /// Sorts places by unit. O(n).
  ///
  /// - Precondition: Units are numbered from 0 to below the count.
  init(units: [Int32], count: Int) {
    var starts = [Int](repeating: 0, count: count + 1)
    for unit in units { starts[Int(unit) + 1] += 1 }
    for unit in 0..<count { starts[unit + 1] += starts[unit] }
    self.starts = starts
    var next = starts
    var places = [Int32](repeating: 0, count: units.count)
    for (place, unit) in units.enumerated() {
      places[next[Int(unit)]] = Int32(truncatingIfNeeded: place)
      next[Int(unit)] += 1
    }
    self.places = places
  }

  /// Number of units.
  var count: Int { starts.count - 1 }

  /// Number of rows.
  var rowCount: Int { places.count }

  /// The places of a unit, ascending.
  subscript(unit: Int) -> ArraySlice<Int32> { places[starts[unit]..<starts[unit + 1]] }

  /// The number of rows of a unit.
  func size(_ unit: Int) -> Int { starts[unit + 1] - starts[unit] }

  /// True when leaving a unit out costs less by itself than by closed forms, which take the square of its size. There are
  /// at most √n such units.
  func isLarge(_ unit: Int) -> Bool {
    let size = self.size(unit)
    return size > 8 && size * size > rowCount
  }
}

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
      if places.count == 1, let place = places.first.map({ Int($0) }) {
        counts.total -= 1
        counts.concordance -= Int64(net[place])
        counts.xTies -= Int64(xTotals[Int(ranked.xRanks[place])]) - 1
        counts.yTies -= Int64(yTotals[Int(ranked.yRanks[place])]) - 1
        return counts
      }
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
  static func lost(_ ranks: [Int32], _ totals: [Int32]) -> Int64 {
    RankRuns.of(ranks).reduce(0) { lost, run in
      let total = Int64(totals[Int(run.rank)])
      return lost + PairCounts.pairs(total) - PairCounts.pairs(total - Int64(run.count))
    }
  }
}

/// Runs of equal ranks.
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

/// The number of different values that each column has without each unit.
struct DistinctWithout {
  /// Number of different values of x without each unit.
  let x: [Int]
  /// Number of different values of y without each unit.
  let y: [Int]

  /// Counts them. O(n log n) at worst.
  init(_ ranked: RankedPairs, _ members: UnitMembers) {
    func counts(_ ranks: [Int32], _ count: Int) -> [Int] {
      let totals = ranked.tally(ranks, count)
      return (0..<members.count).map { unit in
        if members.size(unit) == 1, let place = members[unit].first {
          return totals[Int(ranks[Int(place)])] == 1 ? count - 1 : count
        }
        return count - RankRuns.of(members[unit].map { ranks[Int($0)] }).count { $0.count == totals[Int($0.rank)] }
      }
    }
    x = counts(ranked.xRanks, ranked.xCount)
    y = counts(ranked.yRanks, ranked.yCount)
  }
}

/// Sums of products of deviations without each unit.
enum SumsWithout {
  /// Σ(x − x̄)(y − ȳ) and both Σ(x − x̄)², means of the rows that are left. O(n).
  ///
  /// - Returns: By unit; nil where what is left is so small beside the unit that the difference would lose digits: a few
  ///   units at most, which have to be left out by themselves.
  static func parts(
    _ xDeviations: [Double], _ yDeviations: [Double], _ members: UnitMembers, distinct: DistinctWithout
  ) -> [AssociationParts?] {
    let whole = WeightedSums(xDeviations, yDeviations, [Int32](repeating: 1, count: xDeviations.count))
    return (0..<members.count).map { unit in
      let total = whole.total - Double(members.size(unit))
      let isVaried = (x: distinct.x[unit] >= 2, y: distinct.y[unit] >= 2)
      guard total > 0, isVaried.x || isVaried.y else { return AssociationParts() }
      if members.isLarge(unit) { return nil }
      var (sums, squares, products) = (whole.sums, whole.squares, whole.products)
      for place in members[unit] {
        let pair = SIMD2(xDeviations[Int(place)], yDeviations[Int(place)])
        sums -= pair
        squares -= pair * pair
        products -= pair.x * pair.y
      }
      let spread = squares - sums * sums / total
      if isVaried.x, spread.x <= 0.05 * whole.squares.x { return nil }
      if isVaried.y, spread.y <= 0.05 * whole.squares.y { return nil }
      return AssociationParts(
        product: isVaried.x && isVaried.y ? products - sums.x * sums.y / total : 0, xSpread: isVaried.x ? spread.x : 0,
        ySpread: isVaried.y ? spread.y : 0)
    }
  }
}
