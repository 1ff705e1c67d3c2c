import Glibc

extension FileSystem {
  /// Reads a plain file under a folder, to which no symbolic link leads.
  ///
  /// - Parameters:
  ///   - relative: Its path in the folder, without `..`.
  ///   - folder: The folder, which may itself be a link.
  ///   - limit: The most bytes accepted.
  /// - Throws: `FileFailure`: `.escapes` for a path that would leave the folder, `.notFound`, `.tooLarge`, `.system` also for links
  ///   and for what is no plain file.
  package static func read(
    _ relative: String, in folder: String, limit: Int
  ) throws(FileFailure) -> [UInt8] {
    let path = try contained(relative, in: folder)
    for part in FileTree.ancestors(of: relative) + [relative] {
      let place = try contained(part, in: folder)
      guard let entry = FileTree.entry(place) else { throw .notFound(path: path) }
      switch (entry.kind, part == relative) {
      case (.link, _):
        throw .system(path: place, action: "read", code: ELOOP, text: "it is a symbolic link, which is not followed")
      case (.file, true), (.folder, false): break
      default: throw .system(path: place, action: "read", code: EISDIR, text: "it is not a plain file")
      }
    }
    return try read(path, limit: limit)
  }

  /// True when a folder of that name stands in another, and is no symbolic link.
  package static func holdsFolder(_ name: String, in folder: String) -> Bool {
    (try? contained(name, in: folder)).flatMap { FileTree.entry($0) }?.kind == .folder
  }
}
