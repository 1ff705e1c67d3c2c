import Foundation
import Testing

@testable import Files

/// A folder is the old one or the new one, others' files stay, and nothing is reached through links.
@Suite final class FolderPublisherTests {
  private let root = NSTemporaryDirectory() + "trainfree-folders-\(UUID().uuidString)"
  private var folder: String { root + "/reports/one" }

  init() throws { try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func publish(_ files: [String: String], force: Bool = false) throws -> Int {
    try FolderPublisher(folder, replacesOthers: force).publish(
      files.map { FolderPublisher.File(path: $0.key, digest: SHA256.hexDigest($0.value)) }
    ) { Array((files[$0.path] ?? "").utf8) }
  }

  private func write(_ text: String, _ name: String) throws { try FileSystem.write(Array(text.utf8), to: name) }

  /// Files and links under a folder with their content, the list left out.
  private func content(_ folder: String) throws -> [String: String] {
    var content: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path != FolderPublisher.listName {
      let full = "\(folder)/\(path)"
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: full) {
        content[path] = "→ \(target)"
      } else if FileSystem.isFile(full) {
        content[path] = String(decoding: try FileSystem.read(full), as: UTF8.self)
      }
    }
    return content
  }

  /// Nothing but the folder is beside it.
  private func isAlone() -> Bool { FileSystem.names(in: root + "/reports") == ["one"] }

  @Test func aFolderIsMadeAndChangedAndLeftAlone() throws {
    #expect(try publish(["a": "1", "f/b": "2"]) == 2)
    #expect(try content(folder) == ["a": "1", "f/b": "2"])
    let time = try FileManager.default.attributesOfItem(atPath: folder)[.modificationDate] as? Date
    #expect(try publish(["a": "1", "f/b": "2"]) == 0)
    #expect(try FileManager.default.attributesOfItem(atPath: folder)[.modificationDate] as? Date == time)
    #expect(try publish(["a": "1", "g/c": "3"]) == 1)
    #expect(try content(folder) == ["a": "1", "g/c": "3"] && !FileSystem.exists(folder + "/f"))
    try write("changed", folder + "/a")
    #expect(try publish(["a": "1", "g/c": "3"]) == 1)
    #expect(try content(folder)["a"] == "1" && isAlone())
  }

  @Test func filesOfOthersStay() throws {
    _ = try publish(["a": "1", "f/b": "2"])
    try write("mine", folder + "/f/notes.txt")
    try FileManager.default.createDirectory(atPath: folder + "/empty/deep", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: "/nowhere")
    #expect(try publish(["a": "other"]) == 1)
    #expect(try content(folder) == ["a": "other", "f/notes.txt": "mine", "link": "→ /nowhere"])
    #expect(FileSystem.isFolder(folder + "/empty/deep") && isAlone())
  }

  @Test(arguments: ["a", "f", "f/b"])
  func whatIsInTheWayIsNotOverwritten(_ path: String) throws {
    _ = try publish(["z": "1"])
    try write("mine", "\(folder)/\(path)")
    try write("also mine", folder + "/kept")
    let before = try content(folder)
    #expect { try publish(["a": "1", "f/b": "2"]) } throws: { error in
      (error as? FolderRefusal).map { $0.kind == .others && $0.obstacles == [path] } ?? false
    }
    #expect(try content(folder) == before && isAlone())
    #expect(try publish(["a": "1", "f/b": "2"], force: true) == 2)
    #expect(try content(folder) == ["a": "1", "f/b": "2", "kept": "also mine"] && isAlone())
  }

  @Test func aFolderInPlaceOfAFileIsInTheWay() throws {
    _ = try publish(["z": "1"])
    try write("mine", folder + "/a/deep/file")
    #expect(throws: FolderRefusal.self) { try publish(["a": "1"]) }
    #expect(try publish(["a": "1"], force: true) == 1)
    #expect(try content(folder) == ["a": "1"] && isAlone())
  }

  @Test func aFolderWithoutAListIsNotTakenOver() throws {
    try write("mine", folder + "/notes.txt")
    #expect(throws: FolderRefusal(kind: .others, folder: folder, obstacles: ["notes.txt"])) {
      try FolderPublisher(folder).check()
    }
    #expect(throws: FolderRefusal.self) { try publish(["a": "1"]) }
    #expect(try content(folder) == ["notes.txt": "mine"] && isAlone())
    #expect(try publish(["a": "1"], force: true) == 1)
    #expect(try content(folder) == ["a": "1", "notes.txt": "mine"])
  }

  /// Links that stand in the folder, are the folder, or are named by the list.
  @Test(arguments: [false, true])
  func nothingIsReachedThroughLinks(_ force: Bool) throws {
    try write("precious", root + "/victim/a")
    try write("precious", root + "/victim/b")
    _ = try publish(["z": "1"])
    try FileManager.default.createSymbolicLink(atPath: folder + "/f", withDestinationPath: root + "/victim")
    try FileManager.default.createSymbolicLink(atPath: folder + "/b", withDestinationPath: root + "/victim/b")
    if force {
      #expect(try publish(["f/a": "1", "b": "2"], force: true) == 2)
      #expect(try content(folder) == ["f/a": "1", "b": "2"])
    } else {
      #expect(throws: FolderRefusal(kind: .link, folder: folder, obstacles: ["b", "f"])) {
        try publish(["f/a": "1", "b": "2"])
      }
    }
    #expect(try content(root + "/victim") == ["a": "precious", "b": "precious"])
    try FileManager.default.createSymbolicLink(atPath: root + "/reports/link", withDestinationPath: root + "/victim")
    for name in ["/reports/link", "/reports/link/"] {
      #expect(throws: FolderRefusal.self) { try FolderPublisher(root + name, replacesOthers: force) }
    }
    #expect(try content(root + "/victim") == ["a": "precious", "b": "precious"])
  }

  @Test(arguments: ["ln/a", "../../victim/a", "/etc/passwd", "x/../../../victim/a", "ln"])
  func listsThatLeadOutsideAreRefused(_ line: String) throws {
    try write("precious", root + "/victim/a")
    _ = try publish(["z": "1"])
    try FileManager.default.createSymbolicLink(atPath: folder + "/ln", withDestinationPath: root + "/victim")
    try write("z\n\(line)\n", "\(folder)/\(FolderPublisher.listName)")
    #expect(throws: FolderRefusal(kind: .list, folder: folder, obstacles: [line])) { try publish(["a": "1"]) }
    #expect(try publish(["a": "1"], force: true) == 1)
    #expect(try content(root + "/victim") == ["a": "precious"])
    #expect(try content(folder) == ["a": "1", "ln": "→ \(root)/victim"])
  }

  @Test(arguments: ["", "/", ".", "..", "//", "\0"])
  func namesThatCannotBeReplaced(_ name: String) throws {
    #expect { try FolderPublisher(name) } throws: { ($0 as? FolderRefusal)?.kind == .unusable }
    #expect(throws: FolderRefusal.self) { try FolderPublisher(FileManager.default.currentDirectoryPath) }
  }

  @Test func aFileIsNoFolder() throws {
    try write("mine", folder)
    #expect(throws: FolderRefusal.self) { try publish(["a": "1"]) }
    #expect(try FileSystem.read(folder) == Array("mine".utf8))
  }

  struct Stop: Error {}

  @Test func contentThatCannotBeHadChangesNothing() throws {
    _ = try publish(["a": "1"])
    #expect(throws: Stop.self) {
      try FolderPublisher(self.folder).publish(
        ["b", "c"].map { FolderPublisher.File(path: $0, digest: "") }
      ) { file in
        if file.path == "c" { throw Stop() }
        return [1]
      }
    }
    #expect(try content(folder) == ["a": "1"] && isAlone())
    #expect(throws: FileFailure.self) { try publish(["../a": "1"]) }
  }

  /// What a process leaves that is killed while it makes the new folder, or before the old one is taken away.
  @Test func remainsOfTheDeadAreSwept() throws {
    _ = try publish(["a": "1"])
    try write("mine", folder + "/notes.txt")
    let hidden = root + "/reports/.one.trainfree-new"
    try write("a\nb\n", hidden + "/.trainfree-files")
    try write("half", hidden + "/a")
    try write("a part of a copy", hidden + "/.trainfree-partial")
    try FileManager.default.linkItem(atPath: folder + "/notes.txt", toPath: hidden + "/notes.txt")
    try write("late", hidden + "/g/late.txt")
    #expect(try publish(["a": "1"]) == 0)
    #expect(try content(folder) == ["a": "1", "notes.txt": "mine", "g/late.txt": "late"] && isAlone())
    // Between the two renames of a file system without exchange.
    try FileManager.default.moveItem(atPath: folder, toPath: root + "/reports/.one.trainfree-old")
    #expect(try publish(["a": "2"]) == 1)
    #expect(try content(folder) == ["a": "2", "notes.txt": "mine", "g/late.txt": "late"] && isAlone())
  }

  /// What could be lost is not: it stays where it is, and is named.
  @Test func filesOfOthersAreNotSweptAway() throws {
    _ = try publish(["a": "1"])
    try write("one", folder + "/notes.txt")
    try write("another", root + "/reports/.one.trainfree-new/notes.txt")
    #expect(throws: FileFailure.self) { try publish(["a": "2"]) }
    #expect(try content(folder) == ["a": "1", "notes.txt": "one"])
    #expect(try content(root + "/reports/.one.trainfree-new") == ["notes.txt": "another"])
  }

  /// Readers that hold the folder see all of one report, while others are put in place, several at once.
  @Test func readersSeeOneReport() async throws {
    let folder = folder
    func files(_ number: Int) -> [String: String] {
      Dictionary(uniqueKeysWithValues: (0..<5).map { ("f/\($0)", "\(number)") })
    }
    _ = try publish(files(0))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 1...3 {
        group.addTask {
          for round in 0..<15 {
            let files = files(writer * 100 + round)
            _ = try FolderPublisher(folder).publish(
              files.map { FolderPublisher.File(path: $0.key, digest: SHA256.hexDigest($0.value)) }
            ) { Array((files[$0.path] ?? "").utf8) }
          }
        }
      }
      group.addTask {
        var complete = 0
        for _ in 0..<2000 {
          let held = open(folder + "/f", O_RDONLY | O_DIRECTORY)
          #expect(held >= 0, "there is always a report")
          guard held >= 0 else { continue }
          defer { close(held) }
          let seen = (0..<5).compactMap { name -> String? in
            let file = openat(held, "\(name)", O_RDONLY)
            guard file >= 0 else { return nil }
            defer { close(file) }
            var bytes = [UInt8](repeating: 0, count: 8)
            let count = read(file, &bytes, 8)
            return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
          }
          #expect(Set(seen).count <= 1, "parts of several: \(seen)")
          if seen.count == 5 { complete += 1 }
        }
        #expect(complete > 1000)
      }
      try await group.waitForAll()
    }
    #expect(isAlone())
  }
}
