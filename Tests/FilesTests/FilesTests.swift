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
}
