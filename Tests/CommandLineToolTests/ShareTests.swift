import Foundation
import Testing

/// Shares of a measurement, each measured into a store of its own, and the stores that are merged.
@Suite struct ShareTests {
  private func evaluations(_ tool: Tool, _ store: String) throws -> Int? {
    let info = try tool.run(["store", "info", "--json", "--store", store])
    let object = try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any]
    return object?["evaluations"] as? Int
  }

  /// Six cells with two seeds are twelve evaluations: three shares have four each, and together they give the report of one
  /// run, which then measures nothing.
  @Test func sharesAddUpToTheWhole() throws {
    let tool = try SmallAnalysis.tool()
    for share in 1...3 {
      let result = try tool.run(["run", "a.yaml", "--shard", "\(share)/3", "--store", "\(share).sqlite"])
      #expect(result.status == 0 && result.errors.contains("4 of 12 evaluations"), "\(result.errors)")
      #expect(try evaluations(tool, "\(share).sqlite") == 4)
    }
    let merged = try tool.run(["store", "merge", "1.sqlite", "2.sqlite", "3.sqlite", "--store", "all.sqlite"])
    #expect(merged.status == 0 && merged.output.contains("3.sqlite: 4 evaluations taken over, 0 there already"))
    #expect(try tool.run(["run", "a.yaml", "--store", "all.sqlite", "-o", "merged"]).status == 0)
    #expect(try evaluations(tool, "all.sqlite") == 12)
    #expect(try tool.files("merged") == tool.files("reports/small"))
    let again = try tool.run(["store", "merge", "2.sqlite", "--store", "all.sqlite", "--json"])
    #expect(again.output.contains("\"known\": 4") && again.output.contains("\"new\": 0"))
  }

  /// A damaged evaluation is left out; one with another outcome keeps the whole store from being taken over.
  @Test func mergingTrustsNothing() throws {
    let tool = try SmallAnalysis.tool()
    let path = ".trainfree/store.sqlite"
    let change = try tool.shell(
      """
      set -e
      for name in torn other; do "$TOOL" run a.yaml --shard 1/1 --store $name.sqlite; done
      python3 - <<'END'
      import hashlib, sqlite3
      for name, digested in [("torn", False), ("other", True)]:
          c = sqlite3.connect(name + ".sqlite")
          key = c.execute("SELECT min(key) FROM evaluations").fetchone()[0]
          digest = hashlib.sha256((key + "\\n[1]").encode()).hexdigest()
          c.execute("UPDATE evaluations SET outcome = '[1]' WHERE key = ?", (key,))
          if digested:
              c.execute("UPDATE evaluations SET digest = ? WHERE key = ?", (digest, key))
          c.commit()
      END
      """)
    try #require(change.status == 0, "\(change.errors)")
    let torn = try tool.run(["store", "merge", "torn.sqlite", "--store", "new.sqlite"])
    #expect(torn.status == 0 && torn.output.contains("11 evaluations taken over, 0 there already, 1 damaged"))
    let other = try tool.run(["store", "merge", "other.sqlite", "--store", path])
    #expect(other.status == 70 && other.errors.contains("1 evaluations have another outcome"), "\(other.errors)")
    #expect(try evaluations(tool, path) == 12)
  }

  /// A store of an older format is brought up to date and taken over; a newer one is refused and left as it is; what another
  /// version of the engine measured has keys that nothing asks for.
  @Test func storesOfOtherVersionsAreMerged() throws {
    let tool = try SmallAnalysis.tool()
    let change = try tool.shell(
      """
      set -e
      for name in older newer engine; do "$TOOL" run a.yaml --shard 1/1 --store $name.sqlite; done
      python3 - <<'END'
      import hashlib, sqlite3
      def change(name, text):
          c = sqlite3.connect(name + ".sqlite")
          c.executescript(text)
          return c
      change("older", "ALTER TABLE evaluations DROP COLUMN digest; ALTER TABLE steps DROP COLUMN digest;"
             "DELETE FROM grdb_migrations WHERE identifier > '3'")
      change("newer", "INSERT INTO grdb_migrations VALUES ('99-later')")
      c = change("engine", "")
      for key, outcome in c.execute("SELECT key, outcome FROM evaluations").fetchall():
          other = hashlib.sha256(key.encode()).hexdigest()
          digest = hashlib.sha256((other + "\\n" + outcome).encode()).hexdigest()
          c.execute("UPDATE evaluations SET key = ?, digest = ? WHERE key = ?", (other, digest, key))
      c.commit()
      END
      """)
    try #require(change.status == 0, "\(change.errors)")
    let newer = try tool.run(["store", "merge", "older.sqlite", "newer.sqlite", "--store", "all.sqlite"])
    #expect(newer.status == 65 && newer.errors.contains("newer.sqlite was written by a newer version (99-later)"))
    #expect(try !tool.names(".").contains("all.sqlite"))
    let merged = try tool.run(["store", "merge", "engine.sqlite", "--store", "all.sqlite"])
    #expect(merged.status == 0 && merged.output.contains("12 evaluations taken over, 0 there already\n"))
    #expect(try tool.run(["run", "a.yaml", "--store", "all.sqlite", "-o", "merged"]).status == 0)
    #expect(try evaluations(tool, "all.sqlite") == 24)
    let older = try tool.run(["store", "merge", "older.sqlite", "--store", "all.sqlite"])
    #expect(older.status == 0 && older.output.contains("0 evaluations taken over, 12 there already\n"))
  }

  private static let wrong: [(arguments: [String], status: Int32)] = [
    (["run", "a.yaml", "--shard", "0/3"], 64), (["run", "a.yaml", "--shard", "4/3"], 64),
    (["run", "a.yaml", "--shard", "1"], 64), (["run", "a.yaml", "--shard", "+1/2"], 64),
    (["run", "a.yaml", "--shard", "1/2", "--frozen"], 64),
    (["store", "merge"], 64), (["store", "merge", ""], 64), (["store", "merge", "none.sqlite"], 66),
    (["store", "merge", "a.yaml"], 65),
  ]

  @Test(arguments: wrong) func wrongInputIsRefused(_ arguments: [String], _ status: Int32) throws {
    let tool = try Tool()
    try tool.write(SmallAnalysis.spec(), to: "a.yaml")
    #expect(try tool.run(arguments).status == status)
    #expect(try tool.names(".").allSatisfy { !$0.hasSuffix(".sqlite") })
  }
}
