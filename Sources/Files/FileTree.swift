import Glibc

/// The entries under a folder, links not followed.
struct FileTree {
  /// The kind of an entry.
  enum Kind: Hashable {
    case file
    case folder
    case link
    /// A device, a pipe or a socket.
    case special
  }

  struct Entry: Hashable {
    var kind: Kind
    var device: UInt64
    var inode: UInt64
    var mode: UInt32
  }

  /// The most entries that are listed.
  static let entryLimit = 100_000
  /// The deepest folder that is listed.
  static let depthLimit = 64

  /// Entries by path relative to the folder; folders come before what they hold.
  private(set) var entries: [String: Entry] = [:]
  /// The paths in order.
  private(set) var paths: [String] = []

  init() {}

  /// Lists a folder.
  ///
  /// - Throws: `FileFailure` when a folder in it cannot be read, or there is more than the limits allow.
  init(_ folder: String) throws(FileFailure) { try list(folder, prefix: "", depth: 0) }

  private mutating func list(_ folder: String, prefix: String, depth: Int) throws(FileFailure) {
    guard depth <= Self.depthLimit else {
      throw .system(path: folder, action: "list", code: ELOOP, text: "it is over \(Self.depthLimit) folders deep")
    }
    guard let handle = opendir(folder) else { throw FileSystem.failure(folder, "list") }
    closedir(handle)
    for name in FileSystem.names(in: folder) {
      guard let entry = Self.entry("\(folder)/\(name)") else { continue }
      guard paths.count < Self.entryLimit else {
        throw .system(path: folder, action: "list", code: E2BIG, text: "it has over \(Self.entryLimit) entries")
      }
      entries[prefix + name] = entry
      paths.append(prefix + name)
      if entry.kind == .folder { try list("\(folder)/\(name)", prefix: "\(prefix)\(name)/", depth: depth + 1) }
    }
  }

  /// The entry at a path; nil when nothing is there.
  static func entry(_ path: String) -> Entry? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    return Entry(
      kind: kind, device: UInt64(status.st_dev), inode: UInt64(status.st_ino), mode: UInt32(status.st_mode) & 0o7777)
  }

  /// The folders above a relative path, from the top: "a" and "a/b" of "a/b/c".
  static func ancestors(of path: String) -> [String] {
    let parts = path.split(separator: "/")
    return parts.indices.dropFirst().map { parts[..<$0].joined(separator: "/") }
  }
}
