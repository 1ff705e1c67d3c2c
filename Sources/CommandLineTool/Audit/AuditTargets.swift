import Diagnostics
import Files
import Runner
import Sections
import Specs

/// Finds the analyses that an audit runs.
struct AuditTargets {
  let home: Home
  let places: PlaceOptions
  let seed: Int?
  let console: Console

  /// The analyses of paths, which name specs or claims files; every shipped analysis that has claims when there are none.
  ///
  /// - Throws: `DiagnosticsError` with every problem of every file.
  func targets(of paths: [String]) throws -> [AuditAction.Target] {
    var wanted: [(file: String, paper: String?)] = []
    var problems: [Diagnostic] = []
    var kind = FailureKind.badInput
    func gather(_ find: () throws(DiagnosticsError) -> [(file: String, paper: String?)]) {
      do throws(DiagnosticsError) { wanted += try find() } catch {
        problems += error.diagnostics
        kind = error.kind
      }
    }
    if paths.isEmpty { gather { () throws(DiagnosticsError) in try shipped().map { ($0, nil) } } }
    for path in paths { gather { () throws(DiagnosticsError) in try analyses(of: path) } }
    var sessions: [AuditAction.Target] = []
    for item in wanted {
      do {
        let session = try Session.open(item.file, places: places, seed: seed)
        if !session.resolved.isJudged {
          console.log("\(InputFile.shown(item.file)) has no claims")
        } else {
          sessions.append(.init(session: session, file: InputFile.shown(item.file), paper: item.paper))
        }
      } catch let error as DiagnosticsError {
        problems += error.diagnostics
        kind = error.kind
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems, kind: kind) }
    return sessions
  }

  private func analyses(of path: String) throws(DiagnosticsError) -> [(file: String, paper: String?)] {
    let bytes = try InputFile.read(path)
    guard ClaimsFile.isClaimsFile(bytes) else { return [(path, nil)] }
    let file = try ClaimsFile.parse(bytes, file: InputFile.shown(path))
    let paper = file.paper.value
    var used: Set<String> = []
    var users: [(file: String, paper: String?)] = []
    for analysis in try shipped() {
      let spec = try SectionCatalog.language.parse(try InputFile.read(analysis), file: InputFile.shown(analysis))
      let names = spec.claims.compactMap { $0.use.flatMap { ClaimUse($0.value) } }.filter { $0.file == paper }.map(
        \.claim)
      used.formUnion(names)
      if !names.isEmpty { users.append((analysis, paper)) }
    }
    let unused = file.claims.map(\.name.value).filter { !used.contains($0) }
    if !unused.isEmpty { console.log("no shipped analysis judges these claims: \(unused.joined(separator: ", "))") }
    guard !users.isEmpty else {
      throw DiagnosticsError([
        Diagnostic(
          id: "unused-claims", location: file.paper.location, message: "no shipped analysis uses a claim of \(paper)",
          reason: "an analysis says where the values of its claims are",
          fix: "name one with `claims: {name: {use: \(paper)#…, of: …}}` and audit it")
      ])
    }
    return users
  }

  /// Shipped analyses that have claims.
  private func shipped() throws(DiagnosticsError) -> [String] {
    var found: [String] = []
    let folder = "\(home.folder)/analyses"
    for name in FileSystem.names(in: folder) where name.hasSuffix(".yaml") {
      let path = "\(folder)/\(name)"
      let analysis = try SectionCatalog.language.parse(try InputFile.read(path), file: InputFile.shown(path))
      if !analysis.claims.isEmpty || !analysis.findings.isEmpty {
        found.append(path)
      }
    }
    return found
  }
}
