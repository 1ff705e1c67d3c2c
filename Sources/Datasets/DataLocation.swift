import Diagnostics
import Files

/// The folders in which local copies of the catalogue's files are looked for.
package struct DataLocation: Sendable, Hashable {
  /// The folders in the order in which they are searched.
  package var folders: [String]

  package init(folders: [String]) { self.folders = folders }

  /// The first copy of a file.
  ///
  /// - Throws: `DiagnosticsError` of kind `missingInput` when there is none.
  package func path(of file: CatalogFile) throws(DiagnosticsError) -> String {
    for folder in folders {
      if let path = try? FileSystem.contained(file.path, in: folder), FileSystem.exists(path) { return path }
    }
    throw DiagnosticsError(
      [
        Diagnostic(
          id: "missing-data", message: "\(file.path) is not here",
          reason: "looked in: \(folders.joined(separator: ", "))",
          fix: file.byHand.map {
            "\($0) Make it from \(file.address), and name its folder with --data-dir or TRAINFREE_DATA"
          }
            ?? "`trainfree data fetch \(file.id)` downloads it (\(file.byteCount) bytes, \(file.licence)), or name a folder with --data-dir or TRAINFREE_DATA"
        )
      ], kind: .missingInput)
  }

  /// The content of a file, held against the catalogue's size and digest.
  ///
  /// - Throws: `DiagnosticsError`.
  package func read(_ file: CatalogFile) throws(DiagnosticsError) -> [UInt8] {
    let path = try path(of: file)
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, limit: max(file.byteCount, 1) + 1)
    } catch .tooLarge {
      throw Self.mismatch(file, path)
    } catch {
      throw Self.unreadable(error)
    }
    let digest = SHA256.hexDigest(bytes)
    guard digest == file.digest else { throw Self.mismatch(file, path) }
    return bytes
  }

  /// Holds a file, or a folder of files, against the catalogue's size and digest, a part of it in memory at a time.
  ///
  /// - Throws: `DiagnosticsError`.
  package func verify(_ file: CatalogFile) throws(DiagnosticsError) { _ = try archive(file) }

  /// A file, or a folder of files, that was held against the catalogue's size and digest. The digest of a folder is that of
  /// `FolderFiles`.
  func archive(_ file: CatalogFile) throws(DiagnosticsError) -> ArchiveSource {
    let path = try path(of: file)
    guard FileSystem.isFolder(path) else { return .file(try verified(file)) }
    do throws(FileFailure) {
      let folder = try FolderFiles(path)
      if try folder.digest() == (file.byteCount, file.digest) { return .folder(folder) }
    } catch { throw Self.unreadable(error) }
    throw Self.mismatch(file, path)
  }

  /// An open file that was held against the catalogue's size and digest.
  func verified(_ file: CatalogFile) throws(DiagnosticsError) -> FileReader {
    let reader = try open(file)
    do { try reader.drain() } catch { throw Self.unreadable(error) }
    try check(reader, file)
    return reader
  }

  /// The size and the digest of what is at a path, a file or a folder.
  private static func digest(_ path: String) throws(FileFailure) -> (bytes: Int, digest: String) {
    FileSystem.isFolder(path) ? try FolderFiles(path).digest() : try FileSystem.digest(path)
  }

  /// The finding on a local copy that is not the file that the catalogue describes; nil when it is, or when there is no copy.
  /// O(bytes).
  package func problem(of file: CatalogFile) -> DiagnosticsError? {
    guard let path = try? path(of: file) else { return nil }
    do {
      let found = try Self.digest(path)
      return found == (file.byteCount, file.digest) ? nil : Self.mismatch(file, path)
    } catch { return Self.unreadable(error) }
  }

  /// Opens a file whose content is digested as it is read; `check` is called at its end.
  func open(_ file: CatalogFile) throws(DiagnosticsError) -> FileReader {
    let path = try path(of: file)
    do { return try FileReader(path, limit: file.byteCount) } catch .tooLarge {
      throw Self.mismatch(file, path)
    } catch {
      throw Self.unreadable(error)
    }
  }

  /// Holds what was read against the catalogue's digest.
  func check(_ reader: FileReader, _ file: CatalogFile) throws(DiagnosticsError) {
    try Self.check(reader, file, at: path(of: file))
  }

  /// Holds what was read from a path against the catalogue's digest.
  static func check(_ reader: FileReader, _ file: CatalogFile, at path: String) throws(DiagnosticsError) {
    let digest = reader.digest()
    guard digest == file.digest else { throw mismatch(file, path) }
  }

  private static func unreadable(_ failure: FileFailure) -> DiagnosticsError {
    DiagnosticsError(
      [Diagnostic(id: "unreadable-data", message: "\(failure)", fix: "check the file and its permissions")],
      kind: failure.isOfMachine ? .inputOutput : .badInput)
  }

  private static func mismatch(_ file: CatalogFile, _ path: String) -> DiagnosticsError {
    let found = try? digest(path)
    let published =
      file.byHand == nil
      ? "take \(path) away and fetch the published one: `trainfree data fetch --force \(file.id)`"
      : "put the published one back, made from \(file.address)"
    return DiagnosticsError([
      Diagnostic(
        id: "digest-mismatch", message: "\(path) is not the file that the catalogue describes",
        reason: found.map {
          "it has \($0.bytes) bytes and the SHA-256 \($0.digest), the catalogue's \(file.byteCount) and \(file.digest)"
        },
        fix: found.map {
          "if the change is meant, write `bytes: \($0.bytes)` and `sha256: \($0.digest)` to the file \(file.id) in data/catalog.yaml; otherwise \(published)"
        } ?? published)
    ])
  }
}
