import Documents
import Figures
import Sections

/// The format in which a reference in prose writes a value.
///
/// - `.3`: three decimals, no zero before the point (`−.372`), as coefficients are printed in the field
/// - `0.3`: three decimals with the zero (`−0.372`)
/// - `,`: a whole number in groups of three (`8,794`)
/// - `.1%`: a percentage with one decimal
/// - `.1e`: a power of ten with one decimal (`2.0×10⁻⁷`)
/// - `interval`, `interval .2`: `[−.391, −.348]` of a coefficient with an interval
/// - `text`: text as it is
/// - none: whole numbers as `,`, other numbers as `.3`, text as it is
package enum ValueFormat: Sendable, Hashable {
  /// A number of decimals, with or without a zero before the point.
  case decimals(Int, leadingZero: Bool)
  /// Whole number in groups of three.
  case grouped
  /// Power of ten with decimals.
  case scientific(Int)
  /// Percentage with decimals.
  case percent(Int)
  /// Interval with decimals.
  case interval(Int)
  /// Text as it is, whole numbers as `,`, other numbers as `.3`, truth values as yes or no.
  case plain

  /// The formats, for messages.
  static let examples = "one of .3, 0.3, `,`, .1%, .1e, interval .2, text"

  /// Reads a format; nil when it is not one.
  package init?(_ text: String?) {
    guard let text = text?.split(separator: " ").joined(separator: " "), !text.isEmpty else {
      self = .plain
      return
    }
    func decimals(_ part: Substring) -> Int? {
      guard part.count <= 2, let count = Int(part), (0...15).contains(count) else { return nil }
      return count
    }
    switch text {
    case ",": self = .grouped
    case "text": self = .plain
    case "interval": self = .interval(3)
    case "%": self = .percent(0)
    default:
      if text.hasPrefix("interval ."), let count = decimals(text.dropFirst(10)) {
        self = .interval(count)
      } else if text.hasSuffix("%"), text.hasPrefix("."), let count = decimals(text.dropFirst().dropLast()) {
        self = .percent(count)
      } else if text.hasSuffix("e"), text.hasPrefix("."), let count = decimals(text.dropFirst().dropLast()) {
        self = .scientific(count)
      } else if text.hasPrefix("0."), let count = decimals(text.dropFirst(2)) {
        self = .decimals(count, leadingZero: true)
      } else if text.hasPrefix("."), let count = decimals(text.dropFirst()) {
        self = .decimals(count, leadingZero: false)
      } else {
        return nil
      }
    }
  }

  /// Writes a value; nil when the format does not fit it.
  ///
  /// A number that is a bound, as a p-value at its floor, has ≤ in front.
  package func text(of value: JSONValue) -> String? {
    let text = unboundedText(of: value)
    return value["at-most"] == .bool(true) ? text.map { "≤ \($0)" } : text
  }

  private func unboundedText(of value: JSONValue) -> String? {
    let scalar = value.members == nil ? value : value["value"] ?? value
    switch self {
    case .decimals(let count, let leadingZero):
      return scalar.double.map { NumberText.fixed($0, decimals: count, leadingZero: leadingZero) }
    case .grouped:
      return scalar.double.flatMap { NumberText.grouped($0) }
    case .scientific(let count):
      return scalar.double.map { $0 == 0 ? "0" : NumberText.scientific($0, digits: count).superscripted }
    case .percent(let count):
      return scalar.double.map { NumberText.fixed($0 * 100, decimals: count, leadingZero: true) + " %" }
    case .interval(let count):
      guard let lower = value["lower"]?.double, let upper = value["upper"]?.double else { return nil }
      let ends = [lower, upper].map { NumberText.fixed($0, decimals: count, leadingZero: false) }
      return "[\(ends[0]), \(ends[1])]"
    case .plain:
      switch scalar {
      case .string(let text): return text
      case .bool(let flag): return flag ? "yes" : "no"
      case .integer(let number): return NumberText.grouped(number)
      case .number(let number): return NumberText.fixed(number, decimals: 3, leadingZero: false)
      case .null, .array, .object: return nil
      }
    }
  }
}
