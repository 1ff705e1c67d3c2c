import Files
import GRDB
import Synchronization

/// Runs, steps, artifacts and evaluations in one SQLite file.
///
/// Every change is one transaction: a process that is killed leaves the file as it was before or after it. Several
/// processes may use one file at once.
package final class Store: Sendable {
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
  ///   - mustExist: True when a missing file is an error; otherwise the store is made.
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

/// The reasons for which a store cannot be used.
package enum StoreError: Error, Sendable, Hashable {
  /// There is no file.
  case missing(path: String)
  /// The path cannot be that of a store: it is empty, or names a folder, a device or a pipe.
  case unusable(path: String, reason: String)
  /// The file is not a store of this tool.
  case foreign(path: String, reason: String)
  /// The file was written by a newer version.
  case newer(path: String, migration: String)
  /// The file's content is damaged. A store that is found to be so when it is opened has not been changed.
  case corrupt(path: String, reason: String)
  /// The file cannot be opened or written.
  case unavailable(path: String, reason: String)
  /// A step gave another output than before under the same key.
  case nondeterministic(step: String, key: String, old: String, new: String)
}

extension StoreError: CustomStringConvertible {
  /// A sentence on what happened and what to do.
  package var description: String {
    switch self {
    case .missing(let path): "\(path): there is no store; `trainfree run` makes one"
    case .unusable(let path, let reason):
      "\(path) cannot be a store (\(reason)): name a file with --store"
    case .foreign(let path, let reason):
      "\(path) is not a store of this tool (\(reason)); it was left as it is: name another file with --store"
    case .newer(let path, let migration):
      "\(path) was written by a newer version (\(migration)); use that version, or name another file with --store"
    case .corrupt(let path, let reason):
      "\(path) is damaged (\(reason)): move it away, and the next run makes it anew"
    case .unavailable(let path, let reason): "\(path) cannot be used: \(reason)"
    case .nondeterministic(let step, let key, let old, let new):
      "step \(step) gave output \(new.prefix(12)), and \(old.prefix(12)) before, under the same key \(key.prefix(12)); raise its version, or mend it"
    }
  }
}

/// Values of a row that may be of any kind: a file that others wrote to keeps no promises, and GRDB's own subscripts trap
/// on a value of another kind.
extension Row {
  /// A text; nil for anything else.
  func text(_ column: String) -> String? { String.fromDatabaseValue(self[column] as DatabaseValue) }

  /// An integer; nil for anything else.
  func integer(_ column: String) -> Int? { Int.fromDatabaseValue(self[column] as DatabaseValue) }

  /// A number; nil for anything else.
  func real(_ column: String) -> Double? { Double.fromDatabaseValue(self[column] as DatabaseValue) }
}
