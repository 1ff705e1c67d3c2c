import Documents

extension TableExport {
  /// Comma-separated values with CRLF line ends, a column for each value that a cell shows. Numbers are the shortest text that
  /// reads back the same; undefined values are empty, with a column for the reasons.
  ///
  /// Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return, and
  /// is not a number) gets an apostrophe in front; the JSON file has it as it is.
  static func csv(_ shown: ReportTable) -> String {
    let table = values(shown)
    let lines = [table.columns.map { field(inert($0.title)) }] + table.rows.map { row in row.map { field(plain($0)) } }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func plain(_ cell: ReportTable.Cell) -> String {
    switch cell.value {
    case .string(let text): inert(text)
    case .null: ""
    default: cell.value.text()
    }
  }

  private static func inert(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
      text.unicodeScalars.count > 1, Double(text) == nil
    else { return text }
    return "'" + text
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
    let isPadded = text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ")
    guard needsQuotes || isPadded else { return text }
    var output = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { output += "\"" }
      output.unicodeScalars.append(scalar)
    }
    return output + "\""
  }
}
