import FlyingSocks
import Glibc
import Synchronization

/// The open connections, with the time until which each has to get on.
final class ConnectionTable: Sendable {
  private struct Entry {
    var descriptor: Int32
    var deadline: ContinuousClock.Instant
  }
  private struct Content {
    var entries: [Int: Entry] = [:]
    var count = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let content = Mutex(Content())
  private let limit: Int

  /// - Parameter limit: The most connections at once.
  init(limit: Int) { self.limit = limit }

  /// Waits until there is room for one more.
  func room() async {
    await withCheckedContinuation { continuation in
      let isFree = content.withLock { content in
        if content.entries.count < limit { return true }
        content.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  /// Adds a connection; its number.
  func add(_ socket: AsyncSocket, for time: Duration) -> Int {
    content.withLock { content in
      content.count += 1
      content.entries[content.count] = Entry(
        descriptor: socket.socket.file.rawValue, deadline: ContinuousClock.now + time)
      return content.count
    }
  }

  /// Gives a connection time until it has to have got on again.
  func extend(_ number: Int, by time: Duration) {
    content.withLock { $0.entries[number]?.deadline = ContinuousClock.now + time }
  }

  /// Ends a connection.
  func close(_ number: Int, _ socket: AsyncSocket) {
    let next = content.withLock { content -> CheckedContinuation<Void, Never>? in
      content.entries[number] = nil
      // Within the lock: the number of a closed descriptor may be another connection's.
      try? socket.close()
      return content.waiting.isEmpty ? nil : content.waiting.removeFirst()
    }
    next?.resume()
  }

  /// Cuts connections off that have not got on; whoever waits for them is told by the system.
  func cutOverdue() {
    let now = ContinuousClock.now
    content.withLock { content in
      for entry in content.entries.values where entry.deadline < now { shutdown(entry.descriptor, Int32(SHUT_RDWR)) }
    }
  }
}
