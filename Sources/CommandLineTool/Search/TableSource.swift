import Diagnostics
import Documents
import Outcomes
import Pipeline
import Sections
import Specs
import Store
import Tables

/// A table named on the command line: of a dataset of the catalogue, or of an analysis.
struct TableSource {
  /// A dataset of the catalogue, or the file of an analysis.
  let source: String
  /// The table of the analysis; nil for that of its target, or its only one.
  let table: String?

  /// The name of the table of a dataset.
  private static let architectures = "architectures"

  private var isSpec: Bool { source.hasSuffix(".yaml") || source.hasSuffix(".yml") }

  /// The file beside which claims and templates are looked for.
  var folderFile: String { isSpec ? source : "." }

  /// The analysis with the text of its spec.
  func analysis() throws -> (analysis: Analysis, bytes: [UInt8]) {
    let (bytes, file) =
      isSpec ? (try InputFile.read(source), InputFile.shown(source)) : (Self.spec(of: source), Self.nowhere.file)
    return (try SectionCatalog.language.parse(bytes, file: file), bytes)
  }

  /// The name of the table in the analysis.
  func name(in analysis: Analysis) throws(DiagnosticsError) -> String {
    let known = analysis.datasets.map(\.name.value) + analysis.measures.flatMap { [$0.name.value, $0.runsName] }
    if let table {
      guard !known.contains(table) else { return table }
      throw DiagnosticsError([
        Diagnostic(
          id: "unknown-dataset", message: "\(source) has no table \(table)",
          fix: Suggestion.closest(to: table, in: known).map { "did you mean \($0)?" }
            ?? "there are: \(known.joined(separator: ", "))")
      ])
    }
    if let target = analysis.target?.dataset.value { return target }
    guard known.count == 1 else {
      throw DiagnosticsError([
        Diagnostic(
          id: "which-dataset", message: "\(source) has \(known.count) tables",
          fix: known.isEmpty
            ? "name a dataset of the catalogue" : "add --dataset with one of \(known.joined(separator: ", "))")
      ])
    }
    return known[0]
  }

  /// The spec of an analysis of one dataset.
  private static func spec(of dataset: String) -> [UInt8] {
    let spec: JSONValue = [
      "analysis": "search", "title": "Search", "datasets": [architectures: ["use": .string(dataset)]],
      "report": [["table": "data"]],
    ]
    return Array(spec.text().utf8)
  }

  /// The finding that nothing names the column with the trained scores of a table of the analysis.
  func lacksTarget(_ table: String) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(
        id: "no-target", message: "nothing says which column of \(isSpec ? table : source) holds the trained scores",
        fix: "add --target with its name")
    ])
  }

  // MARK: Places

  /// The place of what stands on the command line.
  private static let nowhere = SourceLocation(file: "the command line", line: 1)

  /// A value that stands on the command line.
  static func located(_ name: String) -> Located<String> { Located(name, at: nowhere) }

  /// A finding as the command line shows it: without a place that is in no file.
  static func placed(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.location?.file == nowhere.file else { return diagnostic }
    return Diagnostic(
      id: diagnostic.id, severity: diagnostic.severity, message: diagnostic.message, reason: diagnostic.reason,
      fix: diagnostic.fix)
  }

  // MARK: Rows

  /// The rows of the table, imported, derived and joined as the analysis says.
  func rows(
    _ options: ExecutionOptions, storePath: String, places: PlaceOptions, console: Console
  ) async throws -> (table: Table, analysis: Analysis) {
    do {
      let (analysis, bytes) = try analysis()
      let name = try name(in: analysis)
      let session = try Session.open(analysis, bytes: bytes, beside: folderFile, places: places)
      let step = "table/\(name)"
      let action = RunAction(
        session: session, console: console, storePath: storePath, output: nil, options: options,
        isOffline: places.offline, isFrozen: false, selection: .until([step]))
      let outcome = try await action.carryOut()
      if let status = outcome.status { throw status }
      guard let digest = outcome.result.records[step]?.output else { throw ExitStatus.inner }
      return (try Table(decoding: try Store.openToRead(storePath).artifact(digest)), analysis)
    } catch let error as DiagnosticsError {
      throw DiagnosticsError(error.diagnostics.map { Self.placed($0) }, kind: error.kind)
    }
  }
}
