import Glibc
import Synchronization

extension FileSystem {
  /// Number of temporary files that this process has made.
  private static let temporaryCount = Atomic<Int>(0)

  /// Writes a file so that a reader sees the old content or the whole new content, never a part: a file without a name in the
  /// same folder, synchronised, then given a name and renamed. Missing folders are made.
  ///
  /// A process that is killed leaves nothing, or, between two calls, a hidden file that the next write of the same path
  /// removes. Devices and pipes are written to as they are; where the path is a symbolic link, what it leads to is
  /// replaced.
  ///
  /// - Throws: `FileFailure.system`.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    guard !path.isEmpty else {
      throw .system(path: "\"\"", action: "write", code: EINVAL, text: "the name is empty")
    }
    var place = path
    var status = stat()
    if stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG: place = resolved(path) ?? path
      case S_IFDIR: throw .system(path: path, action: "write", code: EEXIST, text: "it is a folder")
      default: return try writeThrough(bytes, to: path)
      }
    }
    try makeFolder(folder(of: place))
    try replace(place, with: bytes)
  }

  /// Writes to a device or a pipe.
  private static func writeThrough(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "write") }
    defer { close(descriptor) }
    try writeAll(bytes, to: descriptor, path: path)
  }

  private static func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
    let folder = folder(of: path)
    let stem = ".trainfree-\(SHA256.hexDigest(name(of: path)).prefix(16))-"
    removeDead(stem, in: folder)
    let number = temporaryCount.wrappingAdd(1, ordering: .relaxed).newValue
    let temporary = "\(folder)/\(stem)\(getpid())-\(number)"
    // A file without a name, and where the file system has none, one with a hidden name.
    let nameless = open(folder, 0o20000000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o644)
    var isNamed = nameless < 0
    let descriptor = isNamed ? open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644) : nameless
    guard descriptor >= 0 else { throw failure(path, "write") }
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX | LOCK_NB)
    do throws(FileFailure) {
      try writeAll(bytes, to: descriptor, path: path)
      guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(path, "write") }
      if !isNamed {
        guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0 else {
          throw failure(path, "write")
        }
        isNamed = true
      }
      guard rename(temporary, path) == 0 else { throw failure(path, "write") }
    } catch {
      if isNamed { unlink(temporary) }
      throw error
    }
  }

  /// Takes away what dead processes left of a file: a living one holds a lock.
  private static func removeDead(_ stem: String, in folder: String) {
    for name in names(in: folder) where name.hasPrefix(stem) {
      let descriptor = open("\(folder)/\(name)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink("\(folder)/\(name)") }
      close(descriptor)
    }
  }

  /// A path without symbolic links; nil when it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
