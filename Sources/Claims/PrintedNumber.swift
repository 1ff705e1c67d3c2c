/// A number as a publication prints it, and the values that round to it.
public struct PrintedNumber: Sendable, Hashable {
  /// The number.
  public let value: Double
  /// Half a unit of the last printed place.
  public let halfUnit: Double

  /// Reads plain decimal notation: an optional sign (− or -), digits with an optional point, groups of three by commas,
  /// an optional exponent. Nil for anything else, and for numbers of over 15 digits.
  public init?(_ text: String) {
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
  }

  /// Whether a value rounds to the printed one, away from zero at halves: 0.37 stands for [.365, .375), −0.37 for (−.375, −.365].
  /// Ends are met within one part in 10¹².
  public func isRounding(of number: Double) -> Bool {
    let (printed, computed) = value < 0 ? (-value, -number) : (value, number)
    let slack = max(abs(printed), halfUnit) * 1e-12
    if value == 0 { return abs(number) < halfUnit - slack }
    return computed >= printed - halfUnit - slack && computed < printed + halfUnit - slack
  }

  private static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }
}
