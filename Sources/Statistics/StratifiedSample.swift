import Outcomes

/// Pairs of numbers in strata, such as architectures of one depth and width, inside of which an association is looked for.
package struct StratifiedSample: Sendable, Hashable {
  /// All pairs, with clusters when there are any.
  package let pairs: PairedSample
  /// The rows of each stratum; strata in the order of their first rows.
  package let strata: [[Int]]
  /// For each stratum, the unit of each of its rows, numbered from 0 in the stratum: rows of one cluster in one stratum are
  /// one unit, every row is one when there are no clusters.
  let units: [[Int32]]
  /// Number of units of each stratum.
  package let unitCounts: [Int]

  /// Sorts rows into strata. O(n).
  ///
  /// - Parameters:
  ///   - pairs: The pairs. A cluster with rows in several strata is a unit in each.
  ///   - strata: The stratum of each row, by any number.
  /// - Throws: `Reason` when there is not one stratum for each row.
  package init(_ pairs: PairedSample, strata numbers: [Int]) throws(Reason) {
    guard numbers.count == pairs.count else { throw Reason("there is not one stratum for each row") }
    self.pairs = pairs
    var places: [Int: Int] = [:]
    var strata: [[Int]] = []
    for (row, number) in numbers.enumerated() {
      if let place = places[number] {
        strata[place].append(row)
      } else {
        places[number] = strata.count
        strata.append([row])
      }
    }
    self.strata = strata
    var counts: [Int] = []
    units = strata.map { rows in
      var known: [Int: Int32] = [:]
      let units = rows.map { row -> Int32 in
        let cluster = pairs.clusters?[row] ?? row
        if let unit = known[cluster] { return unit }
        let unit = Int32(truncatingIfNeeded: known.count)
        known[cluster] = unit
        return unit
      }
      counts.append(known.count)
      return units
    }
    unitCounts = counts
  }

  /// The pairs of one stratum, with their clusters.
  ///
  /// - Throws: `Reason` for fewer than two rows.
  package func sample(ofStratum stratum: Int) throws(Reason) -> PairedSample {
    guard strata.indices.contains(stratum) else { throw Reason("there is no such stratum") }
    let rows = strata[stratum]
    return try PairedSample(
      x: rows.map { pairs.x[$0] }, y: rows.map { pairs.y[$0] },
      clusters: pairs.clusters.map { all in rows.map { all[$0] } }, first: pairs.first, second: pairs.second)
  }
}
