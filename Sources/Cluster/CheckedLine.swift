import Files

/// Lines of text that carry a digest of themselves, their fields separated by tabs: a line that was torn or changed shows.
enum CheckedLine {
  /// Digits of the digest that a line ends with, the first of its SHA-256.
  private static let digits = 16

  /// The line of fields with its digest and an end of line.
  static func text(_ fields: [String]) -> String {
    let body = fields.map(escaped).joined(separator: "\t")
    return "\(body)\t\(SHA256.hexDigest(body).prefix(digits))\n"
  }

  /// The fields of a line without its end; nil for one that does not have its digest.
  static func fields(_ line: some Collection<UInt8>) -> [String]? {
    guard let text = String(validating: line, as: UTF8.self), let tab = text.lastIndex(of: "\t") else { return nil }
    let body = text[..<tab]
    guard text[text.index(after: tab)...] == SHA256.hexDigest(String(body)).prefix(digits) else { return nil }
    return body.split(separator: "\t", omittingEmptySubsequences: false).map(unescaped)
  }

  /// A text without tabs and ends of lines: they and backslashes are written with a backslash.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x5C }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text of an escaped one; a backslash before anything else stands for what follows.
  static func unescaped(_ text: Substring) -> String {
    guard text.utf8.contains(0x5C) else { return String(text) }
    var result = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
        continue
      }
      let known: Unicode.Scalar =
        switch (isEscaped, scalar) {
        case (true, "t"): "\t"
        case (true, "n"): "\n"
        case (true, "r"): "\r"
        default: scalar
        }
      result.unicodeScalars.append(known)
      isEscaped = false
    }
    return result
  }
}
