import Diagnostics
import Files
import Foundation
import Outcomes

/// Downloads files of the catalogue into a folder.
package struct DataFetcher: Sendable {
  private let folder: String
  private let pace: DownloadPace
  private let progress: @Sendable (_ file: String, _ received: Int, _ total: Int) -> Void

  /// Creates a fetcher.
  ///
  /// - Parameters:
  ///   - folder: The folder that files go to, laid out as the catalogue says.
  ///   - pace: The seconds until a server has to answer, and the bytes that have to arrive in each window after that.
  ///   - progress: Called as bytes arrive.
  package init(
    folder: String, pace: DownloadPace = .standard,
    progress: @escaping @Sendable (_ file: String, _ received: Int, _ total: Int) -> Void
  ) {
    self.folder = folder
    self.pace = pace
    self.progress = progress
  }

  /// Fetches a file, going on where an earlier try stopped; checks size and SHA-256, then puts it in its place.
  ///
  /// Addresses are HTTPS; plain HTTP is taken for the loopback address alone. A server may send on to another address by
  /// HTTPS, or on the loopback address from one to another; it may send no more bytes than the catalogue says, and has to
  /// keep the pace.
  ///
  /// - Returns: The file's path.
  /// - Throws: `DiagnosticsError` of kind `missingInput`.
  package func fetch(_ file: CatalogFile) async throws(DiagnosticsError) -> String {
    if let reason = file.byHand {
      throw failure(
        file, "cannot be fetched as it is", reason,
        fix: "make it from \(file.address), and name its folder with --data-dir")
    }
    guard let address = URL(string: file.address), Self.isAllowed(address) else {
      throw failure(file, "has an address that is not HTTPS: \(file.address)", nil, fix: "mend the catalogue")
    }
    let place: String
    do { place = try FileSystem.contained(file.path, in: folder) } catch {
      throw failure(file, "\(error)", nil, fix: "mend the catalogue")
    }
    let partial = place + ".partial"
    do {
      try FileSystem.makeFolder(FileSystem.folder(of: place))
      let download = Download(partial: partial, limit: file.byteCount, pace: pace) { [progress] received in
        progress(file.path, received, file.byteCount)
      }
      try await download.run(address)
      let digest = try Self.digest(partial, limit: file.byteCount)
      guard digest == file.digest else {
        FileSystem.remove(partial)
        throw failure(
          file, "arrived with another SHA-256 (\(digest)) than the catalogue's (\(file.digest))", nil,
          fix: "try again; if it stays so, the upstream file has changed")
      }
      guard rename(partial, place) == 0 else {
        throw Reason("\(partial) cannot be renamed: \(String(cString: strerror(errno)))")
      }
      return place
    } catch let error as DiagnosticsError {
      throw error
    } catch {
      throw failure(
        file, "cannot be fetched from \(file.address)", "\(error)",
        fix: "check the network and try again: what has arrived is kept; or name a local copy with --data-dir")
    }
  }

  /// SHA-256 of a file, read a part at a time.
  private static func digest(_ path: String, limit: Int) throws(FileFailure) -> String {
    let reader = try FileReader(path, limit: limit)
    try reader.drain()
    return reader.digest()
  }

  static func isAllowed(_ address: URL) -> Bool { address.scheme?.lowercased() == "https" || isLoopback(address) }

  /// True when a server at one address may send on to another: to HTTPS, or from this machine to itself.
  static func maySendOn(from address: URL, to other: URL) -> Bool {
    other.scheme?.lowercased() == "https" || isLoopback(address) && isLoopback(other)
  }

  private static func isLoopback(_ address: URL) -> Bool {
    address.scheme?.lowercased() == "http" && ["127.0.0.1", "localhost", "[::1]", "::1"].contains(address.host ?? "")
  }

  private func failure(_ file: CatalogFile, _ message: String, _ reason: String?, fix: String) -> DiagnosticsError {
    DiagnosticsError(
      [Diagnostic(id: "fetch-failed", message: "\(file.id) \(message)", reason: reason, fix: fix)], kind: .missingInput)
  }
}
