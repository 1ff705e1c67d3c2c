import Documents

/// A table of a page: sortable by its headers, at most `ReportTable.rowLimit` rows.
struct HTMLTable {
  let table: ReportTable
  /// HTML.
  let caption: String
  let id: String
  /// HTML of each note.
  var notes: [String] = []
  var hasFiles = true

  var markup: String {
    let id = Escape.html(self.id)
    let head = table.columns.map { column in
      "<th scope=\"col\"\(column.isNumeric ? " class=\"number\"" : "")>"
        + "<button type=\"button\">\(Escape.html(column.title))</button></th>"
    }.joined()
    let rows = table.rows.prefix(ReportTable.rowLimit).map { row in
      "<tr>" + row.prefix(table.columns.count).enumerated().map { cell($1, at: $0) }.joined() + "</tr>\n"
    }.joined()
    let left = table.rows.count - ReportTable.rowLimit
    let more = left > 0 ? ["\(left) further \(left == 1 ? "row is" : "rows are") in the data file."] : []
    return """
      <div class="table" id="\(id)" role="region" aria-labelledby="\(id)-caption" tabindex="0"><table class="sortable">
      <caption id="\(id)-caption">\(caption)\(hasFiles ? " " + Self.files(of: table) : "")</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows)</tbody>
      </table></div>
      \((notes + more).map { "<p class=\"note\">\($0)</p>\n" }.joined())
      """
  }

  /// The links to the files of a table.
  static func files(of table: ReportTable) -> String {
    let name = Escape.html(table.name)
    let links = ["csv", "json", "tex"].map { format in
      let label = format == "tex" ? "LaTeX" : format.uppercased()
      return "<a href=\"tables/\(name).\(format)\" aria-label=\"\(label) of table \(name)\">\(label)</a>"
    }
    return "<span class=\"files\">\(links.joined(separator: " "))</span>"
  }

  private func cell(_ cell: ReportTable.Cell, at index: Int) -> String {
    var value = ""
    if let number = cell.value.double, number.isFinite { value = " data-value=\"\(JSONValue.numberText(number))\"" }
    if cell.value == .null { value = " data-value=\"\"" }
    let text = cell.links.isEmpty ? Escape.html(cell.text) : cell.links.map(\.html).joined(separator: ", ")
    if index == 0 { return "<th scope=\"row\"\(value)>\(text)</th>" }
    return "<td\(table.columns[index].isNumeric ? " class=\"number\"" : "")\(value)>\(text)</td>"
  }
}
