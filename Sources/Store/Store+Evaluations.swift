import Files
import GRDB

extension Store {
  /// Keys looked up in one statement.
  private static let keysAtOnce = 500

  /// Records an evaluation as it ends, so that a run that is killed loses no more than those in flight.
  ///
  /// Recording it again is fine when it gave the same; its seconds and bytes are then those of the first time. A damaged
  /// row gives way.
  ///
  /// - Throws: `StoreError.nondeterministic` when the key is known with another outcome.
  package func record(_ evaluation: EvaluationRecord) throws(StoreError) { try record([evaluation]) }

  /// Records evaluations in one transaction: all of them or none.
  ///
  /// - Throws: `StoreError.nondeterministic` when the key of one is known with another outcome.
  package func record(_ evaluations: [EvaluationRecord]) throws(StoreError) {
    guard !evaluations.isEmpty else { return }
    try write { database in for evaluation in evaluations { try Self.record(evaluation, in: database) } }
  }

  private static func record(_ evaluation: EvaluationRecord, in database: Database) throws {
    let known = try Row.fetchOne(
      database, sql: "SELECT * FROM evaluations WHERE key = ?", arguments: [evaluation.key])
    if let known = known.flatMap({ Self.evaluation($0) }) {
      guard known.outcome != evaluation.outcome else { return }
      throw StoreError.nondeterministic(
        step: "evaluation", key: evaluation.key, old: known.outcome, new: evaluation.outcome)
    }
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO evaluations (key, configuration, outcome, seconds, peak_bytes, digest)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        evaluation.key, evaluation.configuration, evaluation.outcome, evaluation.seconds, evaluation.peakBytes,
        EvaluationRecord.digest(key: evaluation.key, outcome: evaluation.outcome),
      ])
  }

  /// The evaluations of keys that are known, by key. Damaged rows are left out, as if they were not there.
  package func evaluations(_ keys: [String]) throws(StoreError) -> [String: EvaluationRecord] {
    try read { database in
      var found: [String: EvaluationRecord] = [:]
      for start in stride(from: 0, to: keys.count, by: Self.keysAtOnce) {
        let part = Array(keys[start..<min(start + Self.keysAtOnce, keys.count)])
        let places = Array(repeating: "?", count: part.count).joined(separator: ", ")
        let rows = try Row.fetchCursor(
          database, sql: "SELECT * FROM evaluations WHERE key IN (\(places))", arguments: StatementArguments(part))
        while let row = try rows.next() {
          if let record = Self.evaluation(row) { found[record.key] = record }
        }
      }
      return found
    }
  }

  /// The evaluation of a row; nil when the row is not as it was written.
  private static func evaluation(_ row: Row) -> EvaluationRecord? {
    guard let key = row.text("key"), let outcome = row.text("outcome"),
      row.text("digest") == EvaluationRecord.digest(key: key, outcome: outcome)
    else { return nil }
    return EvaluationRecord(
      key: key, configuration: row.text("configuration") ?? "", outcome: outcome, seconds: row.real("seconds") ?? 0,
      peakBytes: row.integer("peak_bytes") ?? 0)
  }

  /// Number of evaluations, seconds that they took together, and the most memory that one of them held.
  package func evaluationSummary() throws(StoreError) -> EvaluationSummary {
    try read { database in
      var summary = EvaluationSummary(count: 0, damaged: 0, seconds: 0, peakBytes: 0)
      let rows = try Row.fetchCursor(database, sql: "SELECT * FROM evaluations")
      while let row = try rows.next() {
        summary.count += 1
        if Self.evaluation(row) == nil { summary.damaged += 1 }
        summary.seconds += row.real("seconds") ?? 0
        summary.peakBytes = max(summary.peakBytes, row.integer("peak_bytes") ?? 0)
      }
      return summary
    }
  }
}

/// The cost of the evaluations in a store.
package struct EvaluationSummary: Sendable, Hashable {
  /// Number of evaluations.
  package var count: Int
  /// Number of those that are not as they were written; they are measured again when they are needed.
  package var damaged: Int
  /// Seconds they took, added up over workers.
  package var seconds: Double
  /// Most bytes of memory that a worker held.
  package var peakBytes: Int
}

/// The memo of one evaluation: an architecture measured in one configuration with one seed on one batch.
package struct EvaluationRecord: Sendable, Hashable {
  /// SHA-256 of the canonical text of all that the outcome depends on.
  package var key: String
  /// SHA-256 of the part of that text which evaluations of one measurement share.
  package var configuration: String
  /// Values, and reasons where there is none, as JSON.
  package var outcome: String
  /// Seconds that it took.
  package var seconds: Double
  /// Most bytes of memory that the worker held.
  package var peakBytes: Int

  package init(key: String, configuration: String, outcome: String, seconds: Double, peakBytes: Int) {
    self.key = key
    self.configuration = configuration
    self.outcome = outcome
    self.seconds = seconds
    self.peakBytes = peakBytes
  }

  /// The digest stored beside an outcome, to tell whether it was changed by another hand: SHA-256 of key and outcome.
  static func digest(key: String, outcome: String) -> String { SHA256.hexDigest("\(key)\n\(outcome)") }
}
