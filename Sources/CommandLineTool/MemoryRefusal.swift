import Foundation

/// What happens when the machine refuses memory where nothing can be thrown: a message and an exit status instead of a crash.
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
