import Outcomes

/// Mean and median with bootstrap intervals, whole clusters drawn together.
package enum LocationBootstrap {
  /// A statistic of location with its interval.
  package struct Estimate: Sendable, Hashable {
    /// The value in the sample.
    package var value: Double
    /// The interval, or why there is none.
    package var interval: Result<Interval, Reason>
  }

  /// Mean and median.
  package struct Outcome: Sendable, Hashable {
    /// The mean over rows.
    package var mean: Estimate
    /// The median over rows: the mean of the two in the middle when their number is even.
    package var median: Estimate
  }

  /// Estimates of a column's location, from one set of resamples; see `Bootstrap` for how resamples are drawn and
  /// intervals made of them.
  ///
  /// A resample draws as many units (clusters, or rows when there are none) as there are; its mean is Σ over the drawn
  /// units of their sums, divided by their rows. Jackknife values in closed form: the mean without unit u is
  /// (Σy − Σ_u y)/(n − n_u); the median without u is found by position among the sorted rows. O(n log n + resamples · n).
  ///
  /// - Throws: `Reason` when there are no rows, a value is not finite, clusters are not one for each row, or the range
  ///   of the values exceeds the largest number.
  package static func estimates(
    of values: [Double], clusters: [Int]? = nil, settings: BootstrapSettings
  ) throws(Reason) -> Outcome {
    let summary = try ColumnSummary(values)
    guard clusters.map({ $0.count == values.count }) ?? true else { throw Reason("the columns differ in length") }
    func outcome(_ mean: Result<Interval, Reason>, _ median: Result<Interval, Reason>) -> Outcome {
      Outcome(
        mean: Estimate(value: summary.mean, interval: mean), median: Estimate(value: summary.median, interval: median))
    }
    func none(_ reason: String) -> Outcome {
      outcome(.failure(Reason(reason)), .failure(Reason(reason)))
    }
    if let fault = settings.fault { return none(fault) }
    let sample = LocationSample(values, clusters: clusters)
    guard sample.unitCount >= 3 else {
      return none(clusters == nil ? "fewer than three rows" : "fewer than three clusters")
    }
    guard sample.scale > 0 else { return none("every value is the same") }
    var means: [Double] = []
    var medians: [Double] = []
    means.reserveCapacity(settings.resamples)
    medians.reserveCapacity(settings.resamples)
    var drawn = [Int32](repeating: 0, count: sample.unitCount)
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      Bootstrap.draw(&drawn, from: &generator)
      let made = sample.location(drawn)
      means.append(made.mean)
      medians.append(made.median)
    }
    let isAccelerated = settings.method == .bca
    func interval(_ value: Double, _ resampled: [Double], _ jackknife: () -> [Double?]) -> Result<Interval, Reason> {
      // Sums in another order differ from the value by rounding alone.
      let settled = resampled.map { abs($0 - value) < 1e-12 ? value : $0 }
      return Bootstrap.interval(value, settled, jackknife: isAccelerated ? jackknife() : [], settings)
        .map { sample.unscaled($0) }
    }
    let whole = sample.location([Int32](repeating: 1, count: sample.unitCount))
    return outcome(
      interval(whole.mean, means) { sample.jackknifeMeans() },
      interval(whole.median, medians) { sample.jackknifeMedians() }
    )
  }
}
