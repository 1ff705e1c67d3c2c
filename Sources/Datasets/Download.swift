import Files
import Foundation
import FoundationNetworking
import Outcomes
import Synchronization

/// A download into a partial file, going on where an earlier one stopped.
struct Download {
  /// The most redirections that are followed.
  static let redirectLimit = 10

  let partial: String
  let limit: Int
  let pace: DownloadPace
  let progress: @Sendable (Int) -> Void

  /// Fetches until the partial file has `limit` bytes.
  ///
  /// - Throws: `Reason` for an answer that is no file, too slow, too long or cut short.
  func run(_ address: URL) async throws(Reason) {
    var address = address
    let start = FileSystem.size(partial) ?? 0
    if start == limit, limit > 0 { return }
    for _ in 0...Self.redirectLimit {
      let exchange = Exchange(
        address, partial: partial, start: start < limit ? start : 0, limit: limit, pace: pace, progress: progress)
      switch await exchange.outcome() {
      case .whole: return
      case .failed(let reason): throw Reason(reason)
      case .sentOn(let other):
        guard DataFetcher.maySendOn(from: address, to: other) else {
          throw Reason("the server sends on to \(other.absoluteString), which is not HTTPS")
        }
        address = other
      }
    }
    throw Reason("the server sends on over \(Self.redirectLimit) times")
  }
}

/// One request and its answer.
///
/// The session of the system reads ahead of its delegate and stops some time after it is told to. So what arrives after the
/// outcome is known is dropped at once, and the session is stopped from another thread: nothing gathers in memory. A task
/// that has been cancelled must not be answered any more, for the system's session stops the process then: answers are given,
/// and cancelling is begun, under one lock (`answer(_:)`, `cancel(_:)`).
private final class Exchange: NSObject, URLSessionDataDelegate, Sendable {
  enum Outcome {
    case whole
    case sentOn(URL)
    case failed(String)
  }

  private struct State {
    var handle: FileHandle?
    var received = 0
    var hasAnswer = false
    /// Bytes when the window began, and when that was.
    var window = (received: 0, start: ContinuousClock.now)
    var continuation: CheckedContinuation<Outcome, Never>?
    var outcome: Outcome?
    var isCancelled = false
  }

  private let address: URL
  private let partial: String
  private let start: Int
  private let limit: Int
  private let pace: DownloadPace
  private let progress: @Sendable (Int) -> Void
  private let state = Mutex(State())

  init(
    _ address: URL, partial: String, start: Int, limit: Int, pace: DownloadPace,
    progress: @escaping @Sendable (Int) -> Void
  ) {
    self.address = address
    self.partial = partial
    self.start = start
    self.limit = limit
    self.pace = pace
    self.progress = progress
  }

  func outcome() async -> Outcome {
    var request = URLRequest(url: address)
    request.timeoutInterval = 2 * max(pace.answerSeconds, pace.windowSeconds)
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    if start > 0 { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }
    let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
    let watch = Task {
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(100))
        checkPace()
      }
    }
    let task = session.dataTask(with: request)
    let outcome = await withCheckedContinuation { continuation in
      state.withLock { $0.continuation = continuation }
      task.resume()
    }
    watch.cancel()
    if case .whole = outcome {
      session.finishTasksAndInvalidate()
    } else {
      DispatchQueue.global().async {
        self.cancel(task)
        session.finishTasksAndInvalidate()
      }
    }
    return outcome
  }

  /// Gives the session the answer that it waits for, unless the task has been cancelled.
  private func answer(_ body: () -> Void) {
    state.withLock { state in
      if !state.isCancelled { body() }
    }
  }

  /// Cancels a task after every answer that has been given.
  private func cancel(_ task: URLSessionTask) {
    state.withLock { $0.isCancelled = true }
    task.cancel()
  }

  /// Settles the outcome, once.
  private func end(_ outcome: Outcome) {
    let continuation = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
      guard state.outcome == nil else { return nil }
      state.outcome = outcome
      if case .whole = outcome { try? state.handle?.synchronize() }
      try? state.handle?.close()
      state.handle = nil
      defer { state.continuation = nil }
      return state.continuation
    }
    continuation?.resume(returning: outcome)
  }

  private func checkPace() {
    let now = ContinuousClock.now
    let problem = state.withLock { state -> String? in
      let elapsed = now - state.window.start
      guard state.hasAnswer else {
        return elapsed < .seconds(pace.answerSeconds) ? nil : "no answer within \(pace.answerSeconds) s"
      }
      guard elapsed >= .seconds(pace.windowSeconds) else { return nil }
      let arrived = state.received - state.window.received
      state.window = (state.received, now)
      return arrived >= pace.leastBytes ? nil : "only \(arrived) bytes arrived in \(pace.windowSeconds) s"
    }
    if let problem { end(.failed("the server is too slow: \(problem)")) }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let problem = answerProblem(response)
    // What comes of an answer that is not wanted is dropped until the task is cancelled.
    answer { completionHandler(.allow) }
    if let problem { end(.failed(problem)) }
  }

  /// Opens the partial file for an answer; what is wrong with the answer, or nil.
  private func answerProblem(_ response: URLResponse) -> String? {
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    guard status == 200 || status == 206 else { return "the server answered \(status)" }
    let first = status == 206 ? start : 0
    let announced = response.expectedContentLength
    guard announced <= Int64(limit - first) else {
      return "the server announces \(announced) bytes where the catalogue says \(limit - first)"
    }
    return state.withLock { state in
      guard state.outcome == nil else { return nil }
      if first == 0 { _ = FileManager.default.createFile(atPath: partial, contents: nil) }
      state.handle = FileHandle(forWritingAtPath: partial)
      if first > 0 { _ = try? state.handle?.seekToEnd() }
      state.received = first
      state.hasAnswer = true
      state.window = (first, ContinuousClock.now)
      return state.handle == nil ? "\(partial) cannot be written" : nil
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let outcome = state.withLock { state -> (received: Int, problem: String?)? in
      guard state.outcome == nil, let handle = state.handle else { return nil }
      guard state.received + data.count <= limit else {
        return (state.received, "the file is larger than the catalogue says (\(limit) bytes)")
      }
      do { try handle.write(contentsOf: data) } catch { return (state.received, "\(error)") }
      state.received += data.count
      return (state.received, nil)
    }
    guard let outcome else { return }
    if let problem = outcome.problem { end(.failed(problem)) } else { progress(outcome.received) }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    // With nil the task ends with this answer.
    answer { completionHandler(nil) }
    // The request offered here may have the old server's address where the answer names another scheme.
    if let text = response.value(forHTTPHeaderField: "Location"), let other = URL(string: text, relativeTo: address) {
      end(.sentOn(other.absoluteURL))
    } else {
      end(.failed("the server sends on to an address that cannot be read"))
    }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let received = state.withLock { $0.received }
    if let error {
      end(.failed((error as NSError).localizedDescription))
    } else {
      end(received == limit ? .whole : .failed("only \(received) of \(limit) bytes arrived"))
    }
  }
}

/// Bounds on the time that a server is waited for.
package struct DownloadPace: Sendable, Hashable {
  /// Seconds until it has to answer, connecting included.
  package var answerSeconds: Double
  /// Bytes that have to arrive in every window.
  package var leastBytes: Int
  package var windowSeconds: Double

  package init(answerSeconds: Double, leastBytes: Int, windowSeconds: Double) {
    self.answerSeconds = answerSeconds
    self.leastBytes = leastBytes
    self.windowSeconds = windowSeconds
  }

  /// An answer within 30 s, then 1 KiB/s over every 20 s.
  package static let standard = DownloadPace(answerSeconds: 30, leastBytes: 20 << 10, windowSeconds: 20)
}
