import Statistics

/// The levels of a feature: each of its values, or quarters of a feature with many.
package struct FeatureLevels: Sendable, Hashable {
  package struct Level: Sendable, Hashable {
    /// The value as it is written in rules, or the smallest and largest of a quarter, such as `2.5 – 4`.
    package var label: String
    /// The quarter from 1 to 4; nil when the level is one value.
    package var quarter: Int?
  }

  /// The most values that are levels of their own.
  package static let greatest = 12

  /// The levels: numbers ascending, text in order of its Unicode scalars, `false` before `true`.
  package let levels: [Level]
  /// The level of each row; −1 where the feature has no value.
  package let numbers: [Int]

  /// Finds the levels. A numeric feature with over 12 values is cut at its quartiles (Hyndman & Fan's type 7), values at a
  /// quartile below it; quarters without a row are left out.
  package init(_ feature: FeatureColumn) {
    switch feature.values {
    case .numbers(let values):
      let sorted = values.compactMap { $0.map { $0 + 0 } }.sorted()
      let distinct = Self.distinct(sorted)
      if distinct.count <= Self.greatest {
        (levels, numbers) = Self.levels(values.map { $0.map { $0 + 0 } }, of: distinct, Self.label)
      } else {
        (levels, numbers) = Self.quarters(values, sorted)
      }
    case .texts(let values):
      (levels, numbers) = Self.levels(
        values, of: Self.distinct(values.compactMap(\.self).sorted(by: Self.precedes)), \.self)
    case .truths(let values):
      let present = values.compactMap(\.self)
      let distinct = [false, true].filter { present.contains($0) }
      (levels, numbers) = Self.levels(values, of: distinct) { $0 ? "true" : "false" }
    }
  }

  private init(levels: [Level], numbers: [Int]) {
    self.levels = levels
    self.numbers = numbers
  }

  /// The same levels in the given rows, in that order.
  func selecting(rows: [Int]) -> FeatureLevels { FeatureLevels(levels: levels, numbers: rows.map { numbers[$0] }) }

  /// The number of rows without a value.
  package var missing: Int { numbers.count { $0 < 0 } }

  /// The order of Unicode scalars, which no locale changes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
  }

  /// The shortest decimal text that reads as the number; whole numbers without a point.
  static func label(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }

  static func distinct<Value: Equatable>(_ sorted: [Value]) -> [Value] {
    var distinct: [Value] = []
    for value in sorted where distinct.last != value { distinct.append(value) }
    return distinct
  }

  private static func levels<Value: Hashable>(
    _ values: [Value?], of distinct: [Value], _ label: (Value) -> String
  ) -> ([Level], [Int]) {
    let places = Dictionary(distinct.enumerated().map { ($1, $0) }) { first, _ in first }
    return (
      distinct.map { Level(label: label($0), quarter: nil) }, values.map { $0.flatMap { places[$0] } ?? -1 }
    )
  }

  private static func quarters(_ values: [Double?], _ sorted: [Double]) -> ([Level], [Int]) {
    let cuts = [0.25, 0.5, 0.75].map { Quantile.linear(sorted, $0) }
    let quarters = values.map { value in value.map { value in cuts.count { value > $0 } } }
    let present = (0..<4).filter { quarters.contains($0) }
    let levels = present.map { quarter -> Level in
      let inside = sorted.filter { value in cuts.count { value > $0 } == quarter }
      let ends = [inside.first, inside.last].compactMap { $0.map(Self.label) }
      return Level(label: FeatureLevels.distinct(ends).joined(separator: " – "), quarter: quarter + 1)
    }
    return (levels, quarters.map { $0.flatMap { present.firstIndex(of: $0) } ?? -1 })
  }
}

/// The columns that stand for features in a least-squares fit.
enum FeatureDesign {
  /// The columns of a feature: its numbers (0 where there is none), or an indicator for each level; and an indicator of the
  /// rows without a value when there are any.
  ///
  /// - Parameter byLevel: True when a numeric feature gets an indicator for each of its levels too, so that its effect need not
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
