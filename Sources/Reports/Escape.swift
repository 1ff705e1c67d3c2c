/// Text made safe for each format.
enum Escape {
  /// For HTML text and attribute values.
  static func html(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      case _ where scalar.value < 0x20 && scalar != "\n" && scalar != "\t": output += "�"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// For Markdown text in one line, also inside a table.
  static func markdown(_ text: String) -> String {
    var output = ""
    for character in text {
      if character.isNewline {
        output += " "
      } else if "\\`*_{}[]<>#|~$&".contains(character) {
        output += "\\\(character)"
      } else {
        output.append(character)
      }
    }
    return output
  }

  /// For LaTeX text.
  static func latex(_ text: String) -> String {
    var output = ""
    for character in text {
      switch character {
      case "\\": output += "\\textbackslash{}"
      case "&", "%", "$", "#", "_", "{", "}": output += "\\\(character)"
      case "~": output += "\\textasciitilde{}"
      case "^": output += "\\textasciicircum{}"
      case "−": output += "$-$"
      case "τ": output += "$\\tau$"
      case "ρ": output += "$\\rho$"
      case "Δ": output += "$\\Delta$"
      case "×": output += "$\\times$"
      case "≥": output += "$\\geq$"
      case "≤": output += "$\\leq$"
      case "–": output += "--"
      case "…": output += "\\ldots{}"
      case _ where character.isNewline: output += " "
      default: output.append(character)
      }
    }
    return output
  }
}
