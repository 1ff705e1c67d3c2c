import Foundation
import Testing

/// Memory that the machine refuses is a message and a status, and nothing is kept of it.
@Suite struct MemoryLimitTests {
  private let limit = "ulimit -v 2500000 &&"

  @Test func measuringIsNotBegun() throws {
    let tool = try Tool()
    _ = try tool.run(["init", "--recipe", "lstm", "cell.json"])
    let result = try tool.shell(
      "\(limit) $TOOL measure cell.json --vocabulary 20 --embedding 4000 --hidden 4000 --layers 2 --steps 2 --columns 2 --untied"
    )
    #expect(result.status == 1, "\(result)")
    #expect(result.errors.contains("the machine does not give the memory"), "\(result.errors)")
  }

  @Test func aRunFailsAndKeepsNothingOfIt() throws {
    let tool = try Tool()
    try tool.write(
      SmallAnalysis.spec(cells: 2).replacing("embedding: 8, hidden: 12", with: "embedding: 4000, hidden: 4000"),
      to: "a.yaml")
    let result = try tool.shell("\(limit) $TOOL run a.yaml")
    #expect(result.status == 1, "\(result)")
    #expect(result.errors.contains("the machine does not give the memory"), "\(result.errors)")
    let info = try tool.run(["store", "info", "--check", "--json"])
    #expect(info.status == 0 && info.output.contains("\"evaluations\": 0"), "\(info)")
  }
}
