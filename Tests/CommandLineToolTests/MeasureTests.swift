import Foundation
import Testing

/// `trainfree measure` and `trainfree metrics`, on small networks.
@Suite struct MeasureTests {
  private let small = [
    "--vocabulary", "40", "--embedding", "8", "--hidden", "12", "--layers", "2", "--steps", "5", "--columns", "4",
  ]
  private let cell =
    #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}}"#

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func measurements(_ text: String) throws -> [[String: Any]] {
    try #require(try json(text)["measurements"] as? [[String: Any]])
  }

  @Test func recipesListsAndLogsAreMeasuredInOrder() throws {
    let tool = try Tool()
    let quoted = try #require(String(data: JSONEncoder().encode(cell), encoding: .utf8))
    try tool.write(cell, to: "one.json")
    try tool.write("[\(cell), {\"recepie\": \(cell), \"num_params\": 1}, {\"recepie\": \(quoted)}]", to: "list.json")
    try tool.write("{\"status\": \"OK\", \"recepie\": \(quoted)}", to: "log.json")
    let files = ["list.json", "one.json", "log.json"]
    let result = try tool.run(["measure"] + files + small + ["--metric", "parameters", "--json"])
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let found = try measurements(result.output)
    #expect(
      found.map { $0["architecture"] as? String } == [
        "list.json[0]", "list.json[1]", "list.json[2]", "one.json", "log.json",
      ])
    // 40·8 + 40 + (12·8 + 12·12 + 12) + (8·12 + 8·8 + 8)
    for item in found { #expect((item["values"] as? [String: Double]) == ["parameters": 780]) }
  }

  /// Parameter counts of published logs (NAS-Bench-NLP, WikiText-2: 33,278 words).
  @Test func parametersAreThoseOfTheLogs() throws {
    let tool = try Tool()
    try tool.write(cell, to: "cell.json")
    let result = try tool.run(["measure", "cell.json", "--metric", "parameters", "--vocabulary", "33278"])
    #expect(
      result.output == """
        architecture  seed  batch  metric      value
        cell.json     0     0      parameters  15066078

        """)
  }

  @Test func countsNeedNoMemoryForANetwork() throws {
    let tool = try Tool()
    try tool.write(cell, to: "cell.json")
    let sizes =
      ["--vocabulary", "1000000", "--embedding", "8192", "--hidden", "8192", "--layers", "32", "--steps", "256"]
      + ["--columns", "4096"]
    let counts = try tool.run(["measure", "cell.json", "--metric", "parameters", "--metric", "flops"] + sizes)
    #expect(counts.status == 0 && counts.output.contains("parameters"), "\(counts.errors)")
    let measured = try tool.run(["measure", "cell.json", "--metric", "hidden-covariance"] + sizes)
    #expect(measured.status == 64 && measured.errors.contains("Too large to measure"))
  }

  /// A size just in and just out of its bounds, by option and by key.
  @Test(arguments: [
    ("vocabulary", 1_000_000), ("embedding", 8192), ("hidden", 8192), ("layers", 32), ("steps", 4096),
    ("columns", 4096),
  ])
  func specAndCommandLineHaveTheSameBounds(name: String, greatest: Int) throws {
    let tool = try Tool()
    try tool.write(cell, to: "cell.json")
    for (value, isFine) in [(greatest, true), (greatest + 1, false), (0, false)] {
      let others = ["steps", "columns"].filter { $0 != name }.flatMap { ["--\($0)", "2"] }
      let measured = try tool.run(
        ["measure", "cell.json", "--metric", "parameters", "--\(name)", String(value)] + others)
      #expect((measured.status == 0) == isFine && (isFine || measured.status == 64), "\(measured.errors)")
      let isOfTokens = ["steps", "columns"].contains(name)
      try tool.write(
        """
        analysis: a
        title: A
        measure:
          cells:
            architectures: {sample: {count: 2}}
            \(isOfTokens ? "tokens" : "network"): {\(name): \(value)}
            metrics: [parameters]
        report: [{table: data}]
        """, to: "a.yaml")
      let checked = try tool.run(["check", "a.yaml"])
      #expect(checked.status == (isFine ? 0 : 65), "\(checked.errors)")
    }
  }

  @Test func bytesDoNotDependOnWorkers() throws {
    let tool = try Tool()
    #expect(try tool.run(["init", "--recipe", "gru"]).status == 0)
    #expect(try tool.run(["init", "--recipe", "lstm", "b.json"]).status == 0)
    let request =
      ["measure", "gru.json", "b.json"] + small + ["--seed", "0", "--seed", "3", "--batch", "1", "--batch", "0"]
    let one = try tool.run(request + ["-j", "1"])
    #expect(one.status == 0 && one.errors.isEmpty, "\(one.errors)")
    #expect(try tool.run(request + ["-j", "4"]).output == one.output)
    #expect(try tool.run(request + ["-j", "4", "--json"]).output == tool.run(request + ["-j", "1", "--json"]).output)
    let found = try measurements(tool.run(request + ["--json"]).output)
    #expect(
      found.map { [$0["seed"], $0["batch"]] as? [Int] }
        == Array(repeating: [[0, 1], [0, 0], [3, 1], [3, 0]], count: 2).flatMap { $0 })
    let all = try json(tool.run(["metrics", "list", "--json"]).output)["metrics"] as? [[String: Any]]
    let own = try #require(all).filter { ($0["kinds"] as? [String])?.contains("recurrent-cell") == true }
    let layered = own.count { $0["layered"] as? Bool == true }
    let (values, reasons) = (found[0]["values"] as? [String: Any], found[0]["undefined"] as? [String: String])
    #expect(values?.count == own.count + layered)
    #expect(Set(try #require(reasons).keys) == Set(try #require(values).filter { $0.value is NSNull }.keys))
  }

  @Test func costsAreShownOnRequest() throws {
    let tool = try Tool()
    try tool.write(cell, to: "cell.json")
    let result = try tool.run(["measure", "cell.json", "-v"] + small)
    #expect(result.status == 0 && result.errors.hasPrefix("[1/1] cell.json, seed 0, batch 0: "))
    #expect(result.errors.contains(" s, ") && result.errors.contains(" MB"))
  }

  @Test func standardInputAndFoldersOfTextAreRead() throws {
    let tool = try Tool()
    try tool.write(cell, to: "cell.json")
    try tool.write(Array(repeating: "a b <unk> c", count: 30).joined(separator: "\n"), to: "test.txt")
    let process = tool.process(["measure", "-", "--tokens", ".", "--metric", "parameters", "--json"] + small)
    process.standardInput = FileHandle(forReadingAtPath: tool.folder + "/cell.json")
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try measurements(output).map { $0["architecture"] as? String } == ["stdin"])
    let tokens = try json(output)["tokens"] as? [String: Any]
    #expect((tokens?["text-sha256"] as? String)?.count == 64)
    // 150 tokens, 37 rows of 4 columns, 7 batches of 5 steps.
    let beyond = try tool.run(["measure", "cell.json", "--tokens", ".", "--batch", "7"] + small)
    #expect(beyond.status == 65 && beyond.errors.contains("take one from 0 to 6"))
    let absent = try tool.run(["measure", "cell.json", "--tokens", "./valid"] + small)
    #expect(absent.status == 66 && absent.errors.contains("no file of the part valid"))
  }

  @Test func problemsOfAllFilesAreReportedTogether() throws {
    let tool = try Tool()
    try tool.write(
      """
      [
        {"h_new_0": {"op": "activation_tanhh", "input": ["x"]}},
        {"recepie": "{\\"h_new_0\\": {\\"op\\": \\"activation_tanh\\", \\"input\\": [\\"q\\"]}}"},
        5
      ]
      """, to: "bad.json")
    try tool.write("[]", to: "empty.json")
    try tool.write("{\"h_new_0\": ", to: "cut.json")
    let files = ["bad.json", "empty.json", "cut.json"]
    let result = try tool.run(["measure"] + files + small + ["--tokens", "wikitext-2/tst"])
    #expect(result.status == 65 && result.output.isEmpty)
    for part in [
      "bad.json:2:22: error: activation_tanhh", "did you mean activation_tanh?", "bad.json[1]!recepie:1:",
      "bad.json:4:3",
      "empty.json:1:1", "cut.json:2:1", "did you mean wikitext-2/test?",
    ] {
      #expect(result.errors.contains(part), "\(part) in \(result.errors)")
    }
    let missing = try tool.run(["measure", "bad.json", "none.json", "--json"])
    #expect(missing.status == 66 && missing.errors.isEmpty)
    #expect(missing.output.contains("none.json: no such file") && missing.output.contains("unknown-operation"))
  }

  @Test(
    arguments: [
      ([], 64), (["a.json", "--metric", "hidden-covarianse"], 64), (["a.json", "--seed", "-1"], 64),
      (["a.json", "--seed", "4294967296"], 64), (["a.json", "--steps", "0"], 64), (["a.json", "--layers", "0"], 64),
      (["a.json", "--steps", "1000000", "--columns", "1000000"], 64), (["a.json", "--dtype", "half"], 64),
      (["a.json", "--protocol", "paper"], 64), (["a.json", "-j", "0"], 64), (["a.json", "--batch=-1"], 64),
      (["-", "-"], 64), (["a.json", "--vocabulary", "99999999999999999999"], 64), (["a.json"], 66),
      (["."], 65), (["a.json", "--tokens", "/none/such"], 66),
    ] as [([String], Int32)])
  func wrongRequestsHaveTheirStatus(_ arguments: [String], _ status: Int32) throws {
    let result = try Tool().run(["measure"] + arguments)
    #expect(result.status == status && result.output.isEmpty, "\(result.errors)")
  }

  @Test func metricsAreListedAndShown() throws {
    let tool = try Tool()
    let list = try tool.run(["metrics", "list"])
    #expect(list.status == 0 && list.output.hasPrefix("metric "))
    let all = try #require(try json(tool.run(["metrics", "list", "--json"]).output)["metrics"] as? [[String: Any]])
    #expect(list.output.split(separator: "\n").count == all.count + 1)
    let shown = try tool.run(["metrics", "show", "hidden-covariance"])
    #expect(shown.status == 0 && shown.output.contains("layer-1-hidden-covariance, layer-2-hidden-covariance"))
    let wrong = try tool.run(["metrics", "show", "hidden-covarianse"])
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean hidden-covariance?"))
  }

  @Test func exampleRecipesAreNamed() throws {
    let tool = try Tool()
    #expect(try tool.run(["init", "--recipe", "gru", "a.json"]).output.contains("trainfree measure a.json"))
    #expect(try tool.run(["init", "--recipe", "gru", "a.json"]).status == 65)
    let wrong = try tool.run(["init", "--recipe", "../recipes/gru", "b.json"])
    #expect(wrong.status == 65 && wrong.errors.contains("there are: gru, lstm"))
    #expect(!FileManager.default.fileExists(atPath: tool.folder + "/b.json"))
  }
}
