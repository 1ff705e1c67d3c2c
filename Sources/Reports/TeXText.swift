/// The plain text of TeX as bibliographies use it: accents, special letters, dashes, quotation marks, braces.
enum TeXText {
  /// The text; commands that are not known are left out and their arguments stay.
  static func plain(_ tex: String) -> String {
    let source = Array(tex.unicodeScalars)
    var output = String.UnicodeScalarView()
    var index = 0
    func run(of scalar: Unicode.Scalar) -> Int { source[index...].prefix { $0 == scalar }.count }
    /// True when the scalar stands exactly twice in a row from `index`.
    func pair(of scalar: Unicode.Scalar) -> Bool { source[index...].prefix(3).prefix { $0 == scalar }.count == 2 }
    while index < source.count {
      let scalar = source[index]
      switch scalar {
      case "{", "}", "$": index += 1
      case "~":
        output.append(" ")
        index += 1
      case "-" where run(of: "-") > 1:
        let count = run(of: "-")
        output.append(count == 2 ? "–" : "—")
        index += count
      case "`" where pair(of: "`"):
        output.append("“")
        index += 2
      case "'" where pair(of: "'"):
        output.append("”")
        index += 2
      case "\\": command(source, &index, &output)
      default:
        output.append(scalar)
        index += 1
      }
    }
    return String(output).split(separator: " ").joined(separator: " ")
  }

  /// The parts between separators outside braces, without blanks around them; a separator of blanks matches any blanks.
  static func split(_ tex: String, at separator: String) -> [String] {
    let source = Array(tex.unicodeScalars)
    let mark = Array(separator.unicodeScalars)
    var parts: [String] = []
    var part = String.UnicodeScalarView()
    var depth = 0
    var index = 0
    while index < source.count {
      if depth == 0, source[index...].starts(with: mark) {
        parts.append(String(part))
        part = String.UnicodeScalarView()
        index += mark.count
        continue
      }
      if source[index] == "{" { depth += 1 }
      if source[index] == "}" { depth -= 1 }
      part.append(source[index])
      index += 1
    }
    return (parts + [String(part)]).map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  }

  private static func command(_ source: [Unicode.Scalar], _ index: inout Int, _ output: inout String.UnicodeScalarView)
  {
    index += 1
    guard index < source.count else { return }
    let first = source[index]
    guard isLetter(first) else {
      index += 1
      if let accent = accents[String(first)] {
        output.append(contentsOf: accented(source, &index, accent))
      } else if "&%$#_{}".unicodeScalars.contains(first) || first == " " {
        output.append(first)
      }
      return
    }
    let name = source[index...].prefix { isLetter($0) }
    index = name.endIndex
    let word = String(String.UnicodeScalarView(name))
    if word.unicodeScalars.count == 1, let accent = accents[word] {
      output.append(contentsOf: accented(source, &index, accent))
      return
    }
    while index < source.count, source[index] == " " { index += 1 }
    if let letter = letters[word] { output.append(contentsOf: letter.unicodeScalars) }
  }

  /// The letter that follows, with or without braces and backslash, under an accent.
  private static func accented(_ source: [Unicode.Scalar], _ index: inout Int, _ accent: Accent)
    -> String.UnicodeScalarView
  {
    while index < source.count, source[index] == " " || source[index] == "{" || source[index] == "\\" { index += 1 }
    guard index < source.count, isLetter(source[index]) else { return String.UnicodeScalarView() }
    let base = source[index]
    index += 1
    if let place = accent.bases.unicodeScalars.firstIndex(of: base) {
      let offset = accent.bases.unicodeScalars.distance(from: accent.bases.startIndex, to: place)
      let composed = accent.composed.unicodeScalars
      return String.UnicodeScalarView([composed[composed.index(composed.startIndex, offsetBy: offset)]])
    }
    return String.UnicodeScalarView([base, accent.combining])
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private struct Accent {
    var combining: Unicode.Scalar
    var bases: String
    var composed: String

    init(_ combining: Unicode.Scalar, _ bases: String, _ composed: String) {
      self.combining = combining
      self.bases = bases
      self.composed = composed
    }
  }

  /// Letters in front, the same letters with the accent behind, in the same order.
  private static let accents: [String: Accent] = [
    "'": Accent("\u{301}", "aeiouycnszAEIOUYCNSZ", "áéíóúýćńśźÁÉÍÓÚÝĆŃŚŹ"),
    "`": Accent("\u{300}", "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
    "^": Accent("\u{302}", "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
    "\"": Accent("\u{308}", "aeiouyAEIOUY", "äëïöüÿÄËÏÖÜŸ"),
    "~": Accent("\u{303}", "anoANO", "ãñõÃÑÕ"),
    "=": Accent("\u{304}", "aeiouAEIOU", "āēīōūĀĒĪŌŪ"),
    ".": Accent("\u{307}", "zeZEI", "żėŻĖİ"),
    "c": Accent("\u{327}", "csCS", "çşÇŞ"),
    "v": Accent("\u{30C}", "cszrenCSZREN", "čšžřěňČŠŽŘĚŇ"),
    "u": Accent("\u{306}", "agAG", "ăğĂĞ"),
    "H": Accent("\u{30B}", "ouOU", "őűŐŰ"),
    "k": Accent("\u{328}", "aeAE", "ąęĄĘ"),
    "r": Accent("\u{30A}", "auAU", "åůÅŮ"),
    "d": Accent("\u{323}", "", ""),
  ]

  private static let letters: [String: String] = [
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "i", "j": "j", "tau": "τ", "rho": "ρ", "alpha": "α", "beta": "β", "textendash": "–", "textemdash": "—",
    "ldots": "…", "textquoteright": "’",
  ]
}
