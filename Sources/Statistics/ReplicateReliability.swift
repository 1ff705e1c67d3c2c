import ElementaryFunctions
import Outcomes

/// The reliability of a measurement from repeated measurements of the same subjects, in groups of any size: the one-way
/// analysis of variance.
///
/// With a groups of nᵢ values, N in all, BMS and WMS the mean squares between (a − 1 degrees of freedom) and within groups (N
/// − a), n₀ = (N − Σnᵢ²/N)/(a − 1) and s² the variance of all values (N − 1):
///
/// | name | value |
/// |---|---|
/// | intraclass correlation | (BMS − WMS)/(BMS + (n₀ − 1) WMS), form 1,1 for groups of any size (Shrout & Fleiss 1979; Donner 1986) |
/// | reliability | 1 − WMS/s²: the share of the variance that is not error |
/// | noise ceiling | √reliability: the most that a correlation with the measurement can be expected to be (Spearman 1904) |
///
/// Groups of one value say nothing of the error, but take part in what lies between groups and in s². The error is taken to be alike
/// in all groups; of rows whose error differs, and with intervals of the reliability, see `VarianceShares`.
package struct ReplicateReliability: Sendable, Hashable {
  /// a, number of groups.
  package let groupCount: Int
  /// Number of groups of two values or more.
  package let replicatedCount: Int
  /// N, number of values.
  package let count: Int
  /// n₀ = (N − Σnᵢ²/N)/(a − 1), the size of the groups when all are of one size.
  package let effectiveSize: Double
  /// The intraclass correlation, in −1/(n₀ − 1) … 1.
  package let intraclassCorrelation: Double
  /// Its interval from the F distribution with n₀ for the size of a group: exact for groups of one size, else approximate. Or
  /// why there is none.
  package let interval: Outcome<Interval>
  /// The reliability, 1 at most; negative when groups differ by less than their values do inside.
  package let reliability: Double
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
    let (between, within) = (squares.between / freedom.0, squares.within / freedom.1)
    let variance = squares.total / (freedom.0 + freedom.1)
    effectiveSize = squares.effectiveSize / freedom.0
    groupCount = groups.count
    replicatedCount = groups.count { $0.count > 1 }
    count = all.count
    intraclassCorrelation = (between - within) / (between + (effectiveSize - 1) * within)
    reliability = 1 - within / variance
    errorDeviation = within.squareRoot() * squares.unit
    standardDeviation = variance.squareRoot() * squares.unit
    guard errorDeviation.isFinite, standardDeviation.isFinite else {
      throw Reason("the range of the values is too large")
    }
    let ratios = Self.ratios(between, within, freedom: freedom, level: level)
    let size = effectiveSize
    interval = ratios.flatMap { ratios in
      Self.interval(ratios) { ($0 - 1) / ($0 + size - 1) }
    }
  }

  /// The noise ceiling of Pearson's r, see `NoiseCeiling`.
  ///
  /// - Throws: `Reason` when the reliability is not positive.
  package func noiseCeiling() throws(Reason) -> Double { try NoiseCeiling.pearson(reliability) }

  /// The interval of E(BMS)/σ² from the F distribution.
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
      between += size * mean * mean
      within += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      total += values.reduce(0) { $0 + $1 * $1 }
      effectiveSize -= size * size / count
    }
  }
}

/// The most that a correlation with a measurement can be expected to be, from the measurement's reliability (Spearman 1904).
package enum NoiseCeiling {
  /// √reliability: the noise ceiling of Pearson's r, approximately of Spearman's ρ.
  ///
  /// - Throws: `Reason` when the reliability is not positive: nothing of the measurement is known not to be error.
  package static func pearson(_ reliability: Double) throws(Reason) -> Double {
    guard reliability > 0 else { throw Reason("the reliability is not positive") }
    return reliability.squareRoot()
  }

  /// The same of an end of the reliability's interval, one below 0 put at 0.
  static func end(_ reliability: Double) -> Double { max(0, reliability).squareRoot() }
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
