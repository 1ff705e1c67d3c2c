import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics

/// The inputs of the tables of a report: schemas, numbers of clusters and outputs of steps.
package struct ReportTables {
  /// The tables of the analysis, for the titles of columns.
  let tables: [KnownTable]
  /// Number of clusters of each table, by its name; tables without clusters are left out.
  let clusters: [String: Int]
  /// The outputs of steps.
  let inputs: StepInputs

  /// Gathers the inputs of a report's tables.
  package init(tables: [KnownTable], clusters: [String: Int] = [:], inputs: StepInputs) {
    self.tables = tables
    self.clusters = clusters
    self.inputs = inputs
  }

  /// The output of a step.
  func output<Other: ResultStep>(of step: Other) throws(Reason) -> Other.Output { try inputs.output(of: step) }

  /// The table of a name.
  func table(_ name: String) -> KnownTable? { tables.first { $0.name == name } }
}

extension ReportTable.Cell {
  /// A metric or baseline by its name for people.
  static func member(_ member: FamilyMember) -> ReportTable.Cell {
    ReportTable.Cell(member.label, member: member.name)
  }

  /// A cell without a value, for a reason.
  static func undefined(_ reason: String) -> ReportTable.Cell {
    ReportTable.Cell("undefined: \(reason)", value: .null, missing: .value(reason))
  }

  /// A p-value, with ≤ in front at its floor; a dash where there is none.
  ///
  /// - Parameter write: Writes a number; by default three decimals, four below .01, and `< .0001` below that.
  static func probability(
    _ pValue: PValue?, _ write: (Double) -> String = { PValue.text($0) }
  ) -> ReportTable.Cell {
    guard let pValue else { return .dash }
    return ReportTable.Cell(
      pValue.text(write), value: .finite(pValue.value),
      details: pValue.isFloor ? [.init("at most", .bool(true))] : [])
  }

  /// A share in per cent; a dash where there is none.
  static func share(_ share: Double?) -> ReportTable.Cell {
    guard let share else { return .dash }
    return ReportTable.Cell("\(NumberText.fixed(share * 100, decimals: 1)) %", value: .finite(share))
  }

  /// A number of any size with its interval, written in the style of its column.
  static func quantity(_ estimate: Estimate?) -> ReportTable.Cell {
    var cell = ReportTable.Cell.estimate(estimate) { NumberText.compact($0).withoutBraces }
    guard let estimate, case .success(let value) = estimate.value else { return cell }
    cell.quantity = ReportTable.Quantity(
      value, ends: estimate.ends.map { ($0.lower, $0.upper) }, lacksInterval: estimate.interval?.reason != nil)
    return cell
  }

  /// A number of any size, or the reason for none; a dash where nothing was computed.
  static func quantity(_ value: Outcome<Double>?) -> ReportTable.Cell {
    .quantity(value.map { Estimate($0) })
  }

  /// A number of any size; a dash where there is none.
  static func quantity(_ number: Double?) -> ReportTable.Cell {
    .quantity(number.map { Outcome.success($0) })
  }

  /// The number used out of all, `30 / 32`; see `ReportTable.Column.used`.
  static func used(
    _ used: Int, of total: Int, _ title: String, _ write: (Int) -> String = { NumberText.grouped($0) }
  ) -> ReportTable.Cell {
    ReportTable.Cell(
      "\(write(used)) / \(write(total))", value: .integer(used), details: [.init("\(title) in all", .integer(total))])
  }
}

extension ReportTable.Column {
  /// The header of a column with the numbers used out of all, such as `subjects used / total`.
  static func used(_ title: String) -> ReportTable.Column {
    ReportTable.Column("\(title) used / total", isNumeric: true, valueTitle: "\(title) used")
  }
}

extension ReportTable {
  /// The most rows that a note on missing intervals names.
  private static let named = 8

  /// The table with a note for each reason for which an interval is missing, and where.
  package var notingMissingIntervals: ReportTable {
    var reasons: [String] = []
    var places: [String: [(row: String, columns: [String])]] = [:]
    for row in rows {
      for (cell, column) in zip(row, columns) {
        guard case .interval(let reason) = cell.missing else { continue }
        var found = places[reason] ?? []
        if found.isEmpty { reasons.append(reason) }
        let name = title(of: row)
        if let last = found.last, last.row == name {
          found[found.count - 1].columns.append(column.title)
        } else {
          found.append((name, [column.title]))
        }
        places[reason] = found
      }
    }
    var noted = self
    noted.notes += reasons.map { reason -> MarkdownText in
      let all = places[reason] ?? []
      let shown = all.prefix(Self.named).map { "\($0.row): \($0.columns.joined(separator: ", "))" }
      let more = all.count > Self.named ? "; and \(all.count - Self.named) rows more" : ""
      return "No interval [–]: \(reason) (\(shown.joined(separator: "; "))\(more))."
    }
    return noted
  }

  /// The name of a row in notes: its first cell, with the next where another row has the same.
  private func title(of row: [Cell]) -> String {
    guard let first = row.first else { return "" }
    let isShared = rows.count { $0.first?.text == first.text } > 1
    return isShared && row.count > 1 ? "\(first.text), \(row[1].text)" : first.text
  }
}

extension String {
  /// The text of a figure's number as plain text: `2.0×10^{−7}` becomes `2.0×10⁻⁷`.
  package var superscripted: String { FigureText.plainText(self) }

  /// The text of a figure's number without braces: `2.0×10^{−7}` becomes `2.0×10^−7`.
  package var withoutBraces: String { filter { $0 != "{" && $0 != "}" } }
}
