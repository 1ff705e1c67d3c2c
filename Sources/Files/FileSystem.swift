import Glibc

/// Whole-file reading with bounds, and paths. `write` is in `FileSystem+Write.swift`.
package enum FileSystem {
  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The most bytes accepted.
  /// - Throws: `FileFailure.notFound`, `.tooLarge`, or `.system`.
  package static func read(_ path: String, limit: Int = 1 << 30) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "open") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "read") }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw .system(path: path, action: "read", code: EISDIR, text: "it is a folder")
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw .tooLarge(path: path, bytes: size, limit: limit) }
    var bytes = [UInt8]()
    bytes.reserveCapacity(size)
    var chunk = [UInt8](repeating: 0, count: min(max(size, 1 << 12), 1 << 20))
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, "read")
      }
      guard bytes.count + count <= limit else {
        throw .tooLarge(path: path, bytes: bytes.count + count, limit: limit)
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// The first bytes of a file, at most `count`.
  ///
  /// - Throws: `FileFailure`.
  package static func head(_ path: String, count: Int) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "open") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let length = Glibc.read(descriptor, &bytes, count)
    guard length >= 0 else { throw failure(path, "read") }
    return Array(bytes[..<length])
  }

  /// The size and the SHA-256 of a file, read a part at a time.
  ///
  /// - Throws: `FileFailure.notFound` or `.system`.
  package static func digest(_ path: String) throws(FileFailure) -> (bytes: Int, digest: String) {
    let reader = try FileReader(path, limit: .max)
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
    defer { buffer.deallocate() }
    while try reader.read(into: buffer) > 0 {}
    return (reader.count, reader.digest())
  }

  /// Makes a folder and those above it.
  ///
  /// - Throws: `FileFailure.system`.
  package static func makeFolder(_ path: String) throws(FileFailure) {
    guard !path.isEmpty, path != "/", path != ".", !isFolder(path) else { return }
    try makeFolder(folder(of: path))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST && isFolder(path) else {
      throw failure(path, "make the folder")
    }
  }

  /// True when a path names an existing file or folder.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// True when a path names a folder, also through a symbolic link.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True when a path names an ordinary file, also through a symbolic link.
  package static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// True when a path is a symbolic link itself, wherever that leads.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// True when this process may write to the file or folder at a path.
  package static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// The size of a file in bytes; nil when there is none.
  package static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// The names in a folder, sorted; empty when it cannot be read.
  package static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a file; true when it is gone.
  @discardableResult
  package static func remove(_ path: String) -> Bool { unlink(path) == 0 || errno == ENOENT }

  /// The folder part of a path: "a/b" of "a/b/c", "." of "c", "/" of "/c".
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// `folder/relative`, refusing a relative path that is absolute, empty, holds `..` or a NUL.
  ///
  /// - Throws: `FileFailure.escapes`.
  package static func contained(_ relative: String, in folder: String) throws(FileFailure) -> String {
    let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
    guard !relative.isEmpty, !relative.hasPrefix("/"), !parts.contains(".."), !relative.utf8.contains(0) else {
      throw .escapes(path: relative, folder: folder)
    }
    return folder == "/" ? "/\(relative)" : "\(folder)/\(relative)"
  }

  /// Writes all bytes to an open file.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileFailure) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, "write")
      }
      written += count
    }
  }

  /// The last error of the operating system as a failure of a path; `notFound` when a file to be read is not there.
  static func failure(_ path: String, _ action: String) -> FileFailure {
    let code = errno
    if code == ENOENT || code == ENOTDIR, action == "open" || action == "read" { return .notFound(path: path) }
    return .system(path: path, action: action, code: code, text: String(cString: strerror(code)))
  }
}

/// A failure to read or write a file.
package enum FileFailure: Error, Sendable, Hashable {
  /// There is no such file.
  case notFound(path: String)
  /// The file is larger than the reader's bound.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// The operating system refused.
  case system(path: String, action: String, code: Int32, text: String)
  /// A path would leave the folder it must stay in.
  case escapes(path: String, folder: String)
}

extension FileFailure {
  /// True when the machine refused: a full disk, a broken medium, a missing right. False where the path names nothing, or
  /// something else than a file that may be read.
  package var isOfMachine: Bool {
    guard case .system(_, _, let code, _) = self else { return false }
    return code != EISDIR
  }
}

extension FileFailure: CustomStringConvertible {
  /// One sentence for a person.
  package var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file"
    case .tooLarge(let path, let bytes, let limit): "\(path): \(bytes) bytes, over the limit of \(limit)"
    case .system(let path, let action, _, let text): "\(path): cannot \(action): \(text)"
    case .escapes(let path, let folder): "\(path): leaves the folder \(folder)"
    }
  }
}
