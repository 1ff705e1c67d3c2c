/// A part of a cell's text, such as the number in the name of a log.
package struct CellPart: Sendable, Hashable {
  /// What stands before the part.
  package var before: String
  /// What stands after it.
  package var after: String

  /// Creates a part.
  package init(before: String, after: String) {
    self.before = before
    self.after = after
  }

  /// What stands between the first `before` of a text and the next `after`; nil when either is not there.
  package func cut(_ text: String) -> Substring? {
    guard let start = text.firstRange(of: before) else { return nil }
    let rest = text[start.upperBound...]
    return rest.firstRange(of: after).map { rest[..<$0.lowerBound] }
  }
}
