/// Cuts an expression's text into tokens. What has no meaning is reported and stands as a token for which a reader might
/// take it, so that reading goes on.
package struct ExpressionLexer {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  package private(set) var tokens: [ExpressionToken] = []
  package private(set) var problems: [ExpressionProblem] = []

  /// Cuts a text of at most `ExpressionLimits.length` scalars; of a longer one, its beginning.
  package init(_ text: String) {
    scalars = Array(text.unicodeScalars.prefix(ExpressionLimits.length))
    while let scalar = current {
      let isBlank = scalar.properties.isWhitespace
      if isBlank { index += 1 } else { cut(scalar) }
    }
    tokens.append(ExpressionToken(kind: .end, place: index))
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private func scalar(_ offset: Int) -> Unicode.Scalar? {
    let place = index + offset
    return place >= 0 && place < scalars.count ? scalars[place] : nil
  }

  private mutating func cut(_ scalar: Unicode.Scalar) {
    if Self.isLetter(scalar) {
      name()
    } else if Self.isDigit(scalar) || scalar == "." && Self.isDigit(self.scalar(1)) {
      number()
    } else if scalar == "\"" || scalar == "'" {
      text(quote: scalar)
    } else if let symbol = symbol() {
      tokens.append(ExpressionToken(kind: .symbol(symbol), place: index))
      index += symbol.rawValue.unicodeScalars.count
    } else {
      unexpected(scalar)
    }
  }

  private func symbol() -> ExpressionToken.Symbol? {
    guard let first = current else { return nil }
    let pair = self.scalar(1).map { String(String.UnicodeScalarView([first, $0])) }
    return pair.flatMap { ExpressionToken.Symbol(rawValue: $0) } ?? ExpressionToken.Symbol(rawValue: String(first))
  }

  /// Letters and digits in groups joined by single hyphens or underscores.
  private mutating func name() {
    let start = index
    while let scalar = current {
      let isJoint = scalar == "-" || scalar == "_"
      guard isJoint ? Self.isAlphanumeric(self.scalar(1)) : Self.isAlphanumeric(scalar) else { break }
      index += 1
    }
    let text = String(String.UnicodeScalarView(scalars[start..<index].map { $0 == "_" ? "-" : $0 }))
    let kind = ExpressionToken.Keyword(rawValue: text).map { ExpressionToken.Kind.keyword($0) } ?? .name(text)
    tokens.append(ExpressionToken(kind: kind, place: start))
  }

  private mutating func number() {
    let start = index
    while Self.isDigit(current) { index += 1 }
    if current == ".", Self.isDigit(scalar(1)) || !Self.isLetter(scalar(1)) {
      index += 1
      while Self.isDigit(current) { index += 1 }
    }
    if current == "e" || current == "E" {
      let hasSign = scalar(1) == "+" || scalar(1) == "-"
      if Self.isDigit(scalar(hasSign ? 2 : 1)) {
        index += hasSign ? 2 : 1
        while Self.isDigit(current) { index += 1 }
      }
    }
    let numberEnd = index
    while let scalar = current, Self.isAlphanumeric(scalar) || scalar == "." || scalar == "_" { index += 1 }
    let text = String(String.UnicodeScalarView(scalars[start..<index]))
    var digits = String(String.UnicodeScalarView(scalars[start..<numberEnd]))
    if digits.last == "." { digits.removeLast() }
    if numberEnd == index, let value = Double(digits), value.isFinite {
      let whole = Int(digits).flatMap { Int(exactly: Double($0)) == $0 ? nil : $0 }
      tokens.append(ExpressionToken(kind: whole.map { .whole($0) } ?? .number(value), place: start))
      return
    }
    let isLarge = numberEnd == index
    problems.append(
      ExpressionProblem(
        "bad-number", at: start, "\(text.prefix(40)) is \(isLarge ? "too large a number" : "not a number")",
        reason: isLarge ? nil : "names begin with a letter, numbers are written as 128, 0.5 or 1e-5",
        fix: isLarge ? "write a number below 1.8e308" : "correct it, or put it in quotes if it is text"))
    tokens.append(ExpressionToken(kind: .unreadable, place: start))
  }

  /// Text up to the same quote; a quote in it is written twice.
  private mutating func text(quote: Unicode.Scalar) {
    let start = index
    var content = String.UnicodeScalarView()
    index += 1
    while let scalar = current {
      index += 1
      if scalar == quote {
        guard current == quote else {
          tokens.append(ExpressionToken(kind: .text(String(content)), place: start))
          return
        }
        index += 1
      }
      content.append(scalar)
    }
    problems.append(
      ExpressionProblem(
        "open-text", at: start, "the text that begins here has no end", fix: "close it with \(quote)"))
    tokens.append(ExpressionToken(kind: .unreadable, place: start))
  }

  private mutating func unexpected(_ scalar: Unicode.Scalar) {
    let start = index
    let meant = ExpressionSign.meant(by: scalar)
    index += 1
    // A sign written twice, such as &&, is one.
    if current == scalar, meant != nil { index += 1 }
    let shown = String(String.UnicodeScalarView(scalars[start..<index]))
    problems.append(
      ExpressionProblem(
        "unexpected-character", at: start, "\(shown) has no meaning in an expression",
        fix: meant.map { "write \($0.words)" } ?? "take it out, or put text in quotes"))
    tokens.append(ExpressionToken(kind: meant?.kind ?? .unreadable, place: start))
  }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }

  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("a"..."z").contains($0) || ("A"..."Z").contains($0) } ?? false
  }

  private static func isAlphanumeric(_ scalar: Unicode.Scalar?) -> Bool { isLetter(scalar) || isDigit(scalar) }
}

/// Signs of other languages, with what they are called here.
enum ExpressionSign {
  static func meant(by scalar: Unicode.Scalar) -> (kind: ExpressionToken.Kind, words: String)? {
    switch scalar {
    case "=": (.symbol(.equal), "== to compare")
    case "&": (.keyword(.and), "and")
    case "|": (.keyword(.or), "or")
    case "!", "¬": (.keyword(.not), "not")
    case "≠": (.symbol(.unequal), "!=")
    case "≤": (.symbol(.atMost), "<=")
    case "≥": (.symbol(.atLeast), ">=")
    case "−", "–": (.symbol(.minus), "-")
    case "×", "·": (.symbol(.times), "*")
    case "÷": (.symbol(.over), "/")
    case "∈": (.keyword(.in), "in")
    case "_": (.unreadable, "names with single underscores or hyphens between letters and digits")
    case "{": (.symbol(.openList), "[ to begin a list")
    case "}": (.symbol(.closeList), "] to end a list")
    default: nil
    }
  }
}
