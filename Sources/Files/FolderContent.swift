/// The content of a folder that is to be replaced: the files published there before, and those of others.
struct FolderContent {
  /// False when nothing stands at the path; the other properties are then empty.
  let exists: Bool
  /// The list of what was published; nil when there is none.
  let list: String?
  /// All entries.
  let tree: FileTree
  /// Files to be published that are there with the same content.
  let same: Set<String>
  /// Entries of others that stay, folders among them only when they are empty, in order.
  let kept: [String]
  /// Entries of others that are in the way of the new files, and are replaced.
  let replaced: Set<String>

  /// Looks at a folder.
  ///
  /// - Throws: `FolderRefusal`, or `FileFailure` when it cannot be read.
  init(
    _ place: FolderPlace, listLimit: Int, files: [FolderPublisher.File], _ replacesOthers: Bool
  ) throws {
    guard FileTree.entry(place.path) != nil else {
      (exists, list, tree, same, kept, replaced) = (false, nil, FileTree(), [], [], [])
      return
    }
    exists = true
    let tree = try FileTree(place.path)
    self.tree = tree
    func refusal(_ kind: FolderRefusal.Kind, _ obstacles: [String]) -> FolderRefusal {
      FolderRefusal(kind: kind, folder: place.path, obstacles: obstacles)
    }
    let listed = try Self.list(place, tree, limit: listLimit, isStrict: !replacesOthers)
    list = listed
    let lines = (listed ?? "").split(separator: "\n").map(String.init)
    let own = Set(lines.filter { tree.entries[$0]?.kind == .file }).union([FolderPublisher.listName])
    let same = Set(
      files.filter { file in
        tree.entries[file.path]?.kind == .file
          && !FileTree.ancestors(of: file.path).contains { tree.entries[$0]?.kind == .link }
          && (try? FileSystem.digest("\(place.path)/\(file.path)").digest) == file.digest
      }.map(\.path))
    let filled = Set(tree.paths.flatMap { FileTree.ancestors(of: $0) })
    let others = tree.paths.filter { path in
      tree.entries[path]?.kind == .folder ? !filled.contains(path) : !own.contains(path) && !same.contains(path)
    }
    let wanted = Set(files.map(\.path) + [FolderPublisher.listName])
    let above = Set(files.flatMap { FileTree.ancestors(of: $0.path) })
    let inTheWay = Set(
      others.filter { path in
        if wanted.contains(path) { return true }
        if above.contains(path) { return tree.entries[path]?.kind != .folder }
        return FileTree.ancestors(of: path).contains { wanted.contains($0) }
      })
    if !replacesOthers {
      let links = inTheWay.filter { tree.entries[$0]?.kind == .link }.sorted()
      guard links.isEmpty else { throw refusal(.link, links) }
      guard inTheWay.isEmpty else { throw refusal(.others, inTheWay.sorted()) }
      guard listed != nil || tree.paths.isEmpty else { throw refusal(.others, tree.paths) }
    }
    let kept = others.filter { !inTheWay.contains($0) && !above.contains($0) }
    let foreign = kept.filter { path in
      tree.entries[path].map { $0.kind == .special || $0.device != Self.device(of: place.path) } ?? false
    }
    guard foreign.isEmpty else { throw refusal(.others, foreign) }
    (self.same, self.kept, replaced) = (same, kept, inTheWay)
  }

  private static func device(of folder: String) -> UInt64? { FileTree.entry(folder)?.device }

  /// The list, every line of which is a path in the folder that leads through no link.
  private static func list(
    _ place: FolderPlace, _ tree: FileTree, limit: Int, isStrict: Bool
  ) throws -> String? {
    guard let entry = tree.entries[FolderPublisher.listName] else { return nil }
    func refused(_ lines: [String]) -> FolderRefusal {
      FolderRefusal(kind: .list, folder: place.path, obstacles: lines)
    }
    guard entry.kind == .file,
      let bytes = try? FileSystem.read("\(place.path)/\(FolderPublisher.listName)", limit: limit),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      if isStrict { throw refused(["it is no list of files"]) }
      return nil
    }
    let bad = text.split(separator: "\n").map(String.init).filter { line in
      (try? FileSystem.contained(line, in: place.path)) == nil
        || (FileTree.ancestors(of: line) + [line]).contains { tree.entries[$0]?.kind == .link }
    }
    guard bad.isEmpty || !isStrict else { throw refused(bad) }
    return text
  }
}
