import Glibc

/// Pooled, aligned memory of one thread: what is given back is handed out again, so that measuring one architecture after
/// another needs no new memory.
///
/// Not thread-safe: one workspace a worker.
package final class Workspace {
  /// The most bytes that are kept for use again while new memory is asked for.
  private static let freeLimit = 128 << 20

  /// Bytes handed out and not given back.
  package private(set) var bytesInUse = 0
  /// Bytes held, in use or kept for use again; at most 128 MiB more than have been in use at once.
  package private(set) var bytesHeld = 0
  /// The largest `bytesInUse` since `resetPeak()`.
  package private(set) var peakBytes = 0
  private var free: [Int: [UnsafeMutableRawPointer]] = [:]
  private var taken: [UnsafeMutableRawPointer: (bytes: Int, number: Int)] = [:]
  private var handedOut = 0
  private var promised = 0

  /// Creates an empty workspace.
  package init() {}

  deinit {
    for (bytes, list) in free { for pointer in list { Self.release(pointer, bytes) } }
    for (pointer, item) in taken { Self.release(pointer, item.bytes) }
    endWork()
  }

  /// Asks the machine for the most that a piece of work will take, before it begins; waits while it is refused and other
  /// workspaces of this process are at work. `endWork()` ends it.
  ///
  /// - Throws: `MemoryRefused` when the machine does not give it.
  package func beginWork(_ bytes: Int) throws(MemoryRefused) {
    endWork()
    try MemoryReserve.promise(bytes) { trim() }
    promised = bytes
  }

  /// Says that the work is done for which memory was asked.
  package func endWork() {
    MemoryReserve.end(promised)
    promised = 0
  }

  /// A matrix [rows, columns] of unspecified content, valid until it is given back or the workspace goes away.
  ///
  /// - Precondition: The sizes are not negative and the memory is there: callers bound their work beforehand, and ask for its
  ///   memory with `beginWork(_:)`. Where it is not, the process stops with `errno` ENOMEM, which the command line turns into a
  ///   message and an exit status.
  package func tensor<Element: TensorElement>(_ rows: Int, _ columns: Int) -> Tensor<Element> {
    precondition(rows >= 0 && columns >= 0, "sizes are not negative")
    let bytes = Self.rounded(rows * columns * MemoryLayout<Element>.stride)
    let pointer = free[bytes]?.popLast() ?? newMemory(bytes)
    handedOut += 1
    taken[pointer] = (bytes, handedOut)
    bytesInUse += bytes
    peakBytes = max(peakBytes, bytesInUse)
    return Tensor(
      pointer: pointer.assumingMemoryBound(to: Element.self), rows: rows, columns: columns, stride: columns)
  }

  /// A matrix of zeros.
  package func zeros<Element: TensorElement>(_ rows: Int, _ columns: Int) -> Tensor<Element> {
    let tensor: Tensor<Element> = tensor(rows, columns)
    tensor.fill(0)
    return tensor
  }

  /// Gives a whole matrix back.
  ///
  /// - Precondition: It came from this workspace and was not given back before; a view of rows or columns is not whole.
  package func giveBack<Element: TensorElement>(_ tensor: Tensor<Element>) {
    let pointer = UnsafeMutableRawPointer(tensor.pointer)
    guard let bytes = taken.removeValue(forKey: pointer)?.bytes else {
      preconditionFailure("only what was handed out is given back")
    }
    bytesInUse -= bytes
    free[bytes, default: []].append(pointer)
  }

  /// A moment, for `giveBack(since:)`.
  package func mark() -> Int { handedOut }

  /// Gives everything back that was handed out since a moment.
  package func giveBack(since mark: Int) { giveBack(since: mark) { _ in false } }

  /// Gives everything back that was handed out since a moment, but some whole matrices.
  package func giveBack<Element: TensorElement>(since mark: Int, except kept: [Tensor<Element>]) {
    let addresses = Set(kept.map { UnsafeMutableRawPointer($0.pointer) })
    giveBack(since: mark) { addresses.contains($0) }
  }

  private func giveBack(since mark: Int, isKept: (UnsafeMutableRawPointer) -> Bool) {
    for (pointer, item) in taken where item.number > mark && !isKept(pointer) {
      free[item.bytes, default: []].append(pointer)
      bytesInUse -= item.bytes
      taken[pointer] = nil
    }
  }

  /// Gives everything back that was handed out.
  package func giveBackAll() {
    for (pointer, item) in taken { free[item.bytes, default: []].append(pointer) }
    taken.removeAll(keepingCapacity: true)
    bytesInUse = 0
  }

  /// Returns pooled memory that is not in use to the system.
  package func trim() {
    for (bytes, list) in free { for pointer in list { Self.release(pointer, bytes) } }
    free = [:]
    bytesHeld = bytesInUse
  }

  /// Starts the measure of `peakBytes` anew.
  package func resetPeak() { peakBytes = bytesInUse }

  /// Few sizes, so that memory is found again: multiples of 64 bytes, above 4 KiB of an eighth of the power of two below.
  private static func rounded(_ bytes: Int) -> Int {
    guard bytes > 4096 else { return max(64, (bytes + 63) & ~63) }
    let step = max(64, 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount - 3))
    return (bytes + step - 1) & ~(step - 1)
  }

  /// New memory; what is kept for use again goes back to the system first when it is much.
  private func newMemory(_ bytes: Int) -> UnsafeMutableRawPointer {
    if bytesHeld - bytesInUse > Self.freeLimit { trim() }
    if let pointer = Self.allocate(bytes) {
      bytesHeld += bytes
      return pointer
    }
    trim()
    guard let pointer = Self.allocate(bytes) else {
      errno = ENOMEM
      preconditionFailure("the machine refused \(bytes) bytes of memory")
    }
    bytesHeld += bytes
    return pointer
  }

  /// From so many bytes on, memory is mapped by itself and goes back to the system when it is released. The allocator would keep
  /// it for blocks of about the same size, which the next architecture has none of: several gigabytes after some hundred.
  private static let mappedFrom = 1 << 16

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
    guard bytes < mappedFrom else {
      let pointer = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      return pointer == MAP_FAILED ? nil : pointer
    }
    var pointer: UnsafeMutableRawPointer?
    return posix_memalign(&pointer, 64, bytes) == 0 ? pointer : nil
  }

  private static func release(_ pointer: UnsafeMutableRawPointer, _ bytes: Int) {
    if bytes < mappedFrom { Glibc.free(pointer) } else { munmap(pointer, bytes) }
  }
}
