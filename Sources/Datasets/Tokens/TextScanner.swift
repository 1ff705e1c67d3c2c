/// Splits UTF-8 text into words and lines, as Python's `open` and `str.split` do, a part of the text at a time.
///
/// A line ends at LF, CR LF, CR, or the end of the text unless that follows a line's end. Words stand between characters of
/// Unicode's White_Space property and the separators U+001C to U+001F. O(bytes); what is kept is one word.
struct TextScanner {
  /// The longest word in bytes.
  static let wordLimit = 1 << 20

  /// An event of the scan.
  enum Event {
    /// A word: its bytes.
    case word(UnsafeRawBufferPointer)
    case lineEnd
  }

  /// The reason for an early end of the scan.
  enum Failure: Error {
    /// The text is not UTF-8; the place of the first character that is not, 1-based, columns in Unicode scalars.
    case invalidUTF8(line: Int, column: Int)
    /// A word is over `wordLimit`; the place where it begins.
    case longWord(line: Int, column: Int)
    /// The receiver of the events wants no more.
    case stopped
  }

  /// The word, and the part of a character, that the last part of the text ended in.
  private var carry: [UInt8] = []
  private var line = 1
  /// Scalars of the line that stand before `carry`.
  private var columnsBefore = 0

  /// Scans a whole text.
  static func scan(_ text: [UInt8], _ take: (Event) -> Bool) throws(Failure) {
    var scanner = TextScanner()
    try text.withUnsafeBufferPointer { buffer throws(Failure) in
      try scanner.scan(UnsafeRawBufferPointer(buffer), isLast: true, take)
    }
  }

  /// Calls `take` with each word and each end of a line of the next part of the text in order, until it returns false.
  ///
  /// - Parameter isLast: Whether the text ends with this part.
  mutating func scan(
    _ part: UnsafeRawBufferPointer, isLast: Bool, _ take: (Event) -> Bool
  ) throws(Failure) {
    if carry.isEmpty {
      let end = try words(part, isLast, take)
      carry = Array(part[end...])
    } else {
      var text = carry
      carry = []
      text.append(contentsOf: part)
      carry = try text.withUnsafeBufferPointer { buffer throws(Failure) in
        let raw = UnsafeRawBufferPointer(buffer)
        return Array(raw[try words(raw, isLast, take)...])
      }
    }
    guard carry.count <= Self.wordLimit else { throw .longWord(line: line, column: columnsBefore + 1) }
  }

  /// Hands out what is complete; where that ends.
  private mutating func words(
    _ raw: UnsafeRawBufferPointer, _ isLast: Bool, _ take: (Event) -> Bool
  ) throws(Failure) -> Int {
    var (index, wordStart, lineStart) = (0, 0, 0)
    while index < raw.count {
      let (length, isBlank) = Self.character(raw, index)
      if length == 0 {
        if !isLast, raw.count - index < 4 { break }
        throw .invalidUTF8(line: line, column: columnsBefore + Self.scalars(raw[lineStart..<index]) + 1)
      }
      guard isBlank else {
        index += length
        continue
      }
      let isReturn = raw[index] == 0x0D
      if isReturn, !isLast, index + 1 == raw.count { break }
      if wordStart < index { try pass(raw, wordStart..<index, lineStart, take) }
      if isReturn || raw[index] == 0x0A {
        guard take(.lineEnd) else { throw .stopped }
        index += isReturn && index + 1 < raw.count && raw[index + 1] == 0x0A ? 2 : 1
        lineStart = index
        line += 1
        columnsBefore = 0
      } else {
        index += length
      }
      wordStart = index
    }
    guard isLast else {
      columnsBefore += Self.scalars(raw[lineStart..<wordStart])
      return wordStart
    }
    if wordStart < raw.count { try pass(raw, wordStart..<raw.count, lineStart, take) }
    if lineStart < raw.count || columnsBefore > 0, !take(.lineEnd) { throw .stopped }
    return raw.count
  }

  private func pass(
    _ raw: UnsafeRawBufferPointer, _ word: Range<Int>, _ lineStart: Int, _ take: (Event) -> Bool
  ) throws(Failure) {
    guard word.count <= Self.wordLimit else {
      throw .longWord(line: line, column: columnsBefore + Self.scalars(raw[lineStart..<word.lowerBound]) + 1)
    }
    guard take(.word(UnsafeRawBufferPointer(rebasing: raw[word]))) else { throw .stopped }
  }

  private static func scalars(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }

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
}
