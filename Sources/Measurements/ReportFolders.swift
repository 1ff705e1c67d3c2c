import Diagnostics
import Documents
import Files

/// The folders in which the reports of other analyses are looked for; the first that holds one is taken.
package struct ReportFolders: Sendable {
  /// The folders, each with the folders of reports in it.
  let folders: [String]
  /// The folder in which the spec of another analysis is expected.
  let specs: String

  /// None: every report is missing.
  package init() { (folders, specs) = ([], ".") }

  /// The folders of a spec: `reports` beside it, beside its folder, and in the home.
  ///
  /// - Parameters:
  ///   - spec: The file of the analysis that reads reports.
  ///   - home: The folder with the catalogue.
  package init(beside spec: String, home: String) {
    specs = FileSystem.folder(of: spec)
    folders = ["\(specs)/reports", "\(specs)/../reports", "\(home)/reports"]
  }

  /// A path for people, without `./` in front and without `folder/..`.
  static func shown(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      switch part {
      case "." where !path.hasPrefix("/"): break
      case ".." where parts.last.map { !["", ".."].contains($0) } == true: parts.removeLast()
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// What makes the report of an analysis.
  func command(making analysis: String) -> String {
    "`trainfree run \(Self.shown("\(specs)/\(analysis).yaml"))` makes it"
  }

  /// The files that are another one when the report of an analysis is: the list of digests in each folder.
  package func lists(of analysis: String) -> [String] { folders.map { "\($0)/\(analysis)/\(ReportFolder.listName)" } }

  /// The report of an analysis.
  ///
  /// - Parameters:
  ///   - analysis: Its identifier, a kebab-case name.
  ///   - place: The place of what names it.
  /// - Throws: `DiagnosticsError` when there is none, or its list of digests cannot be read.
  func report(of analysis: String, at place: SourceLocation?) throws(DiagnosticsError) -> ReportFolder {
    guard let folder = folders.first(where: { FileSystem.holdsFolder(analysis, in: $0) }) else {
      throw DiagnosticsError(
        [
          Diagnostic(
            id: "missing-report", location: place, message: "there is no report of \(analysis)",
            reason: folders.isEmpty ? nil : "looked in: \(folders.map(Self.shown).joined(separator: ", "))",
            fix: command(making: analysis))
        ], kind: .missingInput)
    }
    return try ReportFolder(
      folder, of: analysis, fix: "restore the file as it was, or make the report anew: \(command(making: analysis))")
  }
}

/// The folder of a report, whose files are held against its list of digests.
struct ReportFolder: Sendable {
  /// The folder that the report's folder is in.
  private let folder: String
  /// The identifier of the report's analysis, and the name of its folder.
  let analysis: String
  /// The SHA-256 of each file, by its path in the report's folder.
  private(set) var digests: [String: String] = [:]
  /// A way to mend what is wrong with a file.
  let fix: String

  /// The name of the list of digests.
  static let listName = "digests.txt"
  /// The most bytes of a file that describes others.
  static let settingsLimit = 1 << 20
  /// The most bytes of a file of runs.
  static let runsLimit = 256 << 20

  /// Reads the list of digests.
  ///
  /// - Throws: `DiagnosticsError` with every line that is none of such a list.
  init(_ folder: String, of analysis: String, fix: String) throws(DiagnosticsError) {
    (self.folder, self.analysis, self.fix) = (folder, analysis, fix)
    let bytes = try content(Self.listName, limit: Self.settingsLimit)
    var problems = DiagnosticList()
    var found: [String: String] = [:]
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() where !line.isEmpty {
      let parts = line.split(separator: 32, maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, Self.isDigest(parts[0]), let path = String(validating: parts[2], as: UTF8.self),
        (try? FileSystem.contained(path, in: analysis)) != nil, found[path] == nil
      else {
        problems.append(
          Diagnostic(
            id: "bad-digests", location: SourceLocation(file: shown(Self.listName), line: index + 1),
            message: "the line is not a digest, a number of bytes and the path of another file of the report", fix: fix)
        )
        continue
      }
      found[path] = String(decoding: parts[0], as: UTF8.self)
    }
    guard problems.findings.isEmpty else { throw DiagnosticsError(problems.findings) }
    digests = found
  }

  /// True for the 64 lower-case hexadecimal digits of a SHA-256.
  static func isDigest(_ text: some Collection<UInt8>) -> Bool {
    text.count == 64 && text.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// The path of a file as findings show it.
  func shown(_ name: String) -> String { ReportFolders.shown("\(folder)/\(analysis)/\(name)") }

  /// Names of the measurements whose files there are.
  var measurements: [String] {
    digests.keys.compactMap { path -> String? in
      guard path.hasPrefix("measurements/"), path.hasSuffix(".json") else { return nil }
      let name = String(path.dropFirst("measurements/".count).dropLast(".json".count))
      return KebabCase.isName(name) ? name : nil
    }.sorted()
  }

  /// The bytes of a file that are those the report was written with.
  ///
  /// - Throws: `DiagnosticsError` for a file that is not there or not listed, that a link leads to, that is too large, or that was
  ///   changed.
  func bytes(_ name: String, limit: Int) throws(DiagnosticsError) -> [UInt8] {
    let place = SourceLocation(file: shown(name), line: 1)
    guard let digest = digests[name] else {
      throw DiagnosticsError([
        Diagnostic(
          id: "unlisted-file", location: place, message: "\(Self.listName) of the report does not list the file",
          reason: "what is not listed cannot be told from a file that was changed", fix: fix)
      ])
    }
    let bytes = try content(name, limit: limit)
    let found = SHA256.hexDigest(bytes)
    guard found == digest else {
      throw DiagnosticsError([
        Diagnostic(
          id: "changed-file", location: place, message: "the file is not the one that the report was written with",
          reason: "its SHA-256 is \(found), in \(Self.listName) stands \(digest)", fix: fix)
      ])
    }
    return bytes
  }

  /// Reads a file; what is wrong in it cannot be mended there, where its digest would no longer be that of the list.
  func mending<Value>(_ read: () throws(DiagnosticsError) -> Value) throws(DiagnosticsError) -> Value {
    do throws(DiagnosticsError) { return try read() } catch {
      throw DiagnosticsError(
        error.diagnostics.map { problem in
          var problem = problem
          problem.fix = fix
          return problem
        }, kind: error.kind)
    }
  }

  private func content(_ name: String, limit: Int) throws(DiagnosticsError) -> [UInt8] {
    do throws(FileFailure) { return try FileSystem.read("\(analysis)/\(name)", in: folder, limit: limit) } catch {
      var isMissing = false
      if case .notFound = error { isMissing = true }
      throw DiagnosticsError(
        [
          Diagnostic(
            id: isMissing ? "missing-file" : "unreadable-file", location: SourceLocation(file: shown(name), line: 1),
            message: "the file of the report of \(analysis) cannot be read: \(error)", fix: fix)
        ], kind: isMissing ? .missingInput : .badInput)
    }
  }
}
