import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// A named part of an analysis that computes values: its steps, what stands under its name among the results, and the tables
/// and figures made from it.
protocol AnalysisPart: Sendable {
  /// The name in the analysis; results are addressed by it.
  var name: String { get }
  /// The name for people.
  var title: String { get }
  /// The steps that compute it.
  var steps: [any Step] { get }
  /// The seed of what is drawn at random; nil when nothing is.
  var seed: Int? { get }
  /// What `columns` of a figure may name, and what these are called; nil when its figures take no columns.
  var figureColumns: (what: String, names: [String])? { get }

  /// The names of all values under a path, as far as it is known before anything is computed; nil when only the data tell.
  ///
  /// - Parameter path: The keys that lead there from the part's name.
  func valueNames(under path: [String]) -> [String]?
  /// What stands under its name among the results, from the outputs of its steps by their names.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue
  /// How a value and its interval are made, for verdicts, where the value does not say it itself.
  ///
  /// - Parameter path: The keys that lead to it from the part's name.
  func settings(of path: [Substring]) -> ValueSettings
  /// A table of what the spec asks for.
  func table(_ content: TableContent?, _ tables: ReportTables) -> ReportTable
  /// The same, for a part whose tables have further settings.
  func table(_ spec: TableSpec, _ tables: ReportTables) -> ReportTable
  /// The artifacts that a figure of it reads.
  func figureInputs(_ figure: FigureSpec) -> [StepInput]
  /// A figure of it.
  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure
}

extension AnalysisPart {
  /// Everything besides the outputs of its steps that its values, tables and figures can depend on: all that it is made of,
  /// titles too.
  var presentation: JSONValue { Described.json(self) }

  /// The outputs of its steps, under their names.
  var inputs: [StepInput] { steps.map { StepInput($0.name, from: $0.name) } }

  /// The tables that its steps read, by name, each once.
  var tables: [String] {
    var names: [String] = []
    for input in steps.flatMap(\.inputs) {
      if let name = input.table, !names.contains(name) { names.append(name) }
    }
    return names
  }

  func table(_ spec: TableSpec, _ tables: ReportTables) -> ReportTable { table(spec.content, tables) }

  var seed: Int? { nil }

  var figureColumns: (what: String, names: [String])? { nil }

  func valueNames(under _: [String]) -> [String]? { nil }

  func settings(of _: [Substring]) -> ValueSettings { ValueSettings() }

  /// The output of its only step.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    guard steps.count == 1 else { throw Reason("\(name) has \(steps.count) steps") }
    return try inputs.json(steps[0].name)
  }

  func figureInputs(_: FigureSpec) -> [StepInput] { inputs }

  func figure(_ source: FigureSource, _: StepInputs) throws(Reason) -> ResolvedFigure {
    throw Reason("there is no figure \(source.spec.kind.rawValue) of \(name)")
  }
}

extension StepInput {
  /// The name of the table that it is; nil for other artifacts.
  var table: String? { step.hasPrefix("table/") && artifact == nil ? String(step.dropFirst(6)) : nil }
}
