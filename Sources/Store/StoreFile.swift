import CStore
import Files
import Foundation
import GRDB

/// The file of a store before it is opened to write, with checks of its owner and its soundness.
///
/// A file that is not known to be this tool's is never opened by SQLite where it stands, since that would fold another program's
/// log in and leave files beside it.
struct StoreFile {
  /// The owner of a file.
  enum Owner {
    /// There is no file, or an empty one.
    case nobody
    /// The file is a store of this tool.
    case store
  }

  /// Bytes that are copied at most to look into a file, and into its log.
  private static let (copyLimit, logCopyLimit) = (1 << 20, 64 << 20)
  /// Offset of the mark of its program in a file's header.
  private static let markOffset = 68
  /// True when SQLite takes options with a file's name; it does not when something in this process has used it before.
  private static let takesOptions = cstore_read_addresses() == 0

  let path: String
  /// The path as SQLite is given it; never one that it would take for an address.
  let name: String

  init(_ path: String) {
    self.path = path
    name = path.hasPrefix("/") ? path : "./" + path
    _ = Self.takesOptions
  }

  var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.foreignKeysEnabled = true
    configuration.maximumReaderCount = 4
    return configuration
  }

  /// True when this process may not write to the file, or to the folder that it is in.
  var isReadOnly: Bool {
    !FileSystem.isWritable(path) || !FileSystem.isWritable(FileSystem.folder(of: path))
  }

  private var hasLog: Bool { (FileSystem.size(path + "-wal") ?? 0) > 0 }

  private var hasJournal: Bool { (FileSystem.size(path + "-journal") ?? 0) > 0 }

  /// The owner of the file by its first bytes, or by a copy of a small file without a mark.
  ///
  /// - Throws: `StoreError.unusable`, `.foreign` or `.unavailable`.
  func owner() throws(StoreError) -> Owner {
    guard !path.isEmpty else { throw .unusable(path: "\"\"", reason: "its name is empty") }
    guard let size = FileSystem.size(path) else {
      var folder = FileSystem.folder(of: path)
      while !FileSystem.exists(folder), folder != "/", folder != "." { folder = FileSystem.folder(of: folder) }
      guard FileSystem.isFolder(folder) else { throw .unusable(path: path, reason: "\(folder) is no folder") }
      return .nobody
    }
    guard FileSystem.isFile(path) else {
      throw .unusable(path: path, reason: FileSystem.isFolder(path) ? "it is a folder" : "it is a device or a pipe")
    }
    guard size > 0 else { return .nobody }
    // Another process may be making it at this moment.
    for _ in 0..<3 {
      if try isMarked() || isBegun() { return .store }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw .foreign(path: path, reason: "another program's database")
  }

  private func isMarked() throws(StoreError) -> Bool {
    let head: [UInt8]
    do { head = try FileSystem.head(path, count: Self.markOffset + 4) } catch {
      throw .unavailable(path: path, reason: "\(error)")
    }
    guard head.starts(with: Array("SQLite format 3".utf8)) else {
      throw .foreign(path: path, reason: "it is not an SQLite file")
    }
    guard head.count == Self.markOffset + 4 else { return false }
    return head[Self.markOffset...].reduce(0) { $0 << 8 | Int($1) } == Migrations.applicationID
  }

  /// True for a small file that an earlier version left when it was stopped before the mark was in the file itself: the mark
  /// is in the log, or there is the empty table of the migrator alone.
  private func isBegun() -> Bool {
    guard (FileSystem.size(path) ?? 0) <= Self.copyLimit, (FileSystem.size(path + "-wal") ?? 0) <= Self.logCopyLimit
    else { return false }
    let folder = NSTemporaryDirectory() + "trainfree-look-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      try FileSystem.write(try FileSystem.read(path), to: "\(folder)/copy")
      if hasLog { try FileSystem.write(try FileSystem.read(path + "-wal"), to: "\(folder)/copy-wal") }
      return try DatabaseQueue(path: "\(folder)/copy").read { database in
        if try Int.fetchOne(database, sql: "PRAGMA application_id") == Migrations.applicationID { return true }
        let tables = try Row.fetchAll(database, sql: "SELECT tbl_name FROM sqlite_master").map { $0.text("tbl_name") }
        guard !tables.isEmpty, tables.allSatisfy({ $0 == "grdb_migrations" }) else { return false }
        return try Int.fetchOne(database, sql: "SELECT count(*) FROM grdb_migrations") == 0
      }
    } catch { return false }
  }

  /// Makes the file with its mark, which is there from the first moment on.
  ///
  /// - Throws: `StoreError.unavailable`.
  func make() throws(StoreError) {
    do {
      try FileSystem.makeFolder(FileSystem.folder(of: path))
      let queue = try DatabaseQueue(path: name, configuration: configuration)
      try queue.inDatabase { try $0.execute(sql: "PRAGMA application_id = \(Migrations.applicationID)") }
      try queue.close()
    } catch let failure as FileFailure {
      throw .unavailable(path: path, reason: "\(failure)")
    } catch { throw Store.translated(error, path) }
  }

  /// Looks into the file without changing it: it must be sound and not newer than this version.
  ///
  /// - Throws: `StoreError`.
  func check() throws(StoreError) {
    // A process was stopped while it made the file: SQLite rolls that back when it opens it to write.
    guard !hasJournal else { return }
    do throws(StoreError) { try look() } catch {
      guard case .corrupt = error else { throw error }
      // Another process may have been writing.
      Thread.sleep(forTimeInterval: 0.2)
      try look()
    }
  }

  private func look() throws(StoreError) {
    let database = try readOnlyDatabase()
    do {
      let (applied, answer) = try database.read { database in
        (
          try database.tableExists("grdb_migrations")
            ? String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations") : [],
          try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? ""
        )
      }
      try database.close()
      try checkKnown(applied)
      guard answer == "ok" else { throw StoreError.corrupt(path: path, reason: answer) }
    } catch { throw Store.translated(error, path) }
  }

  /// - Throws: `StoreError.newer` when one of the migrations is unknown.
  func checkKnown(_ applied: [String]) throws(StoreError) {
    if let unknown = applied.first(where: { !Migrations.names.contains($0) }) {
      throw .newer(path: path, migration: unknown)
    }
  }

  /// The file, to be read alone. Without a log it is read as it stands, without locks and without files beside it; with one
  /// that cannot be read where it is, it is copied.
  ///
  /// - Throws: `StoreError`.
  func readOnlyDatabase() throws(StoreError) -> DatabaseQueue {
    var configuration = configuration
    configuration.readonly = true
    do {
      if hasLog, isReadOnly, !FileSystem.exists(path + "-shm") { return try copied(configuration) }
      guard Self.takesOptions, !hasLog, !hasJournal else {
        return try DatabaseQueue(path: name, configuration: configuration)
      }
      let full = URL(fileURLWithPath: path).path
      let escaped = full.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? full
      return try DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration)
    } catch { throw Store.translated(error, path) }
  }

  /// A copy with its log, which has no name any more when it is returned.
  private func copied(_ configuration: Configuration) throws -> DatabaseQueue {
    let folder = NSTemporaryDirectory() + "trainfree-copy-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + ending, toPath: "\(folder)/copy\(ending)")
    }
    let queue = try DatabaseQueue(path: "\(folder)/copy", configuration: configuration)
    _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
    return queue
  }
}
