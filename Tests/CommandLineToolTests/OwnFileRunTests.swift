import Foundation
import TestSupport
import Testing

/// Files of a user's own without a catalogue, checked and run by the built binary.
@Suite struct OwnFileRunTests {
  private let rows = (0..<40).map { "n\($0),\(50 + Double($0) / 4),\(($0 * 7) % 40),\($0 * 3)\n" }.joined()
  private let spec = """
    analysis: own
    title: Own
    datasets: {mine: {file: scores.csv}}
    target: {dataset: mine, column: acc}
    correlations: {main: {metrics: all, baselines: [params], interval: {resamples: 199, seed: 1}}}
    report: [{table: main}, {table: data}]
    """

  private func tool() throws -> Tool {
    let tool = try Tool()
    try tool.write("arch,acc,synflow,params\n\(rows)", to: "scores.csv")
    try tool.write(spec, to: "a.yaml")
    return tool
  }

  /// What a script writes to standard output.
  private func output(_ script: String, _ tool: Tool) throws -> String {
    _ = try tool.shell("(\(script)) > .shell-output")
    return try String(contentsOfFile: tool.folder + "/.shell-output", encoding: .utf8)
  }

  private func run(_ tool: Tool, _ more: [String] = []) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(["run", "a.yaml", "-o", "out", "--offline", "-j", "1"] + more)
  }

  @Test func checkPrintsWhatColumnsAreTakenFor() throws {
    let result = try tool().run(["check", "a.yaml"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("mine: scores.csv, CSV, 40 rows"))
    #expect(result.output.contains("synflow  metric, integer, higher is better [by name, synflow]"))
    #expect(result.output.contains("acc      target, real, higher is better [by name]"))
    #expect(result.output.contains("params   baseline"))
    let json = try tool().run(["check", "a.yaml", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let files = object?["files"] as? [String: [String: Any]]
    let columns = files?["mine"]?["columns"] as? [[String: Any]]
    #expect(columns?.map { $0["role"] as? String } == ["identifier", "target", "metric", "baseline"])
  }

  @Test func theReportSaysWhatWasGuessedAndAnEditedFileRunsAnew() throws {
    let tool = try tool()
    #expect(try run(tool).status == 0)
    let report = try String(contentsOfFile: tool.folder + "/out/report.md", encoding: .utf8)
    #expect(report.contains("taken from names and content: identifier Arch; target (higher is better) Acc"))
    let sum = try output("sha256sum scores.csv | cut -c1-64", tool).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try String(contentsOfFile: tool.folder + "/out/provenance.json", encoding: .utf8).contains(sum))
    #expect(try tool.run(["export", "out", "--value", "mine.sha256"]).output.contains(sum))
    #expect(try run(tool).output.hasPrefix("0 steps ran"))
    try tool.write("arch,acc,synflow,params\n\(rows)n40,1,2,3\n", to: "scores.csv")
    #expect(try tool.run(["plan", "a.yaml"]).output.contains("import/mine"))
    let again = try run(tool)
    #expect(again.status == 0 && !again.output.hasPrefix("0 steps"))
    #expect(try tool.run(["export", "out", "--value", "mine.rows"]).output.contains("41"))
  }

  @Test func noPathLeadsOut() throws {
    let tool = try tool()
    try FileManager.default.createDirectory(atPath: tool.folder + "/sub", withIntermediateDirectories: false)
    try tool.write("a,acc\nx,1\n", to: "sub/other.csv")
    for path in ["../x.csv", "/etc/passwd", "sub/../../x", "link.csv", "sub"] {
      try tool.write(spec.replacing("scores.csv", with: path), to: "a.yaml")
      _ = try tool.shell("ln -sf /etc/passwd link.csv")
      let result = try tool.run(["check", "a.yaml"])
      #expect(result.status == 65, "\(path): \(result.errors)")
      #expect(result.errors.contains("a.yaml:3:"), "\(path): \(result.errors)")
    }
    try tool.write(spec.replacing("scores.csv", with: "none.csv"), to: "a.yaml")
    #expect(try tool.run(["check", "a.yaml"]).status == 66)
    try tool.write(spec.replacing("scores.csv", with: "other.csv"), to: "a.yaml")
    #expect(try tool.run(["check", "a.yaml", "--files", "sub"]).errors.contains("no synflow") == false)
    #expect(try tool.run(["check", "a.yaml"]).status == 66)
    #expect(try tool.run(["check", "a.yaml", "--files", ""]).status == 64)
  }

  @Test func whatDoesNotFitIsSaidAtItsPlace() throws {
    let tool = try tool()
    for (entry, id) in [
      ("{file: scores.csv, use: me/scores}", "use"), ("{separator: tab}", "use"),
      ("{use: serianni2023/bert-results, separator: tab}", "unfitting-key"),
      ("{file: scores.csv, format: csv, levels: [a]}", "unfitting-key"),
      ("{file: scores.csv, separator: comma, decimal: comma}", "unclear-separator"),
      ("{file: scores.csv, columns: {scre: {role: metric}}}", "unknown-column"),
      ("{file: scores.csv, columns: {arch: {type: real}}}", "malformed-row"),
      ("{file: scores.csv, pivot: {rows: [arch], names: what, values: acc}}", "unknown-column"),
      ("{file: scores.csv, format: sqlite}", "sqlite"), ("{file: scores.csv, format: json}", "not-json"),
    ] {
      try tool.write(spec.replacing("{file: scores.csv}", with: entry), to: "a.yaml")
      let result = try tool.run(["check", "a.yaml"])
      #expect(result.status == 65 && result.errors.contains(id), "\(entry): \(result.errors)")
    }
  }

  @Test func aDatabaseIsReadAndNothingElse() throws {
    let tool = try tool()
    let fixture = "\(checkout)/Tests/RunnerTests/Fixtures/own.db"
    try FileManager.default.copyItem(atPath: fixture, toPath: tool.folder + "/own.db")
    let before = try output("sha256sum own.db; ls *.sqlite own.db*", tool)
    func check(_ more: String) throws -> (status: Int32, output: String, errors: String) {
      try tool.write(
        spec.replacing("{file: scores.csv}", with: "{file: own.db\(more)}").replacing(
          ", baselines: [params]", with: ""),
        to: "a.yaml")
      return try tool.run(["check", "a.yaml"])
    }
    #expect(try check("").errors.contains("unclear-table"))
    let read = try check(", table: scores")
    #expect(read.status == 0 && read.output.contains("SQLite, table scores, 12 rows"), "\(read.errors)")
    #expect(read.output.contains("1 without a value"))
    #expect(try check(", query: \"SELECT * FROM scores WHERE acc > 51\"").output.contains("8 rows"))
    for query in [
      "DELETE FROM scores", "ATTACH 'x.sqlite' AS x", "SELECT random() AS acc", "SELECT 1 AS acc; SELECT 2",
      "PRAGMA table_info(scores)", "CREATE TABLE x(a)", "SELECT acc FROM nothing", "SELECT load_extension('x')",
      "WITH RECURSIVE r(acc) AS (SELECT 1 UNION ALL SELECT acc + 1 FROM r) SELECT count(*) AS acc FROM r",
      "VACUUM INTO 'copy.sqlite'", "SELECT hex(zeroblob(2000000)) AS acc",
      "SELECT acc FROM pragma_table_info('scores')",
    ] {
      let result = try check(", query: \"\(query)\"")
      #expect(result.status == 65, "\(query): \(result.output)")
    }
    try tool.write(spec, to: "a.yaml")
    #expect(try output("sha256sum own.db; ls *.sqlite own.db*", tool) == before)
  }

  /// What a log beside a database holds is not in the file: such a file is refused.
  @Test func aDatabaseWithALogIsRefused() throws {
    let tool = try tool()
    let fixture = "\(checkout)/Tests/RunnerTests/Fixtures/own.db"
    try FileManager.default.copyItem(atPath: fixture, toPath: tool.folder + "/own.db")
    try tool.write(
      spec.replacing("{file: scores.csv}", with: "{file: own.db, table: scores}").replacing(
        ", baselines: [params]", with: ""),
      to: "a.yaml")
    for (log, content, refused) in [
      ("-wal", String(repeating: "x", count: 4128), true), ("-wal", "", false),
      ("-journal", "journal of a transaction", true), ("-journal", String(repeating: "\0", count: 512), false),
      ("-journal", "", false),
    ] {
      try tool.write(content, to: "own.db\(log)")
      let result = try tool.run(["check", "a.yaml"])
      #expect(result.status == (refused ? 65 : 0), "\(log) \(content.count): \(result.errors)")
      #expect(result.errors.contains("beside the database stands own.db\(log)") == refused, "\(result.errors)")
      try FileManager.default.removeItem(atPath: "\(tool.folder)/own.db\(log)")
    }
  }

  /// Every key that the results of a run have of a file passes `check`, and no other does.
  @Test func valuesOfAFileAreKnownBeforeTheRun() throws {
    let tool = try tool()
    #expect(try run(tool).status == 0)
    let results = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: tool.folder + "/out/results.json")))
    let record = try #require((results as? [String: Any])?["mine"] as? [String: Any])
    #expect(record["acc-missing"] != nil)
    let known = record.keys.sorted().map { "{{ mine.\($0) }}" }.joined(separator: " ")
    for (text, status) in [(known, 0), ("{{ mine.nope }}", 65)] as [(String, Int32)] {
      try tool.write(spec.replacing("{table: main}", with: "{text: \"\(text)\"}, {table: main}"), to: "a.yaml")
      let result = try tool.run(["check", "a.yaml"])
      #expect(result.status == status, "\(result.errors)")
    }
  }

  @Test func operationsOfACellStringBecomeFeatures() throws {
    let tool = try tool()
    let cells = (0..<20).map { "|conv~\($0 % 3)|+|\($0 % 2 == 0 ? "conv" : "skip")~0|,\($0)\n" }.joined()
    try tool.write("cell,acc\n\(cells)", to: "scores.csv")
    try tool.write(
      """
      analysis: own
      title: Own
      datasets:
        mine:
          file: scores.csv
          derive:
            convolutions: {expression: 'count-of(cell, "conv")', role: metric, better: higher}
            first: 'part(cell, "|", 2)'
            skips: 'matches(cell, "skip~[0-9]\\|$")'
      target: {dataset: mine, column: acc}
      correlations: {main: {metrics: [convolutions]}}
      summaries: {by: {dataset: mine, group-by: [first], columns: [acc]}}
      report: [{table: main}, {table: by}]
      """, to: "a.yaml")
    let result = try run(tool)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try String(contentsOfFile: tool.folder + "/out/report.md", encoding: .utf8).contains("conv\\~2"))
  }
}
