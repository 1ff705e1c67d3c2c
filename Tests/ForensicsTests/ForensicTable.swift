import Documents
import Specs
import Tables

@testable import Forensics

/// A column for tests.
func column(_ name: String, _ values: [Double?], role: ColumnRole = .metric) -> Column {
  Column(
    schema: ColumnSchema(name: name, type: .real, role: role), storage: .real(values.map { $0 ?? 0 }),
    undefined: undefined(values))
}

/// A column of whole numbers for tests.
func column(_ name: String, integers: [Int?], role: ColumnRole = .identifier) -> Column {
  Column(
    schema: ColumnSchema(name: name, type: .integer, role: role), storage: .integer(integers.map { $0 ?? 0 }),
    undefined: undefined(integers))
}

/// A column of text for tests.
func column(_ name: String, texts: [String?], role: ColumnRole = .identifier) -> Column {
  Column(
    schema: ColumnSchema(name: name, type: .text, role: role), storage: .text(texts.map { $0 ?? "" }),
    undefined: undefined(texts))
}

private func undefined<Value>(_ values: [Value?]) -> [Int: String] {
  var reasons: [Int: String] = [:]
  for (row, value) in values.enumerated() where value == nil { reasons[row] = "none" }
  return reasons
}

/// A table for tests.
func table(_ columns: Column...) -> Table {
  Table(
    columns: columns,
    origins: (0..<(columns.first?.count ?? 0)).map { RowOrigin(file: "test.csv", line: $0 + 2) })
}

extension Finding {
  /// The count of a name.
  func count(_ key: String) -> Int? { self[key]?.count }
  /// The number of a name.
  func number(_ key: String) -> Double? { self[key]?.double }
  /// The row of a section.
  func row(_ section: String, _ key: String) -> FindingSection.Row? { self.section(section)?[key] }
}

extension FindingSection.Row {
  /// The count of a name.
  func count(_ key: String) -> Int? { self[key]?.count }
  /// The number of a name.
  func number(_ key: String) -> Double? { self[key]?.double }
}

extension FindingValue {
  fileprivate var count: Int? { if case .count(let count) = self { count } else { nil } }
}
