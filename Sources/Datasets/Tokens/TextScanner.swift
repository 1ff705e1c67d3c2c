/// Splits UTF-8 text into words and lines, as Python's `open` and `str.split` do.
///
/// A line ends at LF, CR LF, CR, or the end of the text unless that follows a line's end. Words stand between characters of
/// Unicode's White_Space property and the separators U+001C to U+001F. O(bytes).
struct TextScanner {
  /// What the scanner comes upon.
  enum Event {
    /// A word: its bytes.
    case word(UnsafeRawBufferPointer)
    /// The end of a line.
    case lineEnd
  }

  /// Why scanning ended early.
  enum Failure: Error {
    /// The text is not UTF-8; the place of the first character that is not, 1-based, columns in Unicode scalars.
    case invalidUTF8(line: Int, column: Int)
    /// The receiver of the events wants no more.
    case stopped
  }

  /// Calls `take` with each word and each end of a line in order, until it returns false.
  static func scan(_ text: [UInt8], _ take: (Event) -> Bool) throws(Failure) {
    try text.withUnsafeBufferPointer { buffer throws(Failure) in
      let raw = UnsafeRawBufferPointer(buffer)
      var (index, wordStart, lineStart) = (0, 0, 0)
      while index < raw.count {
        let (length, isBlank) = character(raw, index)
        guard length > 0 else { throw place(of: index, in: raw) }
        guard isBlank else {
          index += length
          continue
        }
        if wordStart < index { try pass(.word(UnsafeRawBufferPointer(rebasing: raw[wordStart..<index])), take) }
        let isReturn = raw[index] == 0x0D
        if isReturn || raw[index] == 0x0A {
          try pass(.lineEnd, take)
          index += isReturn && index + 1 < raw.count && raw[index + 1] == 0x0A ? 2 : 1
          lineStart = index
        } else {
          index += length
        }
        wordStart = index
      }
      if wordStart < raw.count { try pass(.word(UnsafeRawBufferPointer(rebasing: raw[wordStart...])), take) }
      if lineStart < raw.count { try pass(.lineEnd, take) }
    }
  }

  private static func pass(_ event: Event, _ take: (Event) -> Bool) throws(Failure) {
    guard take(event) else { throw .stopped }
  }

  /// The length of the character at an index, 0 when it is not UTF-8, and whether it separates words.
  private static func character(_ raw: UnsafeRawBufferPointer, _ index: Int) -> (length: Int, isBlank: Bool) {
    let lead = raw[index]
    if lead < 0x80 { return (1, lead <= 0x20 && (lead == 0x20 || 9...13 ~= lead || lead >= 0x1C)) }
    guard index + 1 < raw.count else { return (0, false) }
    let second = raw[index + 1]
    let (length, lowest, highest): (Int, UInt8, UInt8) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xE1...0xEF: (3, 0x80, 0xBF)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      default: (0, 1, 0)
      }
    guard length > 0, second >= lowest, second <= highest, index + length <= raw.count else { return (0, false) }
    for offset in 2..<max(2, length) where raw[index + offset] & 0xC0 != 0x80 { return (0, false) }
    switch lead {
    case 0xC2: return (length, second == 0x85 || second == 0xA0)
    case 0xE1...0xE3:
      let last = UInt32(raw[index + 2] & 0x3F)
      return (length, isBlank(UInt32(lead & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | last))
    default: return (length, false)
    }
  }

  private static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  private static func place(of index: Int, in raw: UnsafeRawBufferPointer) -> Failure {
    var (line, column) = (1, 1)
    for position in 0..<index {
      let byte = raw[position]
      if byte == 0x0A || byte == 0x0D && raw[position + 1] != 0x0A {
        (line, column) = (line + 1, 1)
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return .invalidUTF8(line: line, column: column)
  }
}
