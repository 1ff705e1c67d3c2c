import Diagnostics

/// A text with its lines, for locations and excerpts.
///
/// Lines end where YAML ends them: at LF, CR, CR LF, NEL (U+0085), LS (U+2028) and PS (U+2029).
package struct SourceText: Sendable {
  /// The name used in locations.
  package let file: String
  /// The longest excerpt, in Unicode scalars.
  package static let excerptLimit = 200
  let bytes: [UInt8]
  let starts: [Int]

  /// Splits a text into lines.
  package init(_ text: String, file: String) { self.init(Array(text.utf8), file: file) }

  init(_ bytes: [UInt8], file: String) {
    self.file = file
    self.bytes = bytes
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let length = LineBreak.length(at: index, in: bytes)
      index += max(1, length)
      if length > 0 { starts.append(index) }
    }
    self.starts = starts
  }

  /// The text of a 1-based line without its end, cut to `excerptLimit`; nil when there is no such line.
  package func line(_ number: Int) -> String? {
    guard number >= 1, number <= starts.count else { return nil }
    var end = starts[number - 1]
    var count = 0
    while end < bytes.count, LineBreak.length(at: end, in: bytes) == 0 {
      if bytes[end] & 0xC0 != 0x80 {
        guard count < Self.excerptLimit else { return text(starts[number - 1]..<end) + "…" }
        count += 1
      }
      end += 1
    }
    return text(starts[number - 1]..<end)
  }

  /// The line of a location as an excerpt; nil when the location lies beyond what an excerpt shows.
  package func excerpt(at location: SourceLocation) -> String? {
    location.column <= Self.excerptLimit + 1 ? line(location.line) : nil
  }

  /// The location of a byte offset.
  package func location(ofByte offset: Int) -> SourceLocation {
    let offset = min(max(0, offset), bytes.count)
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let column = bytes[starts[low]..<offset].count { $0 & 0xC0 != 0x80 }
    return SourceLocation(file: file, line: low + 1, column: column + 1)
  }

  /// A location in this text.
  package func location(line: Int, column: Int) -> SourceLocation {
    SourceLocation(file: file, line: max(1, line), column: max(1, column))
  }

  /// The places where a pair of equal ASCII characters such as `{{` begins, in order from a location on, at most `limit`;
  /// pairs do not overlap.
  package func places(ofDoubled character: Unicode.Scalar, from place: SourceLocation, limit: Int) -> [SourceLocation] {
    guard character.isASCII, place.line >= 1, place.line <= starts.count else { return [] }
    let wanted = UInt8(truncatingIfNeeded: character.value)
    var places: [SourceLocation] = []
    var (line, column, index) = (place.line, 1, starts[place.line - 1])
    while index < bytes.count, places.count < limit {
      let length = LineBreak.length(at: index, in: bytes)
      if length > 0 {
        (line, column, index) = (line + 1, 1, index + length)
      } else if bytes[index] == wanted, index + 1 < bytes.count, bytes[index + 1] == wanted,
        line > place.line || column >= place.column
      {
        places.append(SourceLocation(file: file, line: line, column: column))
        (column, index) = (column + 2, index + 2)
      } else {
        index += 1
        if index == bytes.count || bytes[index] & 0xC0 != 0x80 { column += 1 }
      }
    }
    return places
  }

  /// The location where the content of a block scalar begins, on the line after its `|` or `>`, behind the indentation.
  func contentOfBlock(headedAt header: SourceLocation) -> SourceLocation {
    guard header.line < starts.count else { return header }
    let blanks = bytes[starts[header.line]...].prefix { $0 == 0x20 }.count
    return SourceLocation(file: file, line: header.line + 1, column: blanks + 1)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// The line ends of UTF-8 text by YAML 1.1.
enum LineBreak {
  /// The bytes of the line end that begins at an index: LF, CR, CR LF, NEL, LS or PS; 0 when none does.
  static func length(at index: Int, in bytes: [UInt8]) -> Int {
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      let isSeparator =
        index + 2 < bytes.count && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9)
      return isSeparator ? 3 : 0
    default: return 0
    }
  }
}
