import ArgumentParser
import Diagnostics
import Documents
import Files
import Outcomes
import Sections
import Specs

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check analyses and claims files, or print their JSON Schemas.",
    discussion: """
      Needs no data but the files that an analysis names with `file`, which are read: what their columns are taken for is printed.
      Every problem is reported at once with its place.

      Examples:
        trainfree check analyses/quickstart.yaml
        trainfree check data/claims/serianni2023.yaml
        trainfree check --schema > analysis.schema.json
      """)

  @Argument(help: "The analyses and claims files.") var analyses: [String] = []
  @Flag(name: .long, help: "Print the JSON Schema of analyses.") var schema = false
  @Flag(name: .long, help: "Print the JSON Schema of claims files.") var claimsSchema = false
  @Option(name: .long, help: "Print a Markdown file, its tables of keys made anew.") var keys: String?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws {
    if [!analyses.isEmpty, schema, claimsSchema, keys != nil].count(where: { $0 }) != 1 {
      throw ValidationError("Name an analysis, or give one of --schema, --claims-schema and --keys.")
    }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      if schema { return console.data(SectionCatalog.language.jsonSchema()) }
      if claimsSchema { return console.data(ClaimsFile.jsonSchema()) }
      if let keys { return console.data(try document(keys)) }
      let home = try Home.find(places.home)
      var problems: [Diagnostic] = []
      var warnings: [Diagnostic] = []
      var kind = FailureKind.badInput
      var files: [JSONMember] = []
      for analysis in analyses {
        do throws(DiagnosticsError) { warnings += try check(analysis, home, &files) } catch {
          problems += error.diagnostics
          kind = error.kind
        }
      }
      guard problems.isEmpty else { throw DiagnosticsError(problems + warnings, kind: kind) }
      if console.isJSON {
        let found = JSONValue.object([JSONMember(key: "diagnostics", value: .array(warnings.map { $0.json }))] + files)
        console.data(found)
      } else {
        console.warn(warnings)
        console.log("\(analyses.count) \(analyses.count == 1 ? "file" : "files"), no problems")
      }
    }
  }

  private func document(_ path: String) throws(DiagnosticsError) -> String {
    let text = String(decoding: try InputFile.read(path), as: UTF8.self)
    do throws(Reason) {
      return try KeyTables(SectionCatalog.language).renewed(text)
    } catch {
      throw DiagnosticsError([Diagnostic(id: "bad-key-table", message: "\(InputFile.shown(path)): \(error)")])
    }
  }

  /// Checks a file.
  ///
  /// - Parameter files: Takes what the user's own files were taken for.
  /// - Returns: Findings that keep nothing from being computed.
  private func check(
    _ path: String, _ home: Home, _ files: inout [JSONMember]
  ) throws(DiagnosticsError) -> [Diagnostic] {
    let bytes = try InputFile.read(path)
    guard ClaimsFile.isClaimsFile(bytes) else {
      let resolved = try Session.resolve(path, home: home, files: places.files).0
      if out.json { files += OwnFileText.json(resolved) } else { OwnFileText.show(resolved, out.console) }
      return resolved.warnings
    }
    let file = try ClaimsFile.parse(bytes, file: InputFile.shown(path))
    let known = try home.bibliography().map(\.key)
    guard !known.contains(file.paper.value) else { return [] }
    throw DiagnosticsError([
      Diagnostic(
        id: "unknown-reference", location: file.paper.location,
        message: "data/references.bib has no \(file.paper.value)",
        fix: Suggestion.closest(to: file.paper.value, in: known).map { "did you mean \($0)?" } ?? "add it there")
    ])
  }
}
