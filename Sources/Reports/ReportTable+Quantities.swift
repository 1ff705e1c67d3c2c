import Figures

extension ReportTable {
  /// A number of any size with its interval, which a table writes in the style of its column.
  package struct Quantity: Sendable, Hashable {
    package var value: Double
    /// The ends of the interval, lower first; nil without one.
    package var ends: [Double]?
    /// True when an interval was asked for and is not there.
    package var lacksInterval: Bool

    package init(_ value: Double, ends: (lower: Double, upper: Double)? = nil, lacksInterval: Bool = false) {
      self.value = value
      self.ends = ends.map { [$0.lower, $0.upper] }
      self.lacksInterval = lacksInterval
    }
  }

  /// Rows whose quantities are written alike in each column: whole numbers in groups of three; others with the same decimals,
  /// so many that the largest has four significant digits and the smallest has two, at most six, and a zero before the point.
  /// Only where numbers are too far apart for that has each four significant digits of its own. O(cells).
  static func inOneStyle(_ rows: [[Cell]]) -> [[Cell]] {
    guard rows.contains(where: { $0.contains { $0.quantity != nil } }) else { return rows }
    var rows = rows
    for column in 0..<(rows.map(\.count).max() ?? 0) {
      let found = rows.compactMap { column < $0.count ? $0[column].quantity : nil }
      guard !found.isEmpty else { continue }
      let decimals = decimals(found)
      func write(_ value: Double) -> String {
        guard let decimals else { return FigureText.plainText(NumberText.compact(value)) }
        return grouped(NumberText.fixed(value, decimals: decimals))
      }
      for row in rows.indices where column < rows[row].count {
        guard let quantity = rows[row][column].quantity else { continue }
        let ends = quantity.ends.map { " [\($0.map(write).joined(separator: ", "))]" }
        rows[row][column].text = write(quantity.value) + (ends ?? (quantity.lacksInterval ? " [–]" : ""))
      }
    }
    return rows
  }

  /// The decimals that numbers of a column share; nil when they are too far apart.
  private static func decimals(_ column: [Quantity]) -> Int? {
    let all = column.flatMap { [$0.value] + ($0.ends ?? []) }
    guard all.allSatisfy(\.isFinite) else { return nil }
    let values = column.map { abs($0.value) }.filter { $0 != 0 }
    guard let smallest = values.min(), let largest = values.max() else { return all.allSatisfy { $0 == 0 } ? 0 : 3 }
    if all.allSatisfy({ $0 == $0.rounded() && abs($0) < 1e9 }) { return 0 }
    let decimals = max(4 - integerDigits(largest), 2 - integerDigits(smallest), 0)
    return largest < 1e9 && decimals <= 6 ? decimals : nil
  }

  /// The digits before the point; for a number below 1, less the zeros behind it: 2 of 75.3, 0 of 0.12, −1 of 0.058.
  private static func integerDigits(_ value: Double) -> Int {
    var digits = 0
    var bound = 1.0
    while value >= bound {
      bound *= 10
      digits += 1
    }
    guard digits == 0 else { return digits }
    var scaled = value
    while scaled < 0.1, digits > -320 {
      scaled *= 10
      digits -= 1
    }
    return digits
  }

  /// A decimal number with its whole part in groups of three.
  private static func grouped(_ text: String) -> String {
    let sign = text.hasPrefix("−") ? "−" : ""
    let digits = text.dropFirst(sign.count)
    let whole = digits.prefix { $0.isNumber }
    guard whole.count > 3, let number = Int(whole),
      digits.dropFirst(whole.count).allSatisfy({ $0 == "." || $0.isNumber })
    else { return text }
    return sign + NumberText.grouped(number) + digits.dropFirst(whole.count)
  }
}
