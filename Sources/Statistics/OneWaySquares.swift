/// Sums of squares of the one-way analysis of variance inside strata, of values in a unit that makes the largest of order one.
struct OneWaySquares {
  /// Σ nᵢ (mean of group i − mean of its stratum)².
  private(set) var between = 0.0
  /// Σ (value − mean of its group)².
  private(set) var within = 0.0
  /// Σ over strata of N − Σ nᵢ²/N.
  private(set) var effectiveSize = 0.0
  /// What a deviation has to be multiplied with to be in the values' own unit.
  let unit: Double

  /// Sums the groups of each stratum.
  ///
  /// - Precondition: No group is empty, every value is finite.
  init(_ strata: [[[Double]]]) {
    let all = strata.flatMap { $0.flatMap { $0 } }
    var rows: [[Int]] = []
    for stratum in strata {
      let start = rows.last?.last.map { $0 + 1 } ?? 0
      rows.append(Array(start..<start + stratum.reduce(0) { $0 + $1.count }))
    }
    let centered = CenteredColumn(all, groups: rows)
    unit = centered.unit
    var next = 0
    for stratum in strata {
      let count = Double(stratum.reduce(0) { $0 + $1.count })
      effectiveSize += count
      for group in stratum {
        let values = centered.deviations[next..<next + group.count]
        next += group.count
        let size = Double(group.count)
        // The mean of equal values is taken without rounding.
        let mean =
          group.allSatisfy { $0 == group[0] } ? values[values.startIndex] : values.reduce(0, +) / size
        between += size * mean * mean
        within += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        effectiveSize -= size * size / count
      }
    }
  }
}
