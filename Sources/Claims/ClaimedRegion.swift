import Documents

/// The region in which a claim says that a value lies.
package enum ClaimedRegion: Sendable, Hashable {
  /// (x, ∞).
  case above(Double)
  /// (−∞, x).
  case below(Double)
  /// [x, ∞).
  case atLeast(Double)
  /// (−∞, x].
  case atMost(Double)
  /// [lower, upper].
  case between(lower: Double, upper: Double)
  /// (x − margin, x + margin): equivalent to x within a margin that is stated beforehand (Lakens 2017).
  case equivalent(to: Double, margin: Double)
  /// Everything but x. Refuted only by an interval that is x alone.
  case differs(from: Double)
  /// One text, such as a forensic verdict.
  case text(String)

  /// True when a number lies in the region; false for texts.
  package func contains(_ value: Double) -> Bool { contains(value...value) }

  /// True when a whole interval lies in the region; false for texts.
  package func contains(_ interval: ClosedRange<Double>) -> Bool {
    let (lower, upper) = (interval.lowerBound, interval.upperBound)
    switch self {
    case .above(let bound): return lower > bound
    case .below(let bound): return upper < bound
    case .atLeast(let bound): return lower >= bound
    case .atMost(let bound): return upper <= bound
    case .between(let least, let greatest): return lower >= least && upper <= greatest
    case .equivalent(let center, let margin): return lower > center - margin && upper < center + margin
    case .differs(let other): return lower > other || upper < other
    case .text: return false
    }
  }

  /// True when an interval has no number of the region; false for texts.
  package func isDisjoint(from interval: ClosedRange<Double>) -> Bool {
    let (lower, upper) = (interval.lowerBound, interval.upperBound)
    switch self {
    case .above(let bound): return upper <= bound
    case .below(let bound): return lower >= bound
    case .atLeast(let bound): return upper < bound
    case .atMost(let bound): return lower > bound
    case .between(let least, let greatest): return upper < least || lower > greatest
    case .equivalent(let center, let margin): return upper <= center - margin || lower >= center + margin
    case .differs(let other): return lower == other && upper == other
    case .text: return false
    }
  }

  /// The one number at which a test of the region has its null hypothesis; nil for regions with two ends, and texts.
  package var boundary: Double? {
    switch self {
    case .above(let bound), .below(let bound), .atLeast(let bound), .atMost(let bound), .differs(let bound): bound
    case .between, .equivalent, .text: nil
    }
  }

  /// The ends of the region, nil at a side without end; nil for texts and for everything but one number.
  package var ends: (lower: Double?, upper: Double?)? {
    switch self {
    case .above(let bound), .atLeast(let bound): (bound, nil)
    case .below(let bound), .atMost(let bound): (nil, bound)
    case .between(let lower, let upper): (lower, upper)
    case .equivalent(let center, let margin): (center - margin, center + margin)
    case .differs, .text: nil
    }
  }

  /// The region in words, such as `above 0`.
  package var words: String {
    switch self {
    case .above(let bound): "above \(Self.written(bound))"
    case .below(let bound): "below \(Self.written(bound))"
    case .atLeast(let bound): "at least \(Self.written(bound))"
    case .atMost(let bound): "at most \(Self.written(bound))"
    case .between(let lower, let upper): "between \(Self.written(lower)) and \(Self.written(upper))"
    case .equivalent(let center, let margin): "within \(Self.written(margin)) of \(Self.written(center))"
    case .differs(let other): "other than \(Self.written(other))"
    case .text(let text): text
    }
  }

  /// A number in full, with a true minus sign and no zero before the point.
  private static func written(_ number: Double) -> String {
    let text = JSONValue.numberText(abs(number))
    return (number < 0 ? "−" : "") + (text.hasPrefix("0.") ? String(text.dropFirst()) : text)
  }
}
