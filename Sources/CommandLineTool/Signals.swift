import Dispatch
import Foundation

/// Ends the process in good order when it is asked to: on INT (Ctrl-C), TERM, QUIT, and on HUP unless that was ignored when
/// it began, as under `nohup`.
final class Interruption: @unchecked Sendable {  // What changes is behind the lock.
  /// The one of this process.
  static let shared = Interruption()

  /// The longest wait for last actions, in seconds.
  private static let patience = 5

  private let lock = NSLock()
  private let shield = NSLock()
  private var sources: [any DispatchSourceSignal] = []
  private var actions: [Int: @Sendable () -> Void] = [:]
  private var count = 0

  /// Takes the signals over.
  func install() {
    // A queue of its own has a thread when every other one is measuring.
    let queue = DispatchQueue(label: "interruption", qos: .userInteractive)
    lock.withLock {
      sources = [SIGINT, SIGTERM, SIGQUIT, SIGHUP].compactMap { number in
        let before = signal(number, SIG_IGN)
        if number == SIGHUP, unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler { [self] in end() }
        source.resume()
        return source
      }
    }
  }

  /// Has an action carried out before the process is ended by a signal, until it is taken back; steps that ended are in the
  /// store by then.
  func atEnd(_ action: @escaping @Sendable () -> Void) -> Int {
    lock.withLock {
      count += 1
      actions[count] = action
      return count
    }
  }

  /// Takes an action back.
  func cancel(_ number: Int) { lock.withLock { actions[number] = nil } }

  /// Carries something out that no signal interrupts: one that comes meanwhile ends the process afterwards.
  func shielded<Value>(_ body: () throws -> Value) rethrows -> Value {
    shield.lock()
    defer { shield.unlock() }
    return try body()
  }

  private func end() {
    shield.lock()
    let last = lock.withLock { actions.sorted { $0.key > $1.key }.map(\.value) }
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      for action in last { action() }
      done.signal()
    }
    _ = done.wait(timeout: .now() + .seconds(Self.patience))
    Console.write(
      last.isEmpty ? "\ninterrupted\n" : "\ninterrupted; what has ended is kept, and the next run goes on from there\n",
      to: STDERR_FILENO)
    _exit(ExitStatus.interrupted.rawValue)
  }
}
