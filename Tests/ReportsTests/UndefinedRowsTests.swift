import Documents
import Testing

@testable import Reports

@Suite struct UndefinedRowsTests {
  private static func nothing(_ name: String, _ level: String, _ reason: String) -> [ReportTable.Cell] {
    [
      .init(name), .init(level), .init("undefined: \(reason)", value: .null, missing: .value(reason)),
      .init("–", value: .null),
    ]
  }

  private func table(_ rows: [[ReportTable.Cell]]) -> ReportTable {
    ReportTable(
      name: "t", caption: "T.",
      columns: [.init("Feature"), .init("Level"), .init("p", isNumeric: true), .init("q", isNumeric: true)], rows: rows,
      notes: ["A note."]
    ).leavingOutUndefinedRows
  }

  private let full: [ReportTable.Cell] = [.init("a"), .init("1"), .init(".5", value: 0.5), .init("–", value: .null)]

  @Test func rowsOfNothingAreCountedInANote() {
    let table = table([
      full, Self.nothing("b", "0", "no rows"), Self.nothing("b", "1", "no rows"), Self.nothing("c", "0", "all *alike*"),
    ])
    #expect(
      table.notes.map(\.source) == [
        "A note.", "2 rows are left out, having no value: no rows (b). The data files have them.",
        "1 row is left out, having no value: all \\*alike\\* (c). The data files have it.",
      ])
    #expect(table.rows.count == 4 && table.shownRows.count == 1)
    let csv = TableExport.text(table, .csv)
    #expect(csv.contains("b,1,,undefined: no rows") && csv.split(separator: "\r\n").count == 5)
    #expect(TableExport.json(table)["rows"]?.elements?.count == 4)
    for format in [TableExport.Format.markdown, .latex] {
      #expect(!TableExport.text(table, format).contains("no rows"))
    }
    let html = HTMLTable(table: table, caption: "", id: "t").markup
    #expect(html.matches(of: /<th scope="row"/).count == 1 && !html.contains("no rows"))
  }

  /// A row stays when one number has a value, when nothing says why there is none, or for two reasons.
  @Test func otherRowsStay() {
    let silent: [ReportTable.Cell] = [.init("d"), .init("0"), .init("–", value: .null), .init("–", value: .null)]
    var two = Self.nothing("e", "0", "one")
    two[3] = .init("undefined: two", value: .null, missing: .value("two"))
    let kept = table([full, silent, two])
    #expect(kept.shownRows.count == 3 && kept.notes.count == 1)
    let all = table([Self.nothing("b", "0", "no rows"), Self.nothing("b", "1", "no rows")])
    #expect(all.shownRows.count == 2 && all.notes.count == 1)
  }

  @Test func aNoteNamesEightAtMost() {
    let table = table([full] + (0..<11).map { Self.nothing("f\($0)", "0", "no rows") })
    #expect(table.notes.last?.source.contains("f7, and 3 more)") == true)
  }
}
