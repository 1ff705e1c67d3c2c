import GRDB

/// Values of a row that may be of any kind: a file that others wrote to keeps no promises, and GRDB's own subscripts trap
/// on a value of another kind.
extension Row {
  /// A text; nil for anything else.
  func text(_ column: String) -> String? { String.fromDatabaseValue(self[column] as DatabaseValue) }

  /// An integer; nil for anything else.
  func integer(_ column: String) -> Int? { Int.fromDatabaseValue(self[column] as DatabaseValue) }

  /// A number; nil for anything else.
  func real(_ column: String) -> Double? { Double.fromDatabaseValue(self[column] as DatabaseValue) }
}
