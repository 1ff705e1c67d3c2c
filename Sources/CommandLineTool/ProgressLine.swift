import Pipeline
import Runner
import Synchronization

/// Shows how far a run is: a line that is replaced on a terminal, lines now and then elsewhere.
final class ProgressLine: Sendable {
  private struct State {
    var running: [String] = []
    var ran = 0
    var parts: [String: StepProgress] = [:]
  }

  private let console: Console
  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private let total: Int

  init(console: Console, total: Int) {
    self.console = console
    self.total = total
  }

  func show(_ event: RunEvent) {
    switch event {
    case .began(let name):
      state.withLock { $0.running.append(name) }
      if console.isVerbose { console.log("running \(name)") }
    case .progressed(let name, let done, let total): progressed(name, done, total)
    case .ended(let name, let outcome, let done, _): ended(name, outcome, done)
    }
  }

  private func progressed(_ name: String, _ done: Int, _ total: Int) {
    let now = ContinuousClock.now - start
    let (text, isDue) = state.withLock { state in
      var progress = state.parts[name] ?? StepProgress(done: done, at: now)
      progress.advance(to: done)
      let isDue = !console.showsProgress && progress.isLineDue(at: now)
      state.parts[name] = progress
      return (progress.text(of: total, at: now), isDue)
    }
    if isDue { console.log("\(name): \(text)") }
    console.progress("\(name) \(text)")
  }

  private func ended(_ name: String, _ outcome: StepOutcome, _ done: Int) {
    let (running, ran) = state.withLock { state in
      state.running.removeAll { $0 == name }
      state.parts[name] = nil
      if case .ran = outcome { state.ran += 1 }
      return (state.running, state.ran)
    }
    if case .ran(let seconds) = outcome, !console.showsProgress, seconds >= 1 || console.isVerbose {
      console.log("[\(done)/\(total)] \(name) \((seconds * 10).rounded() / 10) s")
    }
    let elapsed = Double((ContinuousClock.now - start).components.seconds)
    let left =
      ran > 0 && elapsed >= 1 ? ", about \(Int(elapsed / Double(ran) * Double(total - done)) + 1) s left" : ""
    console.progress("[\(done)/\(total)\(left)] \(running.first ?? name)")
  }
}

/// The progress of a step of many parts, and an estimate of the time left.
struct StepProgress: Sendable, Hashable {
  /// Time between lines where no line can be replaced.
  static let interval = Duration.seconds(10)

  private let first: Int
  private let start: Duration
  private var lastLine: Duration
  private(set) var done: Int

  /// Begins with the parts that were done before.
  init(done: Int, at time: Duration) {
    first = done
    start = time
    lastLine = time
    self.done = done
  }

  /// Takes a report, which may come late.
  mutating func advance(to count: Int) { done = max(done, count) }

  /// True when it is time for a line; the next is due an interval later.
  mutating func isLineDue(at time: Duration) -> Bool {
    guard time - lastLine >= Self.interval else { return false }
    lastLine = time
    return true
  }

  /// Such as `37/340, about 4 min left`; the estimate is the mean pace since the start, from the second part on.
  func text(of total: Int, at time: Duration) -> String {
    let made = done - first
    guard made >= 2, done < total else { return "\(done)/\(total)" }
    let left = (time - start) / Double(made) * Double(total - done)
    return "\(done)/\(total), about \(Self.words(left)) left"
  }

  private static func words(_ duration: Duration) -> String {
    let seconds = Int(min(1e9, max(1, (duration / Duration.seconds(1)).rounded(.up))))
    if seconds < 100 { return "\(seconds) s" }
    if seconds < 6000 { return "\((seconds + 30) / 60) min" }
    return "\((seconds + 1800) / 3600) h"
  }
}
