import Files
import Foundation
import Testing

@testable import TestSupport

@Suite struct PublicDataObstacleTests {
  @Test func whatIsMissingIsNamedWithAWayToGetIt() throws {
    let unset = try #require(PublicData.obstacle(["wikitext-2"], in: nil))
    #expect(unset.hasPrefix("needs the public data of wikitext-2, and TRAINFREE_DATA is not set: "))
    #expect(unset.contains("`trainfree data fetch`"))
    let folder = NSTemporaryDirectory() + "trainfree-public-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = try PublicData.catalog().files.map(\.path)
    for path in files where path.hasPrefix("wikitext-2/") { try FileSystem.write([], to: "\(folder)/\(path)") }
    #expect(PublicData.obstacle(["wikitext-2"], in: folder) == nil)
    let lacking = try #require(PublicData.obstacle(["wikitext-2", "serianni2023"], in: folder))
    #expect(lacking.contains("TRAINFREE_DATA lacks serianni2023/") && lacking.contains(" more: "))
    #expect(
      try #require(PublicData.obstacle([], in: folder)).hasPrefix("needs the public data, and TRAINFREE_DATA lacks "))
    for path in files { try FileSystem.write([], to: "\(folder)/\(path)") }
    #expect(PublicData.obstacle([], in: folder) == nil)
    let unknown = try #require(PublicData.obstacle(["wikitext-3"], in: folder))
    #expect(unknown.hasSuffix("of which data/catalog.yaml has no file"))
  }
}
