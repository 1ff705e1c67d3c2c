import Outcomes

/// Bootstrap intervals of coefficients of association.
///
/// ```swift
/// let sample = try PairedSample(x: metric, y: accuracy, clusters: architectures)
/// let settings = BootstrapSettings(resamples: 9999, seed: 7)
/// let outcomes = Bootstrap.intervals(of: [.kendallTauB, .spearman], sample: sample, settings: settings)
/// ```
package enum Bootstrap {
  /// Reason for no interval where resampling changes nothing, as for columns in perfect agreement.
  package static let sameEverywhere = "every resample gives the same value"
  /// The reasons for no interval where the value is as sure as the sample can make it.
  package static let unchanging: Set<String> = [sameEverywhere, JackknifeError.sameEverywhere]

  /// Intervals of several coefficients from one set of resamples.
  ///
  /// Each resample draws as many units (clusters, or rows when there are none) with replacement as the sample has (Field
  /// & Welsh 2007). With θ̂ the value and θ* the resampled ones, BCa takes the quantiles of θ* at Φ(z₀ + (z₀ + z)/(1 −
  /// a(z₀ + z))): z₀ = Φ⁻¹((#{θ* < θ̂} + #{θ* ≤ θ̂}) / 2B), a = Σd³ / (6 (Σd²)^{3/2}) of the jackknife deviations d over
  /// units. Quantiles interpolate linearly between order statistics, (B − 1)p from the first. A resample in which a
  /// coefficient is undefined is left out for it, up to 1 % of them. There is no interval when all resamples agree to
  /// 1e-12, when the value lies outside them, or when 1 − a(z₀ + z) is not positive.
  ///
  /// - Returns: An interval or the reason for none, in the order of the coefficients.
  package static func intervals(
    of coefficients: [Coefficient], sample: PairedSample, settings: BootstrapSettings
  ) -> [Outcome<Interval>] {
    resampled(coefficients, sample: sample, settings: settings).map { result in result.flatMap { $0.interval() } }
  }

  /// Values of several coefficients on all rows, in every resample and, for BCa, without each unit. The resamples depend on
  /// the seed and the number of units alone, so that samples with the same units are resampled alike: their values can be
  /// compared resample by resample. O(resamples · n) at least; O(n log n) for the jackknife alone, which draws none and has no
  /// values of coefficients whose weight lies on a few rows.
  ///
  /// - Returns: The values, or the reason for none, in the order of the coefficients.
  package static func resampled(
    _ coefficients: [Coefficient], sample: PairedSample, settings: BootstrapSettings
  ) -> [Outcome<ResampledValue>] {
    if let reason = settings.fault { return coefficients.map { _ in .failure(Reason(reason)) } }
    var evaluator = WeightedEvaluator(sample, coefficients: coefficients)
    let estimates = evaluator.valuesOfAllRows()
    guard sample.unitCount >= 3 else {
      return coefficients.map { _ in
        .failure(Reason(sample.clusters == nil ? "fewer than three rows" : "fewer than three clusters"))
      }
    }
    let replicates = settings.method == .jackknife ? coefficients.map { _ in [] } : values(&evaluator, settings)
    let jackknives = settings.method == .percentile ? coefficients.map { _ in [] } : Jackknife.values(&evaluator)
    return coefficients.indices.map { index in
      guard let estimate = estimates[index] else { return .failure(Reason(coefficients[index].reason(sample))) }
      if settings.method == .jackknife, coefficients[index].weighting != nil {
        return .failure(Reason(JackknifeError.reason(coefficients[index])))
      }
      return .success(
        ResampledValue(
          value: estimate, replicates: replicates[index], jackknife: jackknives[index], settings: settings,
          isCoefficient: true))
    }
  }

  /// The values of coefficients in every resample, by coefficient.
  private static func values(_ evaluator: inout WeightedEvaluator, _ settings: BootstrapSettings) -> [[Double?]] {
    var replicates = evaluator.coefficients.map { _ in [Double?]() }
    for index in replicates.indices { replicates[index].reserveCapacity(settings.resamples) }
    var drawn = [Int32](repeating: 0, count: evaluator.sample.unitCount)
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      draw(&drawn, from: &generator)
      for (index, value) in evaluator.values(unitWeights: drawn).enumerated() { replicates[index].append(value) }
    }
    return replicates
  }

  /// The most groups of units whose values without them give the acceleration of statistics without closed forms.
  static let jackknifeGroups = 200

  /// Values of statistics on all rows, in every resample and, for BCa, without each of up to 200 groups of units (unit i is in
  /// group i mod 200): sums over groups have the third moments of sums over units, so that the acceleration is estimated as
  /// well from them (Efron & Narasimhan 2020, `bcajack` with m groups). The resamples are those of
  /// `resampled(_:sample:settings:)` with as many units. O(resamples) evaluations.
  ///
  /// - Parameter values: The statistics when each unit counts as often as its weight says; nil where one is undefined.
  /// - Returns: The values, or the reason for none, in the order of the statistics.
  static func resampled(
    unitCount: Int, settings: BootstrapSettings, _ values: (_ unitWeights: [Int32]) -> [Double?]
  ) -> [Outcome<ResampledValue>] {
    var weights = [Int32](repeating: 1, count: unitCount)
    let estimates = values(weights)
    if let reason = settings.fault { return estimates.map { _ in .failure(Reason(reason)) } }
    guard unitCount >= 3 else { return estimates.map { _ in .failure(Reason("fewer than three rows or clusters")) } }
    var replicates = estimates.map { _ in [Double?]() }
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      draw(&weights, from: &generator)
      for (index, value) in values(weights).enumerated() { replicates[index].append(value) }
    }
    var jackknives = estimates.map { _ in [Double?]() }
    let groups = min(unitCount, jackknifeGroups)
    for group in 0..<(settings.method == .bca ? groups : 0) {
      for unit in weights.indices { weights[unit] = unit % groups == group ? 0 : 1 }
      for (index, value) in values(weights).enumerated() { jackknives[index].append(value) }
    }
    return estimates.indices.map { index in
      guard let estimate = estimates[index] else { return .failure(Reason("the value is undefined")) }
      return .success(
        ResampledValue(
          value: estimate, replicates: replicates[index], jackknife: jackknives[index], settings: settings))
    }
  }

  /// Draws as many units with replacement as there are, and counts how often each came.
  package static func draw(_ drawn: inout [Int32], from generator: inout SeededGenerator) {
    let count = drawn.count
    drawn.withUnsafeMutableBufferPointer { drawn in
      drawn.update(repeating: 0)
      for _ in 0..<count { drawn[generator.next(below: count)] &+= 1 }
    }
  }

  /// An interval from an estimate, its resampled values and, for BCa, its jackknife values.
  static func interval(
    _ estimate: Double, _ resampled: [Double], jackknife: [Double?], _ settings: BootstrapSettings
  ) -> Outcome<Interval> {
    guard settings.method != .jackknife else { return .failure(Reason(JackknifeError.onlyCoefficients)) }
    guard Double(resampled.count) >= 0.99 * Double(settings.resamples), resampled.count >= 2 else {
      return .failure(
        Reason("undefined in \(settings.resamples - resampled.count) of \(settings.resamples) resamples"))
    }
    let sorted = resampled.sorted()
    guard sorted[sorted.count - 1] - sorted[0] > 1e-12 else {
      return .failure(Reason(sameEverywhere))
    }
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sorted.count - 1)
    let tail = (1 - settings.level) / 2
    guard settings.method == .bca else {
      return .success(
        Interval(
          lower: Quantile.linear(sorted, tail), upper: Quantile.linear(sorted, 1 - tail),
          standardError: variance.squareRoot()))
    }
    let less = sorted.count { $0 < estimate }
    let atMost = sorted.count { $0 <= estimate }
    let share = Double(less + atMost) / Double(2 * sorted.count)
    guard share > 0, share < 1 else { return .failure(Reason("the value lies outside all its resamples")) }
    let bias = Normal.quantile(share)
    let acceleration = Self.acceleration(jackknife.compactMap { $0 })
    let scores = (lower: bias + Normal.quantile(tail), upper: bias + Normal.quantile(1 - tail))
    guard 1 - acceleration * scores.lower > 0, 1 - acceleration * scores.upper > 0 else {
      return .failure(Reason("the acceleration is too large for a BCa interval"))
    }
    func end(_ shifted: Double) -> Double {
      Quantile.linear(sorted, Normal.cumulative(bias + shifted / (1 - acceleration * shifted)))
    }
    return .success(
      Interval(
        lower: end(scores.lower), upper: end(scores.upper), bias: bias,
        acceleration: acceleration, standardError: variance.squareRoot()))
  }

  static func acceleration(_ jackknife: [Double]) -> Double {
    guard jackknife.count >= 2 else { return 0 }
    let mean = jackknife.reduce(0, +) / Double(jackknife.count)
    var squares = 0.0
    var cubes = 0.0
    for value in jackknife {
      let deviation = mean - value
      squares += deviation * deviation
      cubes += deviation * deviation * deviation
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }
}
