/// The plain files of a folder and of the folders in it, as data that stand for one thing.
package struct FolderFiles: Sendable, Hashable {
  /// The folder.
  package let path: String
  /// The paths of the files in the folder, in the order of their UTF-8 bytes.
  package let names: [String]
  /// The paths of what is neither a file nor a folder: links, devices. They are not read.
  package let others: [String]

  /// Lists a folder.
  ///
  /// - Throws: `FileFailure` when a folder in it cannot be read, or has over 100,000 entries.
  package init(_ path: String) throws(FileFailure) {
    let tree = try FileTree(path)
    self.path = path
    func paths(_ isWanted: (FileTree.Kind?) -> Bool) -> [String] {
      tree.paths.filter { isWanted(tree.entries[$0]?.kind) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    names = paths { $0 == .file }
    others = paths { $0 == .link || $0 == .special }
  }

  /// The bytes of all files, and the SHA-256 of the list that `sha256sum` prints of them: a line `DIGEST  PATH` for each, in order. It is
  /// that of `find * -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` in the folder.
  ///
  /// - Throws: `FileFailure` when a file cannot be read.
  package func digest() throws(FileFailure) -> (bytes: Int, digest: String) {
    var total = 0
    var list = ""
    for name in names {
      let (bytes, digest) = try FileSystem.digest("\(path)/\(name)")
      total += bytes
      list += "\(digest)  \(name)\n"
    }
    return (total, SHA256.hexDigest(list))
  }
}
