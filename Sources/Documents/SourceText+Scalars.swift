import Diagnostics

extension SourceText {
  /// The location in the source of each Unicode scalar of a YAML scalar's text, whatever its style.
  ///
  /// Blanks and line breaks of the source, quotes and backslashes are passed over until the scalar is met. From an escape
  /// such as `\u0041` on, and beyond 4 KiB of blanks, the place of what stood before it is given.
  ///
  /// - Parameters:
  ///   - text: The text that was read.
  ///   - start: The location where the scalar begins: at its quote, or at the content of a block.
  package func places(ofScalar text: String, from start: SourceLocation) -> [SourceLocation] {
    var cursor = ScalarCursor(self, start, window: 8 * text.utf8.count + 4096)
    let scalars = Array(text.unicodeScalars)
    let isContent = scalars.count >= 2 && cursor.current == scalars[0] && cursor.next == scalars[1]
    if !isContent, cursor.current == "\"" || cursor.current == "'" { cursor.advance() }
    var isLost = false
    var last = cursor.location
    return scalars.map { scalar in
      if isLost || scalar.properties.isWhitespace { return isLost ? last : cursor.location }
      while let found = cursor.current, found != scalar, Self.isPassedOver(found) { cursor.advance() }
      guard cursor.current == scalar else {
        isLost = true
        return last
      }
      last = cursor.location
      cursor.advance()
      return last
    }
  }

  private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\\" || scalar == "\"" || scalar == "'"
  }
}

/// Walks over the Unicode scalars of a part of a source, counting lines and columns.
private struct ScalarCursor {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private(set) var location: SourceLocation

  /// Begins at a location and sees so many bytes from there; none when there is no such place.
  init(_ source: SourceText, _ start: SourceLocation, window: Int) {
    location = start
    guard start.line >= 1, start.line <= source.starts.count else {
      scalars = []
      return
    }
    var first = source.starts[start.line - 1]
    var column = 1
    while column < start.column, first < source.bytes.count {
      first += 1
      if first == source.bytes.count || source.bytes[first] & 0xC0 != 0x80 { column += 1 }
    }
    let end = first + min(window, source.bytes.count - first)
    scalars = Array(String(decoding: source.bytes[first..<end], as: UTF8.self).unicodeScalars)
  }

  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  var next: Unicode.Scalar? { index + 1 < scalars.count ? scalars[index + 1] : nil }

  mutating func advance() {
    guard let scalar = current else { return }
    index += 1
    let isHalf = scalar == "\r" && current == "\n"
    switch scalar {
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
      if !isHalf { location = SourceLocation(file: location.file, line: location.line + 1, column: 1) }
    default: location.column += 1
    }
  }
}
