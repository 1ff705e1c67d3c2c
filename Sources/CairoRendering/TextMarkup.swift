/// Turns the small markup of figures into Pango's.
enum TextMarkup {
  /// `^{…}` becomes `<sup>`, `_{…}` `<sub>`, a backslash makes the next character plain; everything else is escaped, and
  /// control characters are left out.
  static func pango(_ text: String) -> String {
    var output = ""
    var open: [String] = []
    var characters = Array(text.unicodeScalars)[...]
    while let scalar = characters.popFirst() {
      switch scalar {
      case "\\":
        if let next = characters.popFirst() { output += escaped(next) }
      case "^" where characters.first == "{", "_" where characters.first == "{":
        characters.removeFirst()
        let tag = scalar == "^" ? "sup" : "sub"
        open.append(tag)
        output += "<\(tag)>"
      case "}" where !open.isEmpty: output += "</\(open.removeLast())>"
      default: output += escaped(scalar)
      }
    }
    while let tag = open.popLast() { output += "</\(tag)>" }
    return output
  }

  /// A scalar in XML.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE: ""
    default: String(Character(scalar))
    }
  }

  /// A text in XML.
  static func escaped(_ text: String) -> String { text.unicodeScalars.map { escaped($0) }.joined() }
}
