import GRDB

extension Store {
  /// Records the beginning of a run and returns its number.
  package func beginRun(_ run: RunRecord) throws(StoreError) -> Int64 {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO runs (analysis, spec_digest, command, version, environment, status) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.analysis, run.specDigest, run.command, run.version, run.environment, RunStatus.running.rawValue,
        ])
      return database.lastInsertedRowID
    }
  }

  /// Records the end of a run.
  package func finishRun(_ id: Int64, status: RunStatus) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: "UPDATE runs SET status = ?, finished = datetime('now') WHERE id = ?", arguments: [status.rawValue, id])
    }
  }

  /// Records a finding of a run.
  package func recordDiagnostic(run: Int64, step: String?, severity: String, message: String) throws(StoreError) {
    try write { database in
      try database.execute(
        sql: "INSERT INTO diagnostics (run, step, severity, message) VALUES (?, ?, ?, ?)",
        arguments: [run, step, severity, message])
    }
  }
}
