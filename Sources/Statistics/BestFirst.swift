/// The places of a sample from the best by one column to the worst, ties by the other column: the order by which coefficients
/// that weigh the top give their weights.
struct BestFirst {
  /// Places of the ranked pairs, by position.
  let places: [Int32]
  /// 1 when large values of the column are better, otherwise −1.
  let direction: Int
  /// For each position, where its group of equal values in the column begins.
  let groupStarts: [Int32]
  /// For each position, where its group ends: the position after its last.
  let groupEnds: [Int32]

  /// Orders places by x, ties by y.
  static func byX(_ ranked: RankedPairs, _ sample: PairedSample) -> BestFirst {
    BestFirst(
      ranked.xRanks, ranked.xCount, sample.first.higherIsBetter, ranked.yRanks, ranked.yCount,
      sample.second.higherIsBetter)
  }

  /// Orders places by y, ties by x.
  static func byY(_ ranked: RankedPairs, _ sample: PairedSample) -> BestFirst {
    BestFirst(
      ranked.yRanks, ranked.yCount, sample.second.higherIsBetter, ranked.xRanks, ranked.xCount,
      sample.first.higherIsBetter)
  }

  /// The places in ascending order of x, ties in ascending order of y. O(n).
  static func ascending(_ ranked: RankedPairs) -> [Int32] {
    let all = (0..<ranked.count).map { Int32(truncatingIfNeeded: $0) }
    return sorted(
      sorted(all, by: ranked.yRanks, ranked.yCount, descending: false), by: ranked.xRanks, ranked.xCount,
      descending: false)
  }

  private init(
    _ own: [Int32], _ ownCount: Int, _ ownHigherIsBetter: Bool, _ other: [Int32], _ otherCount: Int,
    _ otherHigherIsBetter: Bool
  ) {
    let all = own.indices.map { Int32(truncatingIfNeeded: $0) }
    let places = Self.sorted(
      Self.sorted(all, by: other, otherCount, descending: otherHigherIsBetter), by: own, ownCount,
      descending: ownHigherIsBetter)
    var starts = [Int32](repeating: 0, count: places.count)
    var ends = starts
    var start = 0
    while start < places.count {
      var end = start
      while end < places.count, own[Int(places[end])] == own[Int(places[start])] { end += 1 }
      for position in start..<end {
        starts[position] = Int32(truncatingIfNeeded: start)
        ends[position] = Int32(truncatingIfNeeded: end)
      }
      start = end
    }
    self.places = places
    direction = ownHigherIsBetter ? 1 : -1
    groupStarts = starts
    groupEnds = ends
  }

  /// A stable counting sort. O(n).
  private static func sorted(_ places: [Int32], by ranks: [Int32], _ count: Int, descending: Bool) -> [Int32] {
    var starts = [Int](repeating: 0, count: count + 1)
    let key = { (place: Int32) in
      descending ? count - 1 - Int(ranks[Int(place)]) : Int(ranks[Int(place)])
    }
    for place in places { starts[key(place) + 1] += 1 }
    for rank in 0..<count { starts[rank + 1] += starts[rank] }
    var result = places
    for place in places {
      let bucket = key(place)
      result[starts[bucket]] = place
      starts[bucket] += 1
    }
    return result
  }
}
