extension Scale {
  /// Ticks with labels, about `count` of them and at least three where doubles are that dense, and a power of ten that the
  /// labels are divided by: none where labels say thousands (k) or millions (M). Marked values are ticks themselves. Ticks are decimal numbers, exact before they are rounded to doubles.
  package func ticks(_ count: Int) -> (ticks: [(value: Double, label: String)], exponent: Int) {
    let inside = marked.filter { $0 >= lower && $0 <= upper && shows($0) }
    if !inside.isEmpty { return (inside.map { ($0, Self.words($0)) }, 0) }
    let count = max(3, min(count, 50))
    switch form {
    case .linear: return linearTicks(count)
    case .logarithmic:
      let start = max(Int(first.rounded(.up)), DecimalNumber.powerAbove(lower))
      let end = min(Int(last.rounded(.down)), DecimalNumber.magnitude(upper))
      guard end - start >= 2 else { return smallLogarithmicTicks() }
      let step = max(1, (end - start + count - 1) / count)
      return (shown(stride(from: start, through: end, by: step).map { ($0, 1) }), 0)
    case .symmetricLogarithmic(let unit):
      let largest = DecimalNumber.magnitude(max(abs(lower), abs(upper), .leastNonzeroMagnitude))
      let smallest = DecimalNumber.powerAbove(unit)
      let sides = (lower < 0 && upper > 0) ? 2 : 1
      func ticks(_ step: Int) -> [(value: Double, label: String)] {
        let exponents = Array(stride(from: largest, through: smallest, by: -step))
        return shown(exponents.map { ($0, -1) } + [(0, 0)] + exponents.reversed().map { ($0, 1) })
      }
      var step = max(1, (largest - smallest) * sides / max(1, count - 1))
      var chosen = ticks(step)
      while chosen.count < 3, step > 1 {
        step /= 2
        chosen = ticks(step)
      }
      return chosen.count < 3 ? linearTicks(count) : (chosen, 0)
    }
  }

  /// Those of powers of ten with a sign that the scale shows; the sign 0 stands for 0.
  private func shown(_ powers: [(Int, Int)]) -> [(value: Double, label: String)] {
    powers.compactMap { exponent, sign in
      let power = DecimalNumber.power(exponent)
      let value = sign == 0 ? 0 : sign < 0 ? -power : power
      guard value >= lower, value <= upper, value.isFinite, sign == 0 || value != 0 else { return nil }
      return (value, sign == 0 ? "0" : (sign < 0 ? "−" : "") + Self.powerLabel(exponent))
    }
  }

  /// Ticks at 1, 2 and 5 times powers of ten, for a logarithmic axis of less than three decades.
  private func smallLogarithmicTicks() -> (ticks: [(value: Double, label: String)], exponent: Int) {
    let start = Int(first.rounded(.down))
    let values = (start...start + 4).flatMap { exponent in
      [1, 2, 5].map { DecimalNumber(digits: $0, exponent: exponent).value }
    }.filter { $0 >= lower && $0 <= upper && $0 > 0 && $0.isFinite }
    guard values.count >= 3 else { return linearTicks(4) }
    return (values.map { ($0, Self.words($0)) }, 0)
  }

  /// The word for a thousand or a million after numbers of a magnitude, with its power of ten; nil where none is used.
  private static func word(_ magnitude: Int) -> (power: Int, word: String)? {
    switch magnitude {
    case 5: (3, "\u{A0}k")
    case 6...8: (6, "\u{A0}M")
    default: nil
    }
  }

  /// A number by itself: 200 k, 5 M, 12.5.
  private static func words(_ value: Double) -> String {
    guard value != 0, value.isFinite, let (power, word) = word(DecimalNumber.magnitude(abs(value))) else {
      return NumberText.compact(value)
    }
    return NumberText.compact(value / DecimalNumber.power(power)) + word
  }

  private static func powerLabel(_ exponent: Int) -> String {
    switch exponent {
    case 0: "1"
    case 1: "10"
    case 2: "100"
    default: "10^{\(exponent < 0 ? "−" : "")\(abs(exponent))}"
    }
  }

  /// Steps in units of a power of ten, from the finest.
  private static let steps = [(1, 0), (2, 0), (25, -1), (5, 0), (1, 1), (2, 1), (25, 0), (5, 1), (1, 2)]
    .map { DecimalNumber(digits: $0.0, exponent: $0.1) }
  /// The finest step taken when coarser ones give three ticks.
  private static let usualStep = 3

  private func linearTicks(_ count: Int) -> (ticks: [(value: Double, label: String)], exponent: Int) {
    let largest = max(abs(lower), abs(upper))
    let single = ([(lower, NumberText.compact(lower))], 0)
    guard upper > lower else { return single }
    // Near the ends of what a double holds, ticks are counted in values moved by a power of ten.
    let shift = largest > 1e290 ? 20 : largest < 1e-280 ? -60 : 0
    let factor = DecimalNumber.power(-shift)
    let (low, high) = shift == 0 ? (lower, upper) : (lower * factor, upper * factor)
    let range = high - low
    guard range > 0 else { return single }
    let base = DecimalNumber.magnitude(range / Double(count)) - 1
    func ticks(_ step: DecimalNumber) -> [DecimalNumber] {
      let size = DecimalNumber(digits: step.digits, exponent: step.exponent + base)
      let (start, end) = ((low / size.value).rounded(.down), (high / size.value).rounded(.up))
      guard abs(start) < 4e15, abs(end) < 4e15, end - start < 200 else { return [] }
      let inside = (Int(start)...Int(end)).map {
        DecimalNumber(digits: $0 * size.digits, exponent: size.exponent + shift)
      }.filter { lower <= $0.value && $0.value <= upper }
      // Among the least doubles, several decimals have the same nearest one.
      return inside.enumerated().filter { $0 == 0 || inside[$0 - 1].value < $1.value }.map(\.element)
    }
    let steps = Self.steps
    var index =
      steps.indices.dropFirst(Self.usualStep).first {
        range / DecimalNumber(digits: steps[$0].digits, exponent: steps[$0].exponent + base).value
          <= Double(count) + 0.5
      } ?? steps.count - 1
    var chosen = ticks(steps[index])
    while chosen.count < 3, index > 0 {
      index -= 1
      let finer = ticks(steps[index])
      if finer.count > chosen.count { chosen = finer }
    }
    guard let step = chosen.first else { return single }
    let magnitude = DecimalNumber.magnitude(largest)
    if let (power, word) = Self.word(magnitude) {
      let decimals = max(0, power - step.exponent)
      return (
        chosen.map {
          ($0.value, $0.text(dividedBy: power, decimals: $0.digits == 0 ? 0 : decimals) + ($0.digits == 0 ? "" : word))
        }, 0
      )
    }
    let exponent = magnitude >= 5 || magnitude <= -4 ? magnitude : 0
    let decimals = max(0, exponent - step.exponent)
    return (chosen.map { ($0.value, $0.text(dividedBy: exponent, decimals: decimals)) }, exponent)
  }
}
