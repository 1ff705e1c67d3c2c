import Documents
import Figures
import Reports
import Specs
import Statistics

/// What the tables of a report are made from.
package struct ReportTables {
  /// The tables of the analysis, for what columns are called.
  let tables: [KnownTable]
  /// The results document.
  package let results: JSONValue

  package typealias Cell = ReportTable.Cell
  package typealias Header = ReportTable.Column

  /// Names what tables are made from.
  package init(tables: [KnownTable], results: JSONValue) {
    self.tables = tables
    self.results = results
  }

  /// The table of a name.
  func table(_ name: String) -> KnownTable? { tables.first { $0.name == name } }

  func number(_ value: JSONValue?, decimals: Int = 3, interval: Bool = false) -> Cell {
    guard let value else { return Cell("–", value: .null) }
    if let reason = value["undefined"]?.string { return .undefined(reason) }
    guard let number = value.double ?? value["value"]?.double else { return Cell("–", value: .null) }
    return .estimate(number, interval ? value : nil) {
      NumberText.fixed($0, decimals: decimals, leadingZero: false)
    }
  }

  package func count(_ value: JSONValue?) -> Cell {
    guard let number = value?.double else { return Cell("–", value: .null) }
    return Cell(NumberText.grouped(number) ?? NumberText.compact(number), value: value)
  }

  func measure(_ value: JSONValue?) -> Cell {
    guard let number = value?.double else { return Cell("–", value: .null) }
    return Cell(plain(NumberText.compact(number, digits: 5)), value: value)
  }

  func plain(_ text: String) -> String { text.filter { $0 != "{" && $0 != "}" } }

  func memberCell(_ member: FamilyMember) -> Cell {
    Cell(member.isBaseline ? "\(member.title) (baseline)" : member.title)
  }
}
