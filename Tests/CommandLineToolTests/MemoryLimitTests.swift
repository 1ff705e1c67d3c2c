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

  /// Where nothing can be thrown there is a message and a status all the same, and no crash.
  @Test func theLastResortIsAStatus() throws {
    let tool = try Tool()
    let cell = #"{"h_new_0":{"op":"activation_tanh","input":["x"]}}"#
    try tool.write("[" + Array(repeating: cell, count: 150_000).joined(separator: ",") + "]", to: "cells.json")
    for limit in [400_000, 500_000] {
      let result = try tool.shell("ulimit -v \(limit) && $TOOL measure cells.json --metric parameters -j 1")
      #expect(result.status == 70 || result.status == 65, "\(limit): \(result.status)")
      if result.status == 70 { #expect(result.errors.contains("refused memory")) }
    }
  }
}
