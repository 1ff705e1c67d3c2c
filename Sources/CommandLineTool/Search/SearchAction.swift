import ArgumentParser
import Diagnostics
import Documents
import Pipeline
import Reports
import Runner
import Sections
import Specs
import Tables

/// Searches a benchmark: a dataset of the catalogue, or a table of an analysis, as a part of the section `searches` that stands in
/// no file.
struct SearchAction {
  /// A dataset of the catalogue, or the file of an analysis.
  let source: String
  /// The table of the analysis; nil for its only one.
  let table: String?
  /// The column of trained scores, and its better end; nil for the target of the analysis.
  let target: (column: String, better: Direction?)?
  /// The settings, without name and target.
  let search: SearchSpec
  let options: ExecutionOptions
  let storePath: String
  let places: PlaceOptions
  let console: Console

  func run() async throws {
    let (session, part, spec) = try opened()
    let action = RunAction(
      session: session, console: console, storePath: storePath, output: nil, options: options,
      isOffline: places.offline, isFrozen: false, selection: .until(part.steps.map(\.name)))
    let inputs = try await action.outputs()
    try show(part, spec, session, inputs)
  }

  private func show(_ part: any AnalysisPart, _ search: SearchSpec, _ session: Session, _ inputs: StepInputs) throws {
    if console.isJSON {
      return console.data(["source": .string(source), "search": search.canonical, "results": try part.values(inputs)])
    }
    let context = ReportTables(tables: session.resolved.tables.map(\.known), inputs: inputs)
    var notes: [String] = []
    let contents = ["searches", "budgets"] + (search.subject.isEmpty ? [] : ["variation"])
    for (place, content) in contents.enumerated() {
      var spec = TableSpec()
      spec.content = content
      let table = try part.table(spec, context).notingMissingIntervals
      let rows = [table.columns.map(\.title)] + table.rows.map { $0.map(\.text) }
      console.data((place == 0 ? "" : "\n") + table.caption.plainText + "\n" + AlignedText.table(rows))
      for note in table.notes.map(\.plainText) where !notes.contains(note) { notes.append(note) }
    }
    if console.isVerbose { console.data("\n" + notes.map { $0 + "\n" }.joined()) }
  }

  /// The analysis with the searches as its last part.
  private func opened() throws -> (Session, any AnalysisPart, SearchSpec) {
    do {
      let tables = TableSource(source: source, table: table)
      let (analysis, bytes) = try tables.analysis()
      var spec = search
      spec.name = TableSource.located(Self.name(apartFrom: analysis))
      spec.title = "Search"
      spec.target = try target(tables, of: analysis)
      let extended = try SectionCatalog.language.adding(spec, to: analysis)
      let session = try Session.open(extended, bytes: bytes, beside: tables.folderFile, places: places)
      guard let part = session.resolved.parts.last else { throw ExitStatus.inner }
      return (session, part, spec)
    } catch let error as DiagnosticsError {
      throw DiagnosticsError(error.diagnostics.map { TableSource.placed($0) }, kind: error.kind)
    }
  }

  /// The target of the searches; nil for that of the analysis.
  private func target(_ tables: TableSource, of analysis: Analysis) throws(DiagnosticsError) -> TargetUse? {
    let table = try tables.name(in: analysis)
    guard let target else {
      guard analysis.target?.dataset.value == table else { throw tables.lacksTarget(table) }
      return nil
    }
    var use = TargetUse()
    use.dataset = TableSource.located(table)
    (use.column, use.better) = (TableSource.located(target.column), target.better)
    return use
  }

  private static func name(apartFrom analysis: Analysis) -> String {
    let taken = Set(
      analysis.parts.map(\.name.value) + analysis.datasets.map(\.name.value)
        + analysis.measures.flatMap { [$0.name.value, $0.runsName] } + analysis.published.map(\.name.value))
    return (1...).lazy.map { $0 == 1 ? "search" : "search-\($0)" }.first { !taken.contains($0) } ?? "search"
  }
}
