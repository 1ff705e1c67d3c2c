/// A number as a publication prints it, and the values that round to it.
package struct PrintedNumber: Sendable, Hashable {
  package let value: Double
  /// Half a unit of the last printed place.
  package let halfUnit: Double
  private let isLastDigitEven: Bool

  /// A way of rounding a value to the printed number.
  package enum Rounding: String, Sendable, Hashable, CaseIterable {
    /// To the nearest one; or it lies at a half that both of the following take there.
    case nearest
    /// From a half, away from zero: .125 as .13.
    case halfAwayFromZero = "rounded half away from zero"
    /// From a half, to the even digit, as IEEE 754, Python and NumPy round: .125 as .12.
    case halfToEven = "rounded half to even"

    /// The rounding in words; nil where there was no choice.
    package var remark: String? { self == .nearest ? nil : rawValue }
  }

  /// Reads plain decimal notation: an optional sign (`-`, `−` or `+`), digits with an optional point (`.372`, `0.37`, `93`),
  /// thousands by commas (`8,794`), an optional exponent (`1.3e-5`). Nil for anything else, and for numbers of over 15 digits.
  package init?(_ text: String) {
    guard Self.isNotation(text) else { return nil }
    var body = text.filter { $0 != "," }
    let isNegative = body.hasPrefix("-") || body.hasPrefix("−")
    if isNegative || body.hasPrefix("+") { body.removeFirst() }
    let parts = body.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard let mantissa = parts.first, !mantissa.isEmpty else { return nil }
    var exponent = 0
    if parts.count == 2 {
      guard let power = Int(parts[1]), abs(power) <= 300 else { return nil }
      exponent = power
    }
    let digits = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let all = digits.joined()
    guard !all.isEmpty, all.count <= 15, all.utf8.allSatisfy({ (48...57).contains($0) }), let whole = Int64(all) else {
      return nil
    }
    let decimals = digits.count == 2 ? digits[1].count : 0
    let unit = Self.power(exponent - decimals)
    value =
      (isNegative ? -1 : 1)
      * (exponent - decimals < 0 ? Double(whole) / Self.power(decimals - exponent) : Double(whole) * unit)
    halfUnit = unit / 2
    isLastDigitEven = whole % 2 == 0
  }

  /// The rounding of a value to the printed one; nil when it is not one. At a half both usual roundings count: 0.37 stands for [.365,
  /// .375), since .365 rounds away from zero to it; 0.38 for [.375, .385], since .385 rounds to the even 8. Halves are met
  /// within one part in 10¹².
  package func rounding(of number: Double) -> Rounding? {
    let (printed, computed) = value < 0 ? (-value, -number) : (value, value == 0 ? abs(number) : number)
    let slack = max(printed, halfUnit) * 1e-12
    if abs(computed - (printed + halfUnit)) <= slack { return isLastDigitEven ? .halfToEven : nil }
    if value != 0, abs(computed - (printed - halfUnit)) <= slack {
      return isLastDigitEven ? .nearest : .halfAwayFromZero
    }
    return computed > printed - halfUnit && computed < printed + halfUnit ? .nearest : nil
  }

  /// True when a value rounds to the printed one in any of the ways of `Rounding`.
  package func isRounding(of number: Double) -> Bool { rounding(of: number) != nil }

  private static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }
}

extension PrintedNumber {
  /// True for a number in plain decimal notation: an optional sign (`-`, `−` or `+`), digits with an optional point (`.372`,
  /// `0.37`, `93`), thousands by commas (`8,794`), an optional exponent (`1.3e-5`); at most 15 digits.
  private static func isNotation(_ text: String) -> Bool {
    let halves = text.split(separator: "e", omittingEmptySubsequences: false)
    guard halves.count <= 2, isExponent(halves.dropFirst().first) else { return false }
    let unsigned = halves[0].drop { "-−+".contains($0) }
    guard halves[0].count - unsigned.count <= 1 else { return false }
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return false }
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    let decimals = parts.dropFirst().first ?? ""
    let count = groups.reduce(decimals.count) { $0 + $1.count }
    guard (1...15).contains(count), isDigits(decimals), groups.allSatisfy(isDigits) else { return false }
    return groups.count == 1 || (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  private static func isExponent(_ text: Substring?) -> Bool {
    guard let text else { return true }
    guard text.utf8.count <= 4, let power = Int(text) else { return false }
    return abs(power) <= 300
  }

  private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }
}
