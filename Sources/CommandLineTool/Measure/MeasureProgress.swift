import Diagnostics
import Documents
import Measurements
import Synchronization

/// Shows how far measuring is, and with `-v` what each measurement took.
final class MeasureProgress: Sendable {
  private let console: Console
  private let names: [String]
  private let start = ContinuousClock.now
  private let done = Mutex(0)

  init(console: Console, names: [String]) {
    self.console = console
    self.names = names
    console.progress("[0/\(names.count)] measuring")
  }

  func ended(_ index: Int, _ outcome: Result<Evaluation, EvaluationFailure>) {
    let count = done.withLock { done in
      done += 1
      return done
    }
    let name = ConsoleWriter.visible(names[index])
    if console.isVerbose, case .success(let result) = outcome {
      console.log("[\(count)/\(names.count)] \(name): \(Self.cost(result))")
    }
    let elapsed = Double((ContinuousClock.now - start).components.seconds)
    let left = elapsed < 1 ? "" : ", about \(Int(elapsed / Double(count) * Double(names.count - count)) + 1) s left"
    console.progress("[\(count)/\(names.count)\(left)] \(name)")
  }

  /// "1.23 s, 412 MB, 87.1 GFLOP/s".
  private static func cost(_ result: Evaluation) -> String {
    func rounded(_ value: Double, _ scale: Double) -> String {
      JSONValue.numberText((value * scale).rounded() / scale)
    }
    let rate =
      result.seconds > 0 ? ", \(rounded(result.floatingPointOperations / result.seconds / 1e9, 10)) GFLOP/s" : ""
    return "\(rounded(result.seconds, 1000)) s, \(rounded(Double(result.peakBytes) / 1e6, 1)) MB\(rate)"
  }
}
