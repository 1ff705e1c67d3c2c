import Diagnostics

/// A text with its lines, for locations and excerpts.
public struct SourceText: Sendable {
  /// The name used in locations.
  public let file: String
  private let text: String
  private let starts: [String.UTF8View.Index]

  /// Splits a text into lines at line feeds.
  public init(_ text: String, file: String) {
    self.file = file
    self.text = text
    var starts = [text.utf8.startIndex]
    var index = text.utf8.startIndex
    while let end = text.utf8[index...].firstIndex(of: UInt8(ascii: "\n")) {
      index = text.utf8.index(after: end)
      starts.append(index)
    }
    self.starts = starts
  }

  /// The text of a 1-based line without its end, at most 200 characters; nil when there is no such line.
  public func line(_ number: Int) -> String? {
    guard number >= 1, number <= starts.count else { return nil }
    let rest = text[starts[number - 1]...]
    let line = rest.prefix { !$0.isNewline }
    return line.count > 200 ? line.prefix(199) + "…" : String(line)
  }

  /// The 1-based line that holds a byte offset.
  public func lineNumber(ofByte offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if text.utf8.distance(from: text.utf8.startIndex, to: starts[middle]) <= offset {
        low = middle
      } else {
        high = middle
      }
    }
    return low + 1
  }

  /// A location in this text.
  public func location(line: Int, column: Int) -> SourceLocation {
    SourceLocation(file: file, line: max(1, line), column: max(1, column))
  }
}
