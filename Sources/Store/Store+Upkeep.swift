import Files
import GRDB

extension Store {
  /// Counts and sizes of the store's content, with SQLite's quick check. O(bytes of the store).
  package func info() throws(StoreError) -> StoreInfo {
    let tables = ["runs", "steps", "artifacts", "evaluations", "diagnostics", "leases"]
    let (counts, bytes, check) = try read { database in
      (
        try tables.map { try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? 0 },
        try Int.fetchOne(database, sql: "SELECT coalesce(sum(byte_count), 0) FROM artifacts") ?? 0,
        try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? ""
      )
    }
    return StoreInfo(
      schema: Migrations.names.last ?? "", rows: zip(tables, counts).map { .init(table: $0, count: $1) },
      artifactBytes: bytes, fileBytes: FileSystem.size(path) ?? 0, check: check)
  }

  /// The names of a step's artifacts that are not as they were written, empty for its main output. Each artifact is read once
  /// in the life of this object.
  package func damages(of step: StepRecord) throws(StoreError) -> [String] {
    var names: [String] = []
    for (name, digest) in [("", step.output)]
      + step.artifacts.sorted(by: { $0.key < $1.key }).map({ ($0.key, $0.value) })
    {
      guard let digest, !sound.withLock({ $0.contains(digest) }) else { continue }
      if try damage(ofArtifact: digest) == nil {
        sound.withLock { _ = $0.insert(digest) }
      } else {
        names.append(name)
      }
    }
    return names
  }

  /// Reads every step and every artifact, and says what is not as it was written. O(bytes of the store).
  ///
  /// Damaged evaluations are counted by `evaluationSummary()`.
  package func damages() throws(StoreError) -> [StoreDamage] {
    let (steps, uses, artifacts) = try read { database in
      var names: [String: [String]] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT analysis, name, key FROM step_names ORDER BY analysis, name") {
        guard let analysis = row.text("analysis"), let name = row.text("name"), let key = row.text("key") else {
          continue
        }
        names[key, default: []].append("\(analysis): \(name)")
      }
      var steps: [StoreDamage] = []
      var uses: [String: [String]] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT key FROM steps ORDER BY key") {
        guard let key = row.text("key"), let (record, digest) = try Self.unchecked(database, key: key) else {
          steps.append(StoreDamage(kind: .step, digest: "", uses: [], reason: "its key is no text"))
          continue
        }
        let users = names[key] ?? []
        if record.digest != digest {
          steps.append(
            StoreDamage(
              kind: .step, digest: key, uses: users,
              reason: "its key's text, its output, its reason or the names of its artifacts were changed"))
        }
        if let output = record.output { uses[output, default: []] += users }
        for (name, digest) in record.artifacts.sorted(by: { $0.key < $1.key }) {
          uses[digest, default: []] += users.map { "\($0) (\(name))" }
        }
      }
      let known = try Row.fetchAll(database, sql: "SELECT digest FROM artifacts").compactMap { $0.text("digest") }
      return (steps, uses, Set(known).union(uses.keys).sorted())
    }
    var damages = steps
    for digest in artifacts {
      guard let reason = try damage(ofArtifact: digest) else { continue }
      damages.append(StoreDamage(kind: .artifact, digest: digest, uses: uses[digest] ?? [], reason: reason))
    }
    return damages
  }

  /// Takes away steps that no analysis' newest run used, artifacts no step refers to, leases of dead processes; then
  /// gives the space back.
  ///
  /// Evaluations are dear, and those of a run that was interrupted belong to no step yet: they go only when asked for.
  ///
  /// - Parameters:
  ///   - dryRun: True when only the report is made, and nothing is taken away.
  ///   - takesEvaluations: True when evaluations go whose configuration stands in the key of no step that stays.
  package func collectGarbage(dryRun: Bool, takesEvaluations: Bool = false) throws(StoreError) -> GarbageReport {
    let live = "SELECT key FROM step_names"
    let used = """
      SELECT output FROM steps WHERE output IS NOT NULL AND key IN (\(live))
      UNION SELECT digest FROM step_artifacts WHERE key IN (\(live))
      """
    let unused = """
      configuration NOT IN (
        SELECT DISTINCT configuration FROM evaluations AS known WHERE EXISTS (
          SELECT 1 FROM steps WHERE key IN (\(live)) AND instr(key_text, known.configuration) > 0))
      """
    let dead = try read { database in
      try Row.fetchAll(database, sql: "SELECT key, process, process_start FROM leases")
        .filter { ProcessIdentity.start(of: $0.integer("process") ?? 0) != $0.text("process_start") }
        .compactMap { $0.text("key") }
    }
    let report = try read { database in
      GarbageReport(
        steps: try Int.fetchOne(database, sql: "SELECT count(*) FROM steps WHERE key NOT IN (\(live))") ?? 0,
        artifacts: try Int.fetchOne(database, sql: "SELECT count(*) FROM artifacts WHERE digest NOT IN (\(used))") ?? 0,
        bytes: try Int.fetchOne(
          database, sql: "SELECT coalesce(sum(byte_count), 0) FROM artifacts WHERE digest NOT IN (\(used))") ?? 0,
        leases: dead.count,
        evaluations: takesEvaluations
          ? try Int.fetchOne(database, sql: "SELECT count(*) FROM evaluations WHERE \(unused)") ?? 0 : 0)
    }
    guard !dryRun else { return report }
    try write { database in
      if takesEvaluations { try database.execute(sql: "DELETE FROM evaluations WHERE \(unused)") }
      try database.execute(sql: "DELETE FROM steps WHERE key NOT IN (\(live))")
      try database.execute(sql: "DELETE FROM artifacts WHERE digest NOT IN (\(used))")
      for key in dead { try database.execute(sql: "DELETE FROM leases WHERE key = ?", arguments: [key]) }
    }
    do { try database.vacuum() } catch { throw Self.translated(error, path) }
    return report
  }
}
