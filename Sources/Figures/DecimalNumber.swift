/// digits · 10^exponent, exactly: what an axis counts in.
struct DecimalNumber: Hashable {
  var digits: Int
  var exponent: Int

  /// The nearest double; infinite when it is too large.
  var value: Double { Double("\(digits)e\(exponent)") ?? 0 }

  /// 10^exponent, correctly rounded: 0 below 10⁻³²³, infinite above 10³⁰⁸.
  static func power(_ exponent: Int) -> Double { DecimalNumber(digits: 1, exponent: exponent).value }

  /// The largest e with 10^e ≤ value.
  ///
  /// - Precondition: `value` is positive and finite.
  static func magnitude(_ value: Double) -> Int {
    var exponent = Int((Double(value.exponent) * 0.301029995663981).rounded(.down))
    while power(exponent + 1) <= value { exponent += 1 }
    while power(exponent) > value { exponent -= 1 }
    return exponent
  }

  /// The least e with 10^e ≥ value.
  ///
  /// - Precondition: `value` is positive and finite.
  static func powerAbove(_ value: Double) -> Int {
    let below = magnitude(value)
    return power(below) < value ? below + 1 : below
  }

  /// The number divided by 10^power with so many decimals, a true minus before what is below 0.
  ///
  /// - Precondition: The decimals are enough for it.
  func text(dividedBy power: Int, decimals: Int) -> String {
    guard digits != 0 else { return decimals > 0 ? "0." + String(repeating: "0", count: decimals) : "0" }
    let zeros = max(0, exponent - power + decimals)
    var text = String(digits.magnitude) + String(repeating: "0", count: zeros)
    if decimals > 0 {
      if text.count <= decimals { text = String(repeating: "0", count: decimals + 1 - text.count) + text }
      text = text.dropLast(decimals) + "." + text.suffix(decimals)
    }
    return digits < 0 ? "−" + text : text
  }
}
