/// Sums of products of mid-ranks without each unit.
///
/// With aᵢ = Σⱼ sign(xᵢ − xⱼ), twice the mid-rank less its mean, and bᵢ likewise in y, leaving out the rows U changes aᵢ by sᵢ =
/// Σ_{j∈U} sign(xᵢ − xⱼ) and bᵢ by tᵢ, so that
///
///     Σ_{i∉U} (aᵢ − sᵢ)(bᵢ − tᵢ) = Σ ab − Σ at − Σ bs + Σ st − Σ_{i∈U} (aᵢ − sᵢ)(bᵢ − tᵢ),
///
/// where Σ at and Σ bs are sums over U of prefix sums, and Σ st counts rows on the same and on opposite sides of pairs of U.
/// All numbers are whole, so nothing is rounded.
enum RanksWithout {
  /// The sums of mid-ranks less their mean, by unit; nil for a unit that has to be left out by itself. O(n log n), and the
  /// squares of the units' sizes.
  ///
  /// - Parameter net: Concordant less discordant pairs of each place.
  static func parts(_ ranked: RankedPairs, _ members: UnitMembers, net: [Int]) -> [AssociationParts?] {
    let x = RankSides(ranked.xRanks, ranked.tally(ranked.xRanks, ranked.xCount))
    let y = RankSides(ranked.yRanks, ranked.tally(ranked.yRanks, ranked.yCount))
    let whole = net.indices.reduce(into: Int128(0)) { $0 += Int128(x.sides[$1]) * Int128(y.sides[$1]) }
    let xSided = y.sums(of: x.sides)
    let ySided = x.sums(of: y.sides)
    let shared = sharedSides(ranked, members, net: net, x: x, y: y)
    return (0..<members.count).map { unit in
      if members.isLarge(unit) { return nil }
      let places = members[unit]
      if places.count == 1, let place = places.first.map({ Int($0) }) {
        let (xRank, yRank) = (Int(ranked.xRanks[place]), Int(ranked.yRanks[place]))
        let moved =
          Int128(xSided[yRank]) + Int128(ySided[xRank]) + Int128(x.sides[place]) * Int128(y.sides[place])
          - Int128(shared[unit])
        return AssociationParts(
          product: Double(whole - moved) / 4, xSpread: x.spread(withoutRank: xRank),
          ySpread: y.spread(withoutRank: yRank))
      }
      let (xMoved, yMoved) = (moved(places, ranked.xRanks), moved(places, ranked.yRanks))
      var product = whole + Int128(shared[unit])
      for (index, entry) in places.enumerated() {
        let place = Int(entry)
        product -= Int128(xSided[Int(ranked.yRanks[place])]) + Int128(ySided[Int(ranked.xRanks[place])])
        product -= Int128(x.sides[place] - xMoved[index]) * Int128(y.sides[place] - yMoved[index])
      }
      return AssociationParts(
        product: Double(product) / 4, xSpread: x.spread(without: places.map { ranked.xRanks[Int($0)] }),
        ySpread: y.spread(without: places.map { ranked.yRanks[Int($0)] }))
    }
  }

  /// Σⱼ sign(xᵢ − xⱼ) over the rows j of a unit, for each of its rows i.
  private static func moved(_ places: ArraySlice<Int32>, _ ranks: [Int32]) -> [Int] {
    guard places.count > 1 else { return [0] }
    let sorted = places.map { ranks[Int($0)] }.sorted()
    return places.map { place in
      let rank = ranks[Int(place)]
      let (below, upTo) = (bound(sorted) { $0 < rank }, bound(sorted) { $0 <= rank })
      return below - (sorted.count - upTo)
    }
  }

  /// The number of leading elements that meet a condition that no later one meets.
  private static func bound(_ sorted: [Int32], _ isBefore: (Int32) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Σ st over all rows, by unit. For a row by itself that is its own concordance; for a cluster it is Σ over pairs j, k of its
  /// rows of Σᵢ sign(xᵢ − xⱼ) sign(yᵢ − yₖ), counted while rows are inserted in order of x.
  private static func sharedSides(
    _ ranked: RankedPairs, _ members: UnitMembers, net: [Int], x: RankSides, y: RankSides
  ) -> [Int] {
    var shared = [Int](repeating: 0, count: members.count)
    var ends = [Int](repeating: 0, count: ranked.xCount + 1)
    for (place, rank) in ranked.xRanks.enumerated() { ends[Int(rank) + 1] = place + 1 }
    var questions = Buckets<Int32>(count: ranked.count + 1)
    for unit in 0..<members.count where !members.isLarge(unit) {
      let places = members[unit]
      guard places.count > 1 else {
        shared[unit] = places.first.map { net[Int($0)] } ?? 0
        continue
      }
      // All rows after j's group less those before it: the total of all, less the two prefixes.
      shared[unit] = -places.count * places.reduce(0) { $0 + y.sides[Int($1)] }
      for place in places {
        let rank = Int(ranked.xRanks[Int(place)])
        questions.add(Int32(truncatingIfNeeded: unit), at: ends[rank])
        questions.add(Int32(truncatingIfNeeded: unit), at: ends[rank + 1])
      }
    }
    guard !questions.isEmpty else { return shared }
    var inserted = FenwickTree<Int>(count: ranked.yCount)
    for position in 0...ranked.count {
      questions.forEach(at: position) { unit in
        for place in members[Int(unit)] {
          let rank = Int(ranked.yRanks[Int(place)])
          shared[Int(unit)] -= position - inserted.sum(below: rank) - inserted.sum(below: rank + 1)
        }
      }
      if position < ranked.count { inserted.add(1, at: Int(ranked.yRanks[position])) }
    }
    return shared
  }
}

/// The number of values on either side of each value of a column.
struct RankSides {
  private let ranks: [Int32]
  private let totals: [Int32]
  /// Smaller values less larger ones, by place.
  let sides: [Int]
  private let tiedCubes: Int128

  init(_ ranks: [Int32], _ totals: [Int32]) {
    self.ranks = ranks
    self.totals = totals
    var before = 0
    let byRank = totals.map { total -> Int in
      defer { before += Int(total) }
      return 2 * before + Int(total) - ranks.count
    }
    sides = ranks.map { byRank[Int($0)] }
    tiedCubes = totals.reduce(into: Int128(0)) { $0 += Self.cube(Int($1)) }
  }

  private static func cube(_ count: Int) -> Int128 {
    let count = Int128(count)
    return count * count * count - count
  }

  /// Σ (mid-rank − mean)² = ((n³ − n) − Σ(t³ − t))/12 when rows of these ranks are left out.
  func spread(without gone: [Int32]) -> Double {
    var cubes = tiedCubes
    for run in RankRuns.of(gone) {
      let total = Int(totals[Int(run.rank)])
      cubes += Self.cube(total - run.count) - Self.cube(total)
    }
    return Double(Self.cube(ranks.count - gone.count) - cubes) / 12
  }

  /// The same when one row of a rank is left out.
  func spread(withoutRank rank: Int) -> Double {
    let total = Int(totals[rank])
    return Double(Self.cube(ranks.count - 1) - tiedCubes - Self.cube(total - 1) + Self.cube(total)) / 12
  }

  /// For each rank, the values of rows above it less those of rows below it, of values that add up to 0.
  func sums(of values: [Int]) -> [Int] {
    var byRank = [Int](repeating: 0, count: totals.count)
    for (place, rank) in ranks.enumerated() { byRank[Int(rank)] += values[place] }
    var below = 0
    return byRank.map { own in
      defer { below += own }
      return -2 * below - own
    }
  }
}
