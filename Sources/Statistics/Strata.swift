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
  func deviations(_ values: [Double]) -> [Double]? {
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
