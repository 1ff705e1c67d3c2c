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
