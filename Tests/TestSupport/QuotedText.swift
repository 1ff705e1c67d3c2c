import Testing

/// A text given to the code under test. Logs show it in one short line: control characters escaped, the middle of a long
/// one left out.
package struct QuotedText: Sendable, Hashable, ExpressibleByStringInterpolation, CustomTestStringConvertible,
  CustomStringConvertible
{
  /// The text as it is.
  package let text: String

  /// Wraps a text.
  package init(_ text: String) { self.text = text }

  /// Wraps a literal.
  package init(stringLiteral text: String) { self.text = text }

  /// Wraps a text repeated.
  package init(repeating part: String, _ count: Int, then end: String = "") {
    text = String(repeating: part, count: count) + end
  }

  /// The text as a literal of at most 80 characters, with its length when something is left out.
  package var description: String {
    let count = text.unicodeScalars.count
    guard count > 60 else { return Self.literal(text.unicodeScalars) }
    let (head, tail) = (text.unicodeScalars.prefix(30), text.unicodeScalars.suffix(10))
    return "\(Self.literal(head)) … \(Self.literal(tail)) (\(count) characters)"
  }

  /// What the log of the tests shows: the description.
  package var testDescription: String { description }

  /// Quoted; what is not printable, or changes how the rest of a line is shown, as `\u{…}`.
  private static func literal(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    let shown = scalars.map { scalar -> String in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .nonspacingMark, .unassigned, .privateUse:
        scalar == "\n" ? "\\n" : "\\u{\(String(scalar.value, radix: 16))}"
      default: scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : "\(scalar)"
      }
    }
    return "\"\(shown.joined())\""
  }
}
