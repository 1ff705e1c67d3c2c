/// Reads the tags of a template from its beginning to its end.
struct TemplateReader {
  /// A section that is not closed yet.
  private struct Open {
    var name: String
    var isInverted: Bool
    var place: Int
    var nodes: [Template.Node] = []
  }

  private enum Tag {
    case value(String)
    case open(String, isInverted: Bool)
    case close(String)
    case remark

    var mayStandAlone: Bool { if case .value = self { false } else { true } }
  }

  private let scalars: [Unicode.Scalar]
  private var open: [Open] = []
  private var found: [Template.Node] = []
  private var index = 0
  private var tagCount = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// The parts of the whole text.
  mutating func nodes() throws(Template.Problem) -> [Template.Node] {
    var textStart = 0
    var lineStart = 0
    while index < scalars.count {
      guard isOpening(index) else {
        if scalars[index] == "\n" { lineStart = index + 1 }
        index += 1
        continue
      }
      let start = index
      let tag = try self.tag()
      var textEnd = start
      if tag.mayStandAlone, textStart <= lineStart, isBlank(lineStart..<start), let end = endOfBlankLine() {
        textEnd = lineStart
        index = end
        lineStart = end
      }
      append(textStart..<textEnd)
      textStart = index
      try take(tag, at: start)
    }
    if let section = open.last { throw problem(section.place, "a section is not closed") }
    append(textStart..<scalars.count)
    return found
  }

  private mutating func take(_ tag: Tag, at start: Int) throws(Template.Problem) {
    switch tag {
    case .remark: break
    case .value(let name): append(.value(name))
    case .open(let name, let isInverted):
      guard open.count < Template.depthLimit else {
        throw problem(start, "sections are more than \(Template.depthLimit) deep")
      }
      open.append(Open(name: name, isInverted: isInverted, place: start))
    case .close(let name):
      guard let section = open.popLast() else { throw problem(start, "a section is closed that was not opened") }
      guard section.name == name else {
        throw problem(start, "a section is closed by another name than it was opened with")
      }
      append(.section(name, isInverted: section.isInverted, section.nodes))
    }
  }

  private mutating func append(_ node: Template.Node) {
    if open.isEmpty { found.append(node) } else { open[open.count - 1].nodes.append(node) }
  }

  private mutating func append(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    append(.text(String(String.UnicodeScalarView(scalars[range]))))
  }

  /// The tag that begins here; moves behind it.
  private mutating func tag() throws(Template.Problem) -> Tag {
    let start = index
    tagCount += 1
    guard tagCount <= Template.tagLimit else { throw problem(start, "there are over \(Template.tagLimit) tags") }
    index += 2
    skipBlanks()
    guard index < scalars.count else { throw problem(start, "a tag has no end") }
    switch scalars[index] {
    case "!":
      while index < scalars.count, !isClosing(index) { index += 1 }
      guard index < scalars.count else { throw problem(start, "a remark has no end") }
      index += 2
      return .remark
    case "{":
      index += 1
      let name = try self.name(start)
      guard index < scalars.count, scalars[index] == "}" else { throw problem(start, "a tag of {{{ has no }}}") }
      index += 1
      return .value(name)
    case "#", "^":
      let isInverted = scalars[index] == "^"
      index += 1
      return .open(try name(start), isInverted: isInverted)
    case "/":
      index += 1
      return .close(try name(start))
    case "&":
      index += 1
      return .value(try name(start))
    case "=": throw problem(start, "other delimiters are not supported; write {{…}}")
    case ">", "<", "$":
      throw problem(start, "templates stand alone; partials and inheritance are not supported")
    case "%": throw problem(start, "pragmas are not supported")
    default: return .value(try name(start))
    }
  }

  /// A name and the braces behind it.
  private mutating func name(_ start: Int) throws(Template.Problem) -> String {
    skipBlanks()
    var name = ""
    while index < scalars.count, Self.isOfName(scalars[index]) {
      guard name.utf8.count < Template.nameLimit else {
        throw problem(start, "a name is over \(Template.nameLimit) characters long")
      }
      name.unicodeScalars.append(scalars[index])
      index += 1
    }
    skipBlanks()
    guard !name.isEmpty, isClosing(index) else {
      throw problem(start, "a tag has no end or a name that cannot be; names have letters, digits, - and _")
    }
    index += 2
    return name
  }

  private mutating func skipBlanks() {
    while index < scalars.count, [" ", "\t", "\n"].contains(scalars[index]) { index += 1 }
  }

  private func isOpening(_ index: Int) -> Bool {
    scalars[index] == "{" && index + 1 < scalars.count && scalars[index + 1] == "{"
  }

  private func isClosing(_ index: Int) -> Bool {
    index + 1 < scalars.count && scalars[index] == "}" && scalars[index + 1] == "}"
  }

  private func isBlank(_ range: Range<Int>) -> Bool { scalars[range].allSatisfy { $0 == " " || $0 == "\t" } }

  /// The start of the next line, when nothing but blanks is left of this one; nil otherwise.
  private func endOfBlankLine() -> Int? {
    let end = scalars[index...].firstIndex { $0 != " " && $0 != "\t" } ?? scalars.count
    guard end < scalars.count else { return end }
    return scalars[end] == "\n" ? end + 1 : nil
  }

  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
    default: false
    }
  }

  private func problem(_ place: Int, _ reason: String) -> Template.Problem {
    let before = scalars[..<place]
    let line = 1 + before.count { $0 == "\n" }
    let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    return Template.Problem(line: line, column: place - lineStart + 1, reason: reason)
  }
}
