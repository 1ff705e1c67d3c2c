import Files
import GRDB
import Glibc

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

/// The answer to a process that asks for the lease of a step.
package enum LeaseOutcome: Sendable, Hashable {
  /// This process holds the lease now.
  case acquired
  /// Another process that is alive holds it.
  case heldBy(process: Int)
}

extension Store {
  /// Takes the right to work on a key. A lease of a process that is gone is taken over.
  package func acquireLease(_ key: String) throws(StoreError) -> LeaseOutcome {
    let own = Int(getpid())
    let start = ProcessIdentity.start(of: own) ?? ""
    return try write { database in
      if let row = try Row.fetchOne(
        database, sql: "SELECT process, process_start FROM leases WHERE key = ?", arguments: [key])
      {
        if let holder = row.integer("process"), holder != own,
          let start = row.text("process_start"), ProcessIdentity.start(of: holder) == start
        {
          return .heldBy(process: holder)
        }
      }
      try database.execute(
        sql: "INSERT OR REPLACE INTO leases (key, process, process_start) VALUES (?, ?, ?)",
        arguments: [key, own, start])
      return .acquired
    }
  }

  /// Gives the right to work on keys back.
  package func releaseLease(_ key: String) throws(StoreError) {
    try write { try $0.execute(sql: "DELETE FROM leases WHERE key = ?", arguments: [key]) }
  }
}

/// The identity of a process, which tells it from a later process with the same number.
enum ProcessIdentity {
  /// The time when a process began, in clock ticks after boot, with the boot's id; nil when there is no such process.
  static func start(of process: Int) -> String? {
    guard let status = try? FileSystem.read("/proc/\(process)/stat", limit: 1 << 16),
      let text = String(validating: status, as: UTF8.self), let close = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    let boot = (try? FileSystem.read("/proc/sys/kernel/random/boot_id", limit: 256)).map {
      String(decoding: $0, as: UTF8.self)
    }
    return "\(fields[19]) \(boot?.prefix(36) ?? "")"
  }
}
