extension String {
  private static let superscripts: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "−": "⁻",
    "-": "⁻", "+": "⁺",
  ]

  /// The text of a figure's number as plain text: `2.0×10^{−7}` becomes `2.0×10⁻⁷`.
  var superscripted: String {
    var output = ""
    var isRaised = false
    for character in self {
      switch character {
      case "^": continue
      case "{": isRaised = true
      case "}": isRaised = false
      default: output.append(isRaised ? Self.superscripts[character] ?? character : character)
      }
    }
    return output
  }
}
