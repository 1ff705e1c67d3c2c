/// Numbers as text, the same everywhere: a true minus sign, no locale.
package enum NumberText {
  /// A number with a fixed count of decimals, rounded half away from zero in its decimal value; `leadingZero` false
  /// writes `.372` for 0.372. Numbers of 10¹⁵ and above come in scientific notation.
  package static func fixed(_ value: Double, decimals: Int, leadingZero: Bool = true) -> String {
    guard value.isFinite else { return "undefined" }
    guard abs(value) < 1e15 else { return scientific(value, digits: decimals) }
    let digits = decimal(abs(value), decimals: min(max(decimals, 0), 15))
    let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
    let body = !leadingZero && digits.hasPrefix("0.") ? String(digits.dropFirst()) : digits
    return value < 0 && !isZero ? "−" + body : body
  }

  /// A whole number in groups of three, such as 8,794; nil when it is not whole or too large.
  package static func grouped(_ value: Double) -> String? {
    guard value == value.rounded(), abs(value) < 1e15 else { return nil }
    let digits = Array(String(Int64(abs(value))))
    var groups: [String] = []
    var end = digits.count
    while end > 0 {
      groups.insert(String(digits[max(0, end - 3)..<end]), at: 0)
      end -= 3
    }
    return (value < 0 ? "−" : "") + groups.joined(separator: ",")
  }

  /// A count in groups of three, such as 8,794.
  package static func grouped(_ count: Int) -> String { grouped(Double(count)) ?? String(count) }

  /// A share that is exact, such as a confidence level, in per cent without the sign: 95 for 0.95, 97.5 for 0.975; at most ten
  /// decimals.
  package static func percent(_ share: Double) -> String {
    let text = fixed(share * 100, decimals: 10)
    guard text.contains(".") else { return text }
    let digits = text.reversed().drop { $0 == "0" }
    return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
  }

  /// A number for a table: whole numbers grouped, others with significant digits, very large and small ones scientific.
  package static func compact(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return "undefined" }
    if let whole = grouped(value), abs(value) < 1e9 { return whole }
    let magnitude = abs(value)
    guard magnitude >= 1e-4, magnitude < 1e9 else { return scientific(value, digits: digits - 1) }
    var integerDigits = 1
    while magnitude >= power(integerDigits) { integerDigits += 1 }
    var leadingZeros = 0
    while magnitude < 1, magnitude < power(-leadingZeros - 1) { leadingZeros += 1 }
    return fixed(value, decimals: max(0, digits - (magnitude < 1 ? -leadingZeros : integerDigits)))
  }

  /// A number as `−1.02×10^{19}`, in the markup of figures.
  package static func scientific(_ value: Double, digits: Int) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "undefined" }
    var exponent = 0
    var mantissa = abs(value)
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    var text = fixed(mantissa, decimals: digits)
    if text.hasPrefix("10") {
      exponent += 1
      text = fixed(mantissa / 10, decimals: digits)
    }
    let sign = value < 0 ? "−" : ""
    return "\(sign)\(text)×10^{\(exponent < 0 ? "−" : "")\(abs(exponent))}"
  }

  static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }

  /// The decimal digits of a non-negative number below 10¹⁵; halves round up, also when they are a few units in the last
  /// place short of one, so that decimal halves do not depend on their binary tails.
  private static func decimal(_ value: Double, decimals: Int) -> String {
    let usable = value < 1 ? decimals : min(decimals, 15)
    let scale = power(usable)
    let scaled = value * scale
    guard scaled < 9e15 else {
      return String(Int64(value)) + (decimals > 0 ? "." + String(repeating: "0", count: decimals) : "")
    }
    let whole = Int64((scaled + 0.5 + max(scaled, 1) * 1e-15).rounded(.down))
    var digits = String(whole)
    guard decimals > 0 else { return digits }
    if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
    return digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }
}
