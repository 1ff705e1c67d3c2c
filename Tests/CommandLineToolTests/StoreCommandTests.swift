import Foundation
import Testing

/// What is damaged is named and made anew; what is not this tool's is left as it is.
@Suite struct StoreCommandTests {
  private func sql(_ statement: String, _ tool: Tool, _ file: String = ".trainfree/store.sqlite") throws {
    let process = tool.process([])
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit(); c.close()",
      file,
      statement,
    ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  @Test(arguments: [
    "UPDATE artifact_parts SET content = zeroblob(length(content)) WHERE digest = (SELECT digest FROM step_artifacts WHERE name = 'report.md')",
    "UPDATE artifact_parts SET content = x'00'", "DELETE FROM artifact_parts", "UPDATE artifacts SET byte_count = 7",
    "UPDATE step_artifacts SET name = 'report.mc' WHERE name = 'report.md'", "DELETE FROM step_artifacts",
    "UPDATE steps SET output = (SELECT min(digest) FROM artifacts) WHERE kind = 'report'",
    "UPDATE steps SET key_text = ''",
    "UPDATE steps SET output = NULL, reason = 'because'",
  ])
  func damageIsNamedAndMended(_ damage: String) throws {
    let tool = try SmallAnalysis.tool()
    let good = try tool.files("reports/small")
    try sql("PRAGMA foreign_keys = OFF; " + damage, tool)
    for command in [["store", "verify"], ["store", "info", "--check"]] {
      let result = try tool.run(command)
      #expect(result.status == 65 && result.output.contains("is damaged") && result.output.contains("small: report"))
    }
    #expect(try tool.run(["plan", "a.yaml", "--exit-code"]).status == 5)
    try FileManager.default.removeItem(atPath: tool.folder + "/reports")
    let result = try tool.run(["run", "a.yaml"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try tool.files("reports/small") == good)
    #expect(try tool.run(["store", "verify"]).status == 0)
    #expect(try tool.run(["run", "a.yaml", "--json"]).output.contains("\"ran\": 0"))
  }

  /// One bit anywhere: the same report, or a store that is refused and not touched.
  @Test func flippedBits() throws {
    let tool = try SmallAnalysis.tool()
    let good = try tool.files("reports/small")
    let path = tool.folder + "/.trainfree/store.sqlite"
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for number in 0..<12 {
      var bytes = whole
      bytes[number < 2 ? 100 + number * 7 : whole.count / 13 * number + number] ^= UInt8(1 << (number % 8))
      try bytes.write(to: URL(fileURLWithPath: path))
      let result = try tool.run(["run", "a.yaml"])
      #expect(try tool.files("reports/small") == good && tool.names(".trainfree") == ["store.sqlite"])
      if result.status == 0 { continue }
      #expect(result.status == 65 && result.errors.contains("is damaged"), "\(result)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }
  }

  @Test func databasesOfOthersAreLeftAlone() throws {
    let tool = try SmallAnalysis.tool()
    try FileManager.default.createDirectory(atPath: tool.folder + "/others", withIntermediateDirectories: true)
    try sql("CREATE TABLE t (x); INSERT INTO t VALUES (1)", tool, "others/plain")
    try sql("PRAGMA user_version = 5", tool, "others/tableless")
    try sql("CREATE TABLE t (x); DROP TABLE t", tool, "others/emptied")
    let process = tool.process([])
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import os, sqlite3
      c = sqlite3.connect('others/log')
      c.execute('PRAGMA journal_mode = WAL'); c.execute('CREATE TABLE t (x)'); c.commit()
      c.execute('INSERT INTO t VALUES (1)'); c.commit(); os._exit(0)
      """,
    ]
    try process.run()
    process.waitUntilExit()
    let before = try tool.files("others")
    #expect(before.keys.contains("log-wal"))
    for name in ["plain", "tableless", "emptied", "log"] {
      for command in [
        ["run", "a.yaml"], ["plan", "a.yaml"], ["store", "info"], ["store", "verify"], ["store", "gc"],
      ] {
        let result = try tool.run(command + ["--store", "others/\(name)"])
        #expect(
          result.status == 65 && result.errors.contains("left as it was") == false, "\(name) \(command): \(result)")
        #expect(try tool.files("others") == before, "\(name) \(command)")
      }
    }
    // An empty file is a new store.
    try tool.write("", to: "empty")
    #expect(try tool.run(["run", "a.yaml", "--store", "empty"]).status == 0)
  }

  @Test(arguments: ["/dev/null", "/dev/full", ".", "a.yaml/store", "/dev/null/store"])
  func whatIsNoFileIsNoStore(_ path: String) throws {
    let tool = try SmallAnalysis.tool()
    let before = try FileManager.default.contentsOfDirectory(atPath: "/dev").sorted()
    #expect(try tool.run(["run", "a.yaml", "--store", path]).status == 64)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "/dev").sorted() == before)
  }

  /// Needs the right to make a mount; without it nothing is tried.
  @Test func storesThatCannotBeWrittenAreRead() throws {
    let tool = try SmallAnalysis.tool()
    let mount = "mount --make-rprivate / && mount --bind .trainfree .trainfree && mount -o remount,ro,bind .trainfree"
    guard try tool.shell("unshare -m bash -c '\(mount)'").status == 0 else { return }
    for command in [
      "store info", "store verify", "plan a.yaml", "explain a.yaml results", "report a.yaml", "doctor",
      "store gc --dry-run",
      "run -n a.yaml",
    ] {
      let result = try tool.shell("unshare -m bash -c '\(mount) && $TOOL \(command)'")
      #expect(result.status == 0, "\(command): \(result.errors)")
    }
    #expect(try tool.shell("unshare -m bash -c '\(mount) && $TOOL run a.yaml'").status == 74)
    #expect(try tool.names(".trainfree") == ["store.sqlite"])
  }
}
