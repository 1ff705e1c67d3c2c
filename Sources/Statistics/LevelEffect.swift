import Outcomes

/// A target at one level of a feature: its mean, and how far that is from the other levels.
package struct LevelEffect: Sendable, Hashable {
  /// A number with an interval.
  package struct Estimate: Sendable, Hashable {
    package var value: Double
    /// Its interval, or why there is none; nil when none was asked for.
    package var interval: Outcome<Interval>?
  }

  /// Rows at the level.
  package var count: Int
  /// Clusters with a row at the level; rows when there are no clusters.
  package var unitCount: Int
  /// Mean target at the level, without regard to strata.
  package var mean: Outcome<Estimate>
  /// Standard deviation with n − 1; nil for fewer than two rows.
  package var standardDeviation: Double?
  /// Mean at the level less the mean of the rows at other levels of the same stratum, pooled over strata s with weights
  /// n_s m_s/(n_s + m_s) for n_s rows at the level and m_s at others: the least-squares coefficient of the level's indicator
  /// given the strata's. In units of the target.
  package var difference: Outcome<Estimate>
}

/// Means and differences of the levels of features, with intervals from one set of resamples.
package enum LevelEffects {
  /// Estimates the levels of each feature.
  ///
  /// Resamples draw units (clusters, or rows when there are none) of all rows with replacement, as `Bootstrap` does, so that
  /// strata and levels vary in size; BCa from them and from leaving out one unit at a time. A resample without a row at the
  /// level, or for differences without another level beside it in some stratum, is undefined for it. A level needs about
  /// five units for an interval: with fewer, over 1 % of the resamples miss it. O(resamples · rows · features).
  ///
  /// - Parameters:
  ///   - features: The level of each row from 0, for each feature; a negative number leaves the row out for it.
  ///   - target: One finite number for each row.
  ///   - strata: Rows that are compared with one another.
  ///   - clusters: The cluster of each row from 0; nil when every row stands by itself.
  ///   - settings: The settings of the intervals; nil for none.
  /// - Returns: An effect for each feature and each level up to its largest.
  /// - Throws: `Reason` when there are no rows, columns differ in length, the target is not finite or too wide, or levels
  ///   times strata exceed 10,000,000.
  package static func estimates(
    _ features: [[Int]], target: [Double], strata: Strata, clusters: [Int]? = nil, settings: BootstrapSettings?
  ) throws(Reason) -> [[LevelEffect]] {
    guard features.allSatisfy({ $0.count == target.count }), strata.numbers.count == target.count,
      clusters.map({ $0.count == target.count }) ?? true
    else { throw Reason("the columns differ in length") }
    guard features.allSatisfy({ ($0.max() ?? 0) < 10_000_000 / max(1, strata.count) }) else {
      throw Reason("a feature has too many levels")
    }
    if let reason = settings?.fault { throw Reason(reason) }
    let summary = try ColumnSummary(target)
    let reach = max(summary.maximum - summary.mean, summary.mean - summary.minimum)
    let scale = reach > 0 ? Double(sign: .plus, exponent: max(-1000, reach.exponent), significand: 1) : 1
    let units = Strata(clusters ?? Array(target.indices))
    let scaled = target.map { ($0 - summary.mean) / scale }
    var sums = features.map { LevelSums($0, target: scaled, strata: strata, units: units) }
    let whole = sums.indices.map { sums[$0].values(unitWeights: [Int32](repeating: 1, count: units.count)) }
    let made = intervals(&sums, whole, units: units, settings)
    return features.indices.map { feature in
      (0..<sums[feature].levelCount).map { level in
        effect(
          rows: target.indices.filter { features[feature][$0] == level }, target: scaled, units: units,
          values: (whole[feature].means[level], whole[feature].differences[level]),
          intervals: (made?[feature].means[level], made?[feature].differences[level]), center: summary.mean,
          scale: scale)
      }
    }
  }

  /// Values of the levels of a feature; nil where undefined.
  struct Values<Value> {
    var means: [Value]
    var differences: [Value]
  }

  private static func intervals(
    _ sums: inout [LevelSums], _ whole: [Values<Double?>], units: Strata, _ settings: BootstrapSettings?
  ) -> [Values<Outcome<Interval>>]? {
    guard let settings else { return nil }
    guard units.count >= 3 else {
      let none = Outcome<Interval>.failure(Reason("fewer than three rows or clusters"))
      return whole.map { Values(means: $0.means.map { _ in none }, differences: $0.differences.map { _ in none }) }
    }
    var resampled = whole.map {
      Values(means: $0.means.map { _ in [Double]() }, differences: $0.means.map { _ in [Double]() })
    }
    var drawn = [Int32](repeating: 0, count: units.count)
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      Bootstrap.draw(&drawn, from: &generator)
      for feature in sums.indices {
        let values = sums[feature].values(unitWeights: drawn)
        for level in values.means.indices {
          if let mean = values.means[level] { resampled[feature].means[level].append(mean) }
          if let difference = values.differences[level] { resampled[feature].differences[level].append(difference) }
        }
      }
    }
    return sums.indices.map { feature in
      let left = settings.method == .bca ? sums[feature].valuesWithoutEachUnit() : []
      func interval(
        _ path: KeyPath<Values<Double?>, [Double?]>, _ resampled: [[Double]]
      ) -> [Outcome<Interval>] {
        whole[feature][keyPath: path].enumerated().map { level, value in
          guard let value else { return .failure(Reason("there is no value")) }
          return Bootstrap.interval(
            value, resampled[level], jackknife: left.map { $0[keyPath: path][level] }, settings)
        }
      }
      return Values(
        means: interval(\.means, resampled[feature].means),
        differences: interval(\.differences, resampled[feature].differences))
    }
  }

  private static func effect(
    rows: [Int], target: [Double], units: Strata, values: (mean: Double?, difference: Double?),
    intervals: (mean: Outcome<Interval>?, difference: Outcome<Interval>?), center: Double,
    scale: Double
  ) -> LevelEffect {
    func estimate(
      _ value: Double?, _ interval: Outcome<Interval>?, from start: Double, _ reason: String
    ) -> Outcome<LevelEffect.Estimate> {
      guard let value else { return .failure(Reason(reason)) }
      let restored = interval?.map { made in
        Interval(
          lower: start + made.lower * scale, upper: start + made.upper * scale, bias: made.bias,
          acceleration: made.acceleration, standardError: made.standardError * scale)
      }
      return .success(LevelEffect.Estimate(value: start + value * scale, interval: restored))
    }
    let mean = values.mean ?? 0
    let squares = rows.reduce(0) { $0 + (target[$1] - mean) * (target[$1] - mean) }
    return LevelEffect(
      count: rows.count, unitCount: Set(rows.map { units.numbers[$0] }).count,
      mean: estimate(values.mean, intervals.mean, from: center, "no row has the level"),
      standardDeviation: rows.count > 1 ? (squares / Double(rows.count - 1)).squareRoot() * scale : nil,
      difference: estimate(
        values.difference, intervals.difference, from: 0, "no stratum holds the level and another"))
  }
}

/// Sums of a target by stratum and level of one feature, from which means and pooled differences of the levels follow for any
/// weights of the units.
struct LevelSums {
  /// Number of levels.
  let levelCount: Int
  private let stratumCount: Int
  /// Cell (stratum · levels + level) of each row at a level, with its unit and target.
  private let entries: [(cell: Int32, unit: Int32, target: Double)]
  private let unitCount: Int
  private var weights: [Double]
  private var sums: [Double]

  init(_ levels: [Int], target: [Double], strata: Strata, units: Strata) {
    let levelCount = max(0, (levels.max() ?? -1) + 1)
    self.levelCount = levelCount
    stratumCount = strata.count
    unitCount = units.count
    entries = levels.indices.filter { levels[$0] >= 0 }.map { row in
      (
        Int32(truncatingIfNeeded: strata.numbers[row] * levelCount + levels[row]),
        Int32(truncatingIfNeeded: units.numbers[row]), target[row]
      )
    }
    weights = [Double](repeating: 0, count: levelCount * strata.count)
    sums = weights
  }

  /// Means and differences when each unit counts as often as its weight says.
  mutating func values(unitWeights: [Int32]) -> LevelEffects.Values<Double?> {
    for cell in weights.indices {
      weights[cell] = 0
      sums[cell] = 0
    }
    for entry in entries {
      let weight = Double(unitWeights[Int(entry.unit)])
      weights[Int(entry.cell)] += weight
      sums[Int(entry.cell)] += weight * entry.target
    }
    return Self.values(weights, sums, levelCount: levelCount)
  }

  /// Means and differences without each unit in turn.
  mutating func valuesWithoutEachUnit() -> [LevelEffects.Values<Double?>] {
    _ = values(unitWeights: [Int32](repeating: 1, count: unitCount))
    var members = [[Int]](repeating: [], count: unitCount)
    for (index, entry) in entries.enumerated() { members[Int(entry.unit)].append(index) }
    return members.map { unit in
      var (weights, sums) = (self.weights, self.sums)
      for index in unit {
        weights[Int(entries[index].cell)] -= 1
        sums[Int(entries[index].cell)] -= entries[index].target
      }
      return Self.values(weights, sums, levelCount: levelCount)
    }
  }

  /// With n rows of sum Y at the level in a stratum of N rows and mean Ȳ, the difference is Σ_s (Y − nȲ) / Σ_s n(1 − n/N).
  private static func values(
    _ weights: [Double], _ sums: [Double], levelCount: Int
  ) -> LevelEffects.Values<Double?> {
    var count = [Double](repeating: 0, count: levelCount)
    var (sum, excess, room) = (count, count, count)
    for start in stride(from: 0, to: weights.count, by: max(1, levelCount)) {
      let cells = start..<start + levelCount
      let total = cells.reduce(0) { $0 + weights[$1] }
      guard total > 0 else { continue }
      let mean = cells.reduce(0) { $0 + sums[$1] } / total
      for cell in cells {
        let (level, weight) = (cell - start, weights[cell])
        count[level] += weight
        sum[level] += sums[cell]
        excess[level] += sums[cell] - weight * mean
        room[level] += weight * (1 - weight / total)
      }
    }
    return LevelEffects.Values(
      means: (0..<levelCount).map { count[$0] > 0 ? sum[$0] / count[$0] : nil },
      differences: (0..<levelCount).map { room[$0] > 1e-9 ? excess[$0] / room[$0] : nil })
  }
}
