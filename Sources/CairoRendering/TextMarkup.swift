import Figures

/// Turns the small markup of figures into Pango's.
enum TextMarkup {
  /// `^{…}` becomes `<sup>`, `_{…}` `<sub>`, signs are escaped; see `FigureText` for what is left out.
  static func pango(_ text: String) -> String {
    var output = ""
    var open: [String] = []
    for piece in FigureText.pieces(text) {
      switch piece {
      case .raise, .lower:
        let tag = piece == .raise ? "sup" : "sub"
        open.append(tag)
        output += "<\(tag)>"
      case .end: output += open.popLast().map { "</\($0)>" } ?? ""
      case .sign(let sign): output += escaped(String(sign))
      }
    }
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
    case "\n", "\r", "\t": " "
    case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE: ""
    default: String(Character(scalar))
    }
  }

  /// A text in XML.
  static func escaped(_ text: String) -> String { text.unicodeScalars.map { escaped($0) }.joined() }
}
