import Glibc

/// A plain file under a folder, open to be read a part at a time, to which no symbolic link leads.
///
/// Each part of the path is opened from the folder before it, so that nothing that is exchanged meanwhile leads elsewhere.
package final class ContainedFile: Sendable {
  private let descriptor: Int32
  private let path: String
  /// Its bytes when it was opened.
  package let size: Int
  /// Its stamp when it was opened.
  package let stamp: FileStamp

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - relative: Its path in the folder, without `..`.
  ///   - folder: The folder, no link itself.
  /// - Throws: `FileFailure`: `.escapes` for a path that would leave the folder, `.notFound`, `.system` also for links and for what is
  ///   no plain file.
  package init(_ relative: String, in folder: String) throws(FileFailure) {
    let path = try FileSystem.contained(relative, in: folder)
    let parts = relative.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !parts.contains(""), !parts.contains(".") else { throw .notFound(path: path) }
    var current = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    for (index, part) in parts.enumerated() where current >= 0 {
      let isLast = index == parts.count - 1
      // Without waiting for the other end of a pipe.
      let next = openat(
        current, part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isLast ? O_NOCTTY : O_DIRECTORY))
      let code = errno
      close(current)
      errno = code
      current = next
    }
    guard current >= 0 else { throw FileSystem.failure(path, "open") }
    var status = stat()
    guard fstat(current, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(current)
      throw .system(path: path, action: "read", code: EISDIR, text: "it is not a plain file")
    }
    descriptor = current
    self.path = path
    size = Int(status.st_size)
    stamp = FileStamp(status)
  }

  deinit { close(descriptor) }

  /// The next bytes, at most `count`; none at the end.
  ///
  /// - Throws: `FileFailure.system`.
  package func next(_ count: Int) throws(FileFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let read = Glibc.read(descriptor, &bytes, count)
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw FileSystem.failure(path, "read") }
      return Array(bytes[..<read])
    }
  }

  /// All bytes that are left.
  ///
  /// - Throws: `FileFailure.system`, or `.tooLarge` when there are more than `limit`.
  package func all(limit: Int) throws(FileFailure) -> [UInt8] {
    guard size <= limit else { throw .tooLarge(path: path, bytes: size, limit: limit) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    while true {
      let part = try next(1 << 18)
      if part.isEmpty { return bytes }
      bytes += part
      guard bytes.count <= limit else { throw .tooLarge(path: path, bytes: bytes.count, limit: limit) }
    }
  }
}
