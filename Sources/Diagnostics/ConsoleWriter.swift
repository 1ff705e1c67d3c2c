/// Writes findings for people: `file:line:column: severity: message [id]`, the line with a caret, why and how to fix.
public struct ConsoleWriter: Sendable {
  /// Whether ANSI colours are used.
  public var usesColor: Bool

  /// Creates a writer.
  public init(usesColor: Bool) { self.usesColor = usesColor }

  /// The text of all findings, then a line that counts them.
  public func text(_ diagnostics: [Diagnostic]) -> String {
    let parts = diagnostics.map { text($0) }
    return (parts + [Self.tally(diagnostics)]).joined(separator: "\n") + "\n"
  }

  /// The text of one finding, without a final line feed.
  public func text(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.location.map { "\($0): " } ?? ""
    let severity = colored("\(diagnostic.severity.rawValue):", diagnostic.severity)
    var lines = [Self.visible("\(place)") + severity + " " + Self.visible("\(diagnostic.message) [\(diagnostic.id)]")]
    if let excerpt = diagnostic.excerpt, let location = diagnostic.location {
      let number = String(location.line)
      lines.append("  \(number) | \(Self.visible(excerpt))")
      let indent = String(
        repeating: " ", count: number.count + 4 + min(location.column, excerpt.unicodeScalars.count + 1))
      lines.append(indent + "^")
    }
    if let reason = diagnostic.reason { lines.append("  why: " + Self.visible(reason)) }
    if let fix = diagnostic.fix { lines.append("  fix: " + Self.visible(fix)) }
    return lines.joined(separator: "\n")
  }

  /// "3 errors, 1 warning".
  public static func tally(_ diagnostics: [Diagnostic]) -> String {
    let counts = Severity.allCases.compactMap { severity -> String? in
      let count = diagnostics.filter { $0.severity == severity }.count
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return counts.isEmpty ? "no findings" : counts.joined(separator: ", ")
  }

  private func colored(_ text: String, _ severity: Severity) -> String {
    guard usesColor else { return text }
    let code =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
  }

  /// A text with control characters and direction marks written as `\u{…}`, so that untrusted input cannot steer a
  /// terminal.
  public static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let isControl =
        value < 0x20 || (0x7F...0x9F).contains(value) || (0x202A...0x202E).contains(value)
        || (0x2066...0x2069).contains(value)
      if isControl, value != 0x09 {
        result += "\\u{\(String(value, radix: 16))}"
      } else {
        result.unicodeScalars.append(value == 0x09 ? " " : scalar)
      }
    }
    return result
  }
}
