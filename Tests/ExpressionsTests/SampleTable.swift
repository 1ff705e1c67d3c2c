import Tables

@testable import Expressions

/// Four architectures of two or three layers; one cell is undefined.
enum SampleTable {
  static let table = Table(
    columns: [
      integers("depth", [2, 3, 2, 3]), integers("hidden-size", [128, 256, 256, 128]),
      Column(
        schema: ColumnSchema(name: "glue", type: .real), storage: .real([64.5, 0, 70, 71.25]),
        undefined: [1: "not given"]),
      Column(schema: ColumnSchema(name: "kind", type: .text), storage: .text(["x", "y", "x", "it's"])),
      Column(schema: ColumnSchema(name: "is-new", type: .boolean), storage: .boolean([true, false, false, true])),
      texts("layer-1-operation", ["SA", "LT", "SA", "SA"], []),
      texts("layer-2-operation", ["LT", "SA", "SA", "LT"], []),
      texts("layer-3-operation", ["", "SA", "", "DSC"], [0, 2]),
      integers("layer-1-heads", [2, 4, 2, 2]), integers("layer-2-heads", [4, 4, 2, 4]),
      integers("layer-3-heads", [0, 2, 0, 4], absent: [0, 2]),
    ], origins: (1...4).map { RowOrigin(file: "t", line: $0) })

  static var schemas: [ColumnSchema] { table.columns.map(\.schema) }

  private static func integers(_ name: String, _ values: [Int], absent: [Int] = []) -> Column {
    Column(
      schema: ColumnSchema(name: name, type: .integer), storage: .integer(values), undefined: missing(absent))
  }

  private static func texts(_ name: String, _ values: [String], _ absent: [Int]) -> Column {
    Column(schema: ColumnSchema(name: name, type: .text), storage: .text(values), undefined: missing(absent))
  }

  private static func missing(_ rows: [Int]) -> [Int: String] {
    Dictionary(uniqueKeysWithValues: rows.map { ($0, Cell.noSuchLayer) })
  }
}
