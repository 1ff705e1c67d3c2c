import Outcomes

/// A statistic with what a bootstrap knows of it: its value on all rows, in every resample, and without each unit. Values
/// from the same resamples can be subtracted from one another.
package struct ResampledValue: Sendable, Hashable {
  /// The value on all rows.
  package let value: Double
  /// The value in each resample; nil where it is undefined.
  package let replicates: [Double?]
  /// The value without each unit; empty for percentile intervals.
  package let jackknife: [Double?]
  /// Settings under which the resamples were drawn.
  package let settings: BootstrapSettings
  /// True for a coefficient of association, in −1 … 1, whose jackknife interval is made on Fisher's scale.
  let isCoefficient: Bool

  init(
    value: Double, replicates: [Double?], jackknife: [Double?], settings: BootstrapSettings, isCoefficient: Bool = false
  ) {
    self.value = value
    self.replicates = replicates
    self.jackknife = jackknife
    self.settings = settings
    self.isCoefficient = isCoefficient
  }

  /// The interval, as `Bootstrap.intervals` and, for the jackknife, `JackknifeError` describe it.
  ///
  /// - Parameter level: Coverage; that of the settings when left out.
  /// - Returns: The interval or the reason for none.
  package func interval(level: Double? = nil) -> Outcome<Interval> {
    var settings = self.settings
    settings.level = level ?? settings.level
    if let reason = settings.fault { return .failure(Reason(reason)) }
    if settings.method == .jackknife { return error.map { $0.interval(level: settings.level) } }
    return Bootstrap.interval(value, replicates.compactMap { $0 }, jackknife: jackknife, settings)
  }

  /// The two-sided p-value of the hypothesis that the value is 0: min(1, 2 (1 + min(#{θ* ≤ 0}, #{θ* ≥ 0})) / (B + 1)), B
  /// the resamples in which it is defined. It turns the percentile interval round (the level at which its nearer end is 0;
  /// Efron & Tibshirani 1993, § 13.3), with one added above and below as in Monte Carlo tests (Davison & Hinkley 1997, §
  /// 4.2): never 0, at its floor 2/(B + 1).
  ///
  /// By the jackknife it is that of Student's t of the value over its standard error, and has no floor.
  ///
  /// - Throws: `Reason` when over 1 % of the resamples, or of the values without a unit, are undefined.
  package func pValue() throws(Reason) -> PValue {
    if settings.method == .jackknife { return try error.get().pValue }
    let defined = replicates.compactMap { $0 }
    guard Double(defined.count) >= 0.99 * Double(settings.resamples), defined.count >= 2 else {
      throw Reason("undefined in \(settings.resamples - defined.count) of \(settings.resamples) resamples")
    }
    let smaller = min(defined.count { $0 <= 0 }, defined.count { $0 >= 0 })
    return PValue(min(1, 2 * Double(1 + smaller) / Double(defined.count + 1)), isFloor: smaller == 0)
  }

  private var error: Outcome<JackknifeError> {
    Outcome.of { () throws(Reason) in
      try JackknifeError(of: value, without: jackknife, isCoefficient: isCoefficient)
    }
  }

  /// The value multiplied by a number of one's own, such as the sign of a declared direction.
  package func multiplied(by factor: Double) -> ResampledValue { mapped { $0 * factor } }

  /// The magnitudes of the value, of every resample's and of every one without a unit.
  package var magnitude: ResampledValue { mapped { abs($0) } }

  private func mapped(_ change: (Double) -> Double) -> ResampledValue {
    ResampledValue(
      value: change(value), replicates: replicates.map { $0.map(change) }, jackknife: jackknife.map { $0.map(change) },
      settings: settings, isCoefficient: isCoefficient)
  }

  /// The difference, resample by resample and unit by unit: the paired bootstrap. Its bias correction comes from the
  /// differences of the resampled values, its acceleration from those of the jackknife values.
  ///
  /// - Throws: `Reason` when the two were not resampled alike: other settings, or other numbers of units.
  package func minus(_ other: ResampledValue) throws(Reason) -> ResampledValue {
    guard settings == other.settings, replicates.count == other.replicates.count,
      jackknife.count == other.jackknife.count
    else { throw Reason("the two values come from different resamples") }
    func differences(_ left: [Double?], _ right: [Double?]) -> [Double?] {
      zip(left, right).map { pair in
        guard let left = pair.0, let right = pair.1 else { return nil }
        return left - right
      }
    }
    return ResampledValue(
      value: value - other.value, replicates: differences(replicates, other.replicates),
      jackknife: differences(jackknife, other.jackknife), settings: settings)
  }
}

/// The sign convention under which coefficients of several metrics are compared.
package enum Orientation: String, Sendable, Hashable, CaseIterable {
  /// Signed: positive when the end that a metric declares to be better goes with the target's better end.
  case declared
  /// Magnitudes, as figures without signs show them: a metric that is wrong about its direction counts as much as one that
  /// is right. Resampled magnitudes are folded at 0, so intervals of coefficients near 0 are rough.
  case magnitude

  /// A coefficient's values in this orientation.
  ///
  /// - Parameters:
  ///   - value: The signed coefficient of metric and target as they are.
  ///   - isPromisedPositive: True when the declared directions of metric and target are the same, so that a metric that is as
  ///     good as declared has a positive coefficient.
  package func applied(to value: ResampledValue, isPromisedPositive: Bool) -> ResampledValue {
    switch self {
    case .declared: isPromisedPositive ? value : value.multiplied(by: -1)
    case .magnitude: value.magnitude
    }
  }

  /// The sign that a metric is multiplied with, ±1, so that its coefficient with the target is in this orientation.
  ///
  /// - Parameters:
  ///   - value: The signed coefficient of metric and target as they are.
  ///   - isPromisedPositive: True when the declared directions of metric and target are the same.
  package func sign(of value: Double, isPromisedPositive: Bool) -> Double {
    switch self {
    case .declared: isPromisedPositive ? 1 : -1
    case .magnitude: value < 0 ? -1 : 1
    }
  }
}
