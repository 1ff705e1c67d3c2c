import Glibc
import Synchronization

/// The machine does not give the memory that a piece of work may need.
package struct MemoryRefused: Error, Sendable, Hashable {
  /// The bytes that were asked for.
  package var bytes: Int
}

/// Memory that is promised to the pieces of work going on in this process.
///
/// Work that is bounded beforehand asks here first, so that it is not begun when it could not be finished: a matrix that
/// cannot be had in the midst of it is no error that could be thrown. A limit on the address space (`ulimit -v`) is seen in
/// this way; that a machine promises more than it has is not.
enum MemoryReserve {
  /// Bytes that are asked for besides the promise, for all that is not a matrix.
  private static let headroom = 64 << 20
  /// No process has more addresses.
  private static let addressSpace = 1 << 48
  /// Time between two looks while others are at work, in microseconds.
  private static let pause: UInt32 = 20_000
  private static let promised = Mutex(0)

  /// Promises memory; waits while it is refused and others are at work.
  ///
  /// - Parameters:
  ///   - bytes: The most that the work takes.
  ///   - release: Gives memory that is not in use back to the system; called before the second look.
  /// - Throws: `MemoryRefused` when it is refused although nobody else is at work.
  static func promise(_ bytes: Int, release: () -> Void) throws(MemoryRefused) {
    guard bytes < addressSpace else { throw MemoryRefused(bytes: bytes) }
    // Bounds are loose, and together they may be beyond a machine that has enough for the work: they are added up only where
    // a limit would refuse the work's own matrices.
    let isLimited = hasLimit
    var hasReleased = false
    while true {
      let (isGiven, isAlone) = promised.withLock { total -> (Bool, Bool) in
        let isAlone = total == 0
        guard isThere(isLimited ? total + bytes : bytes) else { return (false, isAlone) }
        total += bytes
        return (true, isAlone)
      }
      if isGiven { return }
      if !hasReleased {
        release()
        hasReleased = true
      } else if isAlone {
        throw MemoryRefused(bytes: bytes)
      } else {
        usleep(pause)
      }
    }
  }

  /// Takes a promise back.
  static func end(_ bytes: Int) { promised.withLock { $0 -= bytes } }

  /// True when the address space of this process is limited.
  private static var hasLimit: Bool {
    var limit = rlimit()
    return getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 && limit.rlim_cur < rlim_t(addressSpace)
  }

  /// True when so many bytes and the headroom could be had now: they are taken and given back at once.
  private static func isThere(_ bytes: Int) -> Bool {
    let size = bytes + headroom
    guard let pointer = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      pointer != MAP_FAILED
    else { return false }
    munmap(pointer, size)
    return true
  }
}
