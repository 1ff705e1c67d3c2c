import Foundation
import Testing

/// `--dropout` and `--order` of `trainfree measure`.
@Suite struct DropoutOptionTests {
  private let size = ["--steps", "12", "--columns", "3", "--metric", "snip", "--dtype", "double", "--json"]

  private func measured(_ tool: Tool, _ options: [String]) throws -> (value: Double, network: [String: Any]) {
    let result = try tool.run(["measure", "encoder.json"] + size + options)
    #expect(result.status == 0, "\(result.errors)")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let first = try #require((report["measurements"] as? [[String: Any]])?.first)
    let value = try #require((first["values"] as? [String: Double])?["snip"])
    return (value, try #require(report["network"] as? [String: Any]))
  }

  @Test func whatIsGivenDecides() throws {
    let tool = try Tool()
    #expect(try tool.run(["init", "--recipe", "encoder", "encoder.json"]).status == 0)
    let plain = try measured(tool, [])
    #expect(plain.network["dropout"] == nil)
    #expect(try measured(tool, ["--dropout", "0"]).value == plain.value)
    let dropping = try measured(tool, ["--dropout", "0.1"])
    #expect(dropping.value != plain.value)
    #expect(dropping.network["dropout"] as? Double == 0.1 && dropping.network["dropout-seed"] as? Int == 0)
    #expect(try measured(tool, ["--dropout", "0.1", "--dropout-seed", "0"]).value == dropping.value)
    #expect(try measured(tool, ["--dropout", "0.1", "--dropout-seed", "1"]).value != dropping.value)
    for (options, value) in [([], plain.value), (["--dropout", "0.1"], dropping.value)] {
      let reversed = try measured(tool, options + ["--order", "reversed"]).value
      #expect(abs(reversed - value) < 1e-11 * value)
    }
  }

  @Test(arguments: [
    (["--dropout", "0.95"], "--dropout must be from 0 to 0.9."),
    (["--dropout-seed", "1"], "--dropout-seed belongs to --dropout."),
    (["--dropout", "0.1", "--dropout-seed", "-1"], "--dropout-seed"), (["--order", "sorted"], "order"),
  ]) func wrongOptions(_ options: [String], _ complaint: String) throws {
    let tool = try Tool()
    #expect(try tool.run(["init", "--recipe", "encoder", "encoder.json"]).status == 0)
    let result = try tool.run(["measure", "encoder.json"] + options)
    #expect(result.status == 64 && result.errors.contains(complaint), "\(result.errors)")
  }

  @Test func recurrentCellsDropNothing() throws {
    let tool = try Tool()
    #expect(try tool.run(["init", "--recipe", "gru", "cell.json"]).status == 0)
    let result = try tool.run(["measure", "cell.json", "--dropout", "0.1"])
    #expect(result.status == 64 && result.errors.contains("--dropout says nothing of recurrent cells"))
  }
}
