/// Goes through the tags of an SVG file so that it can stand in a page beside others.
///
/// Ids and what refers to them get a prefix. Comments, what is before the first tag, style sheets, scripts, event handlers
/// and references to other files are left out. Text between tags stays as it is.
struct SVGRewriter {
  private let bytes: [UInt8]
  private let prefix: String
  private var index = 0
  private var output: [UInt8] = []

  /// Rewrites a file. O(bytes).
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - prefix: The prefix of every id.
  static func rewrite(_ bytes: [UInt8], prefix: String) -> [UInt8] {
    var rewriter = SVGRewriter(bytes: bytes, prefix: prefix)
    rewriter.run()
    return rewriter.output
  }

  private init(bytes: [UInt8], prefix: String) {
    self.bytes = bytes
    self.prefix = prefix
    output.reserveCapacity(bytes.count)
  }

  private mutating func run() {
    while index < bytes.count, !starts("<svg") { index += 1 }
    while index < bytes.count {
      if bytes[index] != UInt8(ascii: "<") {
        output.append(bytes[index])
        index += 1
      } else if starts("<?") {
        skip(past: "?>")
      } else if starts("<!--") {
        skip(past: "-->")
      } else if starts("<!") {
        skip(past: ">")
      } else if let name = ["style", "script"].first(where: { startsTag($0) }) {
        while index < bytes.count, !startsTag("/\(name)") { index += 1 }
        skip(past: ">")
      } else {
        tag()
      }
    }
  }

  private mutating func tag() {
    copy { $0 != UInt8(ascii: ">") && !Self.isBlank($0) }
    while index < bytes.count {
      copy { Self.isBlank($0) || $0 == UInt8(ascii: "/") }
      guard index < bytes.count else { return }
      if bytes[index] == UInt8(ascii: ">") {
        output.append(bytes[index])
        index += 1
        return
      }
      attribute()
    }
  }

  private mutating func attribute() {
    let start = index
    while index < bytes.count, !Self.isBlank(bytes[index]), !"=/>".utf8.contains(bytes[index]) { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "="),
      bytes[index + 1] == UInt8(ascii: "\"") || bytes[index + 1] == UInt8(ascii: "'")
    else {
      index = max(index, min(start + 1, bytes.count))
      return
    }
    let quote = bytes[index + 1]
    let begin = index + 2
    let end = bytes[begin...].firstIndex(of: quote) ?? bytes.count
    index = min(end + 1, bytes.count)
    guard let value = value(of: name, bytes[begin..<end]) else { return }
    output.append(contentsOf: name.utf8)
    output.append(UInt8(ascii: "="))
    output.append(quote)
    output.append(contentsOf: value)
    output.append(quote)
  }

  /// The new value; nil leaves the attribute out.
  private func value(of name: String, _ value: ArraySlice<UInt8>) -> [UInt8]? {
    switch name {
    case "id": return Array(prefix.utf8) + value
    case "aria-labelledby", "aria-describedby":
      let ids = value.split(separator: UInt8(ascii: " ")).map { prefix + String(decoding: $0, as: UTF8.self) }
      return Array(ids.joined(separator: " ").utf8)
    case "href", "xlink:href":
      if value.first == UInt8(ascii: "#") { return Array("#\(prefix)".utf8) + value.dropFirst() }
      return value.starts(with: "data:image/".utf8) ? Array(value) : nil
    case _ where name.lowercased().hasPrefix("on"): return nil
    default: return value.contains(UInt8(ascii: "(")) ? references(value) : Array(value)
    }
  }

  /// References within a value.
  private func references(_ value: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = value
    while let open = rest.firstIndex(of: UInt8(ascii: "(")) {
      let close = rest[open...].firstIndex(of: UInt8(ascii: ")")) ?? rest.endIndex
      let before = rest[..<open]
      let inside = rest[(open + 1)..<close]
      if before.suffix(3).elementsEqual("url".utf8) {
        result += before
        if inside.first == UInt8(ascii: "#") {
          result += Array("(#\(prefix)".utf8) + inside.dropFirst() + [UInt8(ascii: ")")]
        } else {
          result += Array("(#)".utf8)
        }
      } else {
        result += rest[..<min(close + 1, rest.endIndex)]
      }
      rest = rest[min(close + 1, rest.endIndex)...]
    }
    return result + rest
  }

  private func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  /// True at the start of an element of that name, in letters of either case.
  private func startsTag(_ name: String) -> Bool {
    let tag = String(decoding: bytes[index...].prefix(name.utf8.count + 1), as: UTF8.self)
    return tag.lowercased() == "<\(name)"
  }

  private mutating func skip(past end: String) {
    while index < bytes.count, !starts(end) { index += 1 }
    index = min(index + end.utf8.count, bytes.count)
  }

  private mutating func copy(while isPart: (UInt8) -> Bool) {
    while index < bytes.count, isPart(bytes[index]) {
      output.append(bytes[index])
      index += 1
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
