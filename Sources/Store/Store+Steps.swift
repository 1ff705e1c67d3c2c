import Files
import Foundation
import GRDB

extension Store {
  /// The step of a key; nil when it never ended.
  package func step(key: String) throws(StoreError) -> StepRecord? { try read { try Self.record($0, key: key) } }

  /// The step that last ended, or was found current, under a name in an analysis.
  package func latestStep(analysis: String, name: String) throws(StoreError) -> StepRecord? {
    try read { database in
      let key = try String.fetchOne(
        database, sql: "SELECT key FROM step_names WHERE analysis = ? AND name = ?", arguments: [analysis, name])
      return try key.flatMap { try Self.record(database, key: $0) }
    }
  }

  /// Records that a name of an analysis stands for a key; nothing is written when it does already.
  package func remember(_ names: [(name: String, key: String)], analysis: String) throws(StoreError) {
    let known = try read { database in
      try Row.fetchAll(database, sql: "SELECT name, key FROM step_names WHERE analysis = ?", arguments: [analysis])
        .reduce(into: [String: String]()) { known, row in
          if let name = row.text("name") { known[name] = row.text("key") }
        }
    }
    let changed = names.filter { known[$0.name] != $0.key }.map { [$0.name, $0.key] }
    guard !changed.isEmpty else { return }
    try write { database in for pair in changed { try Self.remember(database, analysis, pair[0], pair[1]) } }
  }

  /// Takes away the names of an analysis that are not among the given ones.
  package func forgetNames(of analysis: String, except names: Set<String>) throws(StoreError) {
    let gone = try read { database in
      try String.fetchAll(database, sql: "SELECT name FROM step_names WHERE analysis = ?", arguments: [analysis])
        .filter { !names.contains($0) }
    }
    guard !gone.isEmpty else { return }
    try write { database in
      for name in gone {
        try database.execute(
          sql: "DELETE FROM step_names WHERE analysis = ? AND name = ?", arguments: [analysis, name])
      }
    }
  }

  /// Records a step's success with its artifacts in one transaction. Recording it again is fine when it gave the same; what is
  /// damaged, of the step or of its artifacts, gives way.
  ///
  /// - Returns: The record.
  /// - Throws: `StoreError.nondeterministic` when the key is known with another output.
  package func recordSuccess(
    _ step: StepIdentity, artifacts: [NewArtifact], seconds: Double, run: Int64?
  ) throws(StoreError) -> StepRecord {
    let digested = artifacts.map { ($0, SHA256.hexDigest($0.bytes)) }
    return try write { database in
      for (artifact, digest) in digested {
        try Self.insert(database, artifact, digest)
      }
      let output = digested.first { $0.0.name.isEmpty }?.1
      if let known = try Self.record(database, key: step.key), let old = known.output {
        let others = Dictionary(uniqueKeysWithValues: digested.filter { !$0.0.name.isEmpty }.map { ($0.0.name, $0.1) })
        if old != output || known.artifacts != others {
          let changed = others.first { known.artifacts[$0.key] != $0.value }
          throw StoreError.nondeterministic(
            step: step.name + (changed.map { " (\($0.key))" } ?? ""), key: step.key, old: old, new: output ?? "")
        }
      } else {
        try database.execute(sql: "DELETE FROM step_artifacts WHERE key = ?", arguments: [step.key])
        try database.execute(
          sql: "INSERT OR REPLACE INTO steps (key, kind, key_text, output, seconds, run) VALUES (?, ?, ?, ?, ?, ?)",
          arguments: [step.key, step.kind, step.keyText, output, seconds, run])
        for (artifact, digest) in digested where !artifact.name.isEmpty {
          try database.execute(
            sql: "INSERT OR REPLACE INTO step_artifacts (key, name, digest) VALUES (?, ?, ?)",
            arguments: [step.key, artifact.name, digest])
        }
        try Self.seal(database, key: step.key)
      }
      try Self.remember(database, step.analysis, step.name, step.key)
      guard let record = try Self.record(database, key: step.key) else {
        throw StoreError.corrupt(path: self.path, reason: "a step that was written is not there")
      }
      return record
    }
  }

  /// Records why a step failed, unless it is known to have succeeded.
  package func recordFailure(_ step: StepIdentity, reason: String, seconds: Double, run: Int64?) throws(StoreError) {
    try write { database in
      if let known = try Self.record(database, key: step.key), known.output != nil { return }
      try database.execute(
        sql: "INSERT OR REPLACE INTO steps (key, kind, key_text, reason, seconds, run) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [step.key, step.kind, step.keyText, reason, seconds, run])
      try Self.seal(database, key: step.key)
      try Self.remember(database, step.analysis, step.name, step.key)
    }
  }

  /// The content of an artifact.
  ///
  /// - Throws: `StoreError.corrupt` when it is not there or does not have its digest.
  package func artifact(_ digest: String) throws(StoreError) -> [UInt8] {
    guard let content = try read({ try Self.content($0, digest) }) else {
      throw .corrupt(path: path, reason: "artifact \(digest.prefix(12)) is not there")
    }
    guard SHA256.hexDigest(content) == digest else {
      throw .corrupt(path: path, reason: "artifact \(digest.prefix(12)) has another content")
    }
    return content
  }

  /// The reason why an artifact cannot be used; nil when it is as it was written.
  package func damage(ofArtifact digest: String) throws(StoreError) -> String? {
    let found = try read { database -> (digest: String, counted: Int?)? in
      guard let content = try Self.content(database, digest) else { return nil }
      let row = try Row.fetchOne(
        database, sql: "SELECT byte_count FROM artifacts WHERE digest = ?", arguments: [digest])
      return (SHA256.hexDigest(content), row?.integer("byte_count").map { $0 - content.count })
    }
    guard let found else { return "it is not there" }
    if found.digest != digest { return "its content has the SHA-256 \(found.digest)" }
    return found.counted == 0 ? nil : "its size is not the recorded one"
  }

  static func content(_ database: Database, _ digest: String) throws -> [UInt8]? {
    guard try Row.fetchOne(database, sql: "SELECT 1 FROM artifacts WHERE digest = ?", arguments: [digest]) != nil else {
      return nil
    }
    var content: [UInt8] = []
    let parts = try Row.fetchCursor(
      database, sql: "SELECT content FROM artifact_parts WHERE digest = ? ORDER BY part", arguments: [digest])
    while let row = try parts.next() {
      if let data = Data.fromDatabaseValue(row["content"] as DatabaseValue) { content += data }
    }
    return content
  }

  /// The most bytes of an artifact in one row: SQLite holds a row it writes in memory more than once.
  private static let partSize = 4 << 20

  private static func insert(_ database: Database, _ artifact: NewArtifact, _ digest: String) throws {
    if try content(database, digest) == artifact.bytes {
      return try database.execute(
        sql: "UPDATE artifacts SET byte_count = ? WHERE digest = ? AND byte_count <> ?",
        arguments: [artifact.bytes.count, digest, artifact.bytes.count])
    }
    // Its parts may be there without it, or be damaged.
    try database.execute(sql: "DELETE FROM artifact_parts WHERE digest = ?", arguments: [digest])
    try database.execute(
      sql: """
        INSERT INTO artifacts (digest, media_type, byte_count) VALUES (?, ?, ?)
        ON CONFLICT (digest) DO UPDATE SET media_type = excluded.media_type, byte_count = excluded.byte_count
        """,
      arguments: [digest, artifact.mediaType, artifact.bytes.count])
    for (part, start) in stride(from: 0, to: artifact.bytes.count, by: partSize).enumerated() {
      let content = Data(artifact.bytes[start..<min(start + partSize, artifact.bytes.count)])
      try database.execute(
        sql: "INSERT INTO artifact_parts (digest, part, content) VALUES (?, ?, ?)", arguments: [digest, part, content])
    }
  }

  private static func remember(_ database: Database, _ analysis: String, _ name: String, _ key: String) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO step_names (analysis, name, key) VALUES (?, ?, ?)", arguments: [analysis, name, key])
  }

  /// The step of a key; nil when there is none, or when it is not as it was written.
  private static func record(_ database: Database, key: String) throws -> StepRecord? {
    guard let (record, digest) = try unchecked(database, key: key), record.digest == digest else { return nil }
    return record
  }

  /// The step of a key as it stands there, and the digest beside it.
  static func unchecked(_ database: Database, key: String) throws -> (record: StepRecord, digest: String)? {
    guard
      let row = try Row.fetchOne(
        database, cachedSQL: "SELECT key_text, output, reason, seconds, digest FROM steps WHERE key = ?", key)
    else { return nil }
    let artifacts = try Row.fetchAll(
      database, sql: "SELECT name, digest FROM step_artifacts WHERE key = ?", arguments: [key])
    let record = StepRecord(
      key: key, keyText: row.text("key_text") ?? "", output: row.text("output"),
      artifacts: artifacts.reduce(into: [:]) { known, row in
        if let name = row.text("name") { known[name] = row.text("digest") }
      },
      reason: row.text("reason"), seconds: row.real("seconds") ?? 0)
    return (record, row.text("digest") ?? "")
  }

  /// Writes the digest of a step beside it.
  static func seal(_ database: Database, key: String) throws {
    guard let (record, _) = try unchecked(database, key: key) else { return }
    try database.execute(sql: "UPDATE steps SET digest = ? WHERE key = ?", arguments: [record.digest, key])
  }
}

extension Row {
  fileprivate static func fetchOne(_ database: Database, cachedSQL: String, _ key: String) throws -> Row? {
    try fetchOne(database.cachedStatement(sql: cachedSQL), arguments: [key])
  }
}
