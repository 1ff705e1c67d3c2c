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
  /// By table, how many clusters its rows are in; tables without clusters are left out.
  let clusters: [String: Int]
  /// The outputs of steps.
  let inputs: StepInputs

  package typealias Cell = ReportTable.Cell
  package typealias Header = ReportTable.Column

  /// Names what tables are made from.
  package init(tables: [KnownTable], clusters: [String: Int] = [:], inputs: StepInputs) {
    self.tables = tables
    self.clusters = clusters
    self.inputs = inputs
  }

  /// The output of a step.
  func output<Other: ResultStep>(of step: Other) throws(Reason) -> Other.Output { try inputs.output(of: step) }

  /// The table of a name.
  func table(_ name: String) -> KnownTable? { tables.first { $0.name == name } }

  func plain(_ text: String) -> String { text.filter { $0 != "{" && $0 != "}" } }

  func memberCell(_ member: FamilyMember) -> Cell {
    Cell(member.isBaseline ? "\(member.title) (baseline)" : member.title)
  }
}
