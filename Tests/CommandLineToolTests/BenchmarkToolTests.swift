import Foundation
import Testing

@Suite struct BenchmarkToolTests {
  private func run(_ arguments: [String], in tool: Tool) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(arguments, program: "trainfree-bench")
  }

  @Test(
    arguments: [
      (["--help"], 0), (["networks", "--help"], 0), (["differences", "-h"], 0), (["null-rates", "--help"], 0),
      (["frobnicate"], 64), (["differences", "x"], 64), (["rule-search", "x"], 64), (["reductions", ""], 64),
      (["null-rates", "x"], 64), (["--fast"], 64), (["networks", "--fast"], 64), ([""], 64),
      (["networks", "none.json"], 66), (["networks", ""], 66), (["networks", "."], 65), (["networks", "text"], 65),
      (["networks", "empty"], 65), (["networks", "number"], 65), (["networks", "log.json"], 65),
      (["networks", "arch.json"], 65), (["networks", "broken.json"], 65), (["networks", "bytes"], 65),
    ] as [([String], Int32)])
  func badArgumentsEndWithAMessage(_ arguments: [String], _ status: Int32) throws {
    let tool = try Tool()
    try tool.write("not a recipe", to: "text")
    try tool.write("", to: "empty")
    try tool.write("7", to: "number")
    try tool.write("{\"arch\": []}", to: "arch.json")
    try tool.write("{\"arch\": [{\"recepie\": {\"h_new_0\": 3}}]}", to: "broken.json")
    try tool.write(
      "{\"status\": \"OK\", \"recepie\": \"{}\", \"train_losses\": [6.1], \"val_losses\": [6.0], \"test_losses\": [6.0]}",
      to: "log.json")
    try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: "\(tool.folder)/bytes"))
    let result = try run(arguments, in: tool)
    #expect(result.status == status, "\(result.errors)")
    #expect(status == 0 ? result.output.hasPrefix("usage:") : !result.errors.isEmpty)
    #expect(!result.errors.contains("Fatal error"))
  }
}
