import Glibc

/// Reads a file from its beginning to its end, and digests what it reads.
package final class FileReader {
  private let descriptor: Int32
  private let path: String
  private let limit: Int
  private var hasher = SHA256.Hasher()
  /// The file's size when it was opened.
  package let size: Int
  /// Bytes read so far.
  package private(set) var count = 0

  /// Opens a file.
  ///
  /// - Throws: `FileFailure.notFound`, `.tooLarge` or `.system`.
  package init(_ path: String, limit: Int) throws(FileFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.failure(path, "open") }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw .system(path: path, action: "read", code: EISDIR, text: "it is not a file")
    }
    guard Int(status.st_size) <= limit else {
      close(descriptor)
      throw .tooLarge(path: path, bytes: Int(status.st_size), limit: limit)
    }
    self.descriptor = descriptor
    self.path = path
    self.limit = limit
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads the next bytes; 0 at the end.
  ///
  /// - Throws: `FileFailure.system`, or `.tooLarge` when the file has grown.
  package func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(FileFailure) -> Int {
    while true {
      let read = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw FileSystem.failure(path, "read") }
      count += read
      guard count <= limit else { throw .tooLarge(path: path, bytes: count, limit: limit) }
      hasher.update(UnsafeBufferPointer(rebasing: buffer[..<read]))
      return read
    }
  }

  /// Reads what is left, keeping none of it.
  ///
  /// - Throws: as `read(into:)`.
  package func drain() throws(FileFailure) {
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20)
    defer { buffer.deallocate() }
    while try read(into: buffer) > 0 {}
  }

  /// SHA-256 of what was read; nothing can be read afterwards.
  package func digest() -> String { hasher.finish() }

  /// Hands out the open file, at its beginning; what is read there is neither counted nor digested.
  package func rewound<Result, Failure: Error>(
    _ body: (_ descriptor: Int32) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    lseek(descriptor, 0, SEEK_SET)
    return try body(descriptor)
  }

  /// The bytes at a place, fewer at the end of the file.
  ///
  /// - Throws: `FileFailure.system`.
  package func bytes(at offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = pread(descriptor, &bytes, count, off_t(offset))
    guard read >= 0 else { throw FileSystem.failure(path, "read") }
    return Array(bytes[..<read])
  }
}
