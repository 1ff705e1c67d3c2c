import Foundation
import TestSupport
import Testing

@testable import Files

@Suite struct FilesTests {
  private let folder = NSTemporaryDirectory() + "trainfree-files-\(UUID().uuidString)"

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func digestsAreThoseOfTheStandard(_ pair: (String, String)) { #expect(SHA256.hexDigest(pair.0) == pair.1) }

  @Test func writingReplacesWholeFilesAndLeavesNothingElse() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.write(Array("one".utf8), to: "\(folder)/a/b")
    try FileSystem.write(Array("two".utf8), to: "\(folder)/a/b")
    #expect(try FileSystem.read("\(folder)/a/b") == Array("two".utf8))
    #expect(FileSystem.names(in: "\(folder)/a") == ["b"])
    #expect(throws: FileFailure.self) { try FileSystem.read("\(folder)/a/b", limit: 2) }
    #expect(throws: FileFailure.notFound(path: "\(folder)/c")) { try FileSystem.read("\(folder)/c") }
    #expect(throws: FileFailure.self) { try FileSystem.read(folder) }
  }

  @Test(arguments: ["../x", "/x", "", "a/../../x", "a\0b"] as [QuotedText])
  func pathsDoNotLeaveTheirFolder(_ path: QuotedText) {
    #expect(throws: FileFailure.self) { try FileSystem.contained(path.text, in: "folder") }
  }

  @Test func innerPathsAreContained() throws { #expect(try FileSystem.contained("a/..b/c", in: "f") == "f/a/..b/c") }

  @Test func concurrentWritersLeaveAWholeFile() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/shared"
    await withTaskGroup(of: Void.self) { group in
      for value in 0..<16 {
        group.addTask { try? FileSystem.write(Array(repeating: UInt8(value), count: 100_000), to: path) }
      }
    }
    let bytes = try FileSystem.read(path)
    #expect(bytes.count == 100_000 && Set(bytes).count == 1)
    #expect(FileSystem.names(in: folder) == ["shared"])
  }

  @Test func devicesAreWrittenToAndLinksLeadToWhatIsReplaced() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.write([1], to: "/dev/null")
    #expect(!FileSystem.isFile("/dev/null") && FileSystem.exists("/dev/null"))
    #expect(throws: FileFailure.self) { try FileSystem.write([1], to: "/dev/full") }
    #expect(FileSystem.names(in: "/dev").allSatisfy { !$0.hasPrefix(".trainfree") })
    try FileSystem.write([1], to: "\(folder)/target/file")
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "target/file")
    try FileSystem.write([2], to: "\(folder)/link")
    #expect(try FileSystem.read("\(folder)/target/file") == [2])
    #expect(FileSystem.names(in: folder) == ["link", "target"])
    for path in ["", folder, "\(folder)/target/file/x"] {
      #expect(throws: FileFailure.self) { try FileSystem.write([1], to: path) }
    }
  }

  /// A hidden file that no living process holds goes with the next write of the same path.
  @Test func remainsOfTheDeadAreTakenAway() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.write([1], to: "\(folder)/a")
    let stem = "\(folder)/.trainfree-\(SHA256.hexDigest("a").prefix(16))-"
    for name in ["1-1", "2-7"] { _ = FileManager.default.createFile(atPath: stem + name, contents: Data([1])) }
    let held = open(stem + "2-7", O_RDONLY)
    flock(held, LOCK_EX)
    try FileSystem.write([2], to: "\(folder)/a")
    #expect(FileSystem.names(in: folder).count == 2 && FileSystem.exists(stem + "2-7"))
    close(held)
    try FileSystem.write([3], to: "\(folder)/a")
    #expect(FileSystem.names(in: folder) == ["a"])
  }

  @Test func whoIsToBlame() {
    for path in ["\(folder)/none", "/dev/null/x"] {
      #expect(throws: FileFailure.notFound(path: path)) { try FileSystem.read(path) }
    }
    #expect { try FileSystem.read("/") } throws: { ($0 as? FileFailure)?.isOfMachine == false }
    #expect { try FileSystem.write([1], to: "/dev/full") } throws: { ($0 as? FileFailure)?.isOfMachine == true }
    #expect { try FileSystem.write([1], to: "/proc/none/x") } throws: { ($0 as? FileFailure)?.isOfMachine == true }
    #expect { try FileSystem.makeFolder("/dev/null/x") } throws: { ($0 as? FileFailure)?.isOfMachine == true }
  }

  @Test func digestsOfFiles() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try FileSystem.write(bytes, to: "\(folder)/a")
    #expect(try FileSystem.digest("\(folder)/a") == (700_000, SHA256.hexDigest(bytes)))
  }

  /// What `find * -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` prints.
  @Test func digestsOfFolders() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.makeFolder("\(folder)/b")
    for (name, text) in [("a", "1"), ("b/c", "22"), ("b.d", "3")] {
      try FileSystem.write(Array(text.utf8), to: "\(folder)/\(name)")
    }
    let files = try FolderFiles(folder)
    #expect(files.names == ["a", "b.d", "b/c"] && files.others.isEmpty)
    #expect(try files.digest() == (4, "d2b0859166ff2b5cb5192cd5021bea1a049fd7fe96cff0752e960a512f11d51e"))
    #expect(throws: FileFailure.self) { try FolderFiles("\(folder)/none") }
  }
}
