import CKernels

/// Sums over weighted pairs from which γ and Somers' d are made.
struct PairSums: Sendable, Hashable {
  /// C − D, concordant less discordant pairs.
  var net: Int64 = 0
  /// C + D, the pairs that are tied in neither column.
  var untied: Int64 = 0
  /// The pairs that are not tied in the target.
  var untiedTarget: Int64 = 0

  /// (C − D)/(C + D); nil where every pair is tied.
  var gamma: Double? { untied > 0 ? Double(net) / Double(untied) : nil }
  /// (C − D) over the pairs that differ in the target; nil where none does.
  var somersD: Double? { untiedTarget > 0 ? Double(net) / Double(untiedTarget) : nil }
}

/// Whether each of some pairs of rows is concordant, for several metrics with one target: kept so that a resample costs a
/// multiplication and an addition for each pair.
struct PairSigns: Sendable {
  /// For each metric, 1 for a concordant pair, −1 for a discordant one, 0 for one that is tied in either column.
  let metrics: [[Int8]]
  /// 1 for a pair that differs in the target.
  let target: [Int8]
  /// The pairs that are tied in each metric.
  let tiedMetrics: [Int]

  /// Compares both rows of every pair. O(metrics · pairs).
  init(_ pairs: EqualSizePairs, metrics: [[Double]], target: [Double]) {
    let targets = Self.signs(pairs, target)
    self.target = targets.map { $0 == 0 ? 0 : 1 }
    var tied: [Int] = []
    self.metrics = metrics.map { metric in
      let own = Self.signs(pairs, metric)
      tied.append(own.count { $0 == 0 })
      return zip(own, targets).map { $0 * $1 }
    }
    tiedMetrics = tied
  }

  private static func signs(_ pairs: EqualSizePairs, _ values: [Double]) -> [Int8] {
    zip(pairs.first, pairs.second).map { first, second in
      let (left, right) = (values[Int(first)], values[Int(second)])
      return left > right ? 1 : left < right ? -1 : 0
    }
  }

  /// The sums of each metric when every pair counts as often as its weight says.
  func sums(weights: [Int32]) -> [PairSums] {
    let untiedTarget = Self.sums(target, weights).untied
    return metrics.map { signs in
      let (net, untied) = Self.sums(signs, weights)
      return PairSums(net: net, untied: untied, untiedTarget: untiedTarget)
    }
  }

  private static func sums(_ signs: [Int8], _ weights: [Int32]) -> (net: Int64, untied: Int64) {
    var sums: [Int64] = [0, 0]
    trainfree_pair_sums(signs, weights, Int64(min(signs.count, weights.count)), &sums)
    return (sums[0], sums[1])
  }

  /// The sums of each metric without each unit: those of all pairs less those of the pairs with a row in it. O(metrics · pairs).
  func sumsWithoutEachUnit(_ first: [Int32], _ second: [Int32], unitCount: Int) -> [[PairSums]] {
    let whole = sums(weights: [Int32](repeating: 1, count: target.count))
    return metrics.indices.map { metric in
      var left = [PairSums](repeating: whole[metric], count: unitCount)
      for pair in target.indices {
        let (sign, differs) = (Int64(metrics[metric][pair]), Int64(target[pair]))
        let (one, other) = (Int(first[pair]), Int(second[pair]))
        for unit in one == other ? [one] : [one, other] {
          left[unit].net -= sign
          left[unit].untied -= abs(sign)
          left[unit].untiedTarget -= differs
        }
      }
      return left
    }
  }
}

/// The sums of each metric in every resample of the units, and for BCa without each unit.
struct PairResamples: Sendable {
  /// By metric and resample.
  let replicates: [[PairSums]]
  /// By metric and unit; empty for percentile intervals.
  let jackknife: [[PairSums]]

  init(_ pairs: EqualSizePairs, _ signs: PairSigns, _ units: Strata, _ settings: BootstrapSettings) {
    let first = pairs.first.map { Int32(truncatingIfNeeded: units.numbers[Int($0)]) }
    let second = pairs.second.map { Int32(truncatingIfNeeded: units.numbers[Int($0)]) }
    var drawn = [Int32](repeating: 0, count: units.count)
    var weights = [Int32](repeating: 0, count: pairs.count)
    var made = signs.metrics.map { _ in [PairSums]() }
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      Bootstrap.draw(&drawn, from: &generator)
      trainfree_pair_weights(first, second, drawn, Int64(pairs.count), &weights)
      for (metric, sums) in signs.sums(weights: weights).enumerated() { made[metric].append(sums) }
    }
    replicates = made
    jackknife =
      settings.method == .bca
      ? signs.sumsWithoutEachUnit(first, second, unitCount: units.count) : signs.metrics.map { _ in [] }
  }
}
