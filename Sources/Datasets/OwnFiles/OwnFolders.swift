import Diagnostics
import Documents
import Files

/// A log of SQLite beside a database, whose changes are not in the file, or only in part.
private enum DatabaseLog: String {
  /// Changes that are not in the file yet.
  case writeAhead = "-wal"
  /// What a transaction that did not end has overwritten.
  case rollback = "-journal"

  /// The log beside a file; nil for other files, and where the log is empty or no longer used.
  static func beside(_ file: String, _ content: [UInt8]) -> DatabaseLog? {
    guard content.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
    if (FileSystem.size(file + writeAhead.rawValue) ?? 0) > 32 { return .writeAhead }
    // A journal that was kept for later use begins with zeros.
    guard let head = try? FileSystem.head(file + rollback.rawValue, count: 8), head.contains(where: { $0 != 0 }) else {
      return nil
    }
    return .rollback
  }

  func finding(_ path: Located<String>) -> Diagnostic {
    Diagnostic(
      id: "unfinished-database", location: path.location,
      message:
        "beside the database stands \(FileSystem.name(of: path.value))\(rawValue), and the file alone is not its whole content",
      reason: self == .writeAhead
        ? "the log holds changes that are not in the file"
        : "a transaction is under way, or was cut off",
      fix:
        "close the programs that use it, then open and close it once: `sqlite3 \(FileSystem.name(of: path.value)) \"\(self == .writeAhead ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA user_version")\"`; or export the table as CSV"
    )
  }
}

/// The folders in which the user's own files are looked for; the first that holds one is taken.
package struct OwnFolders: Sendable {
  /// The most bytes of a file.
  package static let byteLimit = 512 << 20

  /// The folders, in order.
  package var folders: [String]
  /// The metrics that names of columns can stand for.
  package var metrics: KnownMetrics
  /// The files that were read: several datasets of one file read it once.
  let read = OwnFileCache()

  /// None: every file is missing.
  package init() { (folders, metrics) = ([], KnownMetrics()) }

  /// The folder of a spec, then another.
  ///
  /// - Parameters:
  ///   - spec: The file of the analysis.
  ///   - files: The folder that the user names; nil for none.
  ///   - metrics: The metrics that names of columns can stand for.
  package init(beside spec: String, files: String? = nil, metrics: KnownMetrics = KnownMetrics()) {
    self.metrics = metrics
    folders = [FileSystem.folder(of: spec)] + (files.map { [$0] } ?? [])
  }

  /// Reads a file whole.
  ///
  /// - Parameter path: Its path in one of the folders, with the place of what names it.
  /// - Throws: `DiagnosticsError` for a path that leaves the folder, a symbolic link, a file that is missing (kind `missingInput`), too
  ///   large or not readable.
  func content(_ path: Located<String>) throws(DiagnosticsError) -> (bytes: [UInt8], place: String) {
    for folder in folders {
      var unfinished: DatabaseLog?
      do throws(FileFailure) {
        let bytes = try FileSystem.read(path.value, in: folder, limit: Self.byteLimit)
        unfinished = DatabaseLog.beside("\(folder)/\(path.value)", bytes)
        if unfinished == nil { return (bytes, "\(folder)/\(path.value)") }
      } catch {
        if case .notFound = error { continue }
        var isEscape = false
        if case .escapes = error { isEscape = true }
        throw DiagnosticsError(
          [
            Diagnostic(
              id: isEscape ? "path-escapes" : "unreadable-file", location: path.location,
              message: isEscape
                ? "the path \(path.value) leads out of the folder of the analysis"
                : "the file cannot be read: \(error)",
              reason: isEscape ? "an analysis reads what stands beside it, so that it can be handed on" : nil,
              fix: isEscape
                ? "move the file there, or name its folder with --files and the file by its path in it"
                : "check what the path names, its size and its permissions")
          ], kind: error.isOfMachine && !isLink(error) ? .inputOutput : .badInput)
      }
      if let log = unfinished { throw DiagnosticsError([log.finding(path)]) }
    }
    throw DiagnosticsError(
      [
        Diagnostic(
          id: "missing-file", location: path.location, message: "there is no file \(path.value)",
          reason: "looked in: \(folders.joined(separator: ", "))",
          fix: "check the path, which begins at the analysis' folder, or name another folder with --files")
      ], kind: .missingInput)
  }

  /// True for the refusal of a symbolic link.
  private func isLink(_ failure: FileFailure) -> Bool {
    if case .system(_, _, _, let text) = failure {
      text.contains("symbolic link") || text.contains("plain file")
    } else {
      false
    }
  }
}
