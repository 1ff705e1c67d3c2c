import Diagnostics

/// Bytes that are read once, from the first to the last.
package protocol ByteSource {
  /// Number of bytes in all.
  var totalBytes: Int { get }

  /// Reads the next bytes into a buffer that is not empty; 0 at the end.
  mutating func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(DiagnosticsError) -> Int
}

/// Bytes in memory.
package struct MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  /// Reads from an array.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var totalBytes: Int { bytes.count }

  /// Copies the next bytes.
  package mutating func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(DiagnosticsError) -> Int {
    let count = min(buffer.count, bytes.count - position)
    _ = buffer.update(fromContentsOf: bytes[position..<position + count])
    position += count
    return count
  }
}

/// A part of a source in memory, moved along it.
final class ByteWindow {
  private var source: any ByteSource
  private let storage: UnsafeMutableBufferPointer<UInt8>
  private var count = 0
  /// Number of bytes of the source.
  let totalBytes: Int
  /// True once a read has found no further bytes in the source.
  private(set) var isAtEnd = false

  init(_ source: any ByteSource, capacity: Int) {
    self.source = source
    totalBytes = source.totalBytes
    storage = .allocate(capacity: capacity)
  }

  deinit { storage.deallocate() }

  /// The bytes held; valid until the next refill.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: storage[..<count]) }

  /// Drops the bytes before a position and reads until the window is full or the source ends.
  func refill(keepingFrom position: Int) throws(DiagnosticsError) {
    let kept = count - position
    if position > 0, kept > 0, let base = storage.baseAddress { base.update(from: base + position, count: kept) }
    count = kept
    while count < storage.count {
      let read = try source.read(into: UnsafeMutableBufferPointer(rebasing: storage[count...]))
      guard read > 0 else {
        isAtEnd = true
        return
      }
      count += read
    }
  }
}
