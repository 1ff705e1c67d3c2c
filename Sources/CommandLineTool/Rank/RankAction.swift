import Diagnostics
import Documents
import Files
import Foundation
import Pipeline
import Runner
import Sections

/// Answers which metrics of a file rank by its target, and whether that is more than a trivial baseline does.
///
/// The text of an analysis is made first; it is read and run as that of a file is, so that the answer is that of the report.
struct RankAction {
  let path: String
  let options: OwnFileOptions
  /// The file that the text of the analysis is written to; nil for none.
  let saved: String?
  /// The folder that the report is written to; nil for none.
  let report: String?
  /// The store; nil for one that is removed at the end.
  let storePath: String?
  let replaces: Bool
  let workers: Int
  let places: PlaceOptions
  let console: Console

  func run() async throws {
    if path == "-", saved != nil {
      throw DiagnosticsError(
        [
          Diagnostic(
            id: "no-file", message: "an analysis cannot name the standard input", reason: "it would not be there again",
            fix: "write the data to a file, and name that")
        ], kind: .usage)
    }
    if let saved, FileSystem.exists(saved), !replaces {
      throw DiagnosticsError([
        Diagnostic(id: "file-exists", message: "\(saved) is there already", fix: "name another file, or give --force")
      ])
    }
    if let report { try ReportPublisher.check(report, replacesOthers: replaces) }
    if storePath == nil { Interruption.shared.keepsNothing() }
    let temporary = try TemporaryFolder()
    defer { temporary.remove() }
    let file = try OwnFile(path == "-" ? try temporary.standardInput() : path, options: options)
    let spec = RankSpec(file, try RankedColumns(file.own, options: options), options, path: saved)
    let bytes = Array(spec.text.utf8)
    let session: Session
    do {
      let analysis = try SectionCatalog.language.parse(bytes, file: InputFile.shown(spec.path))
      session = try Session.open(analysis, bytes: bytes, beside: spec.path, files: spec.folders, places: places)
    } catch let error as DiagnosticsError {
      throw OwnFile.placed(error, except: InputFile.shown(spec.path))
    }
    if let saved { try FileSystem.write(bytes, to: saved) }
    let answer = try await answer(spec, session, temporary.path)
    show(answer, spec)
  }

  private func answer(_ spec: RankSpec, _ session: Session, _ temporary: String) async throws -> RankAnswer {
    let storePath = storePath ?? "\(temporary)/store.sqlite"
    let names = Set(spec.columns.groups.flatMap { RankResults.parts(spec, $0) })
    let steps = session.resolved.parts.filter { names.contains($0.name) }.flatMap(\.steps).map(\.name)
    let action = RunAction(
      session: session, console: console, storePath: storePath, output: report ?? "\(temporary)/report",
      options: ExecutionOptions(workers: workers, isForced: report != nil && replaces, retriesFailed: true),
      isOffline: places.offline, isFrozen: false, selection: report == nil ? .until(steps) : .all)
    let inputs = try await action.outputs()
    return try RankResults(spec: spec, session: session, inputs: inputs).answer()
  }

  private func show(_ answer: RankAnswer, _ spec: RankSpec) {
    if console.isJSON, let json = try? JSONValue(encoding: answer) { return console.data(json) }
    let text = RankText(answer: answer, columns: spec.columns)
    if !console.isQuiet { console.data(text.guesses + "\n") }
    console.data(answer.groups.map { text.text($0) }.joined(separator: "\n"))
    if !console.isQuiet { console.data("\n" + text.legend) }
    if !console.isQuiet {
      if let report { console.data("\nreport: \(report)/index.html and \(report)/report.md\n") }
      if saved != nil { console.data("\(report == nil ? "\n" : "")next: trainfree run \(spec.command)\n") }
    }
  }
}

/// A folder that is gone when the command ends.
private struct TemporaryFolder {
  let path: String
  private let interruption: Int

  init() throws {
    let made = NSTemporaryDirectory() + "trainfree-rank-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: made, withIntermediateDirectories: true)
    path = made
    interruption = Interruption.shared.atEnd { try? FileManager.default.removeItem(atPath: made) }
  }

  /// The standard input as a file in it.
  func standardInput() throws -> String {
    let file = "\(path)/standard-input"
    try FileSystem.write(Array(try FileHandle.standardInput.readToEnd() ?? Data()), to: file)
    return file
  }

  func remove() {
    Interruption.shared.cancel(interruption)
    try? FileManager.default.removeItem(atPath: path)
  }
}
