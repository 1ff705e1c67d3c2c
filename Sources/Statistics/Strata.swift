import Outcomes

/// A partition of rows, such as by depth and hidden size.
package struct Strata: Sendable, Hashable {
  /// The stratum of each row, numbered from 0 in order of first occurrence.
  package let numbers: [Int]
  /// The rows of each stratum, ascending.
  package let members: [[Int]]

  /// Numbers strata anew from any numbers; equal numbers are one stratum.
  package init(_ numbers: [Int]) {
    var known: [Int: Int] = [:]
    var members: [[Int]] = []
    self.numbers = numbers.enumerated().map { row, number in
      if let stratum = known[number] {
        members[stratum].append(row)
        return stratum
      }
      known[number] = members.count
      members.append([row])
      return members.count - 1
    }
    self.members = members
  }

  /// One stratum of all rows.
  package init(rowCount: Int) { self.init([Int](repeating: 0, count: max(0, rowCount))) }

  /// The number of strata.
  package var count: Int { members.count }

  /// Values less the mean of their stratum, scaled by a power of two so that the largest deviation from the mean of all is
  /// of order one. nil when what is left is rounding: no deviation beyond 10⁻¹² of that.
  ///
  /// - Precondition: One finite value for each row.
  package func deviations(_ values: [Double]) -> [Double]? {
    precondition(values.count == numbers.count, "one value for each row")
    var deviations = CenteredColumn(values).deviations
    // The second pass takes out what the first one's rounding left.
    for _ in 0..<2 {
      for rows in members {
        let mean = rows.reduce(0) { $0 + deviations[$1] } / Double(rows.count)
        for row in rows { deviations[row] -= mean }
      }
    }
    return deviations.contains { abs($0) > 1e-12 } ? deviations : nil
  }
}

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
    strata = Strata(numbers).members
    let units = strata.map { rows in Strata(rows.map { pairs.clusters?[$0] ?? $0 }) }
    self.units = units.map { $0.numbers.map { Int32(truncatingIfNeeded: $0) } }
    unitCounts = units.map(\.count)
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
