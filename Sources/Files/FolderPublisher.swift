import CFiles
import Glibc

/// Puts a whole folder in the place of the one before it, so that a reader sees the old or the new, never a part.
///
/// The new folder is made beside the old one under a hidden name, synchronised, and exchanged with it in one step. A process
/// that is killed at any moment leaves the old or the new; what else it leaves, under the hidden name, the next one takes
/// away. The files that were written are listed in the folder, so that the next one can tell them from those of others:
/// those are kept, and never overwritten unless the caller says so. Symbolic links are never followed.
package struct FolderPublisher: Sendable {
  /// A file to be published.
  package struct File: Sendable {
    /// Its path in the folder.
    package var path: String
    /// SHA-256 of its content.
    package var digest: String

    package init(path: String, digest: String) {
      self.path = path
      self.digest = digest
    }
  }

  /// The name of the list of files, one a line.
  package static let listName = ".trainfree-files"
  /// The most bytes of the list.
  private static let listLimit = 1 << 20

  let place: FolderPlace
  /// True when files of others that are in the way are replaced; false when they are a reason to refuse.
  let replacesOthers: Bool

  /// Names the folder.
  ///
  /// - Parameters:
  ///   - folder: The folder, which need not be there yet.
  ///   - replacesOthers: True when files of others that are in the way are replaced, instead of being a reason to refuse.
  /// - Throws: `FolderRefusal` of kind `unusable` or `link`.
  package init(_ folder: String, replacesOthers: Bool = false) throws(FolderRefusal) {
    place = try FolderPlace(folder)
    self.replacesOthers = replacesOthers
  }

  /// Checks that the folder may be replaced, as far as can be told before the files are known.
  ///
  /// - Throws: `FolderRefusal`, or `FileFailure` when the folder cannot be read.
  package func check() throws { _ = try FolderContent(place, listLimit: Self.listLimit, files: [], replacesOthers) }

  /// Makes the folder hold these files, those of others that are there, and the list.
  ///
  /// Nothing is written when it does already. O(bytes).
  ///
  /// - Parameters:
  ///   - files: The files; paths are relative, without `..`.
  ///   - content: The bytes of a file, asked for those that are not there already.
  /// - Returns: The number of files that were not there, or had another content.
  /// - Throws: `FolderRefusal`, `FileFailure`, or what `content` throws; the folder is then as it was.
  package func publish(_ files: [File], content: (File) throws -> [UInt8]) throws -> Int {
    for file in files { _ = try FileSystem.contained(file.path, in: place.path) }
    try FileSystem.makeFolder(place.parent)
    let lock = FolderLock(place.parent)
    defer { lock.release() }
    let remains = FolderRemains(place)
    try remains.sweep()
    let before = try FolderContent(place, listLimit: Self.listLimit, files: files, replacesOthers)
    let list = files.map { $0.path + "\n" }.sorted().joined()
    let changed = files.filter { !before.same.contains($0.path) }
    if before.exists, changed.isEmpty, before.list == list, before.replaced.isEmpty { return 0 }
    do {
      if !before.replaced.isEmpty {
        try Self.create(place.gone, Array(before.replaced.sorted().map { $0 + "\0" }.joined().utf8))
      }
      try stage(files, list: list, before, content)
      try exchange(before)
    } catch {
      remains.discard()
      throw error
    }
    try? remains.sweep()
    return changed.count
  }

  /// Makes the new folder beside the old one.
  private func stage(
    _ files: [File], list: String, _ before: FolderContent, _ content: (File) throws -> [UInt8]
  ) throws {
    let staged = place.staged
    guard mkdir(staged, 0o755) == 0 else { throw FileSystem.failure(staged, "make the folder") }
    var folders: Set<String> = []
    func makeFolders(above path: String, mode: UInt32? = nil) throws {
      for folder in FileTree.ancestors(of: path) where folders.insert(folder).inserted {
        guard mkdir("\(staged)/\(folder)", 0o755) == 0 else {
          throw FileSystem.failure("\(staged)/\(folder)", "make the folder")
        }
        if let mode = before.tree.entries[folder]?.mode { chmod("\(staged)/\(folder)", mode_t(mode)) }
      }
    }
    try Self.create("\(staged)/\(Self.listName)", Array(list.utf8))
    for file in files {
      try makeFolders(above: file.path)
      let new = "\(staged)/\(file.path)"
      // What is there already keeps its time.
      if before.same.contains(file.path), link("\(place.path)/\(file.path)", new) == 0 { continue }
      try Self.create(new, try content(file))
    }
    for path in before.kept {
      try makeFolders(above: path)
      guard let entry = before.tree.entries[path] else { continue }
      if entry.kind == .folder {
        try makeFolders(above: path + "/.")
      } else {
        try FolderRemains.carry("\(place.path)/\(path)", to: "\(staged)/\(path)", entry)
      }
    }
    if before.exists, let old = FileTree.entry(place.path) { chmod(staged, mode_t(old.mode)) }
    for folder in folders.sorted() + [""] { Self.synchronise("\(staged)/\(folder)") }
  }

  private func exchange(_ before: FolderContent) throws {
    defer { Self.synchronise(place.parent) }
    guard before.exists else {
      guard
        cfiles_rename_if_free(place.staged, place.path) == 0 || errno == EINVAL && rename(place.staged, place.path) == 0
      else { throw FileSystem.failure(place.path, "put in place") }
      return
    }
    if cfiles_exchange(place.staged, place.path) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS else { throw FileSystem.failure(place.path, "put in place") }
    // A file system without exchange: between the two steps there is no folder, and the next run puts the old one back.
    guard rename(place.path, place.old) == 0 else { throw FileSystem.failure(place.path, "put in place") }
    guard rename(place.staged, place.path) == 0 else {
      let failure = FileSystem.failure(place.path, "put in place")
      rename(place.old, place.path)
      throw failure
    }
  }

  /// Writes a file that is not there yet.
  static func create(_ path: String, _ bytes: [UInt8]) throws(FileFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileSystem.failure(path, "write") }
    defer { close(descriptor) }
    try FileSystem.writeAll(bytes, to: descriptor, path: path)
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileSystem.failure(path, "write") }
  }

  private static func synchronise(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// A lock on a folder: who puts something in place in it holds it. Where folders cannot be locked, nobody waits.
private struct FolderLock {
  private let descriptor: Int32

  init(_ folder: String) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  func release() { if descriptor >= 0 { close(descriptor) } }
}

/// The refusal to replace a folder, of which nothing has been changed.
package struct FolderRefusal: Error, Sendable, Hashable {
  /// The kinds of obstacles.
  package enum Kind: Sendable, Hashable {
    /// The name cannot be that of a folder to be replaced: it is empty, the root, the working folder or one above it, or a
    /// file.
    case unusable
    /// The folder is a symbolic link, or one of the paths to be written leads through one.
    case link
    /// The list of what was written into the folder names a path outside it, or through a symbolic link.
    case list
    /// There are files of others that would be overwritten, or that say that the folder serves another purpose.
    case others
  }

  /// The kind of obstacle.
  package var kind: Kind
  package var folder: String
  /// The paths in the way, relative to the folder; a sentence for the folder itself.
  package var obstacles: [String]
}
