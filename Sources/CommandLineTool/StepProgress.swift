/// How far a step of many parts is, and when it will be done.
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

  /// Whether it is time for a line; the next is due an interval later.
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
