import CFiles
import Glibc

/// The remains beside a folder under its hidden names: a new folder that was not finished, or the old one after the
/// exchange. Who looks holds the lock, so nobody is at work on it.
struct FolderRemains {
  /// A file that is being copied.
  private static let partial = ".trainfree-partial"
  private let place: FolderPlace

  init(_ place: FolderPlace) { self.place = place }

  /// Takes them away. Files of others that are nowhere else go back into the folder; where that has another of the same name,
  /// they stay where they are.
  ///
  /// - Throws: `FileFailure` when they cannot be read.
  func sweep() throws {
    if FileTree.entry(place.path) == nil, FileTree.entry(place.old)?.kind == .folder { rename(place.old, place.path) }
    let gone = Set(Self.items(of: place.gone, separator: "\0"))
    for remains in [place.staged, place.old] {
      guard let entry = FileTree.entry(remains) else { continue }
      guard entry.kind == .folder else {
        throw FileFailure.system(
          path: remains, action: "replace", code: EEXIST, text: "it is not a folder of this tool")
      }
      try clear(remains, gone)
      guard FileTree.entry(remains) == nil else {
        throw FileFailure.system(
          path: remains, action: "take away", code: ENOTEMPTY,
          text: "it holds files of others that \(place.path) has under the same names; move them away")
      }
    }
    unlink(place.gone)
  }

  /// Takes away a new folder that is not to be put in place: whatever it holds is elsewhere too.
  func discard() {
    guard FileTree.entry(place.staged)?.kind == .folder, let tree = try? FileTree(place.staged) else { return }
    for path in tree.paths.reversed() {
      let full = "\(place.staged)/\(path)"
      if tree.entries[path]?.kind == .folder { rmdir(full) } else { unlink(full) }
    }
    rmdir(place.staged)
    unlink(place.gone)
  }

  /// The items that a small file lists; none when it is not there.
  private static func items(of path: String, separator: Character) -> [String] {
    guard FileTree.entry(path)?.kind == .file else { return [] }
    let bytes = (try? FileSystem.read(path, limit: 1 << 24)) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: separator).map(String.init)
  }

  private func clear(_ remains: String, _ gone: Set<String>) throws {
    let tree = try FileTree(remains)
    let list = Self.items(of: "\(remains)/\(FolderPublisher.listName)", separator: "\n")
    let own = gone.union(list.filter { tree.entries[$0]?.kind == .file })
    var rest: [String] = []
    for path in tree.paths.reversed() where path != FolderPublisher.listName {
      let full = "\(remains)/\(path)"
      if tree.entries[path]?.kind == .folder {
        rmdir(full)
      } else if own.contains(path) || FileSystem.name(of: path) == Self.partial || isSame(full, "\(place.path)/\(path)")
      {
        unlink(full)
      } else {
        rest.append(path)
      }
    }
    for path in rest {
      let home = "\(place.path)/\(path)"
      guard !FileTree.ancestors(of: path).contains(where: { FileTree.entry("\(place.path)/\($0)")?.kind == .link })
      else { continue }
      try? FileSystem.makeFolder(FileSystem.folder(of: home))
      _ = cfiles_rename_if_free("\(remains)/\(path)", home)
    }
    for path in tree.paths.reversed() where tree.entries[path]?.kind == .folder { rmdir("\(remains)/\(path)") }
    // The list goes last: without it nothing would be known to be the tool's.
    if (try FileTree(remains)).paths.allSatisfy({ $0 == FolderPublisher.listName }) {
      unlink("\(remains)/\(FolderPublisher.listName)")
      rmdir(remains)
    }
  }

  /// True when two paths lead to one file, to files of the same content, or to links with the same target.
  private func isSame(_ one: String, _ other: String) -> Bool {
    guard let first = FileTree.entry(one), let second = FileTree.entry(other), first.kind == second.kind else {
      return false
    }
    if first.inode == second.inode, first.device == second.device { return true }
    switch first.kind {
    case .file:
      guard FileSystem.size(one) == FileSystem.size(other), let left = try? FileSystem.digest(one),
        let right = try? FileSystem.digest(other)
      else { return false }
      return left == right
    case .link: return Self.target(one) == Self.target(other)
    case .folder, .special: return false
    }
  }

  /// Makes a second name for a file, or a copy where a file has one name only. Links are not followed.
  static func carry(_ path: String, to new: String, _ entry: FileTree.Entry) throws(FileFailure) {
    if linkat(AT_FDCWD, path, AT_FDCWD, new, 0) == 0 { return }
    if entry.kind == .link {
      guard let target = target(path), symlink(target, new) == 0 else { throw FileSystem.failure(path, "keep") }
      return
    }
    let partial = "\(FileSystem.folder(of: new))/\(partial)"
    unlink(partial)
    try FolderPublisher.create(partial, try FileSystem.read(path))
    chmod(partial, mode_t(entry.mode))
    guard rename(partial, new) == 0 else { throw FileSystem.failure(path, "keep") }
  }

  /// The target of a symbolic link.
  private static func target(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &buffer, buffer.count)
    guard count >= 0, count < buffer.count else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
