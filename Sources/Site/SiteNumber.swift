import Figures

/// Numbers as the pages of a site write them.
enum SiteNumber {
  /// Three decimals without a leading zero below 1, such as `.511`; whole numbers in groups; others with four digits.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if let whole = NumberText.grouped(value) { return whole }
    let magnitude = abs(value)
    if magnitude < 1, magnitude >= 0.0005 { return NumberText.fixed(value, decimals: 3, leadingZero: false) }
    guard magnitude < 1e9, magnitude >= 1 else { return String(value).replacing("-", with: "−") }
    return NumberText.compact(value)
  }

  /// A count with its noun: `1 report`, `11 reports`.
  static func count(_ count: Int, _ noun: String) -> String {
    "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}
