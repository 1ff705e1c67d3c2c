/// Writes findings for people: `file:line:column: severity: message [id]`, the line with a caret, why and how to fix.
package struct ConsoleWriter: Sendable {
  /// True when the severity of a finding is written in ANSI colours.
  package var usesColor: Bool

  package init(usesColor: Bool) { self.usesColor = usesColor }

  /// The text of all findings, then a line that counts them.
  package func text(_ diagnostics: [Diagnostic]) -> String {
    let parts = diagnostics.map { text($0) }
    return (parts + [Self.tally(diagnostics)]).joined(separator: "\n") + "\n"
  }

  /// The text of one finding, without a final line feed.
  package func text(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.location.map { "\($0): " } ?? ""
    let severity = colored("\(diagnostic.severity.rawValue):", diagnostic.severity)
    var lines = [Self.visible("\(place)") + severity + " " + Self.visible("\(diagnostic.message) [\(diagnostic.id)]")]
    if let excerpt = diagnostic.excerpt, let location = diagnostic.location {
      let number = String(location.line)
      lines.append("  \(number) | \(Self.visible(excerpt))")
      let before = String(excerpt.unicodeScalars.prefix(max(0, location.column - 1)))
      lines.append(
        String(repeating: " ", count: number.count + 5 + Self.visible(before).unicodeScalars.count) + "^")
    }
    if let reason = diagnostic.reason { lines.append("  why: " + Self.visible(reason)) }
    if let fix = diagnostic.fix { lines.append("  fix: " + Self.visible(fix)) }
    return lines.joined(separator: "\n")
  }

  /// "3 errors, 1 warning".
  package static func tally(_ diagnostics: [Diagnostic]) -> String {
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

  /// A text with control characters, direction marks, line separators and invisible characters written as `\u{…}`, so
  /// that untrusted input cannot steer a terminal or look like another text; tabs become blanks.
  package static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        result += " "
      } else if isHidden(scalar.value) {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isHidden(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xE0000...0xE007F:
      true
    default: false
    }
  }
}

extension [Diagnostic] {
  /// The text of all findings without colours, as `ConsoleWriter` writes it: `error.diagnostics.text`.
  package var text: String { ConsoleWriter(usesColor: false).text(self) }
}
