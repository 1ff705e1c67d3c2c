import Outcomes
import Statistics
import Tables

extension MetricSource {
  /// The values in a table, by row, less a constant where whole numbers ask for it (`Column.offsets`); those of an order are
  /// its dense ranks.
  func numbers(in table: Table) throws(Reason) -> [Double?] {
    switch self {
    case .column(let name): return try Self.column(name, in: table)
    case .lexicographic(let names):
      var columns: [[Double?]] = []
      for name in names { columns.append(try Self.column(name, in: table)) }
      return Lexicographic.scores(columns)
    }
  }

  private static func column(_ name: String, in table: Table) throws(Reason) -> [Double?] {
    guard let column = table[name] else { throw Reason("no column \(name)") }
    return column.offsets.values
  }
}
