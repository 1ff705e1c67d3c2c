import Files
import Foundation
import GRDB
import Testing

@testable import Store

@Suite final class StoreTests {
  private let folder = NSTemporaryDirectory() + "trainfree-store-\(UUID().uuidString)"
  private var path: String { folder + "/a/store.sqlite" }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func identity(_ key: String, name: String = "step") -> StepIdentity {
    StepIdentity(analysis: "analysis", name: name, kind: "kind", key: key, keyText: "field: \(key)\n")
  }

  private func artifact(_ text: String, _ name: String = "") -> NewArtifact {
    NewArtifact(name: name, mediaType: "text/plain", bytes: Array(text.utf8))
  }

  @Test func stepsAndArtifactsComeBack() throws {
    let store = try Store.open(path)
    let run = try store.beginRun(
      RunRecord(analysis: "analysis", specDigest: "", command: "", version: "", environment: "{}"))
    _ = try store.recordSuccess(
      identity("k"), artifacts: [artifact("main"), artifact("more", "extra")], seconds: 1, run: run)
    let again = try Store.open(path, mustExist: true)
    let record = try #require(try again.step(key: "k"))
    #expect(try again.artifact(#require(record.output)) == Array("main".utf8))
    #expect(try again.artifact(#require(record.artifacts["extra"])) == Array("more".utf8))
    #expect(try again.latestStep(analysis: "analysis", name: "step")?.keyText == "field: k\n")
    #expect(try again.step(key: "other") == nil)
  }

  @Test func anotherOutputUnderOneKeyIsAnError() throws {
    let store = try Store.open(path)
    _ = try store.recordSuccess(identity("k"), artifacts: [artifact("one")], seconds: 1, run: nil)
    _ = try store.recordSuccess(identity("k"), artifacts: [artifact("one")], seconds: 2, run: nil)
    #expect(throws: StoreError.self) {
      try store.recordSuccess(identity("k"), artifacts: [artifact("two")], seconds: 1, run: nil)
    }
  }

  @Test func failuresAreRememberedAndGiveWayToSuccess() throws {
    let store = try Store.open(path)
    try store.recordFailure(identity("k"), reason: "because", seconds: 1, run: nil)
    #expect(try store.step(key: "k")?.reason == "because")
    _ = try store.recordSuccess(identity("k"), artifacts: [artifact("one")], seconds: 1, run: nil)
    #expect(try store.step(key: "k")?.reason == nil)
    try store.recordFailure(identity("k"), reason: "late", seconds: 1, run: nil)
    #expect(try store.step(key: "k")?.output != nil)
  }

  @Test func filesOfOthersAreRefusedAndLeftAlone() throws {
    let text = Array("this is no database, and long enough to have a header".utf8)
    try FileSystem.write(text, to: path)
    #expect(throws: StoreError.self) { try Store.open(self.path) }
    #expect(try FileSystem.read(path) == text)
    let foreign = folder + "/foreign.sqlite"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('create table t (x)'); c.commit()", foreign,
    ]
    try process.run()
    process.waitUntilExit()
    let before = try FileSystem.read(foreign)
    #expect(throws: StoreError.foreign(path: foreign, reason: "another program's database")) { try Store.open(foreign) }
    #expect(try FileSystem.read(foreign) == before)
    #expect(throws: StoreError.missing(path: folder + "/none")) {
      try Store.open(self.folder + "/none", mustExist: true)
    }
  }

  @Test func damagedFilesAreRefused() throws {
    do {
      let store = try Store.open(path)
      for index in 0..<50 {
        _ = try store.recordSuccess(
          identity("k\(index)"), artifacts: [artifact(String(repeating: "\(index)", count: 5000))], seconds: 1, run: nil
        )
      }
      try store.database.close()
    }
    var bytes = try FileSystem.read(path)
    for index in 100..<bytes.count where index % 7 == 0 { bytes[index] = 0xA5 }
    try FileSystem.write(bytes, to: path)
    #expect(throws: StoreError.self) {
      let store = try Store.open(self.path)
      for index in 0..<50 { _ = try store.step(key: "k\(index)") }
    }
    #expect(try FileSystem.read(path) == bytes)
  }

  @Test func newerFilesAreRefused() throws {
    do {
      let store = try Store.open(path)
      try store.database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99-later')") }
      try store.database.close()
    }
    #expect(throws: StoreError.newer(path: path, migration: "99-later")) { try Store.open(self.path) }
  }

  @Test func leasesOfDeadProcessesAreTakenOver() throws {
    let store = try Store.open(path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["30"]
    try process.run()
    let other = Int(process.processIdentifier)
    let start = try #require(ProcessIdentity.start(of: other))
    try store.database.write {
      try $0.execute(sql: "INSERT INTO leases VALUES ('k', ?, ?)", arguments: [other, start])
    }
    #expect(try store.acquireLease("k") == .heldBy(process: other))
    // Threads of tests block the signals that can be blocked, and hand that down.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try store.acquireLease("k") == .acquired)
    try store.releaseLease("k")
    #expect(try store.info().rows.first { $0.table == "leases" }?.count == 0)
  }

  @Test func aNewStoreIsMadeOnceByManyAtOnce() async throws {
    let path = path
    let opened = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { (try? Store.open(path)) != nil } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(opened == 8)
  }

  @Test func twoStoresWriteAtOnce() async throws {
    let first = try Store.open(path)
    let second = try Store.open(path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<40 {
        for store in [first, second] {
          group.addTask {
            _ = try store.recordSuccess(
              StepIdentity(analysis: "a", name: "s\(index)", kind: "k", key: "k\(index)", keyText: ""),
              artifacts: [NewArtifact(name: "", mediaType: "", bytes: Array("\(index)".utf8))], seconds: 0, run: nil)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try first.info().rows.first { $0.table == "steps" }?.count == 40)
  }

  @Test func garbageIsWhatNoNameReaches() throws {
    let store = try Store.open(path)
    _ = try store.recordSuccess(identity("old"), artifacts: [artifact("old")], seconds: 1, run: nil)
    _ = try store.recordSuccess(
      identity("new"), artifacts: [artifact("new"), artifact("x", "extra")], seconds: 1, run: nil)
    let dry = try store.collectGarbage(dryRun: true)
    #expect(dry.steps == 1 && dry.artifacts == 1 && dry.bytes == 3)
    #expect(try store.step(key: "old") != nil)
    #expect(try store.collectGarbage(dryRun: false) == dry)
    #expect(try store.step(key: "old") == nil && store.step(key: "new") != nil)
  }

  private func evaluation(_ key: String, outcome: String = "{}", configuration: String = "c") -> EvaluationRecord {
    EvaluationRecord(key: key, configuration: configuration, outcome: outcome, seconds: 0.25, peakBytes: 1 << 20)
  }

  @Test func evaluationsComeBackAndAreRecordedOnce() throws {
    let store = try Store.open(path)
    for number in 0..<1203 { try store.record(evaluation("k\(number)")) }
    var later = evaluation("k7")
    later.seconds = 9
    try store.record(later)
    let keys = (0..<1300).map { "k\($0)" }
    let known = try Store.open(path).evaluations(keys)
    #expect(known.count == 1203 && known["k7"] == evaluation("k7") && known["k1299"] == nil)
    #expect(throws: StoreError.nondeterministic(step: "evaluation", key: "k7", old: "{}", new: "{1}")) {
      try store.record(self.evaluation("k7", outcome: "{1}"))
    }
    #expect(try store.evaluations(["k7"])["k7"]?.outcome == "{}")
    #expect(
      try store.evaluationSummary()
        == EvaluationSummary(count: 1203, damaged: 0, seconds: 1203 * 0.25, peakBytes: 1 << 20))
    #expect(try store.info().rows.first { $0.table == "evaluations" }?.count == 1203)
  }

  @Test func evaluationsGoWhenAskedForAndUnused() throws {
    let store = try Store.open(path)
    try store.record(evaluation("used", configuration: "aaaa"))
    try store.record(evaluation("unused", configuration: "bbbb"))
    let step = StepIdentity(
      analysis: "analysis", name: "measure", kind: "measure", key: "k", keyText: "parameters.configuration: \"aaaa\"\n")
    _ = try store.recordSuccess(step, artifacts: [artifact("table")], seconds: 1, run: nil)
    #expect(try store.collectGarbage(dryRun: false).evaluations == 0)
    #expect(try store.evaluationSummary().count == 2)
    #expect(try store.collectGarbage(dryRun: true, takesEvaluations: true).evaluations == 1)
    #expect(try store.evaluationSummary().count == 2)
    #expect(try store.collectGarbage(dryRun: false, takesEvaluations: true).evaluations == 1)
    #expect(try store.evaluations(["used", "unused"]).keys.sorted() == ["used"])
  }

  /// A store of the first schema keeps its steps; the table of measurements, which nothing wrote, is gone.
  @Test func storesOfTheFirstSchemaAreBroughtUp() throws {
    try FileManager.default.createDirectory(atPath: folder + "/a", withIntermediateDirectories: true)
    do {
      let old = try DatabasePool(path: path)
      try Migrations.migrator.migrate(old, upTo: "1-steps")
      try old.write { try $0.execute(sql: "INSERT INTO steps VALUES ('k', 'kind', '', NULL, 'because', 1, NULL)") }
      #expect(try old.read { try $0.tableExists("measurements") })
      try old.close()
    }
    let store = try Store.open(path)
    #expect(try store.step(key: "k")?.reason == "because")
    #expect(try store.evaluationSummary().count == 0 && store.info().schema == Migrations.names.last)
    #expect(try !store.database.read { try $0.tableExists("measurements") })
  }

  /// What a process leaves that is killed after the migrator made its table, and before the first migration.
  @Test func storesThatWereHardlyBegunAreGoneOnWith() throws {
    try FileManager.default.createDirectory(atPath: folder + "/a", withIntermediateDirectories: true)
    let begun = try DatabasePool(path: path)
    try begun.write { try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)") }
    try begun.close()
    #expect(try Store.open(path).info().schema == Migrations.names.last)
  }

  @Test func migrationsAreOnlyAddedTo() {
    #expect(Migrations.names == ["1-steps", "2-evaluations", "3-evaluation-digests", "4-step-digests"])
  }
}
