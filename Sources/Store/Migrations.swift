import GRDB

/// The schema, as named steps that are only ever added to.
enum Migrations {
  /// Marks a file as a store of this tool ("tfre").
  static let applicationID = 0x7466_7265

  /// The names in order.
  static let names = ["1-steps", "2-evaluations", "3-evaluation-digests", "4-step-digests"]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration(names[0]) { database in
      try database.execute(
        sql: """
          CREATE TABLE runs (
            id INTEGER PRIMARY KEY, analysis TEXT NOT NULL, spec_digest TEXT NOT NULL, command TEXT NOT NULL,
            version TEXT NOT NULL, environment TEXT NOT NULL, status TEXT NOT NULL, started TEXT NOT NULL
              DEFAULT (datetime('now')), finished TEXT
          ) STRICT;
          CREATE TABLE artifacts (
            digest TEXT PRIMARY KEY, media_type TEXT NOT NULL, byte_count INTEGER NOT NULL
          ) STRICT;
          CREATE TABLE artifact_parts (
            digest TEXT NOT NULL REFERENCES artifacts (digest) ON DELETE CASCADE, part INTEGER NOT NULL,
            content BLOB NOT NULL, PRIMARY KEY (digest, part)
          ) STRICT;
          CREATE TABLE steps (
            key TEXT PRIMARY KEY, kind TEXT NOT NULL, key_text TEXT NOT NULL,
            output TEXT REFERENCES artifacts (digest), reason TEXT, seconds REAL NOT NULL,
            run INTEGER REFERENCES runs (id), CHECK ((output IS NULL) <> (reason IS NULL))
          ) STRICT;
          CREATE TABLE step_artifacts (
            key TEXT NOT NULL REFERENCES steps (key) ON DELETE CASCADE, name TEXT NOT NULL,
            digest TEXT NOT NULL REFERENCES artifacts (digest), PRIMARY KEY (key, name)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE step_names (
            analysis TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (analysis, name)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE measurements (
            architecture TEXT NOT NULL, metric TEXT NOT NULL, variant TEXT NOT NULL, protocol TEXT NOT NULL,
            seed INTEGER NOT NULL, batch INTEGER NOT NULL, value REAL, reason TEXT, seconds REAL NOT NULL,
            PRIMARY KEY (architecture, metric, variant, protocol, seed, batch),
            CHECK ((value IS NULL) <> (reason IS NULL))
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE diagnostics (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, step TEXT,
            severity TEXT NOT NULL, message TEXT NOT NULL
          ) STRICT;
          CREATE TABLE leases (
            key TEXT PRIMARY KEY, process INTEGER NOT NULL, process_start TEXT NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX step_artifacts_digest ON step_artifacts (digest);
          CREATE INDEX steps_output ON steps (output);
          """)
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    migrator.registerMigration(names[1]) { database in
      try database.execute(
        sql: """
          DROP TABLE measurements;
          CREATE TABLE evaluations (
            key TEXT PRIMARY KEY, configuration TEXT NOT NULL, outcome TEXT NOT NULL, seconds REAL NOT NULL,
            peak_bytes INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX evaluations_configuration ON evaluations (configuration);
          """)
    }
    // Looks at no foreign keys: a store whose steps were altered by hand is still to be opened.
    migrator.registerMigration(names[2], foreignKeyChecks: .immediate) { database in
      try database.execute(sql: "ALTER TABLE evaluations ADD COLUMN digest TEXT NOT NULL DEFAULT ''")
      for row in try Row.fetchAll(database, sql: "SELECT key, outcome FROM evaluations") {
        guard let key = row.text("key"), let outcome = row.text("outcome") else { continue }
        try database.execute(
          sql: "UPDATE evaluations SET digest = ? WHERE key = ?",
          arguments: [EvaluationRecord.digest(key: key, outcome: outcome), key])
      }
    }
    migrator.registerMigration(names[3], foreignKeyChecks: .immediate) { database in
      try database.execute(sql: "ALTER TABLE steps ADD COLUMN digest TEXT NOT NULL DEFAULT ''")
      for key in try Row.fetchAll(database, sql: "SELECT key FROM steps").compactMap({ $0.text("key") }) {
        try Store.seal(database, key: key)
      }
    }
    return migrator
  }
}
