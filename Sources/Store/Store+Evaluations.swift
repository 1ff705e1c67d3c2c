import GRDB

extension Store {
  /// Keys looked up in one statement.
  private static let keysAtOnce = 500

  /// Records an evaluation as it ends, so that a run that is killed loses no more than those in flight.
  ///
  /// Recording it again is fine when it gave the same; its seconds and bytes are then those of the first time.
  ///
  /// - Throws: `StoreError.nondeterministic` when the key is known with another outcome.
  public func record(_ evaluation: EvaluationRecord) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO evaluations (key, configuration, outcome, seconds, peak_bytes) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          evaluation.key, evaluation.configuration, evaluation.outcome, evaluation.seconds, evaluation.peakBytes,
        ])
      guard database.changesCount == 0 else { return }
      let known = try String.fetchOne(
        database, sql: "SELECT outcome FROM evaluations WHERE key = ?", arguments: [evaluation.key])
      if let known, known != evaluation.outcome {
        throw StoreError.nondeterministic(step: "evaluation", key: evaluation.key, old: known, new: evaluation.outcome)
      }
    }
  }

  /// The evaluations of keys that are known, by key.
  public func evaluations(_ keys: [String]) throws(StoreError) -> [String: EvaluationRecord] {
    try read { database in
      var found: [String: EvaluationRecord] = [:]
      for start in stride(from: 0, to: keys.count, by: Self.keysAtOnce) {
        let part = Array(keys[start..<min(start + Self.keysAtOnce, keys.count)])
        let places = Array(repeating: "?", count: part.count).joined(separator: ", ")
        let rows = try Row.fetchCursor(
          database, sql: "SELECT * FROM evaluations WHERE key IN (\(places))", arguments: StatementArguments(part))
        while let row = try rows.next() {
          let record = EvaluationRecord(
            key: row["key"], configuration: row["configuration"], outcome: row["outcome"], seconds: row["seconds"],
            peakBytes: row["peak_bytes"])
          found[record.key] = record
        }
      }
      return found
    }
  }

  /// How many evaluations there are, how long they took together, and the most memory that one of them held.
  public func evaluationSummary() throws(StoreError) -> EvaluationSummary {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql:
          "SELECT count(*) AS count, total(seconds) AS seconds, coalesce(max(peak_bytes), 0) AS peak FROM evaluations")
      return EvaluationSummary(count: row?["count"] ?? 0, seconds: row?["seconds"] ?? 0, peakBytes: row?["peak"] ?? 0)
    }
  }
}

/// What the evaluations in a store cost.
public struct EvaluationSummary: Sendable, Hashable {
  /// Number of evaluations.
  public var count: Int
  /// Seconds they took, added up over workers.
  public var seconds: Double
  /// Most bytes of memory that a worker held.
  public var peakBytes: Int
}
