/// An upper bound on the cost of reading YAML text, estimated from its indicators before it is parsed.
///
/// Three things multiply: the nodes written; aliases, since anchors inside anchors make a document grow by at most
/// 3^(aliases / 3); and keys that are lists or mappings, since each is hashed with all that it holds. An alias of a list of
/// plain words, `[a, b]`, holds no other and counts as that list written out. The text is scanned without regard to quotes and
/// prose, so the estimate is never too low and may be too high. O(bytes).
struct StructureBound {
  /// The most nodes of a YAML text, whatever the limits allow; larger documents are JSON.
  static let greatestNodes = 1_000_000
  /// The most nodes that may be visited while aliases are expanded and keys compared.
  static let greatestWork = 10_000_000.0

  /// Upper bound on the number of nodes that are written.
  private(set) var nodes = 1
  /// Number of aliases whose anchors are in the text, those of lists of plain words left out.
  private(set) var aliases = 0
  /// Number of keys that may be lists or mappings.
  private(set) var collectionKeys = 0

  /// Upper bound on the number of nodes visited while aliases are expanded and keys compared.
  var work: Double {
    var growth = 1.0
    for _ in 0..<min(aliases / 3 + (aliases % 3 == 0 ? 0 : 1), 40) { growth *= 3 }
    return Double(nodes) * Double(1 + collectionKeys) * growth
  }

  /// Scans a text.
  init(_ text: [UInt8]) {
    // By name the length of the longest list of words that it stands for, or nil in it where one of its anchors is anything else.
    var anchors: [ArraySlice<UInt8>: Int?] = [:]
    var references: [ArraySlice<UInt8>] = []
    var previous = UInt8(ascii: "\n")
    var lastInk = UInt8(ascii: "\n")
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "{"): nodes += 2
      case UInt8(ascii: "["): nodes += 1
      case UInt8(ascii: ":"):
        nodes += 3
        if lastInk == UInt8(ascii: "]") || lastInk == UInt8(ascii: "}") { collectionKeys += 1 }
      case UInt8(ascii: "-"): if Self.isBlank(index + 1, text) { nodes += 1 }
      case UInt8(ascii: "?"):
        if Self.isBlank(index + 1, text), Self.mayPrecede(previous) {
          nodes += 3
          collectionKeys += 1
        }
      case UInt8(ascii: "&"), UInt8(ascii: "*"):
        let name = text[(index + 1)...].prefix(while: Self.isNameByte)
        guard Self.mayPrecede(previous), !name.isEmpty else { break }
        if byte == UInt8(ascii: "*") {
          references.append(name)
        } else {
          let words = Self.words(from: name.endIndex, text)
          let known = anchors[name] ?? 0
          anchors[name] = .some(words.flatMap { words in known.map { max($0, words) } })
        }
      default: break
      }
      previous = byte
      if byte != 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { lastInk = byte }
    }
    for case let anchor? in references.map({ anchors[$0] }) {
      if let words = anchor { nodes += words + 1 } else { aliases += 1 }
    }
  }

  /// Number of words of the list that begins here, `[a, b]` of names alone; nil for anything else.
  private static func words(from index: Int, _ text: [UInt8]) -> Int? {
    let start = text[index...].drop { $0 == 0x20 }
    guard start.first == UInt8(ascii: "[") else { return nil }
    let inside = start.dropFirst().prefix { isNameByte($0) || $0 == 0x20 || $0 == 0x0A || $0 == UInt8(ascii: ",") }
    guard inside.endIndex < text.count, text[inside.endIndex] == UInt8(ascii: "]") else { return nil }
    return inside.count { $0 == UInt8(ascii: ",") } + 1
  }

  private static func isBlank(_ index: Int, _ text: [UInt8]) -> Bool {
    guard index < text.count else { return true }
    // Breaks outside ASCII begin with C2 and E2; what else begins so is only counted in vain.
    return [0x20, 0x09, 0x0A, 0x0D, 0xC2, 0xE2].contains(text[index])
  }

  private static func mayPrecede(_ byte: UInt8) -> Bool {
    [0x20, 0x09, 0x0A, 0x0D].contains(byte) || byte >= 0x80 || "[]{},:-?!\"'".utf8.contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95
  }
}
