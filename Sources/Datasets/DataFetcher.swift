import Diagnostics
import Files
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Downloads files of the catalogue into a folder.
public struct DataFetcher: Sendable {
  private let folder: String
  private let progress: @Sendable (_ file: String, _ received: Int, _ total: Int) -> Void

  /// Creates a fetcher.
  ///
  /// - Parameters:
  ///   - folder: Where files go, laid out as the catalogue says.
  ///   - progress: Called as bytes arrive.
  public init(folder: String, progress: @escaping @Sendable (_ file: String, _ received: Int, _ total: Int) -> Void) {
    self.folder = folder
    self.progress = progress
  }

  /// Fetches a file, going on where an earlier try stopped; checks size and SHA-256, then puts it in its place.
  ///
  /// Addresses are HTTPS; plain HTTP is taken for the loopback address alone.
  ///
  /// - Returns: The file's path.
  /// - Throws: `DiagnosticsError` of kind `missingInput`.
  public func fetch(_ file: CatalogFile) async throws(DiagnosticsError) -> String {
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
    let start = FileSystem.size(partial) ?? 0
    do {
      try FileSystem.makeFolder(FileSystem.folder(of: place))
      let download = Download(partial: partial, start: start, limit: file.byteCount) { [progress] received in
        progress(file.path, received, file.byteCount)
      }
      try await download.run(address)
      let bytes = try FileSystem.read(partial, limit: file.byteCount)
      let digest = SHA256.hexDigest(bytes)
      guard digest == file.digest else {
        FileSystem.remove(partial)
        throw failure(
          file, "arrived with another SHA-256 (\(digest)) than the catalogue's (\(file.digest))", nil,
          fix: "try again; if it stays so, the upstream file has changed")
      }
      try FileSystem.write(bytes, to: place)
      FileSystem.remove(partial)
      return place
    } catch let error as DiagnosticsError {
      throw error
    } catch {
      throw failure(
        file, "cannot be fetched from \(file.address)", "\(error)",
        fix: "check the network and try again: what has arrived is kept; or name a local copy with --data-dir")
    }
  }

  static func isAllowed(_ address: URL) -> Bool {
    address.scheme == "https"
      || address.scheme == "http" && ["127.0.0.1", "localhost", "[::1]"].contains(address.host ?? "")
  }

  private func failure(_ file: CatalogFile, _ message: String, _ reason: String?, fix: String) -> DiagnosticsError {
    DiagnosticsError(
      [Diagnostic(id: "fetch-failed", message: "\(file.id) \(message)", reason: reason, fix: fix)], kind: .missingInput)
  }
}

/// Why a download ended early.
private struct DownloadFailure: Error, CustomStringConvertible {
  var description: String
}

/// One download into a partial file.
private final class Download: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var handle: FileHandle?
    var received: Int
    var continuation: CheckedContinuation<Void, any Error>?
    var failure: String?
  }

  private let partial: String
  private let start: Int
  private let limit: Int
  private let progress: @Sendable (Int) -> Void
  private let state: Mutex<State>

  init(partial: String, start: Int, limit: Int, progress: @escaping @Sendable (Int) -> Void) {
    self.partial = partial
    self.start = start
    self.limit = limit
    self.progress = progress
    state = Mutex(State(handle: nil, received: 0, continuation: nil, failure: nil))
  }

  func run(_ address: URL) async throws {
    var request = URLRequest(url: address)
    request.timeoutInterval = 60
    if start > 0, start < limit { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }
    if start == limit { return }
    let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
    defer { session.finishTasksAndInvalidate() }
    let task = session.dataTask(with: request)
    try await withCheckedThrowingContinuation { continuation in
      state.withLock { $0.continuation = continuation }
      task.resume()
    }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    let accepted = state.withLock { state -> Bool in
      guard status == 200 || status == 206 else {
        state.failure = "the server answered \(status)"
        return false
      }
      let resumes = status == 206 && start > 0
      if !resumes { _ = FileManager.default.createFile(atPath: partial, contents: nil) }
      state.handle = FileHandle(forWritingAtPath: partial)
      if resumes { _ = try? state.handle?.seekToEnd() }
      state.received = resumes ? start : 0
      if state.handle == nil { state.failure = "\(partial) cannot be written" }
      return state.handle != nil
    }
    completionHandler(accepted ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let received = state.withLock { state -> Int? in
      state.received += data.count
      guard state.received <= limit else {
        state.failure = "the file is larger than the catalogue says (\(limit) bytes)"
        return nil
      }
      do { try state.handle?.write(contentsOf: data) } catch {
        state.failure = "\(error)"
        return nil
      }
      return state.received
    }
    if let received { progress(received) } else { dataTask.cancel() }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    guard let address = request.url, DataFetcher.isAllowed(address) else {
      state.withLock { $0.failure = "the server sends on to an address that is not HTTPS" }
      return completionHandler(nil)
    }
    completionHandler(request)
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let (continuation, failure) = state.withLock { state in
      try? state.handle?.close()
      let found = state.failure ?? error.map { "\(($0 as NSError).localizedDescription)" }
      defer { state.continuation = nil }
      return (
        state.continuation, found ?? (state.received < limit ? "only \(state.received) of \(limit) bytes arrived" : nil)
      )
    }
    if let failure {
      continuation?.resume(throwing: DownloadFailure(description: failure))
    } else {
      continuation?.resume()
    }
  }
}
