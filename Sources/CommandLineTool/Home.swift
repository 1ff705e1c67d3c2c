import Auditing
import Datasets
import Diagnostics
import Files
import Foundation
import Measurements
import Reports
import Runner
import Specs

/// The folder with the catalogue, the bibliography and the templates.
struct Home {
  let folder: String

  /// The first of: the option, TRAINFREE_HOME, the working folder and those above, the binary's folder and those above,
  /// the share folder beside the binary's.
  ///
  /// - Throws: `DiagnosticsError` when none has a catalogue.
  static func find(_ option: String?) throws(DiagnosticsError) -> Home {
    let binary = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let installed = FileSystem.folder(of: FileSystem.folder(of: binary)) + "/share/trainfree"
    var candidates = [option, Environment.value("TRAINFREE_HOME")].compactMap { $0 }
    if candidates.isEmpty {
      candidates = ancestors(of: ".") + ancestors(of: FileSystem.folder(of: binary)) + [installed]
    }
    for folder in candidates where FileSystem.exists("\(folder)/data/catalog.yaml") { return Home(folder: folder) }
    throw DiagnosticsError(
      [
        Diagnostic(
          id: "no-home", message: "data/catalog.yaml is nowhere to be found",
          reason: "looked in: \(candidates.prefix(8).joined(separator: ", "))",
          fix: "work in a checkout of trainfree, or name its folder with --home or TRAINFREE_HOME")
      ], kind: .missingInput)
  }

  private static func ancestors(of folder: String) -> [String] {
    if folder == "." { return [".", "..", "../..", "../../.."] }
    var current = folder
    var folders: [String] = []
    for _ in 0..<6 where current != "/" && current != "." {
      folders.append(current)
      current = FileSystem.folder(of: current)
    }
    return folders
  }

  func catalog() throws(DiagnosticsError) -> Catalog {
    let path = "\(folder)/data/catalog.yaml"
    return try CatalogParser.parse(try InputFile.read(path), file: InputFile.shown(path))
  }

  func bibliography() throws(DiagnosticsError) -> [BibliographyEntry] {
    let path = "\(folder)/data/references.bib"
    return try Bibliography.parse(try InputFile.read(path), file: InputFile.shown(path))
  }

  /// The claims files that an analysis uses, from the folder `claims` beside it and the one of this home.
  ///
  /// - Throws: `DiagnosticsError` with every problem of every file.
  func claims(usedBy analysis: Analysis, beside spec: String) throws(DiagnosticsError) -> ClaimsLibrary {
    let folders = ["\(FileSystem.folder(of: spec))/claims", "\(folder)/data/claims"]
    let names = folders.flatMap { FileSystem.names(in: $0) }.filter { $0.hasSuffix(".yaml") }.map { $0.dropLast(5) }
    var library = ClaimsLibrary(names: Set(names.map(String.init)).sorted())
    var problems: [Diagnostic] = []
    var seen: Set<String> = []
    for use in analysis.claims.compactMap(\.use) {
      guard let name = ClaimUse(use.value)?.file, seen.insert(name).inserted,
        let path = folders.map({ "\($0)/\(name).yaml" }).first(where: { FileSystem.exists($0) })
      else { continue }
      do throws(DiagnosticsError) {
        let file = try ClaimsFile.parse(try InputFile.read(path), file: InputFile.shown(path))
        library.files[name] = file
        if file.paper.value != name {
          problems.append(
            Diagnostic(
              id: "wrong-file-name", location: file.paper.location,
              message: "the claims of \(file.paper.value) stand in \(name).yaml",
              reason: "analyses find them by this name", fix: "name the file \(file.paper.value).yaml"))
        }
      } catch {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return library
  }

  /// The folders in which the reports of other analyses are looked for.
  func reports(beside spec: String) -> ReportFolders { ReportFolders(beside: spec, home: folder) }

  func templates(beside spec: String) throws -> TemplateSet {
    try TemplateSet(folders: ["\(FileSystem.folder(of: spec))/templates", "\(folder)/templates"])
  }
}

extension Home {
  /// A style sheet or a script among the templates, as it is put into pages.
  ///
  /// - Parameters:
  ///   - name: The file's name.
  ///   - end: The tag that ends the element it is put into, such as `</style`.
  /// - Throws: `DiagnosticsError` when it is not there, or holds that tag or the beginning of a comment.
  func asset(_ name: String, without end: String) throws(DiagnosticsError) -> String {
    let path = "\(folder)/templates/\(name)"
    let text = String(decoding: try InputFile.read(path, limit: 1 << 20), as: UTF8.self)
    guard text.lowercased().firstRange(of: end) == nil, text.firstRange(of: "<!--") == nil else {
      throw DiagnosticsError([
        Diagnostic(
          id: "bad-template", message: "\(path) holds \(end) or <!--, and is put into pages", fix: "write it without")
      ])
    }
    return text
  }
}

/// Files that the user names.
enum InputFile {
  static func read(_ path: String, limit: Int = 1 << 24) throws(DiagnosticsError) -> [UInt8] {
    do { return try FileSystem.read(path, limit: limit) } catch {
      let isMissing = if case .notFound = error { true } else { false }
      throw DiagnosticsError(
        [
          Diagnostic(
            id: isMissing ? "missing-file" : "unreadable-file", message: "\(error)",
            fix: "check the path, what it names, its size and its permissions")
        ],
        kind: isMissing ? .missingInput : error.isOfMachine ? .inputOutput : .badInput)
    }
  }

  /// A path without a leading `./`.
  static func shown(_ path: String) -> String { path.hasPrefix("./") ? String(path.dropFirst(2)) : path }
}

extension DataLocation {
  /// The folders of the options, the environment and the cache.
  static func standard(_ options: PlaceOptions) -> DataLocation {
    DataLocation(folders: [options.dataDir, Environment.value("TRAINFREE_DATA"), cacheFolder].compactMap { $0 })
  }

  /// `$XDG_CACHE_HOME/trainfree`, or `~/.cache/trainfree`.
  static var cacheFolder: String {
    let base = Environment.value("XDG_CACHE_HOME") ?? "\(Environment.value("HOME") ?? ".")/.cache"
    return "\(base)/trainfree"
  }
}
