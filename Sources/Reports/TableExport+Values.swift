import Documents

extension TableExport {
  /// The table of single values: behind each column one for every other value that its cells show, and one for the reasons where
  /// values or intervals are missing. O(cells).
  static func values(_ table: ReportTable) -> ReportTable {
    var columns: [ReportTable.Column] = []
    var rows = table.rows.map { _ in [ReportTable.Cell]() }
    for (index, column) in table.columns.enumerated() {
      let cells = table.rows.map { index < $0.count ? $0[index] : ReportTable.Cell("", value: .null) }
      columns.append(.init(column.valueTitle ?? column.title, isNumeric: column.isNumeric))
      for row in rows.indices { rows[row].append(.init(cells[row].text, value: cells[row].value)) }
      var details: [String] = []
      for detail in cells.flatMap(\.details) where !details.contains(detail.title) { details.append(detail.title) }
      for title in details {
        columns.append(
          .init(column.valueTitle == nil ? "\(column.title): \(title)" : title, isNumeric: column.isNumeric))
        for row in rows.indices {
          let value = cells[row].details.first { $0.title == title }?.value ?? .null
          rows[row].append(.init(value == .null ? "" : value.string ?? value.text(), value: value))
        }
      }
      guard cells.contains(where: { $0.missing != nil }) else { continue }
      columns.append(.init("\(column.title): remark"))
      for row in rows.indices {
        let remark = cells[row].missing?.words
        rows[row].append(.init(remark ?? "", value: remark.map { .string($0) } ?? .null))
      }
    }
    return ReportTable(name: table.name, caption: table.caption, columns: columns, rows: rows, notes: table.notes)
  }
}

extension ReportTable.Missing {
  /// What is missing, and why.
  package var words: String {
    switch self {
    case .value(let reason): "undefined: \(reason)"
    case .interval(let reason): "no interval: \(reason)"
    }
  }
}
