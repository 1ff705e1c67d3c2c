/// The small markup of texts in figures, and texts that fit a room.
///
/// `^{…}` raises, `_{…}` lowers, and a backslash makes a `\`, `^`, `_`, `{` or `}` after it plain; before anything else it is
/// a backslash. Line breaks and tabs are blanks. Control characters, and those that turn the direction of what follows, are
/// left out.
package enum FigureText {
  /// A piece of a text.
  package enum Piece: Sendable, Hashable {
    /// A character that is drawn as it is.
    case sign(Character)
    /// Raises what follows, up to its `end`.
    case raise
    /// Lowers what follows, up to its `end`.
    case lower
    /// The end of what was raised or lowered last.
    case end
  }

  /// The pieces of a text with markup; every `raise` and `lower` has its `end`. O(length).
  package static func pieces(_ text: String) -> [Piece] {
    let characters = Array(text)
    var pieces: [Piece] = []
    var depth = 0
    var index = 0
    while index < characters.count {
      let character = characters[index]
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      index += 1
      if character == "\\", let next, special.contains(next) {
        pieces.append(.sign(next))
        index += 1
      } else if character == "^" || character == "_", next == "{" {
        pieces.append(character == "^" ? .raise : .lower)
        depth += 1
        index += 1
      } else if character == "}", depth > 0 {
        pieces.append(.end)
        depth -= 1
      } else if let shown = shown(character) {
        pieces.append(.sign(shown))
      }
    }
    return pieces + Array(repeating: .end, count: depth)
  }

  /// Data as a text of a figure: what the markup would read is made plain, also at the end, where more may follow.
  package static func plain(_ text: String) -> String {
    var output = ""
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      let isRead =
        character == "\\" ? next.map(special.contains) ?? true : "^_".contains(character) && (next ?? "{") == "{"
      output += isRead ? "\\\(character)" : String(character)
    }
    return output
  }

  /// A text with markup as plain text: `2.0×10^{−7}` becomes `2.0×10⁻⁷`, `τ_{w}` becomes `τw`.
  package static func plainText(_ text: String) -> String {
    var output = ""
    var raised: [Bool] = []
    for piece in pieces(text) {
      switch piece {
      case .raise: raised.append(true)
      case .lower: raised.append(false)
      case .end: _ = raised.popLast()
      case .sign(let sign): output.append(raised.last == true ? superscripts[sign] ?? sign : sign)
      }
    }
    return output
  }

  /// Pieces as a text with markup.
  static func text(_ pieces: some Collection<Piece>) -> String {
    var output = ""
    var depth = 0
    for piece in pieces {
      switch piece {
      case .raise, .lower:
        output += piece == .raise ? "^{" : "_{"
        depth += 1
      case .end:
        output += "}"
        depth -= 1
      case .sign(let sign): output += special.contains(sign) ? "\\\(sign)" : String(sign)
      }
    }
    return output + String(repeating: "}", count: max(0, depth))
  }

  private static let special: Set<Character> = ["\\", "^", "_", "{", "}"]
  private static let superscripts: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "−": "⁻",
    "-": "⁻", "+": "⁺",
  ]

  /// A sign as figures show it; nil when it is left out.
  private static func shown(_ character: Character) -> Character? {
    if character.isNewline || character == "\t" { return " " }
    guard character.unicodeScalars.contains(where: isLeftOut) else { return character }
    return String(String.UnicodeScalarView(character.unicodeScalars.filter { !isLeftOut($0) })).first
  }

  /// Controls, marks that turn the direction, the byte-order mark, and what is no character.
  private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFDD0...0xFDEF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }
}

extension String {
  /// The text without the markup of figures.
  var plainMarkup: String { FigureText.plainText(self) }
}
