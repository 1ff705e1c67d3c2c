/// Sums of squares of the one-way analysis of variance, of values in a unit that makes the largest deviation of order one.
struct OneWaySquares {
  /// Σ nᵢ (mean of group i − mean)².
  private(set) var between = 0.0
  /// Σ (value − mean of its group)².
  private(set) var within = 0.0
  /// Σ (value − mean)².
  private(set) var total = 0.0
  /// N − Σ nᵢ²/N.
  private(set) var effectiveSize: Double
  /// What a deviation has to be multiplied with to be in the values' own unit.
  let unit: Double

  /// Sums groups.
  ///
  /// - Precondition: No group is empty, every value is finite.
  init(_ groups: [[Double]]) {
    let centered = CenteredColumn(groups.flatMap { $0 })
    unit = centered.unit
    let count = Double(centered.deviations.count)
    effectiveSize = count
    var next = 0
    for group in groups {
      let values = centered.deviations[next..<next + group.count]
      next += group.count
      let size = Double(group.count)
      // The mean of equal values is taken without rounding.
      let mean = group.allSatisfy { $0 == group[0] } ? values[values.startIndex] : values.reduce(0, +) / size
      between += size * mean * mean
      within += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      total += values.reduce(0) { $0 + $1 * $1 }
      effectiveSize -= size * size / count
    }
  }
}
