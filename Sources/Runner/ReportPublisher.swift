import Diagnostics
import Files
import Store

/// Puts a report's files into a folder, all or nothing.
package enum ReportPublisher {
  /// Checks that a report may be put into a folder, before one is computed.
  ///
  /// - Parameters:
  ///   - folder: The report's folder.
  ///   - replacesOthers: True when files that are not a report's may be replaced.
  /// - Throws: `DiagnosticsError` when it may not; `FileFailure` when the folder cannot be read.
  package static func check(_ folder: String, replacesOthers: Bool) throws {
    do { try FolderPublisher(folder, replacesOthers: replacesOthers).check() } catch let refusal as FolderRefusal {
      throw error(refusal)
    }
  }

  /// Makes a folder hold a report: the new one is made beside the old one and takes its place in one step. Files that the tool
  /// did not write stay; they are never overwritten unless `replacesOthers`.
  ///
  /// - Returns: The number of files that were not there, or had another content.
  /// - Throws: `DiagnosticsError` when the folder is not a report's, `FileFailure`, or `StoreError`; the folder is then as it
  ///   was.
  package static func publish(
    _ record: StepRecord, store: Store, folder: String, replacesOthers: Bool
  ) throws -> Int {
    do {
      let files = record.artifacts.sorted { $0.key < $1.key }.map {
        FolderPublisher.File(path: $0.key, digest: $0.value)
      }
      return try FolderPublisher(folder, replacesOthers: replacesOthers).publish(files) {
        try store.artifact($0.digest)
      }
    } catch let refusal as FolderRefusal {
      throw error(refusal)
    }
  }

  private static func error(_ refusal: FolderRefusal) -> DiagnosticsError {
    DiagnosticsError([diagnostic(refusal)], kind: refusal.kind == .unusable ? .usage : .badInput)
  }

  private static func diagnostic(_ refusal: FolderRefusal) -> Diagnostic {
    let shown = refusal.obstacles.prefix(10).joined(separator: ", ")
    let more = refusal.obstacles.count > 10 ? " and \(refusal.obstacles.count - 10) more" : ""
    let folder = refusal.folder
    switch refusal.kind {
    case .unusable:
      return Diagnostic(
        id: "unusable-folder", message: "\(folder) cannot be a report's folder: \(shown)",
        fix: "name another folder with --output")
    case .link:
      return Diagnostic(
        id: "link-in-folder", message: "\(folder) is not written to: symbolic links are in the way: \(shown)\(more)",
        reason: "a report is never written through a link", fix: "name another folder with --output, or remove them")
    case .list:
      return Diagnostic(
        id: "bad-file-list",
        message: "\(folder)/\(FolderPublisher.listName) names what cannot be a report's: \(shown)\(more)",
        reason: "it lists the files that the last run wrote, none of them outside the folder or behind a symbolic link",
        fix: "look at the folder, then name another one with --output, or give --force, which takes no notice of those")
    case .others:
      return Diagnostic(
        id: "foreign-files", message: "\(folder) holds files that no report wrote: \(shown)\(more)",
        reason: "nothing of others is overwritten, and a folder without a report is not taken over unasked",
        fix:
          "name another folder with --output, or give --force: it replaces those that have the names of a report's files, and keeps the others"
      )
    }
  }
}
