/// Text made safe for each format, scalar by scalar: a combining mark after a special character does not hide it.
enum Escape {
  /// For HTML text and attribute values. Control characters but line feed and tab, and those that turn the direction of
  /// what follows, become U+FFFD.
  static func html(_ text: String) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      default: output.unicodeScalars.append(scalar == "\n" || scalar == "\t" ? scalar : printable(scalar))
      }
    }
    return output
  }

  /// For Markdown text in one line, also inside a table.
  ///
  /// Line ends become spaces. A word joiner follows `@`, so that data do not mention people on a forge; addresses,
  /// also those that begin with `www.`, do not become links. No other full stop is escaped: `.478` stays readable.
  ///
  /// - Parameter startsBlock: Whether the text begins a paragraph, where a dash or a number with a full stop would
  ///   begin a list.
  static func markdown(_ text: String, startsBlock: Bool = false) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if isLineEnd(scalar) || scalar == "\t" {
        output += " "
      } else if special.contains(scalar) {
        output += "\\"
        output.unicodeScalars.append(scalar)
      } else if scalar == "@" {
        output += "@\u{2060}"
      } else if scalar == "/", output.utf8.last == UInt8(ascii: ":") {
        output = output.dropLast() + "\\:/"
      } else if scalar == ".", endsInWorldWideWeb(output) {
        output += "\\."
      } else {
        output.unicodeScalars.append(printable(scalar))
      }
    }
    guard startsBlock else { return output }
    let line = output.unicodeScalars.drop { $0 == " " }
    guard let first = line.first else { return "" }
    if first == "-" || first == "+" || first == "=" { return "\\" + String(line) }
    let digits = line.prefix { ("0"..."9").contains($0) }
    let rest = line.dropFirst(digits.count)
    guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" else { return String(line) }
    return String(digits) + "\\" + String(rest)
  }

  /// Markdown as it was written, but for control characters other than line ends and tabs, and those that turn the
  /// direction of what follows: they become U+FFFD.
  static func prose(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { printable($0) != $0 }) else { return text }
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      output.append(["\n", "\r", "\t"].contains(scalar) ? scalar : printable(scalar))
    }
    return String(output)
  }

  /// A text with one line end.
  static func block(_ text: String) -> String {
    let lines = text.unicodeScalars
    let end = lines.lastIndex { !isLineEnd($0) && $0 != " " }.map { lines.index(after: $0) } ?? lines.startIndex
    return String(lines[..<end]) + "\n"
  }

  /// A string of CSS in quotes, within a style element: everything but letters, digits and blanks as a number.
  static func cssString(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      let isPlain =
        scalar == " " || scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      if isPlain {
        output.unicodeScalars.append(scalar)
      } else {
        output += "\\" + String(printable(scalar).value, radix: 16) + " "
      }
    }
    return output + "\""
  }

  /// Letters of any script and digits joined by hyphens, for ids; empty when there are none.
  static func slug(_ text: String) -> String {
    var output = ""
    var gap = false
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal {
        if gap, !output.isEmpty { output += "-" }
        gap = false
        output.unicodeScalars.append(scalar)
      } else {
        gap = true
      }
    }
    return output
  }

  static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// True for a text that ends in `www`, with which a full stop would begin a link.
  private static func endsInWorldWideWeb(_ text: String) -> Bool {
    let end = text.utf8.suffix(3)
    return end.count == 3 && end.allSatisfy { $0 | 0x20 == UInt8(ascii: "w") }
  }

  private static let special = Set("\\`*_{}[]<>#|~$&".unicodeScalars)

  private static func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: scalar
    }
  }
}

extension Escape {
  /// For XML 1.0 text and attribute values: as for HTML; line ends and tabs are written as references, so that attributes
  /// keep them, and what XML does not allow becomes U+FFFD.
  static func xml(_ text: String) -> String {
    var output = ""
    for scalar in html(text).unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A: output += "&#\(scalar.value);"
      case 0xFFFE, 0xFFFF: output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}

extension Escape {
  /// For LaTeX text in one line. Greek letters, signs, superscripts and subscripts become mathematics; other scripts
  /// stay as they are, which needs LuaLaTeX or XeLaTeX. Control characters are left out.
  static func latex(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      if let command = commands[scalar] {
        output += command
      } else if let command = mathematics[scalar] {
        output += "$\(command)$"
      } else if isLineEnd(scalar) || scalar == "\t" {
        output += " "
      } else if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value),
        !(0x202A...0x202E).contains(scalar.value), !(0x2066...0x2069).contains(scalar.value)
      {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// Brackets are in braces, as `\\` at the end of the line before would take them for its argument; so is `*`.
  private static let commands: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "{": "\\{", "}": "\\}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "`": "\\textasciigrave{}", "<": "\\textless{}",
    ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "''", "[": "{[}", "]": "{]}", "*": "{*}", "–": "--", "—": "---",
    "…": "\\ldots{}", "“": "``", "”": "''", "‘": "`", "’": "'", "\u{A0}": "~", "\u{2009}": "\\,", "\u{202F}": "\\,",
    "\u{200B}": "", "\u{2060}": "", "\u{FEFF}": "",
  ]

  private static let mathematics: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [
      "−": "-", "×": "\\times", "÷": "\\div", "±": "\\pm", "≥": "\\geq", "≤": "\\leq", "≠": "\\neq", "≈": "\\approx",
      "∞": "\\infty", "∈": "\\in", "→": "\\to", "·": "\\cdot", "√": "\\surd", "°": "^{\\circ}", "⁻": "^{-}",
      "¹": "^{1}", "²": "^{2}", "³": "^{3}", "ο": "o", "ς": "\\varsigma",
    ]
    let lower =
      "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi - pi rho - sigma tau upsilon "
      + "phi chi psi omega"
    for (offset, name) in lower.split(separator: " ").enumerated() where name != "-" {
      if let letter = Unicode.Scalar(0x3B1 + offset) { table[letter] = "\\\(name)" }
    }
    for (letter, name) in [
      ("Γ", "Gamma"), ("Δ", "Delta"), ("Θ", "Theta"), ("Λ", "Lambda"), ("Ξ", "Xi"), ("Π", "Pi"), ("Σ", "Sigma"),
      ("Φ", "Phi"), ("Ψ", "Psi"), ("Ω", "Omega"),
    ] as [(Unicode.Scalar, String)] {
      table[letter] = "\\\(name)"
    }
    for digit in 0..<10 {
      if let low = Unicode.Scalar(0x2080 + digit) { table[low] = "_{\(digit)}" }
      if digit == 0 || digit > 3, let high = Unicode.Scalar(0x2070 + digit) { table[high] = "^{\(digit)}" }
    }
    return table
  }()
}
