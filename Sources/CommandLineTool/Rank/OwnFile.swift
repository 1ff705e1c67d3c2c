import Datasets
import Diagnostics
import Documents
import Files
import Foundation
import Runner
import Sections
import Specs
import Tables

/// A file that the command line names, read as the options say.
struct OwnFile {
  /// The folder that it is in, and its name there.
  let folder: String
  let name: String
  /// What was said of how it is read, as members of a dataset of an analysis, columns left out.
  let reading: [JSONMember]
  /// What was said of its columns, by name.
  let columns: [JSONMember]
  /// Its rows, and what its columns were taken for.
  let own: OwnDataset
  /// The folders in which it is found; what was read is kept there.
  let folders: OwnFolders

  /// The name of the dataset.
  static let dataset = "rows"

  /// Reads a file.
  ///
  /// - Throws: `DiagnosticsError` for a file that is missing or a folder, for options that no dataset has, and for everything that
  ///   is wrong with its content.
  init(_ path: String, options: OwnFileOptions) throws(DiagnosticsError) {
    let place = Self.resolved(path)
    guard FileSystem.exists(place) else {
      let close = Suggestion.closest(
        to: FileSystem.name(of: path), in: FileSystem.names(in: FileSystem.folder(of: path)))
      throw DiagnosticsError(
        [
          Diagnostic(
            id: "missing-file", message: "there is no file \(path)",
            fix: close.map { "did you mean \($0)?" } ?? "check the path")
        ], kind: .missingInput)
    }
    guard !FileSystem.isFolder(place) else {
      throw DiagnosticsError([
        Diagnostic(
          id: "is-folder", message: "\(path) is a folder",
          fix: "name the file with the scores, such as scores.csv in it")
      ])
    }
    (folder, name) = (FileSystem.folder(of: place), FileSystem.name(of: place))
    folders = OwnFolders(beside: place, metrics: .catalogue)
    let members = options.readingMembers
    let other = members.filter { !Self.readingKeys.contains($0.key) }
    guard other.isEmpty else {
      throw DiagnosticsError(
        other.map {
          Diagnostic(
            id: "unknown-key", message: "--read has no key \($0.key)",
            fix: Suggestion.closest(to: $0.key, in: Self.readingKeys).map { "did you mean \($0)?" }
              ?? "the keys are: \(Self.readingKeys.joined(separator: ", "))")
        })
    }
    reading = members.filter { $0.key != "columns" }
    columns = members.first { $0.key == "columns" }?.value.members ?? []
    let spec: JSONValue = [
      "analysis": "draft", "title": "Draft",
      "datasets": [Self.dataset: .object([JSONMember(key: "file", value: .string(name))] + members)],
      "report": [["table": "data"]],
    ]
    do throws(DiagnosticsError) {
      let analysis = try SectionCatalog.language.parse(Array(spec.text().utf8), file: Self.nowhere)
      guard let use = analysis.datasets.first, let file = use.file else { throw DiagnosticsError([]) }
      own = try folders.dataset(use, file: file)
    } catch {
      throw Self.placed(error)
    }
  }

  /// The file that is analysed in its place, by the text of its spec.
  func placed(beside spec: String) -> String {
    let base = FileSystem.folder(of: spec)
    let full = Self.absolute("\(folder)/\(name)")
    let root = Self.absolute(base)
    let prefix = root == "/" ? "/" : root + "/"
    return full.hasPrefix(prefix) ? String(full.dropFirst(prefix.count)) : name
  }

  /// True when the file is not in the folder of a spec, nor below.
  func isOutside(of spec: String) -> Bool {
    let root = Self.absolute(FileSystem.folder(of: spec))
    return !Self.absolute("\(folder)/\(name)").hasPrefix(root == "/" ? "/" : root + "/")
  }

  private static let readingKeys = [
    "format", "separator", "decimal", "encoding", "comment", "header", "missing", "usual-missing", "keys", "levels",
    "table", "query", "pivot", "columns", "malformed",
  ]

  /// The file of a spec that stands in none.
  static let nowhere = "the command line"

  /// Findings without a place in a spec that stands in no file.
  static func placed(_ error: DiagnosticsError, except file: String = nowhere) -> DiagnosticsError {
    DiagnosticsError(
      error.diagnostics.map { finding in
        guard finding.location?.file == file else { return finding }
        var finding = finding
        (finding.location, finding.excerpt) = (nil, nil)
        return finding
      }, kind: error.kind)
  }

  /// The path that a symbolic link leads to; a path that is none as it is.
  private static func resolved(_ path: String) -> String {
    guard FileSystem.isLink(path), let place = realpath(path, nil) else { return path }
    defer { free(place) }
    return String(cString: place)
  }

  private static func absolute(_ path: String) -> String {
    guard let place = realpath(path, nil) else {
      return URL(fileURLWithPath: path).standardizedFileURL.path
    }
    defer { free(place) }
    return String(cString: place)
  }
}
