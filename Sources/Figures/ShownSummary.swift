import Statistics

/// The summary that a figure draws of values, also where their range exceeds the largest double.
enum ShownSummary {
  /// A power of two by which values stay far from the ends of what a double holds; 1 for the usual ones.
  static func factor(_ values: [Double]) -> Double {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest > 0x1p500 ? 0x1p-530 : largest > 0 && largest < 0x1p-500 ? 0x1p530 : 1
  }

  /// The summary of the finite values; nil when there are none.
  static func summary(_ values: [Double]) -> ColumnSummary? {
    let finite = values.filter(\.isFinite)
    if let summary = try? ColumnSummary(finite) { return summary }
    let factor = 0x1p-4
    guard var summary = try? ColumnSummary(finite.map { $0 * factor }) else { return nil }
    summary.mean /= factor
    summary.standardDeviation = summary.standardDeviation.map { min($0 / factor, .greatestFiniteMagnitude) }
    summary.minimum /= factor
    summary.lowerQuartile /= factor
    summary.median /= factor
    summary.upperQuartile /= factor
    summary.maximum /= factor
    return summary
  }
}
