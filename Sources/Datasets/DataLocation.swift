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
      throw mismatch(file, path, "it is larger than \(file.byteCount) bytes")
    } catch {
      throw DiagnosticsError([
        Diagnostic(id: "unreadable-data", message: "\(error)", fix: "check the file's permissions")
      ])
    }
    let digest = SHA256.hexDigest(bytes)
    guard digest == file.digest else {
      throw mismatch(file, path, "its SHA-256 is \(digest), the catalogue's \(file.digest)")
    }
    return bytes
  }

  /// Opens a file whose content is digested as it is read; `check` is called at its end.
  func open(_ file: CatalogFile) throws(DiagnosticsError) -> FileReader {
    let path = try path(of: file)
    do { return try FileReader(path, limit: file.byteCount) } catch .tooLarge {
      throw mismatch(file, path, "it is larger than \(file.byteCount) bytes")
    } catch {
      throw DiagnosticsError([
        Diagnostic(id: "unreadable-data", message: "\(error)", fix: "check the file's permissions")
      ])
    }
  }

  /// Holds what was read against the catalogue's digest.
  func check(_ reader: FileReader, _ file: CatalogFile) throws(DiagnosticsError) {
    let digest = reader.digest()
    guard digest == file.digest else {
      throw mismatch(file, try path(of: file), "its SHA-256 is \(digest), the catalogue's \(file.digest)")
    }
  }

  private func mismatch(_ file: CatalogFile, _ path: String, _ reason: String) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(
        id: "digest-mismatch", message: "\(path) is not the file that the catalogue describes", reason: reason,
        fix: "fetch it anew: `trainfree data fetch --force \(file.id)`")
    ])
  }
}
