import Files
import GRDB
import Synchronization

/// Runs, steps, artifacts and evaluations in one SQLite file.
///
/// Every change is one transaction: a process that is killed leaves the file as it was before or after it. Several
/// processes may use one file at once.
package final class Store: Sendable {
  /// The file.
  package let path: String
  let database: any DatabaseWriter
  /// Artifacts that were found to be as they were written.
  let sound = Mutex<Set<String>>([])

  private init(path: String, database: any DatabaseWriter) {
    self.path = path
    self.database = database
  }

  /// Opens a store, making it when there is no file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - mustExist: Whether a missing file is an error.
  /// - Throws: `StoreError`; a file that is foreign, newer or damaged is not changed, and nothing is left beside it.
  package static func open(_ path: String, mustExist: Bool = false) throws(StoreError) -> Store {
    let file = StoreFile(path)
    switch try file.owner() {
    case .nobody:
      guard !mustExist else { throw .missing(path: path) }
      try file.make()
    case .store: try file.check()
    }
    do {
      let database = try DatabasePool(path: file.name, configuration: file.configuration)
      try migrate(database)
      return Store(path: path, database: database)
    } catch { throw translated(error, path) }
  }

  /// Opens a store that is there to read it. A store that this process may not write, or that stands in such a folder, is
  /// read as it is.
  ///
  /// - Throws: `StoreError`.
  package static func openToRead(_ path: String) throws(StoreError) -> Store {
    let file = StoreFile(path)
    guard case .store = try file.owner() else { throw .missing(path: path) }
    guard file.isReadOnly else { return try open(path, mustExist: true) }
    let database = try file.readOnlyDatabase()
    let store = Store(path: path, database: database)
    let applied = try store.read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") }
    try file.checkKnown(applied)
    guard Migrations.names.allSatisfy({ applied.contains($0) }) else {
      throw .unavailable(
        path: path,
        reason: "an older version made it, and it cannot be written to bring it up to date; copy it elsewhere")
    }
    return store
  }

  /// Brings the schema up to date. Another process may do the same at this moment: of each step one of the two succeeds, the
  /// other looks again.
  private static func migrate(_ database: DatabasePool) throws {
    for _ in Migrations.names {
      do { return try Migrations.migrator.migrate(database) } catch DatabaseError.SQLITE_ERROR {}
    }
    try Migrations.migrator.migrate(database)
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
