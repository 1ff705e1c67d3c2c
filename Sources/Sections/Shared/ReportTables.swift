import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics

/// What the tables of a report are made from.
package struct ReportTables {
  /// The tables of the analysis, for what columns are called.
  let tables: [KnownTable]
  /// The results document.
  package let results: JSONValue
  /// The outputs of steps.
  let inputs: StepInputs

  package typealias Cell = ReportTable.Cell
  package typealias Header = ReportTable.Column

  /// Names what tables are made from.
  package init(tables: [KnownTable], results: JSONValue, inputs: StepInputs) {
    self.tables = tables
    self.results = results
    self.inputs = inputs
  }

  /// The output of a step.
  func output<Other: ResultStep>(of step: Other) throws(Reason) -> Other.Output { try inputs.output(of: step) }

  /// How many clusters the rows of a dataset are in; nil when they are in none.
  func clusterCount(of dataset: String) -> Int? { results[dataset]?["clusters"]?.int }

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

  func probability(_ value: JSONValue?) -> Cell { .probability(value?.double) }

  func plain(_ text: String) -> String { text.filter { $0 != "{" && $0 != "}" } }

  func memberCell(_ member: FamilyMember) -> Cell {
    Cell(member.isBaseline ? "\(member.title) (baseline)" : member.title)
  }
}
