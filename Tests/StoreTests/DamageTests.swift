import Foundation
import GRDB
import Testing

@testable import Store

/// What others wrote into the file is left out or reported; it never traps, and never passes for what was measured.
@Suite final class DamageTests {
  private let folder = NSTemporaryDirectory() + "trainfree-damage-\(UUID().uuidString)"
  private var path: String { folder + "/store.sqlite" }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func evaluation(_ key: String, _ outcome: String = "[1,2]") -> EvaluationRecord {
    EvaluationRecord(key: key, configuration: "c", outcome: outcome, seconds: 1, peakBytes: 1)
  }

  @Test(arguments: [
    "outcome = substr(outcome, 1, 3)", "outcome = '[1,3]'", "outcome = ''", "digest = ''", "digest = upper(digest)",
    "outcome = (SELECT outcome FROM evaluations WHERE key = 'other')",
  ])
  func changedEvaluationsAreLeftOutAndReplaced(_ change: String) throws {
    let store = try Store.open(path)
    for record in [evaluation("k"), evaluation("other", "[5,6]")] { try store.record(record) }
    try store.database.write { try $0.execute(sql: "UPDATE evaluations SET \(change) WHERE key = 'k'") }
    #expect(try store.evaluations(["k", "other"]).keys.sorted() == ["other"])
    #expect(try store.evaluationSummary().damaged == 1)
    try store.record(evaluation("k"))
    #expect(try store.evaluations(["k"])["k"] == evaluation("k"))
    #expect(try store.evaluationSummary().damaged == 0)
  }

  /// Tables without types hold anything: numbers, bytes that are no text, and nothing.
  @Test(arguments: ["NULL", "7", "-1e300", "x'FF00'", "9223372036854775807"])
  func valuesOfAnotherKind(_ value: String) throws {
    let store = try Store.open(path)
    let step = StepIdentity(analysis: "a", name: "s", kind: "kind", key: "k", keyText: "t")
    _ = try store.recordSuccess(
      step, artifacts: [NewArtifact(name: "", mediaType: "m", bytes: [1])], seconds: 1, run: nil)
    try store.database.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF")
      for (table, columns) in [
        ("evaluations", "key, configuration, outcome, seconds, peak_bytes, digest"),
        ("steps", "key, kind, key_text, output, reason, seconds, run"), ("step_artifacts", "key, name, digest"),
        ("step_names", "analysis, name, key"), ("leases", "key, process, process_start"),
      ] {
        try database.execute(
          sql: "DROP TABLE \(table); CREATE TABLE \(table) (\(columns))")
        let names = columns.split(separator: ", ")
        let values = names.map { $0 == "key" || $0 == "analysis" ? "'k'" : value }.joined(separator: ", ")
        try database.execute(sql: "INSERT INTO \(table) VALUES (\(values))")
      }
      try database.execute(sql: "PRAGMA foreign_keys = ON")
    }
    #expect(try store.evaluations(["k"]).isEmpty && store.evaluationSummary().damaged == 1)
    _ = try? store.step(key: "k")
    _ = try? store.latestStep(analysis: "k", name: "s")
    _ = try? store.remember([("s", "k")], analysis: "k")
    _ = try? store.forgetNames(of: "k", except: [])
    #expect(try store.acquireLease("k") == .acquired)
    _ = try? store.recordFailure(step, reason: "r", seconds: 1, run: nil)
    _ = try? store.info()
    _ = try? store.collectGarbage(dryRun: false, takesEvaluations: true)
  }

  @Test func evaluationsOfTheSecondSchemaAreKept() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let old = try DatabasePool(path: path)
    try Migrations.migrator.migrate(old, upTo: "2-evaluations")
    try old.write { try $0.execute(sql: "INSERT INTO evaluations VALUES ('k', 'c', '[1,2]', 1, 1)") }
    try old.close()
    #expect(try Store.open(path).evaluations(["k"])["k"] == evaluation("k"))
  }

  @Test func missingTablesAreErrors() throws {
    let store = try Store.open(path)
    try store.database.write { try $0.execute(sql: "DROP TABLE evaluations") }
    #expect(throws: StoreError.self) { try store.evaluations(["k"]) }
    #expect(throws: StoreError.self) { try store.record(self.evaluation("k")) }
    #expect(throws: StoreError.self) { try store.info() }
  }
}
