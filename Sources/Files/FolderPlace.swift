import Glibc

/// The place of a folder to be replaced, and the hidden names beside it.
struct FolderPlace: Sendable {
  /// The folder.
  let path: String
  /// The folder that it is in.
  let parent: String
  /// Its name there.
  let name: String

  /// The name under which the new folder is made, and the old one stands after the exchange.
  var staged: String { "\(parent)/\(hidden)-new" }
  /// The name of the old folder where names cannot be exchanged.
  var old: String { "\(parent)/\(hidden)-old" }
  /// A list of the files of others that give way, which are taken away with the old folder.
  var gone: String { "\(parent)/\(hidden)-gone" }
  private var hidden: String { ".\(name).trainfree" }

  /// - Throws: `FolderRefusal` of kind `unusable` or `link`.
  init(_ folder: String) throws(FolderRefusal) {
    func unusable(_ reason: String) -> FolderRefusal {
      FolderRefusal(kind: .unusable, folder: folder.isEmpty ? "\"\"" : folder, obstacles: [reason])
    }
    guard !folder.isEmpty else { throw unusable("its name is empty") }
    guard !folder.utf8.contains(0) else { throw unusable("its name holds a NUL character") }
    var path = folder
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if let entry = FileTree.entry(path) {
      if entry.kind == .link {
        throw FolderRefusal(kind: .link, folder: folder, obstacles: ["it is a symbolic link, which is not followed"])
      }
      guard entry.kind == .folder else { throw unusable("it is a file") }
      guard let real = FileSystem.resolved(path) else { throw unusable("it cannot be reached") }
      guard real != "/" else { throw unusable("it is the root folder") }
      let working = FileSystem.resolved(".") ?? ""
      guard working != real, !working.hasPrefix(real + "/") else {
        throw unusable("it is the working folder, or one above it, which cannot be replaced as a whole")
      }
      guard FileTree.entry(FileSystem.folder(of: real))?.device == entry.device else {
        throw unusable("it is the root of a file system, which cannot be replaced as a whole: name a folder in it")
      }
      if [".", ".."].contains(FileSystem.name(of: path)) { path = real }
    }
    guard path != "/", ![".", ".."].contains(FileSystem.name(of: path)) else { throw unusable("it has no name") }
    self.path = path
    parent = FileSystem.folder(of: path)
    name = FileSystem.name(of: path)
    guard name.utf8.count <= 200 else { throw unusable("its name is over 200 bytes long") }
  }
}
