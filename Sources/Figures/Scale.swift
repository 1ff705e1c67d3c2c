import ElementaryFunctions

/// How values become places on an axis.
public struct Scale: Sendable, Hashable {
  /// The form of a scale.
  public enum Form: Sendable, Hashable {
    /// Equal steps.
    case linear
    /// Equal factors; values must be positive.
    case logarithmic
    /// asinh(v / unit): linear near 0, logarithmic on both sides.
    case symmetricLogarithmic(unit: Double)
  }

  /// The form.
  public var form: Form
  /// Smallest value shown.
  public var lower: Double
  /// Largest value shown.
  public var upper: Double
  /// Whether it runs backwards.
  public var isReversed: Bool

  /// A scale over values with a margin of 4 %. A constant column gets a range around its value.
  public init(_ form: Form, over values: [Double], isReversed: Bool = false, includesZero: Bool = false) {
    self.form = form
    self.isReversed = isReversed
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    if includesZero {
      low = min(low, 0)
      high = max(high, 0)
    }
    lower = low
    upper = high
    let (first, last) = (transformed(low), transformed(high))
    let margin = last > first ? (last - first) * 0.04 : max(abs(last) * 0.05, form == .linear ? 0.5 : 0.1)
    lower = restored(first - margin)
    upper = restored(last + margin)
  }

  /// A scale between two values.
  public init(_ form: Form, from lower: Double, to upper: Double, isReversed: Bool = false) {
    self.form = form
    self.lower = lower
    self.upper = upper
    self.isReversed = isReversed
  }

  /// The form that shows a column: linear unless most values would share a hundredth of the axis.
  public static func suitable(for values: [Double]) -> Form {
    let magnitudes = values.map { abs($0) }.filter { $0 > 0 }.sorted()
    guard magnitudes.count >= 8, let largest = magnitudes.last else { return .linear }
    let sorted = values.sorted()
    let spread = sorted[sorted.count * 9 / 10] - sorted[sorted.count / 10]
    guard let low = sorted.first, let high = sorted.last, spread < (high - low) / 50 else { return .linear }
    let isPositive = low > 0
    if isPositive, largest / low > 100 { return .logarithmic }
    return .symmetricLogarithmic(unit: max(magnitudes[magnitudes.count / 4], largest * 1e-15))
  }

  /// Where a value stands, from 0 at the lower end to 1.
  public func position(_ value: Double) -> Double {
    let (first, last) = (transformed(lower), transformed(upper))
    let share = last > first ? (transformed(value) - first) / (last - first) : 0.5
    return isReversed ? 1 - share : share
  }

  private func transformed(_ value: Double) -> Double {
    switch form {
    case .linear: value
    case .logarithmic: Elementary.log10(max(value, .leastNormalMagnitude))
    case .symmetricLogarithmic(let unit): Elementary.asinh(value / unit)
    }
  }

  private func restored(_ value: Double) -> Double {
    switch form {
    case .linear: value
    case .logarithmic: Elementary.pow(10, value)
    case .symmetricLogarithmic(let unit): Elementary.sinh(value) * unit
    }
  }

  /// Ticks with labels, about `count` of them, and a power of ten that the labels are divided by.
  public func ticks(_ count: Int) -> (ticks: [(value: Double, label: String)], exponent: Int) {
    switch form {
    case .linear: return linearTicks(count)
    case .logarithmic:
      let (first, last) = (Int(Elementary.log10(lower).rounded(.up)), Int(Elementary.log10(upper).rounded(.down)))
      guard last - first >= 2 else { return smallLogarithmicTicks() }
      let step = max(1, (last - first + count - 1) / max(1, count))
      return (
        stride(from: first, through: last, by: step).map { (Elementary.pow(10, Double($0)), Self.powerLabel($0)) }, 0
      )
    case .symmetricLogarithmic(let unit):
      let largest = Int(Elementary.log10(max(abs(lower), abs(upper))).rounded(.down))
      let smallest = Int(Elementary.log10(unit).rounded(.up))
      let sides = (lower < 0 && upper > 0) ? 2 : 1
      let step = max(1, (largest - smallest) * sides / max(1, count - 1))
      var ticks: [(Double, String)] = lower <= 0 && upper >= 0 ? [(0, "0")] : []
      for exponent in stride(from: largest, through: smallest, by: -step) {
        let value = Elementary.pow(10, Double(exponent))
        if value <= upper, value >= lower { ticks.append((value, Self.powerLabel(exponent))) }
        if -value >= lower, -value <= upper { ticks.append((-value, "−" + Self.powerLabel(exponent))) }
      }
      return (ticks.sorted { $0.0 < $1.0 }.map { (value: $0.0, label: $0.1) }, 0)
    }
  }

  /// Ticks at 1, 2 and 5 times powers of ten, for a logarithmic axis of less than three decades.
  private func smallLogarithmicTicks() -> (ticks: [(value: Double, label: String)], exponent: Int) {
    let first = Int(Elementary.log10(lower).rounded(.down))
    let values = (first...first + 4).flatMap { exponent in [1, 2, 5].map { $0 * Elementary.pow(10, Double(exponent)) } }
      .filter { $0 >= lower && $0 <= upper }
    guard values.count >= 2 else { return Self(.linear, from: lower, to: upper).linearTicks(4) }
    return (values.map { ($0, NumberText.compact($0)) }, 0)
  }

  private static func powerLabel(_ exponent: Int) -> String {
    switch exponent {
    case 0: "1"
    case 1: "10"
    case 2: "100"
    default: "10^{\(exponent < 0 ? "−" : "")\(abs(exponent))}"
    }
  }

  private func linearTicks(_ count: Int) -> (ticks: [(value: Double, label: String)], exponent: Int) {
    let range = upper - lower
    guard range > 0, range.isFinite else { return ([(lower, NumberText.compact(lower))], 0) }
    let base = Elementary.pow(10, Elementary.log10(range / Double(max(1, count))).rounded(.down) - 1)
    let step = [5, 10, 20, 25, 50, 100].map { $0 * base }.first { range / $0 <= Double(count) + 0.5 } ?? base * 100
    let first = (lower / step).rounded(.up)
    let last = (upper / step).rounded(.down)
    guard last - first < 100 else { return ([], 0) }
    let values = stride(from: first, through: last, by: 1).map { $0 * step }
    let largest = max(abs(lower), abs(upper))
    let magnitude = Int(Elementary.log10(largest).rounded(.down))
    let exponent = magnitude >= 5 || magnitude <= -4 ? magnitude : 0
    let scaledStep = step / Elementary.pow(10, Double(exponent))
    let decimals = max(0, Int((-Elementary.log10(scaledStep) - 1e-9).rounded(.up)))
    let needsMore = (scaledStep * Elementary.pow(10, Double(decimals))).truncatingRemainder(dividingBy: 1) > 1e-6
    return (
      values.map { value in
        (
          value,
          NumberText.fixed(
            value / Elementary.pow(10, Double(exponent)), decimals: min(decimals + (needsMore ? 1 : 0), 8))
        )
      }, exponent
    )
  }
}
