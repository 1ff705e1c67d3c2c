import ElementaryFunctions
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
/// ρ = 1 − Σ(Nₛ − 1)Eₛ/ΣTₛ, Tₛ the sum of squares in a stratum, is the reliability inside strata: each stratum's error is taken from
/// its own groups, and strata without repeats are left out. In one stratum it is that of `ReplicateReliability`. Where noisy strata
/// have most of the repeats, one error for all rows (`plainNoise`) is larger than the noise that the rows have.
///
/// Intervals are studentised (bootstrap-t, Efron & Tibshirani 1993, § 12.5), whatever the method of the settings: where few groups
/// have repeats, quantiles of the resampled shares cover less than they say, with BCa's corrections too. Every share is a ratio of
/// variances or 1 less one, see `ShareSums.Ratio`. Its logarithm l and those of resamples l* give t* = (l* − l)/s*, with s* the
/// resample's standard error from the influences of its units (infinitesimal jackknife); the interval of l is l − q s with the
/// quantiles q of t* and s the jackknife's standard error over units, which tends to be too large rather than too small (Efron & Stein
/// 1981). An interval holds its value; ends that no share of a variance can have are put at 0 or 1 if the value is not beyond.
package struct VarianceShares: Sendable, Hashable {
  /// A value with its bootstrap interval.
  package struct Estimate: Sendable, Hashable {
    package var value: Outcome<Double>
    /// The interval, or why there is none; nil when none is asked for.
    package var interval: Outcome<Interval>?
  }

  /// What the method of the intervals is called.
  package static let method = "bootstrap-t"

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
  /// O((resamples + units) · n).
  ///
  /// - Parameters:
  ///   - target: One finite number for each row.
  ///   - strata: The stratum of each row.
  ///   - groups: The subject of each row; rows of one subject and stratum are repeats.
  ///   - clusters: The cluster of each row, when rows have clusters.
  ///   - settings: Resamples, seed and level of the intervals; nil for values without intervals.
  /// - Throws: `Reason` when columns differ in length, a value is not finite, or all are the same.
  package init(
    _ target: [Double], strata: [Int], groups: [Int], clusters: [Int]? = nil, settings: BootstrapSettings?
  ) throws(Reason) {
    guard strata.count == target.count, groups.count == target.count, clusters.map({ $0.count == target.count }) ?? true
    else { throw Reason("the columns differ in length") }
    guard target.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    guard target.contains(where: { $0 != target[0] }) else { throw Reason("the target is constant") }
    let sums = ShareSums(target, strata: Strata(strata), groups: groups, clusters: clusters)
    (count, unitCount, strataCount) = (target.count, sums.unitCount, sums.strataCount)
    (groupCount, replicatedCount) = (sums.cells.count, sums.cells.count { $0.count > 1 })
    let ratios = sums.totals([Int32](repeating: 1, count: sums.unitCount)).ratios
    let intervals = settings.map { Self.intervals(sums, ratios, $0) }
    func estimate(_ ratio: ShareSums.Ratio) -> Estimate {
      let place = ratio.rawValue
      guard let value = ratios[place] else {
        let reason = Reason(ratio == .inside ? "the target is constant" : "no stratum has repeats")
        return Estimate(value: .failure(reason), interval: intervals.map { _ in .failure(reason) })
      }
      return Estimate(value: .success(ratio.share(value)), interval: intervals.map { $0[place] })
    }
    (explained, noise, rest) = (estimate(.inside), estimate(.noise), estimate(.other))
    (reliability, plainNoise) = (estimate(.unreliable), estimate(.plainNoise))
  }

  /// The intervals of the shares, by ratio, or why there is none.
  private static func intervals(
    _ sums: ShareSums, _ whole: [Double?], _ settings: BootstrapSettings
  ) -> [Outcome<Interval>] {
    if let fault = settings.fault { return whole.map { _ in .failure(Reason(fault)) } }
    guard sums.unitCount >= 3 else { return whole.map { _ in .failure(Reason("fewer than three units")) } }
    let centres = whole.map { ShareSums.logarithm($0) }
    var weights = [Int32](repeating: 1, count: sums.unitCount)
    var jackknife = whole.map { _ in [Double]() }
    for unit in weights.indices {
      weights[unit] = 0
      for (place, ratio) in sums.totals(weights).ratios.enumerated() {
        if let left = ShareSums.logarithm(ratio) { jackknife[place].append(left) }
      }
      weights[unit] = 1
    }
    var resampled = whole.map { _ in Studentised() }
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      Bootstrap.draw(&weights, from: &generator)
      let totals = sums.totals(weights)
      let (ratios, errors) = (totals.ratios, sums.standardErrors(totals, weights))
      for place in whole.indices {
        guard let centre = centres[place], let drawn = ShareSums.logarithm(ratios[place]) else { continue }
        resampled[place].append(drawn, less: centre, error: errors[place])
      }
    }
    return ShareSums.Ratio.allCases.map { ratio in
      let place = ratio.rawValue
      return .of { () throws(Reason) in
        guard let centre = centres[place] else { throw Reason(Bootstrap.sameEverywhere) }
        let ends = try resampled[place].ends(centre, jackknife: jackknife[place], settings)
        let value = ratio.share(Elementary.exp(centre))
        let (one, other) = (ratio.share(Elementary.exp(ends.lower)), ratio.share(Elementary.exp(ends.upper)))
        let (lower, upper) = (
          max(min(one, other), min(ratio.limits.lower, value)), min(max(one, other), max(ratio.limits.upper, value))
        )
        guard lower.isFinite, upper.isFinite else { throw Reason("an end of the interval is too large for a number") }
        return Interval(lower: lower, upper: upper, standardError: resampled[place].deviationOfRatios)
      }
    }
  }
}

/// Resampled logarithms of a ratio, and their deviations from that of all rows in their own standard errors.
private struct Studentised {
  private var logarithms: [Double] = []
  private var deviations: [Double] = []

  /// Adds a resample; one without a standard error is undefined.
  mutating func append(_ drawn: Double, less centre: Double, error: Double) {
    guard error.isFinite, error > 1e-12 else { return }
    logarithms.append(drawn)
    deviations.append((drawn - centre) / error)
  }

  /// Standard deviation of the resampled ratios.
  var deviationOfRatios: Double {
    let ratios = logarithms.map { Elementary.exp($0) }
    return (Self.squares(ratios) / Double(max(1, ratios.count - 1))).squareRoot()
  }

  /// The interval of the logarithm.
  ///
  /// - Parameter jackknife: The logarithms without each unit.
  /// - Throws: `Reason` when over 1 % of the resamples are undefined, or all agree.
  func ends(
    _ centre: Double, jackknife: [Double], _ settings: BootstrapSettings
  ) throws(Reason) -> (lower: Double, upper: Double) {
    guard Double(deviations.count) >= 0.99 * Double(settings.resamples), deviations.count >= 2, jackknife.count >= 2
    else { throw Reason("undefined in \(settings.resamples - deviations.count) of \(settings.resamples) resamples") }
    let units = Double(jackknife.count)
    let error = ((units - 1) / units * Self.squares(jackknife)).squareRoot()
    guard error > 1e-12, logarithms.contains(where: { abs($0 - logarithms[0]) > 1e-12 }) else {
      throw Reason(Bootstrap.sameEverywhere)
    }
    let (sorted, tail) = (deviations.sorted(), (1 - settings.level) / 2)
    // At a low level both quantiles can lie on one side of 0.
    let (low, high) = (min(0, Quantile.linear(sorted, tail)), max(0, Quantile.linear(sorted, 1 - tail)))
    return (centre - error * high, centre - error * low)
  }

  /// Σ (value − mean)².
  private static func squares(_ values: [Double]) -> Double {
    let mean = Mean.value(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}

extension VarianceShares.Estimate {
  /// The noise ceiling that a reliability sets, its interval under the same formula, ends below 0 put at 0; see `NoiseCeiling`.
  package var noiseCeiling: Self {
    Self(
      value: value.flatMap { reliability in .of { () throws(Reason) in try NoiseCeiling.pearson(reliability) } },
      interval: interval.map {
        $0.map { Interval(lower: NoiseCeiling.end($0.lower), upper: NoiseCeiling.end($0.upper)) }
      })
  }

  /// The noise ceiling of Kendall's τ that a reliability sets, as `noiseCeiling`.
  package var kendallNoiseCeiling: Self {
    let pearson = noiseCeiling
    return Self(
      value: pearson.value.map { Greiner.kendall($0) },
      interval: pearson.interval.map { $0.map { Greiner.kendall($0) } })
  }
}
