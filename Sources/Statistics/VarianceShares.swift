import Outcomes

/// A target's variance in three shares that add up to 1: what strata explain, what chance of repeated measurements makes, and the
/// rest, which is all that anything else can tell inside the strata.
///
/// With T the sum of squares about the mean, W that inside strata, and for each stratum s with N rows its error E from repeated
/// measurements of the same subjects (mean square within groups, Σ(nᵢ − 1) degrees of freedom):
///
/// | share | value |
/// |---|---|
/// | explained | 1 − W/T, R² of the strata's means |
/// | noise | (W/T)(1 − ρ) |
/// | rest | (W/T) ρ |
///
/// ρ = 1 − Σ(Nₛ − 1)Eₛ/ΣTₛ, Tₛ the sum of squares in a stratum, is the reliability inside strata by the analysis of variance, that of
/// `PooledReliability` where groups are of one size: each stratum's error is taken from its own groups. Where noisy
/// strata have most of the repeats, one error for all rows (`plainNoise`) is larger than the noise that the rows have.
package struct VarianceShares: Sendable, Hashable {
  /// A value with its bootstrap interval.
  package struct Estimate: Sendable, Hashable {
    package var value: Outcome<Double>
    /// The interval, or why there is none.
    package var interval: Outcome<Interval>
  }

  /// Share that the strata explain.
  package let explained: Estimate
  /// Share that chance makes.
  package let noise: Estimate
  /// Share that is left; below 0 when groups differ by less than their values do inside.
  package let rest: Estimate
  /// Share of the variance inside strata that is not noise.
  package let reliability: Estimate
  /// WMS/s² of all groups, whatever their strata: 1 less the reliability of all rows.
  package let plainNoise: Estimate
  /// Number of rows.
  package let count: Int
  /// Number of units that are drawn together: groups of repeats, with the clusters that they are in.
  package let unitCount: Int
  /// Number of groups of repeats in a stratum.
  package let groupCount: Int
  /// Number of those of two rows or more.
  package let replicatedCount: Int
  /// Number of strata.
  package let strataCount: Int

  /// Computes the shares. Resamples draw whole units: groups of repeats, and clusters. A group that is drawn twice is two groups.
  /// O(resamples · n).
  ///
  /// - Parameters:
  ///   - target: One finite number for each row.
  ///   - strata: The stratum of each row.
  ///   - groups: The subject of each row; rows of one subject and stratum are repeats.
  ///   - clusters: The cluster of each row, when rows have clusters.
  ///   - settings: Settings of the intervals.
  /// - Throws: `Reason` when columns differ in length, a value is not finite, or all are the same.
  package init(
    _ target: [Double], strata: [Int], groups: [Int], clusters: [Int]? = nil, settings: BootstrapSettings
  ) throws(Reason) {
    guard strata.count == target.count, groups.count == target.count, clusters.map({ $0.count == target.count }) ?? true
    else { throw Reason("the columns differ in length") }
    guard target.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    guard target.contains(where: { $0 != target[0] }) else { throw Reason("the target is constant") }
    let sums = ShareSums(target, strata: Strata(strata), groups: groups, clusters: clusters)
    (count, unitCount, strataCount) = (target.count, sums.unitCount, sums.strataCount)
    (groupCount, replicatedCount) = (sums.cells.count, sums.cells.count { $0.count > 1 })
    let whole = sums.shares([Int32](repeating: 1, count: sums.unitCount))
    let estimates = Self.resampled(sums, whole, settings)
    (explained, noise, rest) = (estimates[0], estimates[1], estimates[2])
    (reliability, plainNoise) = (estimates[3], estimates[4])
  }

  private static let reasons = ["the target is constant"] + Array(repeating: "no stratum has repeats", count: 4)

  private static func resampled(
    _ sums: ShareSums, _ whole: [Double?], _ settings: BootstrapSettings
  ) -> [Estimate] {
    func plain(_ reason: String) -> [Estimate] {
      zip(whole, reasons).map { value, other in
        Estimate(
          value: value.map { .success($0) } ?? .failure(Reason(other)), interval: .failure(Reason(reason)))
      }
    }
    if let fault = settings.fault { return plain(fault) }
    guard sums.unitCount >= 3 else { return plain("fewer than three units") }
    var replicates = whole.map { _ in [Double?]() }
    var drawn = [Int32](repeating: 0, count: sums.unitCount)
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      Bootstrap.draw(&drawn, from: &generator)
      for (index, value) in sums.shares(drawn).enumerated() { replicates[index].append(value) }
    }
    var jackknife = whole.map { _ in [Double?]() }
    if settings.method == .bca {
      var left = [Int32](repeating: 1, count: sums.unitCount)
      for unit in left.indices {
        left[unit] = 0
        for (index, value) in sums.shares(left).enumerated() { jackknife[index].append(value) }
        left[unit] = 1
      }
    }
    return whole.indices.map { index in
      guard let value = whole[index] else {
        let reason = Reason(reasons[index])
        return Estimate(value: .failure(reason), interval: .failure(reason))
      }
      let made = ResampledValue(
        value: value, replicates: replicates[index], jackknife: jackknife[index], settings: settings)
      return Estimate(value: .success(value), interval: made.interval())
    }
  }
}

/// The sums that variance shares are made of, by group of repeats, so that a resample adds up groups and not rows.
private struct ShareSums {
  /// The rows of one subject in one stratum.
  struct Cell {
    let stratum: Int
    let unit: Int
    let count: Int
    /// Sum of the deviations from the mean of all rows, in a unit of the order of the largest.
    let sum: Double
    let squares: Double
    /// Sum of squares about the group's own mean.
    let within: Double
  }

  private(set) var cells: [Cell] = []
  let unitCount: Int
  let strataCount: Int

  init(_ target: [Double], strata: Strata, groups: [Int], clusters: [Int]?) {
    let units = Self.units(groups, clusters)
    (unitCount, strataCount) = (units.count, strata.count)
    let deviations = CenteredColumn(target).deviations
    var places: [[Int]: Int] = [:]
    var members: [[Int]] = []
    for row in target.indices {
      let key = [strata.numbers[row], groups[row]]
      if let place = places[key] {
        members[place].append(row)
      } else {
        places[key] = members.count
        members.append([row])
      }
    }
    cells = members.map { rows in
      let values = rows.map { deviations[$0] }
      let sum = values.reduce(0, +)
      // The mean of equal values is taken without rounding.
      let mean = values.allSatisfy { $0 == values[0] } ? values[0] : sum / Double(values.count)
      return Cell(
        stratum: strata.numbers[rows[0]], unit: units.numbers[rows[0]], count: rows.count, sum: sum,
        squares: values.reduce(0) { $0 + $1 * $1 }, within: values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }
  }

  /// Rows that a group or a cluster joins, however many steps it takes.
  private static func units(_ groups: [Int], _ clusters: [Int]?) -> Strata {
    guard let clusters else { return Strata(groups) }
    var root = Array(groups.indices)
    func find(_ row: Int) -> Int {
      var row = row
      while root[row] != row {
        root[row] = root[root[row]]
        row = root[row]
      }
      return row
    }
    for partition in [Strata(groups), Strata(clusters)] {
      for rows in partition.members { for row in rows.dropFirst() { root[find(row)] = find(rows[0]) } }
    }
    return Strata(groups.indices.map { find($0) })
  }

  /// Explained, noise, rest, reliability and plain noise when units count by whole weights; nil where there is none.
  func shares(_ weights: [Int32]) -> [Double?] {
    var strata = [(count: Double, sum: Double, squares: Double, within: Double, freedom: Double)](
      repeating: (0, 0, 0, 0, 0), count: strataCount)
    for cell in cells where weights[cell.unit] > 0 {
      let weight = Double(weights[cell.unit])
      strata[cell.stratum].count += weight * Double(cell.count)
      strata[cell.stratum].sum += weight * cell.sum
      strata[cell.stratum].squares += weight * cell.squares
      strata[cell.stratum].within += weight * cell.within
      strata[cell.stratum].freedom += weight * Double(cell.count - 1)
    }
    var (count, sum, squares, inside, within, freedom) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    var (weighed, unreliable) = (0.0, 0.0)
    for stratum in strata where stratum.count > 0 {
      count += stratum.count
      sum += stratum.sum
      squares += stratum.squares
      within += stratum.within
      freedom += stratum.freedom
      let own = max(0, stratum.squares - stratum.sum * stratum.sum / stratum.count)
      inside += own
      guard stratum.freedom > 0, own > 0 else { continue }
      weighed += own
      unreliable += (stratum.count - 1) * stratum.within / stratum.freedom
    }
    let total = squares - sum * sum / max(1, count)
    guard total > 1e-24 else { return [nil, nil, nil, nil, nil] }
    let share = inside / total
    let explained = max(0, 1 - share)
    guard weighed > 0, freedom > 0 else { return [explained, nil, nil, nil, nil] }
    let noise = unreliable / weighed
    return [explained, share * noise, share * (1 - noise), 1 - noise, within / freedom / (total / (count - 1))]
  }
}
