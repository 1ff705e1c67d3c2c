import Diagnostics

/// Text in columns.
enum AlignedText {
  /// Rows with their cells padded to the widest of each column, two blanks apart; the last cell of a row is not padded.
  /// Characters that could steer a terminal are written visibly.
  static func table(_ rows: [[String]]) -> String {
    let cells = rows.map { $0.map { ConsoleWriter.visible($0) } }
    var widths: [Int] = []
    for row in cells {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return cells.map { row in
      let padded = row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      return padded.joined(separator: "  ") + "\n"
    }.joined()
  }
}
