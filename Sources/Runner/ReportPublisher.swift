import Documents
import Files
import Store

/// Puts a report's files into a folder.
public enum ReportPublisher {
  /// The list of the files that a report wrote, kept beside them.
  public static let manifestName = ".trainfree-files"

  /// Writes the files that are missing or differ, and takes away files of an earlier report that are no longer part of
  /// it. Files that the tool did not write are left alone.
  ///
  /// - Returns: The number of files written.
  /// - Throws: `FileFailure` or `StoreError`.
  public static func publish(_ record: StepRecord, store: Store, folder: String) throws -> Int {
    var written = 0
    let paths = record.artifacts.keys.sorted()
    let manifest = "\(folder)/\(manifestName)"
    let before = (try? FileSystem.read(manifest, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    for path in paths {
      guard let digest = record.artifacts[path] else { continue }
      let place = try FileSystem.contained(path, in: folder)
      if let bytes = try? FileSystem.read(place), SHA256.hexDigest(bytes) == digest { continue }
      try FileSystem.write(try store.artifact(digest), to: place)
      written += 1
    }
    let text = paths.map { $0 + "\n" }.joined()
    if text != before {
      for path in before.split(separator: "\n").map(String.init) where !paths.contains(path) {
        if let place = try? FileSystem.contained(path, in: folder) { FileSystem.remove(place) }
      }
      try FileSystem.write(Array(text.utf8), to: manifest)
    }
    return written
  }
}
