/// The columns that stand for features in a least-squares fit.
enum FeatureDesign {
  /// The columns of a feature: its numbers (0 where there is none), or an indicator for each level; and an indicator of the
  /// rows without a value when there are any.
  ///
  /// - Parameter byLevel: Whether a numeric feature gets an indicator for each of its levels too, so that its effect need not
  ///   be a straight line.
  static func columns(_ feature: FeatureColumn, _ levels: FeatureLevels, byLevel: Bool) -> [[Double]] {
    var columns: [[Double]]
    if case .numbers(let values) = feature.values, !byLevel {
      columns = [values.map { $0 ?? 0 }]
    } else {
      columns = levels.levels.indices.map { level in levels.numbers.map { $0 == level ? 1 : 0 } }
    }
    if levels.missing > 0 { columns.append(levels.numbers.map { $0 < 0 ? 1 : 0 }) }
    return columns
  }
}
