import Synchronization

/// Tells the state of a preview to all who listen: the newest to each, as fast as it takes them.
package final class StateChannel: Sendable {
  private struct Content: Sendable {
    var state: PreviewState
    var listeners: [Int: AsyncStream<PreviewState>.Continuation] = [:]
    var count = 0
    /// True when the newest state has not been told.
    var isWaiting = false
    var last = ContinuousClock.now
  }

  private let content: Mutex<Content>
  /// The most listeners.
  private let limit: Int
  /// The shortest time between two tellings of the same run's progress.
  private static let pause = Duration.milliseconds(200)

  package init(_ state: PreviewState, limit: Int = 16) {
    content = Mutex(Content(state: state))
    self.limit = limit
  }

  /// The newest state.
  package var state: PreviewState { content.withLock { $0.state } }

  /// Another state: told at once when its phase, its edition or its problems are others, and otherwise now and then.
  package func tell(_ change: (inout PreviewState) -> Void) {
    content.withLock { content in
      let before = content.state
      change(&content.state)
      let after = content.state
      guard after != before else { return }
      let isNews = (after.phase, after.edition) != (before.phase, before.edition) || after.problems != before.problems
      content.isWaiting = true
      if isNews || ContinuousClock.now - content.last >= Self.pause { Self.send(&content) }
    }
  }

  /// Tells what was held back.
  package func flush() { content.withLock { if $0.isWaiting { Self.send(&$0) } } }

  /// Tells the state again, by which listeners that are gone are noticed.
  func `repeat`() { content.withLock { Self.send(&$0) } }

  private static func send(_ content: inout Content) {
    content.isWaiting = false
    content.last = ContinuousClock.now
    for listener in content.listeners.values { listener.yield(content.state) }
  }

  /// The state now and every later one, without those that came too fast; nil when as many listen as may. It ends when the listener goes.
  package func listen() -> AsyncStream<PreviewState>? {
    let (stream, continuation) = AsyncStream.makeStream(of: PreviewState.self, bufferingPolicy: .bufferingNewest(1))
    let number = content.withLock { content -> Int? in
      guard content.listeners.count < limit else { return nil }
      content.count += 1
      content.listeners[content.count] = continuation
      continuation.yield(content.state)
      return content.count
    }
    guard let number else { return nil }
    continuation.onTermination = { [weak self] _ in
      // Released outside the lock.
      let gone = self?.content.withLock { $0.listeners.removeValue(forKey: number) }
      gone?.finish()
    }
    return stream
  }

  /// Listeners now.
  package var listeners: Int { content.withLock { $0.listeners.count } }
}
