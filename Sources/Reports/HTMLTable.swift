import Documents

/// A table of a page: sortable by its headers, at most `ReportTable.rowLimit` rows.
struct HTMLTable {
  /// The most rows of a table that print keeps on one page.
  private static let smallRows = 14

  /// The most columns of a table that print sets in its usual size.
  private static let usualColumns = 14

  let table: ReportTable
  /// HTML.
  let caption: String
  let id: String
  /// The name in the text, such as `Table 3`.
  var name = ""
  /// HTML of each note.
  var notes: [String] = []
  var hasFiles = true

  var markup: String {
    let id = Escape.html(self.id)
    let shown = table.shownRows
    let rows = shown.prefix(ReportTable.rowLimit).map { row in
      let member = row.lazy.compactMap(\.member).first.map { " data-m=\"\(Escape.html($0))\"" } ?? ""
      return "<tr\(member)>" + row.prefix(table.columns.count).enumerated().map { cell($1, at: $0) }.joined()
        + "</tr>\n"
    }.joined()
    let classes =
      "tabled" + (shown.count <= Self.smallRows ? " small" : "")
      + (table.columns.count > Self.usualColumns ? " wide" : "")
    let left = shown.count - ReportTable.rowLimit
    let more = left > 0 ? ["\(left) further \(left == 1 ? "row is" : "rows are") in the data file."] : []
    // The caption stands outside the part that scrolls, so that it is never cut.
    return """
      <div class="\(classes)" id="\(id)">
      <div class="caption" id="\(id)-caption">\(caption)\(hasFiles ? Self.files(of: table) : "")</div>
      <div class="table" role="region" aria-labelledby="\(id)-caption" tabindex="0"><table class="sortable" aria-labelledby="\(id)-caption">
      <thead>\(groups)<tr>\(head)</tr></thead>
      <tbody>
      \(rows)</tbody>
      </table></div>
      \((notes + more).map { "<p class=\"note\">\($0)</p>\n" }.joined())\(table.origin?.html(name) ?? "")</div>

      """
  }

  private var head: String {
    table.columns.map { column in
      "<th scope=\"col\"\(column.isNumeric ? " class=\"number\"" : "")>"
        + "<button type=\"button\">\(Escape.html(column.title))</button></th>"
    }.joined()
  }

  /// The row of headings over groups of columns; empty where no column has one.
  private var groups: String {
    guard table.columns.contains(where: { $0.group != nil }) else { return "" }
    var spans: [(title: String?, count: Int)] = []
    for column in table.columns {
      if let last = spans.last, last.title == column.group {
        spans[spans.count - 1].count += 1
      } else {
        spans.append((column.group, 1))
      }
    }
    let cells = spans.map { span in
      span.title.map { "<th scope=\"colgroup\" colspan=\"\(span.count)\">\(Escape.html($0))</th>" }
        ?? "<td colspan=\"\(span.count)\"></td>"
    }
    return "<tr class=\"groups\">\(cells.joined())</tr>"
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
    var text = cell.links.isEmpty ? Escape.html(cell.text) : cell.links.map(\.html).joined(separator: ", ")
    // A number stays whole; the only place where a line may end is before its interval.
    if index < table.columns.count, table.columns[index].isNumeric, cell.links.isEmpty, case .none = cell.missing {
      text = text.replacing(" ", with: "\u{a0}").replacing("\u{a0}[", with: " [")
    }
    // A path may be broken where the cell has to be narrow, as in print.
    if index < table.columns.count, !table.columns[index].isNumeric, cell.links.isEmpty, !text.contains(" "),
      text.contains("/")
    {
      text = text.replacing("/", with: "/<wbr>").replacing("_", with: "_<wbr>")
    }
    if cell.isEmphasized { text = "<strong>\(text)</strong>" }
    if index == 0 { return "<th scope=\"row\"\(value)>\(text)</th>" }
    var classes = table.columns[index].isNumeric ? ["number"] : []
    if case .value = cell.missing { classes.append("missing") }
    let style = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    return "<td\(style)\(value)>\(text)</td>"
  }
}
