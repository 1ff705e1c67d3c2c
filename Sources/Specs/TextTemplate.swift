import Diagnostics

/// Prose with `{{ path | format }}` references to computed values; `\{{` is a plain `{{`.
package struct TextTemplate: Sendable, Hashable {
  /// A part of the prose.
  package enum Segment: Sendable, Hashable {
    /// Prose that is shown as it is written.
    case text(String)
    /// A value by path, with its format when one is given; `line` counts from 0 in the text.
    case reference(path: String, format: String?, line: Int)
  }

  /// A reference that cannot be read.
  package struct Problem: Sendable, Hashable {
    /// The fault, in words for a finding.
    package var message: String
    /// Lines from the start of the text, from 0.
    package var line: Int
    /// Number of `{{` before the one it begins with, plain ones counted too.
    package var opening: Int
  }

  /// The parts in order.
  package private(set) var segments: [Segment] = []
  /// The references that cannot be read, in order.
  package private(set) var problems: [Problem] = []

  /// Reads a text. O(length).
  package init(_ text: String) {
    var rest = Substring(text)
    var plain = ""
    var line = 0
    var opening = -1
    while let open = rest.firstRange(of: "{{") {
      let before = rest[..<open.lowerBound]
      opening += 1
      line += before.count(where: \.isNewline)
      rest = rest[open.upperBound...]
      if before.last == "\\" {
        plain += before.dropLast() + "{{"
        continue
      }
      plain += before
      guard let inside = Self.reference(at: rest) else {
        problems.append(Problem(message: "{{ is not closed by }}", line: line, opening: opening))
        continue
      }
      rest = rest[inside.endIndex...].dropFirst(2)
      let parts = inside.split(separator: "|", omittingEmptySubsequences: false).map { Self.trimmed($0) }
      if parts.count > 2 || !Self.isPath(parts[0]) || parts.dropFirst().contains(where: { !Self.isFormat($0) }) {
        let shown = inside.prefix(80) + (inside.dropFirst(80).isEmpty ? "" : "…")
        problems.append(
          Problem(message: "{{\(shown)}} is not a path with an optional format", line: line, opening: opening))
      } else {
        if !plain.isEmpty { segments.append(.text(plain)) }
        plain = ""
        segments.append(.reference(path: parts[0], format: parts.count == 2 ? parts[1] : nil, line: line))
      }
      line += inside.count(where: \.isNewline)
    }
    plain += rest
    if !plain.isEmpty { segments.append(.text(plain)) }
  }

  /// The text before the next `}}`; nil when another `{{` or the end comes first.
  private static func reference(at rest: Substring) -> Substring? {
    var index = rest.startIndex
    while index < rest.endIndex {
      let pair = rest[index...].prefix(2)
      if pair == "}}" { return rest[..<index] }
      if pair == "{{" { return nil }
      index = rest.index(after: index)
    }
    return nil
  }

  /// True when a text is names of letters, digits and hyphens joined by points.
  package static func isPath(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 2 && parts.count <= 8
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
      }
  }

  /// True when a text can be a format: 1 to 20 letters, digits, points, commas, per cent signs and blanks.
  private static func isFormat(_ text: String) -> Bool {
    (1...20).contains(text.utf8.count) && text.allSatisfy { $0.isLetter || $0.isNumber || ".,% ".contains($0) }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
