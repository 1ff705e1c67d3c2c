/// Keeps aliases so few that expanding them cannot grow a document beyond a few thousand times its size.
///
/// Anchors inside anchors multiply: with `a` aliases in all, a document can grow by at most 3^(a/3). The text is only
/// scanned for what looks like anchors and aliases, so prose may count as well; documents without anchors are free.
enum AliasBound {
  /// The most aliases in a document that has anchors.
  static let limit = 24

  /// Whether a document may be parsed.
  static func permits(_ text: [UInt8]) -> Bool {
    var anchors = 0
    var aliases = 0
    var previous = UInt8(ascii: "\n")
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"), " \n\r\t[{,:-?".utf8.contains(previous),
        index + 1 < text.count, !" \n\r\t".utf8.contains(text[index + 1])
      {
        if byte == UInt8(ascii: "&") { anchors += 1 } else { aliases += 1 }
      }
      previous = byte
    }
    return anchors == 0 || aliases <= limit
  }
}
