import Files
import Foundation
import Synchronization
import Testing

@testable import Preview

@Suite struct SourceWatchTests {
  private final class Told: Sendable {
    let paths = Mutex<[[String]]>([])
  }

  private func write(_ text: String, _ path: String) throws { try FileSystem.write(Array(text.utf8), to: path) }

  @Test func aChangeIsToldOnceNothingChangesAnyMore() throws {
    let folder = NSTemporaryDirectory() + "watch-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("1", "\(folder)/a")
    try write("1", "\(folder)/in/b")
    let told = Told()
    let watch = SourceWatch { paths in told.paths.withLock { $0.append(paths) } }
    watch.watch(["\(folder)/a", "\(folder)/in", "\(folder)/later"])
    watch.look()
    #expect(told.paths.withLock { $0 } == [])
    try write("22", "\(folder)/a")
    watch.look()
    #expect(told.paths.withLock { $0 } == [])
    try write("333", "\(folder)/a")
    try write("22", "\(folder)/in/b")
    watch.look()
    watch.look()
    #expect(told.paths.withLock { $0 } == [["\(folder)/a", "\(folder)/in"]])
    try write("1", "\(folder)/later")
    watch.look()
    watch.look()
    try FileManager.default.removeItem(atPath: "\(folder)/a")
    watch.look()
    watch.look()
    #expect(told.paths.withLock { $0.dropFirst() } == [["\(folder)/later"], ["\(folder)/a"]])
    // What is watched on is compared with how it was before.
    try write("4444", "\(folder)/later")
    watch.watch(["\(folder)/later"])
    watch.look()
    watch.look()
    #expect(told.paths.withLock { $0.count } == 4)
  }
}
