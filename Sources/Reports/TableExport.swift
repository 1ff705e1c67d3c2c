import Documents

/// A table in data and text formats.
package enum TableExport {
  package enum Format: String, Sendable, CaseIterable {
    /// Comma-separated values (RFC 4180), numbers in full precision.
    case csv
    /// JSON with columns and rows.
    case json
    /// LaTeX: a `tabular` with booktabs rules, without the float around it.
    case latex
    /// GitHub-flavoured Markdown.
    case markdown
  }

  /// The text of a table. O(cells).
  package static func text(_ table: ReportTable, _ format: Format) -> String {
    switch format {
    case .csv: csv(table)
    case .json: json(table).text(indent: 2)
    case .latex: latex(table)
    case .markdown: markdown(table)
    }
  }

  /// The raw values, those that a cell shows each in a column of its own: column titles, then arrays in the order of the
  /// columns; undefined values are `null`. Then the notes under the table, in Markdown.
  static func json(_ table: ReportTable) -> JSONValue {
    let single = values(table)
    return .record([
      "name": .string(table.name), "columns": .array(single.columns.map { .string($0.title) }),
      "rows": .array(single.rows.map { .array($0.map(\.value)) }),
      "notes": .array(table.notes.map { .string($0.source) }),
    ])
  }
}

extension TableExport {
  /// The table of single values: behind each column one for every other value that its cells show, and one for the reasons where
  /// values or intervals are missing. O(cells).
  static func values(_ table: ReportTable) -> ReportTable {
    var columns: [ReportTable.Column] = []
    var rows = table.rows.map { _ in [ReportTable.Cell]() }
    for (index, column) in table.columns.enumerated() {
      let cells = table.rows.map { index < $0.count ? $0[index] : ReportTable.Cell("", value: .null) }
      // A column of intervals has no value of its own, only their ends.
      let isOfDetails =
        column.isNumeric && cells.contains { !$0.details.isEmpty } && !cells.contains { $0.value.double != nil }
      if !isOfDetails {
        columns.append(.init(column.valueTitle ?? column.title, isNumeric: column.isNumeric, group: column.group))
        for row in rows.indices { rows[row].append(.init(cells[row].text, value: cells[row].value)) }
      }
      var details: [String] = []
      for detail in cells.flatMap(\.details) where !details.contains(detail.title) { details.append(detail.title) }
      for title in details {
        columns.append(
          .init(
            column.valueTitle == nil ? "\(column.title): \(title)" : title, isNumeric: column.isNumeric,
            group: column.group))
        for row in rows.indices {
          let value = cells[row].details.first { $0.title == title }?.value ?? .null
          rows[row].append(.init(value == .null ? "" : value.string ?? value.text(), value: value))
        }
      }
      guard cells.contains(where: { $0.missing != nil }) else { continue }
      columns.append(.init("\(column.title): remark", group: column.group))
      for row in rows.indices {
        let remark = cells[row].missing?.words
        rows[row].append(.init(remark ?? "", value: remark.map { .string($0) } ?? .null))
      }
    }
    return ReportTable(
      name: table.name, caption: table.caption, columns: unique(columns), rows: rows, notes: table.notes)
  }

  /// Columns of which no two have one title: those that would are called after their group, `inside depth 4: n`, and are
  /// numbered when that does not suffice. O(columns).
  static func unique(_ columns: [ReportTable.Column]) -> [ReportTable.Column] {
    let titles = Dictionary(grouping: columns, by: \.title).mapValues(\.count)
    var named = columns
    for index in named.indices where titles[named[index].title, default: 0] > 1 {
      if let group = named[index].group { named[index].title = "\(group): \(named[index].title)" }
    }
    var taken: Set<String> = []
    for index in named.indices {
      let title = named[index].title
      var number = 2
      while !taken.insert(named[index].title).inserted {
        named[index].title = "\(title) (\(number))"
        number += 1
      }
    }
    return named
  }
}

extension ReportTable.Missing {
  /// The remark in data files.
  package var words: String {
    switch self {
    case .value(let reason): "undefined: \(reason)"
    case .interval(let reason): "no interval: \(reason)"
    }
  }
}

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

extension TableExport {
  /// A `tabular` with booktabs rules; numbers flush right with a true minus sign.
  static func latex(_ table: ReportTable) -> String {
    let alignment = table.columns.map { $0.isNumeric ? "r" : "l" }.joined()
    let head = unique(table.columns).map { Escape.latex($0.title) }
    let rows = table.shownRows.map { row in
      row.enumerated().map { index, cell in latex(cell, index < table.columns.count && table.columns[index].isNumeric) }
    }
    func line(_ cells: [String]) -> String { "  " + cells.joined(separator: " & ") + " \\\\\n" }
    return "\\begin{tabular}{\(alignment)}\n  \\toprule\n" + line(head) + "  \\midrule\n"
      + rows.map { line($0) }.joined() + "  \\bottomrule\n\\end{tabular}\n"
  }

  private static func latex(_ cell: ReportTable.Cell, _ isNumeric: Bool) -> String {
    let isNegative = isNumeric && cell.text.unicodeScalars.first == "-"
    let text =
      isNegative ? "$-$" + Escape.latex(String(cell.text.unicodeScalars.dropFirst())) : Escape.latex(cell.text)
    return cell.isEmphasized ? "\\textbf{\(text)}" : text
  }
}

extension TableExport {
  /// A pipe table; with a limit, the first rows only. Links are text unless the table stands in a report.
  static func markdown(_ table: ReportTable, limit: Int = .max, hasLinks: Bool = false) -> String {
    func text(_ cell: ReportTable.Cell) -> String {
      guard hasLinks, !cell.links.isEmpty else {
        let text = Escape.markdown(cell.text)
        return cell.isEmphasized && !text.isEmpty ? "**\(text)**" : text
      }
      return cell.links.map(\.markdown).joined(separator: ", ")
    }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(unique(table.columns).map { Escape.markdown($0.title) })
      + line(table.columns.map { $0.isNumeric ? "---:" : "---" })
      + table.shownRows.prefix(limit).map { line($0.map(text)) }.joined()
  }
}
