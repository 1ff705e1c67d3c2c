import Files
import GRDB

/// Runs, steps, artifacts and evaluations in one SQLite file.
///
/// Every change is one transaction: a process that is killed leaves the file as it was before or after it. Several
/// processes may use one file at once.
public final class Store: Sendable {
  /// The file.
  public let path: String
  let database: DatabasePool

  private init(path: String, database: DatabasePool) {
    self.path = path
    self.database = database
  }

  /// Opens a store, making it when there is no file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - mustExist: Whether a missing file is an error.
  /// - Throws: `StoreError`; a file that is foreign, newer or damaged is never changed.
  public static func open(_ path: String, mustExist: Bool = false) throws(StoreError) -> Store {
    let size = FileSystem.size(path)
    if size == nil || size == 0 {
      guard !mustExist else { throw .missing(path: path) }
      do { try FileSystem.makeFolder(FileSystem.folder(of: path)) } catch {
        throw .unavailable(path: path, reason: "\(error)")
      }
    } else {
      try checkOwnership(path)
    }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(30)
      configuration.foreignKeysEnabled = true
      configuration.maximumReaderCount = 4
      let database = try DatabasePool(path: path, configuration: configuration)
      try migrate(database)
      return Store(path: path, database: database)
    } catch { throw translated(error, path) }
  }

  /// Brings the schema up to date. Another process may do the same at this moment: of each step one of the two succeeds, the
  /// other looks again.
  private static func migrate(_ database: DatabasePool) throws {
    for _ in Migrations.names {
      do { return try Migrations.migrator.migrate(database) } catch DatabaseError.SQLITE_ERROR {}
    }
    try Migrations.migrator.migrate(database)
  }

  private static func checkOwnership(_ path: String) throws(StoreError) {
    guard let head = try? FileSystem.head(path, count: 16), head.starts(with: Array("SQLite format 3".utf8)) else {
      throw .foreign(path: path, reason: "it is not an SQLite file")
    }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(30)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let (identifier, applied, tables) = try queue.read { database in
        let applied =
          try database.tableExists("grdb_migrations")
          ? String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations") : []
        return (
          try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0, applied,
          // The migrator's own table comes before the identifier: a process that was killed, or is at work, may have
          // left it alone in the file.
          try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
        )
      }
      try queue.close()
      if identifier != Migrations.applicationID, tables > 0 {
        throw StoreError.foreign(path: path, reason: "another program's database")
      }
      if let unknown = applied.first(where: { !Migrations.names.contains($0) }) {
        throw StoreError.newer(path: path, migration: unknown)
      }
    } catch { throw translated(error, path) }
  }

  static func translated(_ error: any Error, _ path: String) -> StoreError {
    if let error = error as? StoreError { return error }
    guard let error = error as? DatabaseError else { return .unavailable(path: path, reason: "\(error)") }
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt(path: path, reason: error.message ?? "unreadable")
    default: return .unavailable(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }

  func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try database.read(body) } catch { throw Self.translated(error, path) }
  }

  func write<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try database.write(body) } catch { throw Self.translated(error, path) }
  }
}
