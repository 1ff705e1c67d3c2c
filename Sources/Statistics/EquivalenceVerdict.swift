/// What an interval says of a margin around 0, for any statistic that has an interval.
package enum EquivalenceVerdict: String, Sendable, Hashable, CaseIterable {
  /// The interval lies inside the margin: at most that much, either way.
  case equivalent
  /// It lies outside of the margin on one side: more than that much.
  case different
  /// It holds values of both kinds. That a difference was not found does not make things equal.
  case undecided

  /// Judges an interval of coverage 1 − 2α, which is what two one-sided tests at α amount to (Schuirmann 1987; Lakens 2017).
  ///
  /// - Parameters:
  ///   - interval: The interval.
  ///   - margin: The margin, positive.
  package init(_ interval: Interval, margin: Double) {
    if interval.lower > -margin, interval.upper < margin {
      self = .equivalent
    } else if interval.lower > margin || interval.upper < -margin {
      self = .different
    } else {
      self = .undecided
    }
  }

  /// The coverage of the interval to judge where intervals of a level are reported: 1 − 2α for 1 − α, to twelve decimals. At
  /// .95 it is .9.
  ///
  /// - Precondition: The level is in (0.5, 1).
  package static func level(for level: Double) -> Double { ((2 * level - 1) * 1e12).rounded() / 1e12 }
}
