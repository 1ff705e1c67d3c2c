import ArgumentParser
import Dispatch
import Foundation

/// Ends the process in good order when it is asked to: on INT (Ctrl-C), TERM, QUIT, and on HUP unless that was ignored when
/// it began, as under `nohup`.
final class Interruption: @unchecked Sendable {  // What changes is behind the lock.
  /// The instance that handles the signals of this process.
  static let shared = Interruption()

  /// The longest wait for last actions, in seconds.
  private static let patience = 5

  private let lock = NSLock()
  private let shield = NSLock()
  private var sources: [any DispatchSourceSignal] = []
  private var actions: [Int: @Sendable () -> Void] = [:]
  private var count = 0
  private var isServing = false

  /// Takes the signals over: one that comes carries out the last actions and ends the process.
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

  /// Makes a signal the way to end the process that it is for a server: with status 0, unless something has last actions.
  func serve() { lock.withLock { isServing = true } }

  /// Carries something out that no signal interrupts: one that comes meanwhile ends the process afterwards.
  func shielded<Value>(_ body: () throws -> Value) rethrows -> Value {
    shield.lock()
    defer { shield.unlock() }
    return try body()
  }

  private func end() {
    shield.lock()
    let (last, isServing) = lock.withLock { (actions.sorted { $0.key > $1.key }.map(\.value), self.isServing) }
    if isServing, last.isEmpty {
      Console.write("\nstopped\n", to: STDERR_FILENO)
      _exit(ExitCode.success.rawValue)
    }
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

/// Answers a refusal of memory where nothing can be thrown with a message and an exit status instead of a crash.
/// The store is sound, since every change of it is one transaction.
enum MemoryRefusal {
  /// The handlers that were there before, by signal.
  nonisolated(unsafe) private static var before: [sigaction] = []
  private static let signals = [SIGTRAP, SIGILL, SIGABRT, SIGSEGV, SIGBUS]

  /// Takes over the signals by which the runtime stops; those that no refusal came before go the way they went.
  static func install() {
    guard before.isEmpty else { return }
    before = signals.map { number in
      var action = sigaction()
      var old = sigaction()
      action.__sigaction_handler.sa_handler = { MemoryRefusal.stop($0) }
      action.sa_flags = SA_ONSTACK
      sigaction(number, &action, &old)
      return old
    }
  }

  private static func stop(_ number: Int32) {
    guard errno == ENOMEM else {
      for (known, old) in zip(signals, before) where known == number {
        var old = old
        sigaction(number, &old, nil)
      }
      raise(number)
      return
    }
    let message: StaticString =
      "error: the machine refused memory; what has ended is kept. Give it more, or measure smaller networks with fewer workers (-j)\n"
    _ = Glibc.write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
    _exit(ExitStatus.inner.rawValue)
  }
}
