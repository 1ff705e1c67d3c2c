import Diagnostics
import Files
import Reports
import Store

/// Puts a report's files into a folder, all or nothing.
package enum ReportPublisher {
  /// Checks that a report may be put into a folder, before one is computed.
  ///
  /// - Parameters:
  ///   - folder: The report's folder.
  ///   - replacesOthers: True when files that are not a report's may be replaced.
  ///   - words: How findings call the folder.
  /// - Throws: `DiagnosticsError` when it may not; `FileFailure` when the folder cannot be read.
  package static func check(_ folder: String, replacesOthers: Bool, _ words: FolderWords = .report) throws {
    do { try FolderPublisher(folder, replacesOthers: replacesOthers).check() } catch let refusal as FolderRefusal {
      throw error(refusal, words)
    }
  }

  /// Makes a folder hold files, as `publish` does with those of a record.
  ///
  /// - Throws: as `publish`.
  package static func publish(
    _ files: [RenderedReport.File], folder: String, replacesOthers: Bool, _ words: FolderWords
  ) throws -> Int {
    let bytes = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    do {
      let listed = files.map { FolderPublisher.File(path: $0.path, digest: SHA256.hexDigest($0.bytes)) }
      return try FolderPublisher(folder, replacesOthers: replacesOthers).publish(listed) { bytes[$0.path] ?? [] }
    } catch let refusal as FolderRefusal {
      throw error(refusal, words)
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
      throw error(refusal, .report)
    }
  }

  private static func error(_ refusal: FolderRefusal, _ words: FolderWords) -> DiagnosticsError {
    DiagnosticsError([diagnostic(refusal, words)], kind: refusal.kind == .unusable ? .usage : .badInput)
  }

  private static func diagnostic(_ refusal: FolderRefusal, _ words: FolderWords) -> Diagnostic {
    let shown = refusal.obstacles.prefix(10).joined(separator: ", ")
    let more = refusal.obstacles.count > 10 ? " and \(refusal.obstacles.count - 10) more" : ""
    let folder = refusal.folder
    let (thing, option) = (words.thing, words.option)
    switch refusal.kind {
    case .unusable:
      return Diagnostic(
        id: "unusable-folder", message: "\(folder) cannot be a \(thing)'s folder: \(shown)",
        fix: "name another folder with \(option)")
    case .link:
      return Diagnostic(
        id: "link-in-folder", message: "\(folder) is not written to: symbolic links are in the way: \(shown)\(more)",
        reason: "a \(thing) is never written through a link", fix: "name another folder with \(option), or remove them")
    case .list:
      return Diagnostic(
        id: "bad-file-list",
        message: "\(folder)/\(FolderPublisher.listName) names what cannot be a \(thing)'s: \(shown)\(more)",
        reason: "it lists the files that the last run wrote, none of them outside the folder or behind a symbolic link",
        fix: "look at the folder, then name another one with \(option), or give --force, which takes no notice of those"
      )
    case .others:
      return Diagnostic(
        id: "foreign-files", message: "\(folder) holds files that no \(thing) wrote: \(shown)\(more)",
        reason: "nothing of others is overwritten, and a folder without a \(thing) is not taken over unasked",
        fix:
          "name another folder with \(option), or give --force: it replaces those that have the names of a \(thing)'s files, and keeps the others"
      )
    }
  }
}

/// How findings call what is put into a folder.
package struct FolderWords: Sendable {
  /// A noun, such as `report`.
  package let thing: String
  /// The option that names the folder.
  package let option: String

  /// The folder of a report.
  package static let report = FolderWords(thing: "report", option: "--output")
  /// The folder of a site.
  package static let site = FolderWords(thing: "site", option: "--out")
}
