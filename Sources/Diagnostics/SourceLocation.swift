/// A place in a text file: 1-based line and column (columns count Unicode scalars).
package struct SourceLocation: Sendable, Hashable, Codable, Comparable {
  /// The file as the user named it; never made absolute.
  package var file: String
  /// 1-based line.
  package var line: Int
  /// 1-based column, in Unicode scalars.
  package var column: Int

  /// Creates a location.
  package init(file: String, line: Int, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Orders by file, then line, then column.
  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`.
  package var description: String { "\(file):\(line):\(column)" }
}
