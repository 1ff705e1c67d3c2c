import Statistics

/// The two verdicts on a claim. They are never merged: a number can be met and what is concluded from it wrong, and the
/// other way round.
package struct Verdict: Sendable, Hashable {
  /// The verdict on the printed number: reproduced when the recomputed one rounds to it.
  package var reproduction: Reproduction
  /// The verdict on the claimed region, judged on `basis`.
  package var inference: Inference
  /// The basis of the inference; nil when nothing was judged.
  package var basis: Inference.Basis?
  /// The p-value adjusted over the claim's family; nil when none is.
  package var adjustedPValue: PValue?

  package init(
    reproduction: Reproduction, inference: Inference, basis: Inference.Basis? = nil, adjustedPValue: PValue? = nil
  ) {
    self.reproduction = reproduction
    self.inference = inference
    self.basis = basis
    self.adjustedPValue = adjustedPValue
  }
}

/// The verdict on a printed number: whether a recomputed one meets it. Says nothing of whether a claim holds: that is
/// `Inference`.
package enum Reproduction: Sendable, Hashable {
  /// It rounds to the printed digits, at a half away from zero or to even.
  case reproduced
  /// It does not round to them.
  case notReproduced
  /// There is nothing to compare.
  case notCheckable(String)
  /// The claim prints no number.
  case notClaimed

  /// Compares a recomputed value with a printed one.
  ///
  /// - Parameters:
  ///   - computed: The recomputed value.
  ///   - printed: The printed number.
  ///   - isMagnitude: True when it was printed without its sign; the magnitude of `computed` is compared then.
  package init(computed: Double, printed: PrintedNumber, isMagnitude: Bool) {
    self = printed.isRounding(of: isMagnitude ? abs(computed) : computed) ? .reproduced : .notReproduced
  }

  /// The verdict in words.
  package var words: String {
    switch self {
    case .reproduced: "reproduced"
    case .notReproduced: "not reproduced"
    case .notCheckable: "not checkable"
    case .notClaimed: "not claimed"
    }
  }

  /// The reason why there is nothing to compare; nil otherwise.
  package var reason: String? { if case .notCheckable(let reason) = self { reason } else { nil } }
}

/// The verdict on a claimed region: whether the data bear it out. Says nothing of whether a printed number was met: that is
/// `Reproduction`.
package enum Inference: Sendable, Hashable {
  /// The interval lies inside the region.
  case supported
  /// The interval lies outside it.
  case refuted
  /// The interval does not decide, for the reason given.
  case inconclusive(String)
  /// There is nothing to judge, for a reason.
  case notCheckable(String)
  /// The claim names no region.
  case notClaimed

  /// The basis of a verdict.
  package enum Basis: String, Sendable, Hashable, CaseIterable {
    /// The interval, for claims that go beyond the data at hand.
    case interval
    /// The value itself, for claims about the data at hand.
    case value
  }

  /// The verdict in words.
  package var words: String {
    switch self {
    case .supported: "supported"
    case .refuted: "refuted"
    case .inconclusive: "inconclusive"
    case .notCheckable: "not checkable"
    case .notClaimed: "not claimed"
    }
  }

  /// The reason why there is no decision; nil when there is one.
  package var reason: String? {
    switch self {
    case .inconclusive(let reason), .notCheckable(let reason): reason
    case .supported, .refuted, .notClaimed: nil
    }
  }

  /// Holds a value against a region.
  ///
  /// `supported` when the interval lies inside the region, `refuted` when it is disjoint from it, `inconclusive`
  /// otherwise, also when an interval was asked for and has no ends. Texts, values without an interval, and values that
  /// are to be judged by themselves, are supported or refuted by the value. A number that chance alone gives more often than
  /// `largestChance` is `inconclusive`, whatever its interval and its basis: it would have been seen without any effect.
  ///
  /// - Parameters:
  ///   - value: The recomputed value.
  ///   - region: The claimed region.
  ///   - basis: The basis to judge on; nil for the interval where there is one.
  /// - Returns: The verdict, and what it was given on; nil when nothing was judged.
  package static func judge(
    _ value: RecomputedValue, in region: ClaimedRegion, on basis: Basis? = nil
  ) -> (verdict: Inference, basis: Basis?) {
    switch (value.content, region) {
    case (.undefined(let reason), _): return (.notCheckable(reason), nil)
    case (.text(let text), .text(let claimed)): return (text == claimed ? .supported : .refuted, .value)
    case (.text(let text), _): return (.notCheckable("the value is the text \(text), not a number"), nil)
    case (.number, .text): return (.notCheckable("the value is a number, not a text"), nil)
    case (.number(let number), _):
      if let chance = value.chance, chance > largestChance {
        return (.inconclusive(Self.reason(chance: chance)), basis ?? (value.interval == nil ? .value : .interval))
      }
      if basis == .value { return (region.contains(number) ? .supported : .refuted, .value) }
      if let interval = value.interval {
        if region.contains(interval) { return (.supported, .interval) }
        if region.isDisjoint(from: interval) { return (.refuted, .interval) }
        return (.inconclusive("the interval reaches over the end of the region"), .interval)
      }
      if let reason = value.intervalUndefined { return (.inconclusive("there is no interval: \(reason)"), nil) }
      if basis == .interval { return (.notCheckable("no interval is computed"), nil) }
      return (region.contains(number) ? .supported : .refuted, .value)
    }
  }

  /// The largest probability under chance alone with which a value still tells something.
  package static let largestChance = 0.05

  private static func reason(chance: Double) -> String {
    // Two decimals, three below .1; the rounded number never hides that it is over the limit.
    let digits = chance < 0.1 ? 3 : 2
    let scale = digits == 3 ? 1000.0 : 100
    let parts = String(Int((min(1, chance) * scale).rounded()))
    let padded = String(repeating: "0", count: max(0, digits - parts.count)) + parts
    return "chance alone gives a value as far out with probability \(chance >= 0.995 ? "1" : ".\(padded)")"
  }
}
