import Foundation
import Testing

/// What the binary finds in a home, made up, and says about it.
@Suite struct HomeTests {
  private func tool() throws -> Tool { try Tool(home: .synthetic) }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Neither option is needed where the environment says the same, and both win over it.
  @Test func homesAndDataAreFoundByOptionAndByEnvironment() throws {
    let tool = try tool()
    #expect(try tool.run(["run", "home/analyses/ranking.yaml"]).status == 0)
    let options = ["--home", "home", "--data-dir", "home/public", "--store", "other.sqlite", "-o", "other"]
    for elsewhere in ["", "/none/such"] {
      let environment = ["TRAINFREE_HOME": elsewhere, "TRAINFREE_DATA": elsewhere]
      let result = try tool.run(["run", "home/analyses/ranking.yaml"] + options, environment: environment)
      #expect(result.status == 0, "\(result.errors)")
      #expect(try tool.files("other") == tool.files("reports/ranking"))
    }
    let nowhere = try tool.run(["data", "list"], environment: ["TRAINFREE_HOME": "/none/such"])
    #expect(nowhere.status == 66 && nowhere.errors.contains("/none/such") && nowhere.output.isEmpty)
  }

  @Test func dataAreListedVerifiedAndFound() throws {
    let tool = try tool()
    let list = try tool.run(["data", "list"])
    #expect(list.status == 0)
    #expect(
      list.output == """
        here     maker2024/results  Synthetic results (CC0-1.0)
        here     maker2024/sizes    Synthetic sizes (CC0-1.0)

        """)
    #expect(try tool.run(["data", "list", "-v"]).output.contains("           restless: Restless\n"))
    let datasets = try #require(try json(tool.run(["data", "list", "--json"]).output)["datasets"] as? [[String: Any]])
    #expect(datasets.map { $0["here"] as? Bool } == [true, true])
    #expect((datasets.first?["columns"] as? [[String: Any]])?.map { $0["role"] as? String }.contains("target") == true)
    #expect(
      try tool.run(["data", "path", "maker2024/sizes"]).output
        == "\(tool.folder)/home/public/\(SyntheticHome.sizesPath)\n")
    let sound = try tool.run(["data", "verify"])
    #expect(
      sound.status == 0
        && sound.output == "ok       \(SyntheticHome.resultsPath)\nok       \(SyntheticHome.sizesPath)\n")

    let path = "\(tool.folder)/home/public/\(SyntheticHome.resultsPath)"
    try SyntheticHome.results.replacing("60.0,", with: "61.0,").write(toFile: path, atomically: true, encoding: .utf8)
    let edited = try tool.run(["data", "verify", "--json"])
    #expect(edited.status == 65)
    let states = try #require(try json(edited.output)["files"] as? [[String: String]])
    #expect(states.map { $0["state"] } == ["wrong", "ok"])
    #expect(try tool.run(["data", "verify", "maker2024/sizes"]).status == 0)
    try FileManager.default.removeItem(atPath: path)
    let missing = try tool.run(["data", "verify", "maker2024/results"])
    #expect(missing.status == 66 && missing.errors.contains(SyntheticHome.resultsPath), "\(missing.errors)")
    #expect(try tool.run(["data", "list"]).output.hasPrefix("missing  maker2024/results"))
    let unknown = try tool.run(["data", "verify", "maker2024/reslts"])
    #expect(unknown.status == 65 && unknown.errors.contains("did you mean maker2024/results?"))
    let offline = try tool.run(["data", "fetch", "--offline"])
    #expect(offline.status == 66 && offline.errors.contains(SyntheticHome.resultsPath))
  }

  @Test func catalogueMistakesAreLocated() throws {
    let tool = try tool()
    let catalogue = try tool.text("home/data/catalog.yaml")
    try tool.write(
      catalogue.replacing("role: metric, better: higher", with: "role: metrik, better: higher").replacing(
        "file: sizes", with: "file: sises"), to: "home/data/catalog.yaml")
    for arguments in [["data", "list"], ["run", "home/analyses/ranking.yaml"], ["audit"]] {
      let result = try tool.run(arguments)
      #expect(result.status == 65 && result.output.isEmpty)
      #expect(result.errors.contains("home/data/catalog.yaml:13:37: error"), "\(result.errors)")
      #expect(result.errors.contains("did you mean metric?"), "\(result.errors)")
    }
  }

  @Test func analysesOfTheHomeAreChecked() throws {
    let tool = try tool()
    let sound = try tool.run(
      ["check", "home/analyses/ranking.yaml", "home/analyses/ranking-claims.yaml", "home/data/claims/maker2024.yaml"])
    #expect(sound.status == 0, "\(sound.errors)")
    let text = try tool.text("home/analyses/ranking.yaml")
    try tool.write(
      text.replacing("[steady, restless]", with: "[stedy, restless]").replacing("[maker2024]", with: "[maker2042]"),
      to: "a.yaml")
    let wrong = try tool.run(["check", "a.yaml"])
    #expect(wrong.status == 65 && wrong.errors.contains("a.yaml:18:15: error"), "\(wrong.errors)")
    #expect(wrong.errors.contains("did you mean steady?"), "\(wrong.errors)")
  }

  @Test func doctorsLookAtHomeDataAndStore() throws {
    let tool = try tool()
    #expect(try tool.run(["run", "home/analyses/ranking.yaml"]).status == 0)
    let well = try tool.run(["doctor"])
    #expect(well.status == 0, "\(well.output)")
    for part in ["ok      home: ", "bibliography: 1 entries", "data: 2 of 2 files here", "store.sqlite: ok"] {
      #expect(well.output.contains(part), "\(part) in \(well.output)")
    }
    try FileManager.default.removeItem(atPath: tool.folder + "/home/templates/style.css")
    let ill = try tool.run(["doctor", "--json"])
    let checks = try #require(try json(ill.output)["checks"] as? [[String: Any]])
    #expect(ill.status == 66)
    #expect(checks.filter { $0["ok"] as? Bool == false }.map { $0["name"] as? String } == ["templates"])
  }

  @Test func garbageIsTakenOutOfTheStore() throws {
    let tool = try tool()
    let text = try tool.text("home/analyses/ranking.yaml")
    try tool.write(text, to: "a.yaml")
    #expect(try tool.run(["store", "info"]).status == 66)
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    try tool.write(text.replacing("resamples: 499", with: "resamples: 199"), to: "a.yaml")
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    func taken(_ more: [String]) throws -> Int? {
      try json(tool.run(["store", "gc", "--json"] + more).output)["steps"] as? Int
    }
    // At least the family, the results, a figure and the report of before.
    let dry = try #require(try taken(["--dry-run"]))
    #expect(dry >= 4)
    #expect(try taken([]) == dry && taken([]) == 0)
    let info = try json(tool.run(["store", "info", "--json"]).output)
    #expect(info["check"] as? String == "ok")
    #expect(try tool.run(["run", "a.yaml", "--json"]).output.contains("\"ran\": 0"))
  }
}
