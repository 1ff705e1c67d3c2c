import Figures

/// Numbers as the pages of a site write them.
enum SiteNumber {
  /// Three decimals without a leading zero below 1, such as `.511`; whole numbers in groups; others with four
  /// digits, such as `1.235` and `2.500e−5`.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if let whole = NumberText.grouped(value) { return whole }
    guard isCoefficient(value) else {
      return NumberText.compact(value).replacing("×10^{", with: "e").replacing("}", with: "")
    }
    return NumberText.fixed(value, decimals: 3, leadingZero: false)
  }

  /// A value with its interval, `.511 [.475, .544]`; without one where an end is missing. A value too small for three decimals has
  /// them all the same where its interval has, as in `.000 [−.017, .019]`.
  static func text(_ value: Double, lower: Double?, upper: Double?) -> String {
    guard let lower, let upper else { return text(value) }
    let isLevel = abs(value) < 1 && isCoefficient(lower) && isCoefficient(upper)
    let shown = isLevel && value.isFinite ? NumberText.fixed(value, decimals: 3, leadingZero: false) : text(value)
    return "\(shown) [\(text(lower)), \(text(upper))]"
  }

  /// Whether three decimals say something of a number and nothing stands before them.
  private static func isCoefficient(_ value: Double) -> Bool { (0.0005..<1).contains(abs(value)) }

  /// A count with its noun: `1 report`, `11 reports`.
  static func count(_ count: Int, _ noun: String) -> String {
    "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}
