import Diagnostics

/// Reads strict JSON (RFC 8259) in one pass, into the same nodes that the YAML reader gives for it.
///
/// Data documents are JSON for the most part; this reader holds them to the limits while it reads, and takes what YAML
/// does not: surrogate pairs in escapes, long keys, and any character in a string. O(bytes).
struct JSONReader {
  /// The reasons for which reading ends early.
  enum Failure: Error {
    /// The text is not strict JSON; it may be YAML.
    case notJSON
    /// The document is over a limit.
    case overLimit
  }

  /// The deepest nesting whatever the limits say: each level takes stack.
  private static let greatestDepth = 500

  private let source: SourceText
  private let bytes: [UInt8]
  private let limits: DocumentLimits
  /// True when the words `NaN`, `Infinity` and `-Infinity` stand for numbers, as Python writes them.
  private let takesNotANumber: Bool
  private(set) var problems = DiagnosticList()
  private var position = 0
  private var nodeCount = 0
  private var (markedPosition, markedLine, markedColumn) = (0, 1, 1)

  init(_ bytes: [UInt8], source: SourceText, limits: DocumentLimits, takesNotANumber: Bool = false) {
    self.bytes = bytes
    self.source = source
    self.limits = limits
    self.takesNotANumber = takesNotANumber
  }

  /// The place that reading has come to.
  var reached: SourceLocation { source.location(ofByte: min(position, bytes.count)) }

  /// True when a text can be JSON with an array or an object at its root, by its first byte that is no blank.
  static func mayRead(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first(where: { !isBlank($0) }) else { return false }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// The document; its duplicate keys and the limit it breaks are in `problems`.
  mutating func document() throws(Failure) -> DocumentNode {
    skipBlanks()
    let node = try value(depth: 0)
    skipBlanks()
    guard position == bytes.count else { throw .notJSON }
    return node
  }

  private mutating func value(depth: Int) throws(Failure) -> DocumentNode {
    let location = place()
    nodeCount += 1
    guard nodeCount <= limits.nodes else {
      throw overLimit("too-many-nodes", location, "the document has over \(limits.nodes) nodes", fix: "split it")
    }
    let deepest = min(limits.depth, Self.greatestDepth)
    guard depth <= deepest else {
      throw overLimit("nested-too-deep", location, "nested deeper than \(deepest) levels", fix: "flatten it")
    }
    guard position < bytes.count else { throw .notJSON }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(location, depth: depth)
    case UInt8(ascii: "["): return try array(location, depth: depth)
    case UInt8(ascii: "\""): return .scalar(text: try string(), quoted: true, location: location)
    default: return .scalar(text: try plain(), quoted: false, location: location)
    }
  }

  private mutating func array(_ location: SourceLocation, depth: Int) throws(Failure) -> DocumentNode {
    var nodes: [DocumentNode] = []
    position += 1
    skipBlanks()
    if take("]") { return .sequence(nodes, location: location) }
    while true {
      nodes.append(try value(depth: depth + 1))
      skipBlanks()
      if take("]") { return .sequence(nodes, location: location) }
      guard take(",") else { throw .notJSON }
      skipBlanks()
    }
  }

  private mutating func object(_ location: SourceLocation, depth: Int) throws(Failure) -> DocumentNode {
    var entries: [DocumentEntry] = []
    var known: Set<String> = []
    position += 1
    skipBlanks()
    if take("}") { return .mapping(entries, location: location) }
    while true {
      let keyLocation = place()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw .notJSON }
      let key = try string()
      skipBlanks()
      guard take(":") else { throw .notJSON }
      skipBlanks()
      let node = try value(depth: depth + 1)
      if known.insert(key).inserted {
        entries.append(DocumentEntry(key: key, keyLocation: keyLocation, value: node))
      } else {
        report("duplicate-key", keyLocation, "a key is given twice: \(key)", fix: "keep one")
      }
      skipBlanks()
      if take("}") { return .mapping(entries, location: location) }
      guard take(",") else { throw .notJSON }
      skipBlanks()
    }
  }

  /// A number, `true`, `false` or `null`.
  private mutating func plain() throws(Failure) -> String {
    let start = position
    while position < bytes.count, !Self.isBlank(bytes[position]), !Self.endsPlain(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let isWord =
      text == "true" || text == "false" || text == "null" || takesNotANumber && Self.notANumber.contains(text)
    guard isWord || Self.isNumber(bytes[start..<position]) else {
      position = start
      throw .notJSON
    }
    return text
  }

  private mutating func string() throws(Failure) -> String {
    position += 1
    var start = position
    var text = ""
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let rest = String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        return text.isEmpty ? rest : text + rest
      }
      guard byte >= 0x20 else { throw .notJSON }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text += String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
        text.unicodeScalars.append(try escaped())
        start = position
      }
    }
    throw .notJSON
  }

  private mutating func escaped() throws(Failure) -> Unicode.Scalar {
    guard position < bytes.count else { throw .notJSON }
    position += 1
    switch bytes[position - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard (0xD800...0xDBFF).contains(unit), take("\\"), take("u") else { throw .notJSON }
      let low = try hexadecimal()
      guard (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
      else { throw .notJSON }
      return scalar
    default: throw .notJSON
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    guard position + 4 <= bytes.count else { throw .notJSON }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .notJSON }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard position < bytes.count, UInt32(bytes[position]) == scalar.value else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  /// The location of the position; each byte is counted once in all.
  private mutating func place() -> SourceLocation {
    while markedPosition < position {
      let length = LineBreak.length(at: markedPosition, in: bytes)
      if length > 0 {
        markedLine += 1
        markedColumn = 1
        markedPosition += length
      } else {
        if bytes[markedPosition] & 0xC0 != 0x80 { markedColumn += 1 }
        markedPosition += 1
      }
    }
    return source.location(line: markedLine, column: markedColumn)
  }

  private mutating func report(_ id: String, _ location: SourceLocation, _ message: String, fix: String) {
    problems.append(
      Diagnostic(id: id, location: location, message: message, fix: fix, excerpt: source.excerpt(at: location)))
  }

  private mutating func overLimit(_ id: String, _ location: SourceLocation, _ message: String, fix: String) -> Failure {
    report(id, location, message, fix: fix)
    return .overLimit
  }

  private static let notANumber: Set<String> = ["NaN", "Infinity", "-Infinity"]

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  private static func endsPlain(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
  }

  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    func digits(_ rest: inout ArraySlice<UInt8>) -> Int {
      let count = rest.prefix { (48...57).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let leadsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits(&rest)
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard digits(&rest) > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      guard digits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }
}
