/// Lines of a page that end only where a reader would end them: a number stays with its unit and its sign, a short name such as
/// τ-b or GPT-2 in one piece.
///
/// What belongs together gets `<span class="whole">` around it, which the page's style keeps on one line. The text itself stays
/// as it is, for copying, searching and reading aloud.
enum WholeWords {
  /// Elements whose text is left alone: code, drawings, and what has no lines of its own.
  private static let left: Set<String> = ["svg", "pre", "code", "script", "style", "textarea"]

  /// The most characters that are kept together, so that narrow columns still have places to break.
  private static let longest = 40

  /// A page with its body marked. O(bytes).
  static func marked(_ page: String) -> String {
    let bytes = Array(page.utf8)
    guard let body = page.utf8.firstRange(of: "<body".utf8) else { return page }
    var index = page.utf8.distance(from: page.utf8.startIndex, to: body.lowerBound)
    var output = Array(bytes[..<index])
    output.reserveCapacity(bytes.count + bytes.count / 16)
    var inside: (name: String, depth: Int)?
    while index < bytes.count {
      let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      if end > index {
        let text = bytes[index..<end]
        output += inside == nil ? Array(marked(text: String(decoding: text, as: UTF8.self)).utf8) : Array(text)
      }
      guard end < bytes.count else { break }
      let close = bytes[end...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
      let tag = String(decoding: bytes[end...close], as: UTF8.self)
      let isEnd = tag.hasPrefix("</")
      let name = String(tag.dropFirst(isEnd ? 2 : 1).prefix { $0.isASCII && ($0.isLetter || $0.isNumber) })
      output += bytes[end...close]
      index = close + 1
      if let open = inside {
        if name == open.name, !tag.hasSuffix("/>") {
          inside = isEnd ? (open.depth == 1 ? nil : (name, open.depth - 1)) : (name, open.depth + 1)
        }
      } else if !isEnd, name == "script" || name == "style" {
        // Their text may look like tags.
        let rest = String(decoding: bytes[index...], as: UTF8.self).utf8
        let length = rest.firstRange(of: "</\(name)".utf8).map {
          rest.distance(from: rest.startIndex, to: $0.lowerBound)
        }
        output += bytes[index..<(index + (length ?? rest.count))]
        index += length ?? rest.count
      } else if !isEnd, !tag.hasSuffix("/>"), left.contains(name) || tag.hasPrefix("<td class=\"number") {
        inside = (name, 1)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Text between two tags, with spans around what belongs together.
  static func marked(text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") || $0 == 0x0A }) else {
      return text
    }
    // Words with the blank behind each; blanks are of one character each.
    var words: [(text: Substring, blank: Substring)] = []
    var rest = text[...]
    while !rest.isEmpty {
      let word = rest.prefix { $0 != " " && $0 != "\n" }
      rest = rest[word.endIndex...]
      words.append((word, rest.prefix(1)))
      rest = rest.dropFirst()
    }
    let plain = words.map { Word($0.text) }
    var output = ""
    var index = 0
    while index < words.count {
      var last = index
      var length = words[index].text.count
      while last + 1 < words.count, Word.belong(plain, last), length + words[last + 1].text.count < longest {
        last += 1
        length += words[last].text.count + 1
      }
      let run = words[index...last]
      let inner = run.dropLast().map { $0.text + $0.blank }.joined() + (run.last?.text ?? "")
      let isWhole = last > index || plain[index].breaksInside
      output += (isWhole ? "<span class=\"whole\">\(inner)</span>" : inner) + (run.last?.blank ?? "")
      index = last + 1
    }
    return output
  }
}

extension WholeWords {
  /// A word between two blanks: its text without what surrounds it.
  private struct Word {
    /// The text without brackets and quotes before it, and punctuation behind it.
    private let core: Substring
    private let opensBracket: Bool
    private let isLast: Bool

    init(_ text: Substring) {
      let shown = text.contains("&") ? Substring(Self.decoded(text)) : text
      let start = shown.drop { "([“\"‘".contains($0) }
      opensBracket = shown.first == "["
      let end = start.reversed().prefix { ",;.:)]”\"’?!".contains($0) }.count
      core = start.dropLast(end)
      isLast = end > 0
    }

    private static func decoded(_ text: Substring) -> String {
      [("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(String(text)) {
        $0.replacing($1.0, with: $1.1)
      }
    }

    /// Digits with a sign, points, commas or a power of ten.
    private var isNumber: Bool {
      core.count <= 14 && core.contains { ("0"..."9").contains($0) }
        && core.allSatisfy { ("0"..."9").contains($0) || ".,−-+–×⁻⁰¹²³⁴⁵⁶⁷⁸⁹%".contains($0) }
    }

    private static let units: Set<Substring> = [
      "%", "‰", "M", "k", "B", "KiB", "MiB", "GiB", "kB", "MB", "GB", "s", "ms", "min", "h", "px", "pt",
    ]
    private static let signs: Set<Substring> = ["=", "<", ">", "≤", "≥", "≠", "≈", "±", "×"]
    private static let symbols: Set<Substring> = ["n", "p", "P", "r", "ρ", "τ", "d", "R²", "τ-a", "τ-b", "τ-c", "z"]
    private static let places: Set<Substring> = ["Table", "Tables", "Figure", "Figures"]

    /// True when a line could end inside the word and should not: behind the hyphen of τ-b or GPT-2.
    var breaksInside: Bool {
      guard core.count <= 24, let hyphen = core.lastIndex(where: { $0 == "-" || $0 == "–" }), hyphen != core.startIndex,
        !core.contains("/")
      else { return false }
      let end = core[core.index(after: hyphen)...]
      return (1...3).contains(end.count) && end.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." }
    }

    /// True when a line must not end between a word and the next.
    static func belong(_ words: [Word], _ index: Int) -> Bool {
      let (word, next) = (words[index], words[index + 1])
      guard !word.isLast else {
        // The ends of an interval, `[.39, .58]`.
        return word.opensBracket && word.isNumber && next.isNumber && next.isLast
      }
      if word.isNumber { return units.contains(next.core) || signs.contains(next.core) }
      if signs.contains(word.core) { return next.isNumber }
      if places.contains(word.core) { return next.isNumber }
      if symbols.contains(word.core) {
        return next.isNumber || signs.contains(next.core) && index + 2 < words.count && words[index + 2].isNumber
      }
      // A symbol does not begin a line: `Kendall τ-b`, `Somers' d`.
      return symbols.contains(next.core) && (1...12).contains(word.core.count)
    }
  }
}
