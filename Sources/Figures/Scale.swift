import ElementaryFunctions

/// The places of values on an axis. Every finite value has a place, and every place is finite, also for values near the
/// largest and the smallest double and for spans between them.
package struct Scale: Sendable, Hashable {
  /// The form of a scale.
  package enum Form: Sendable, Hashable {
    /// Equal steps take equal lengths.
    case linear
    /// Equal factors take equal lengths; values must be positive.
    case logarithmic
    /// asinh(v / unit): linear near 0, logarithmic on both sides.
    case symmetricLogarithmic(unit: Double)

    /// The axis label that names it; empty for a linear one.
    package var label: String {
      switch self {
      case .linear: ""
      case .logarithmic: "log scale"
      case .symmetricLogarithmic: "symmetric log scale"
      }
    }
  }

  package let form: Form
  /// Smallest value shown.
  package let lower: Double
  /// Largest value shown.
  package let upper: Double
  /// True when larger values stand to the left or lower.
  package let isReversed: Bool
  /// Values that are the ticks, such as the few at which something was measured; round ones when empty.
  package var marked: [Double] = []
  /// The ends of the axis as `transformed` gives them; they may lie beyond what a double holds untransformed.
  let first: Double
  let last: Double
  /// A power of two that keeps differences of values finite and exact.
  private let factor: Double

  /// A scale over the finite ones of values with a margin of 4 %. A constant column gets a range around its value. Where
  /// values at or below 0 rule a logarithmic form out, it is symmetric-logarithmic, with the smallest magnitude as its unit.
  package init(_ form: Form, over values: [Double], isReversed: Bool = false, includesZero: Bool = false) {
    let finite = values.filter(\.isFinite)
    var low = finite.min() ?? (form == .logarithmic ? 1 : 0)
    var high = finite.max() ?? (form == .logarithmic ? 10 : 1)
    if includesZero {
      low = min(low, 0)
      high = max(high, 0)
    }
    let form = Self.usable(form, for: finite + [low, high])
    let factor = Self.factor(form, low, high)
    let (start, end) = (Self.transformed(low, form, factor), Self.transformed(high, form, factor))
    let margin = end > start ? (end - start) * 0.04 : max(abs(end) * 0.05, form == .linear ? 0.5 * factor : 0.1)
    self.init(
      form, ends: (start - margin, end + margin),
      values: (
        min(low, Self.bounded(Self.restored(start - margin, form, factor), form)),
        max(high, Self.bounded(Self.restored(end + margin, form, factor), form))
      ), factor: factor, isReversed: isReversed)
  }

  /// A scale between two values.
  package init(_ form: Form, from lower: Double, to upper: Double, isReversed: Bool = false) {
    let (low, high) = (lower.isNaN ? 0 : lower, upper.isNaN ? 1 : upper)
    let form = Self.usable(form, for: [low, high])
    let (start, end) = (Self.bounded(low, form), Self.bounded(high, form))
    let factor = Self.factor(form, start, end)
    self.init(form, ends: (nil, nil), values: (start, end), factor: factor, isReversed: isReversed)
  }

  /// Ends are those of the values where these stand for them, and the given ones beyond.
  private init(
    _ form: Form, ends: (Double?, Double?), values: (Double, Double), factor: Double, isReversed: Bool
  ) {
    self.form = form
    self.isReversed = isReversed
    self.factor = factor
    (lower, upper) = values
    func end(_ given: Double?, _ value: Double) -> Double {
      let limit = value.magnitude == .greatestFiniteMagnitude || value.magnitude == .leastNonzeroMagnitude
      let own = Self.transformed(value, form, factor)
      return limit ? given ?? own : own
    }
    first = end(ends.0, values.0)
    last = end(ends.1, values.1)
  }

  /// The form that shows a column: linear unless most values would share a hundredth of the axis.
  package static func suitable(for values: [Double]) -> Form {
    let sorted = values.filter(\.isFinite).sorted()
    let magnitudes = sorted.map { abs($0) }.filter { $0 > 0 }.sorted()
    guard magnitudes.count >= 8, let largest = magnitudes.last else { return .linear }
    guard let low = sorted.first, let high = sorted.last else { return .linear }
    let factor = factor(.linear, low, high)
    let spread = sorted[sorted.count * 9 / 10] * factor - sorted[sorted.count / 10] * factor
    guard spread < (high * factor - low * factor) / 50 else { return .linear }
    let isPositive = low > 0
    if isPositive, largest / low > 100 { return .logarithmic }
    return .symmetricLogarithmic(unit: max(magnitudes[magnitudes.count / 4], largest * 1e-15))
  }

  /// True when a value has a place on the axis: it is finite, and above 0 where the axis is logarithmic.
  package func shows(_ value: Double) -> Bool { value.isFinite && (form != .logarithmic || value > 0) }

  /// The place of a value, from 0 at the lower end to 1; −1 … 2 for values beyond the ends, −1 for those without a place.
  package func position(_ value: Double) -> Double {
    guard shows(value) else { return -1 }
    let share = last > first ? (Self.transformed(value, form, factor) - first) / (last - first) : 0.5
    let place = isReversed ? 1 - share : share
    return min(2, max(-1, place))
  }

  /// The value at a place, 0 at the lower end to 1, the other way of `position`; nil where no double holds it.
  func value(at place: Double) -> Double? {
    let share = isReversed ? 1 - place : place
    let value = Self.restored(first + share * (last - first), form, factor)
    return value.isFinite ? value : nil
  }

  /// The form, or the one that takes its place where values rule it out.
  private static func usable(_ form: Form, for values: [Double]) -> Form {
    let finite = values.filter(\.isFinite)
    switch form {
    case .linear: return .linear
    case .logarithmic where finite.allSatisfy { $0 > 0 }: return .logarithmic
    case .symmetricLogarithmic(let unit) where unit > 0 && unit.isFinite: return form
    case .logarithmic, .symmetricLogarithmic:
      let unit = finite.map { abs($0) }.filter { $0 > 0 }.min()
      return unit.map { .symmetricLogarithmic(unit: $0) } ?? .linear
    }
  }

  private static func factor(_ form: Form, _ low: Double, _ high: Double) -> Double {
    guard form == .linear else { return 1 }
    let largest = max(abs(low), abs(high))
    return largest > 0x1p1000 ? 0x1p-4 : low < high && largest < 0x1p-900 ? 0x1p120 : 1
  }

  /// A value that an axis can begin or end at.
  private static func bounded(_ value: Double, _ form: Form) -> Double {
    let least = form == .logarithmic ? Double.leastNonzeroMagnitude : -.greatestFiniteMagnitude
    return max(least, min(value, .greatestFiniteMagnitude))
  }

  private static func transformed(_ value: Double, _ form: Form, _ factor: Double) -> Double {
    switch form {
    case .linear: return value * factor
    case .logarithmic: return Elementary.log10(max(value, .leastNonzeroMagnitude))
    case .symmetricLogarithmic(let unit):
      let ratio = value / unit
      guard !ratio.isFinite else { return Elementary.asinh(ratio) }
      let size = Elementary.log(2) + Elementary.log(abs(value)) - Elementary.log(unit)
      return value < 0 ? -size : size
    }
  }

  private static func restored(_ value: Double, _ form: Form, _ factor: Double) -> Double {
    switch form {
    case .linear: return value / factor
    case .logarithmic: return Elementary.pow(10, value)
    case .symmetricLogarithmic(let unit):
      let restored = Elementary.sinh(value) * unit
      guard !restored.isFinite else { return restored }
      let size = Elementary.exp(abs(value) + Elementary.log(unit) - Elementary.log(2))
      return value < 0 ? -size : size
    }
  }
}
