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
