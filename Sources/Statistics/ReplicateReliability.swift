import ElementaryFunctions
import Outcomes

/// The reliability of a measurement from repeated measurements of the same subjects, in groups of any size: the one-way
/// analysis of the groups' means, each counting alike (Thomas & Hultquist 1978), whose intervals keep their level when groups are
/// of unequal size.
///
/// With a groups of nᵢ values, N in all, S² the variance of the groups' means (a − 1 degrees of freedom), WMS the mean square
/// within groups (N − a), n_h the harmonic mean of the sizes and n₀ = (N − Σnᵢ²/N)/(a − 1):
///
/// | name | value |
/// |---|---|
/// | ratio θ of the variance between groups to that within | (F − 1)/n_h with F = n_h S²/WMS |
/// | intraclass correlation | θ/(1 + θ), form 1,1 |
/// | reliability | 1 − (N − 1)/((a − 1)(1 + n₀θ) + N − a): the share of the expected sum of squares that is not error |
/// | noise ceiling | √reliability: the most that a correlation with the measurement can be expected to be (Spearman 1904) |
///
/// The intervals have F/q for F, q quantiles of the F distribution with a − 1 and N − a degrees of freedom, so that they hold their
/// values and agree with one another. For groups of one size these are (BMS − WMS)/(BMS + (n − 1) WMS) of Shrout & Fleiss (1979) and
/// 1 − WMS/s², s² the variance of all values. Groups of one value say nothing of the error, but take part in what lies between
/// groups. The error is taken to be alike in all groups: rows whose error differs are to be pooled, see `PooledReliability`.
package struct ReplicateReliability: Sendable, Hashable {
  /// a, number of groups.
  package let groupCount: Int
  /// Number of groups of two values or more.
  package let replicatedCount: Int
  /// N, number of values.
  package let count: Int
  /// n₀ = (N − Σnᵢ²/N)/(a − 1), the size of the groups when all are of one size.
  package let effectiveSize: Double
  /// The intraclass correlation, in −1/(n_h − 1) … 1.
  package let intraclassCorrelation: Double
  /// Its interval: exact for groups of one size of normal values, else approximate. Or why there is none.
  package let interval: Outcome<Interval>
  /// The reliability, 1 at most; negative when groups differ by less than their values do inside.
  package let reliability: Double
  /// The interval of the reliability. Or why there is none.
  package let reliabilityInterval: Outcome<Interval>
  /// Standard deviation of the error, √WMS, in units of the measurement.
  package let errorDeviation: Double
  /// Standard deviation s of all values, in units of the measurement.
  package let standardDeviation: Double

  /// Computes it. O(N).
  ///
  /// - Parameters:
  ///   - groups: The values of each group; groups without values are left out.
  ///   - level: Coverage of the interval.
  /// - Throws: `Reason` for fewer than two groups, no group of two values, a value that is not finite, values that are all
  ///   the same.
  package init(_ groups: [[Double]], level: Double = 0.95) throws(Reason) {
    let groups = groups.filter { !$0.isEmpty }
    guard groups.count >= 2 else { throw Reason("fewer than two groups") }
    let all = groups.flatMap { $0 }
    guard all.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    guard all.count > groups.count else { throw Reason("no group has two values") }
    guard all.contains(where: { $0 != all[0] }) else { throw Reason("every value is the same") }
    let squares = OneWaySquares(groups)
    let freedom = (Double(groups.count - 1), Double(all.count - groups.count))
    let within = squares.within / freedom.1
    let variance = squares.total / (freedom.0 + freedom.1)
    effectiveSize = squares.effectiveSize / freedom.0
    groupCount = groups.count
    replicatedCount = groups.count { $0.count > 1 }
    count = all.count
    errorDeviation = within.squareRoot() * squares.unit
    standardDeviation = variance.squareRoot() * squares.unit
    guard errorDeviation.isFinite, standardDeviation.isFinite else {
      throw Reason("the range of the values is too large")
    }
    let harmonic = Double(groups.count) / groups.reduce(0) { $0 + 1 / Double($1.count) }
    let meanOfMeans = Mean.value(squares.means)
    let spread = squares.means.reduce(0) { $0 + ($1 - meanOfMeans) * ($1 - meanOfMeans) } / freedom.0
    let size = effectiveSize
    // Both as functions of the variance between groups and of that within, in any unit; see the table above.
    func correlation(_ between: Double, _ within: Double) -> Double {
      (between - within) / (between + (harmonic - 1) * within)
    }
    func reliability(_ between: Double, _ within: Double) -> Double {
      let expected = within + size * (between - within) / harmonic
      return 1 - (freedom.0 + freedom.1) * within / (freedom.0 * expected + freedom.1 * within)
    }
    let between = harmonic * spread
    intraclassCorrelation = correlation(between, within)
    self.reliability = reliability(between, within)
    guard intraclassCorrelation.isFinite, self.reliability.isFinite else {
      throw Reason("the groups' means are all the same")
    }
    let ratios = Self.ratios(between, within, freedom: freedom, level: level)
    interval = ratios.flatMap { ratios in Self.interval(ratios) { correlation($0, 1) } }
    reliabilityInterval = ratios.flatMap { ratios in Self.interval(ratios) { reliability($0, 1) } }
  }

  /// The noise ceiling of Pearson's r, approximately of Spearman's ρ.
  ///
  /// - Throws: `Reason` when the reliability is not positive: nothing of the measurement is known not to be error.
  package func noiseCeiling() throws(Reason) -> Double {
    guard reliability > 0 else { throw Reason("the reliability is not positive") }
    return reliability.squareRoot()
  }

  /// The noise ceiling of Kendall's τ if both columns are normal: (2/π) arcsin of that of r (Greiner 1909).
  ///
  /// - Throws: `Reason` as `noiseCeiling` does.
  package func kendallNoiseCeiling() throws(Reason) -> Double { Greiner.kendall(try noiseCeiling()) }

  /// The interval of the noise ceiling: that of the reliability under the same formula, an end below 0 put at 0.
  package var noiseCeilingInterval: Outcome<Interval> { reliabilityInterval.map(Self.ceiling) }

  static func ceiling(_ reliability: Interval) -> Interval {
    Interval(lower: max(0, reliability.lower).squareRoot(), upper: max(0, reliability.upper).squareRoot())
  }

  /// The interval of E(n_h S²)/σ² from the F distribution.
  private static func ratios(
    _ between: Double, _ within: Double, freedom: (Double, Double), level: Double
  ) -> Outcome<ClosedRange<Double>> {
    guard level > 0, level < 1 else { return .failure(Reason("the level is not between 0 and 1")) }
    guard within > 0 else { return .failure(Reason("the values of no group differ")) }
    let tail = 1 - (1 - level) / 2
    let ratio = between / within
    // At a low level both quantiles can lie on one side of 1; an interval holds its value.
    let low = ratio / max(1, FDistribution.quantile(tail, freedom.0, freedom.1))
    let high = ratio * max(1, FDistribution.quantile(tail, freedom.1, freedom.0))
    guard low.isFinite, high.isFinite, low <= high else {
      return .failure(Reason("the F distribution has no quantile"))
    }
    return .success(low...high)
  }

  private static func interval(_ ratios: ClosedRange<Double>, _ value: (Double) -> Double) -> Outcome<Interval> {
    let ends = (value(ratios.lowerBound), value(ratios.upperBound))
    guard ends.0.isFinite, ends.1.isFinite else { return .failure(Reason("the F distribution has no quantile")) }
    return .success(Interval(lower: ends.0, upper: ends.1))
  }
}

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
  /// The mean of each group less that of all values.
  private(set) var means: [Double] = []
  /// Factor that turns deviations into units of the values.
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
      means.append(mean)
      between += size * mean * mean
      within += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      total += values.reduce(0) { $0 + $1 * $1 }
      effectiveSize -= size * size / count
    }
  }
}

/// The reliability of a measurement inside strata together, which may differ in how noisy they are: the ceiling of correlations
/// that are pooled over strata.
///
/// Σ Tₛ ρₛ / Σ Tₛ of the strata's reliabilities ρₛ with their sums of squares Tₛ = (Nₛ − 1) sₛ²: the share of the variance inside
/// strata that is not error, each stratum's error taken from its own replicates. Strata without replicates are left out.
package struct PooledReliability: Sendable, Hashable {
  /// The reliability, 1 at most; negative when there is nothing but error.
  package let value: Double
  /// The interval of the value, from those of the strata by the method of variance estimates recovery (Zou & Donner 2008): value ∓
  /// √Σ wₛ² (ρₛ − lₛ)², the weights wₛ = Tₛ/Σ Tₛ as they are. Or why there is none.
  package let interval: Outcome<Interval>
  /// Number of values in the strata that are used.
  package let count: Int
  /// Number of strata used.
  package let strataCount: Int

  /// Pools strata.
  ///
  /// - Throws: `Reason` when there are none.
  package init(_ strata: [ReplicateReliability]) throws(Reason) {
    let largest = strata.map(\.standardDeviation).max() ?? 0
    guard largest > 0 else { throw Reason("no stratum has replicates") }
    let weights = strata.map { stratum in
      let relative = stratum.standardDeviation / largest
      return Double(stratum.count - 1) * relative * relative
    }
    let sum = weights.reduce(0, +)
    let value = zip(weights, strata).reduce(0) { $0 + $1.0 * $1.1.reliability } / sum
    self.value = value
    interval = .of { () throws(Reason) in
      var (below, above) = (0.0, 0.0)
      for (weight, stratum) in zip(weights, strata) {
        let ends = try stratum.reliabilityInterval.get()
        let (lower, upper) = (max(0, stratum.reliability - ends.lower), max(0, ends.upper - stratum.reliability))
        below += weight / sum * lower * (weight / sum * lower)
        above += weight / sum * upper * (weight / sum * upper)
      }
      return Interval(lower: value - below.squareRoot(), upper: min(1, value + above.squareRoot()))
    }
    count = strata.reduce(0) { $0 + $1.count }
    strataCount = strata.count
  }

  /// The noise ceiling √reliability of Pearson's r pooled over strata, approximately of Spearman's ρ.
  ///
  /// - Throws: `Reason` when the reliability is not positive.
  package func noiseCeiling() throws(Reason) -> Double {
    guard value > 0 else { throw Reason("the reliability is not positive") }
    return value.squareRoot()
  }

  /// The interval of the noise ceiling, as `ReplicateReliability.noiseCeilingInterval`.
  package var noiseCeilingInterval: Outcome<Interval> { interval.map(ReplicateReliability.ceiling) }
}

/// Kendall's τ of two normal columns from Pearson's r of them (Greiner 1909).
package enum Greiner {
  /// τ = (2/π) arcsin r, for r in −1 … 1.
  package static func kendall(_ correlation: Double) -> Double {
    2 / Double.pi * Elementary.asin(max(-1, min(1, correlation)))
  }

  /// The interval of τ from that of r.
  package static func kendall(_ correlation: Interval) -> Interval {
    Interval(lower: kendall(correlation.lower), upper: kendall(correlation.upper))
  }
}
