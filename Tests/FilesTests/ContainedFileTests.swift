import Foundation
import Testing

@testable import Files

@Suite struct ContainedFileTests {
  @Test func onlyPlainFilesWithoutLinksAreOpened() throws {
    let folder = NSTemporaryDirectory() + "contained-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.write(Array("abcdef".utf8), to: "\(folder)/in/a/b")
    try FileSystem.write(Array("out".utf8), to: "\(folder)/out")
    for (name, target) in [("link", "a/b"), ("folder", "a"), ("away", "../out")] {
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/in/\(name)", withDestinationPath: target)
    }
    mkfifo("\(folder)/in/pipe", 0o600)
    let file = try ContainedFile("a/b", in: "\(folder)/in")
    #expect(file.size == 6)
    #expect(try file.next(4) == Array("abcd".utf8) && file.next(4) == Array("ef".utf8) && file.next(4) == [])
    #expect(try ContainedFile("a/b", in: "\(folder)/in").all(limit: 6).count == 6)
    #expect(throws: FileFailure.self) { try ContainedFile("a/b", in: "\(folder)/in").all(limit: 5) }
    for name in [
      "link", "folder/b", "away", "pipe", "a", "none", "a//b", "a/./b", "", "../out", "/etc/passwd", "a/../a/b",
    ] {
      #expect(throws: FileFailure.self, "\(name)") { try ContainedFile(name, in: "\(folder)/in") }
    }
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/other", withDestinationPath: "in")
    #expect(throws: FileFailure.self) { try ContainedFile("a/b", in: "\(folder)/other") }
  }

  @Test func stampsTellAnotherContent() throws {
    let path = NSTemporaryDirectory() + "stamp-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(FileStamp(path) == nil)
    try FileSystem.write([1], to: path)
    let first = FileStamp(path)
    #expect(first != nil && FileStamp(path) == first)
    try FileSystem.write([1, 2], to: path)
    #expect(FileStamp(path) != first && FileStamp(path)?.edition != first?.edition)
  }
}
