import Diagnostics
import Files

/// Where local copies of the catalogue's files are looked for.
public struct DataLocation: Sendable, Hashable {
  /// Folders in order.
  public var folders: [String]

  /// Creates a location.
  public init(folders: [String]) { self.folders = folders }

  /// The first copy of a file.
  ///
  /// - Throws: `DiagnosticsError` of kind `missingInput` when there is none.
  public func path(of file: CatalogFile) throws(DiagnosticsError) -> String {
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
  public func read(_ file: CatalogFile) throws(DiagnosticsError) -> [UInt8] {
    let path = try path(of: file)
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, limit: max(file.byteCount, 1) + 1)
    } catch .tooLarge {
      throw mismatch(file, path)
    } catch {
      throw unreadable(error)
    }
    let digest = SHA256.hexDigest(bytes)
    guard digest == file.digest else { throw mismatch(file, path) }
    return bytes
  }

  /// Why the local copy of a file is not the one that the catalogue describes; nil when it is, or when there is none. O(bytes).
  public func problem(of file: CatalogFile) -> DiagnosticsError? {
    guard let path = try? path(of: file) else { return nil }
    do {
      let found = try FileSystem.digest(path)
      return found == (file.byteCount, file.digest) ? nil : mismatch(file, path)
    } catch { return unreadable(error) }
  }

  /// Opens a file whose content is digested as it is read; `check` is called at its end.
  func open(_ file: CatalogFile) throws(DiagnosticsError) -> FileReader {
    let path = try path(of: file)
    do { return try FileReader(path, limit: file.byteCount) } catch .tooLarge {
      throw mismatch(file, path)
    } catch {
      throw unreadable(error)
    }
  }

  /// Holds what was read against the catalogue's digest.
  func check(_ reader: FileReader, _ file: CatalogFile) throws(DiagnosticsError) {
    let digest = reader.digest()
    guard digest == file.digest else { throw mismatch(file, try path(of: file)) }
  }

  private func unreadable(_ failure: FileFailure) -> DiagnosticsError {
    DiagnosticsError(
      [Diagnostic(id: "unreadable-data", message: "\(failure)", fix: "check the file and its permissions")],
      kind: failure.isOfMachine ? .inputOutput : .badInput)
  }

  private func mismatch(_ file: CatalogFile, _ path: String) -> DiagnosticsError {
    let found = try? FileSystem.digest(path)
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
