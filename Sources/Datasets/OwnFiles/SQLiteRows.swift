import Diagnostics
import GRDBSQLite
import Specs

/// Reads a table or a query of a SQLite file into raw columns. The file is read in memory: nothing can be written, no other file is
/// opened, and what a query may do is held to reading.
struct SQLiteRows {
  let reading: FileReading
  let file: String
  /// The name of the table, or the query, that was read.
  private(set) var source = ""

  /// The most steps of SQLite's machine that a query may take, in thousands.
  private static let stepLimit = 500_000
  /// Functions whose values are not the same in every run, or that reach beyond the file.
  private static let refused: Set<String> = [
    "random", "randomblob", "load_extension", "date", "time", "datetime", "julianday", "strftime", "unixepoch",
    "timediff", "current_date", "current_time", "current_timestamp", "readfile", "writefile", "edit", "zeroblob",
  ]

  init(_ reading: FileReading, file: String) {
    self.reading = reading
    self.file = file
  }

  /// Counts what a query does.
  private final class Budget {
    var steps = 0
    var refusal: String?
  }

  /// Reads a file.
  ///
  /// - Throws: `DiagnosticsError` for what is no sound database, a table that is not there, a query that does more than read, takes
  ///   too long or gives too much.
  mutating func read(_ content: [UInt8]) throws(DiagnosticsError) -> RawTable {
    var bytes = content
    // A database that was last open with a write-ahead log says so; without the log it is an ordinary one.
    if bytes.count > 20, bytes[18] == 2 { (bytes[18], bytes[19]) = (1, 1) }
    var handle: OpaquePointer?
    guard sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nil) == SQLITE_OK,
      let database = handle
    else { throw failure("sqlite-failed", "SQLite cannot be started", fix: "free memory") }
    defer { sqlite3_close_v2(database) }
    guard let copy = sqlite3_malloc64(UInt64(bytes.count)) else {
      throw failure("sqlite-failed", "there is no memory for the file", fix: "free memory")
    }
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { copy.copyMemory(from: base, byteCount: source.count) }
    }
    let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
    guard
      sqlite3_deserialize(
        database, "main", copy.assumingMemoryBound(to: UInt8.self), sqlite3_int64(bytes.count),
        sqlite3_int64(bytes.count), flags) == SQLITE_OK
    else { throw failure("bad-sqlite", "the file is no SQLite database", fix: "check that the file is whole") }
    sqlite3_exec(database, "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON", nil, nil, nil)
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 1 << 20)
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(database, SQLITE_LIMIT_COLUMN, 2000)
    let budget = Budget()
    let pointer = Unmanaged.passUnretained(budget).toOpaque()
    sqlite3_set_authorizer(
      database,
      { pointer, action, first, second, _, _ in
        guard let pointer else { return SQLITE_DENY }
        let budget = Unmanaged<Budget>.fromOpaque(pointer).takeUnretainedValue()
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_FUNCTION:
          let name = second.map { String(cString: $0).lowercased() } ?? ""
          guard SQLiteRows.refused.contains(name) else { return SQLITE_OK }
          budget.refusal = "the function \(name) is not the same in every run, or reaches beyond the file"
          return SQLITE_DENY
        default:
          budget.refusal = budget.refusal ?? "only SELECT is allowed"
          _ = first
          return SQLITE_DENY
        }
      }, pointer)
    sqlite3_progress_handler(
      database, 1000,
      { pointer in
        guard let pointer else { return 1 }
        let budget = Unmanaged<Budget>.fromOpaque(pointer).takeUnretainedValue()
        budget.steps += 1
        return budget.steps > SQLiteRows.stepLimit ? 1 : 0
      }, pointer)
    return try withExtendedLifetime(budget) { () throws(DiagnosticsError) in
      let query = try self.query(database, budget)
      return try rows(of: query, database, budget)
    }
  }

  private mutating func query(_ database: OpaquePointer, _ budget: Budget) throws(DiagnosticsError) -> String {
    if let query = reading.query {
      source = "a query"
      return query
    }
    let known = try rows(
      of: "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name",
      database, budget)
    let names = (0..<known.rowCount).map { known.text($0, 0) }
    if let table = reading.table {
      guard names.contains(table) else {
        throw failure(
          "unknown-table", "there is no table \(table)",
          fix: Suggestion.closest(to: table, in: names).map { "did you mean \($0)?" }
            ?? Suggestion.listing(names).map { "the tables are: \($0)" } ?? "the file has no tables")
      }
      source = "table \(table)"
    } else {
      guard names.count == 1 else {
        throw failure(
          "unclear-table", names.isEmpty ? "the file has no tables" : "the file has \(names.count) tables",
          fix: Suggestion.listing(names).map { "name one with `table`: \($0)" } ?? "check the file")
      }
      source = "table \(names[0])"
    }
    let name = source.dropFirst("table ".count).replacing("\"", with: "\"\"")
    return "SELECT * FROM \"\(name)\""
  }

  private func rows(
    of query: String, _ database: OpaquePointer, _ budget: Budget
  ) throws(DiagnosticsError) -> RawTable {
    var statement: OpaquePointer?
    var rest = ""
    let status = query.withCString { text in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(database, text, -1, &statement, &tail)
      rest = tail.map { String(cString: $0) } ?? ""
      return status
    }
    defer { sqlite3_finalize(statement) }
    guard status == SQLITE_OK, let statement else { throw refused(database, budget) }
    guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
      throw failure("bad-query", "there is more than one statement", fix: "write one SELECT")
    }
    let count = Int(sqlite3_column_count(statement))
    guard count > 0, sqlite3_stmt_readonly(statement) != 0 else {
      throw failure("bad-query", "the query gives no rows", fix: "write a SELECT")
    }
    let headers = (0..<count).map { index in
      sqlite3_column_name(statement, Int32(index)).map { String(cString: $0) } ?? ""
    }
    var table = RawTable(headers: headers, file: file)
    var row = 0
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        row += 1
        for index in 0..<Int32(count) {
          let type = sqlite3_column_type(statement, index)
          guard type != SQLITE_NULL, let text = sqlite3_column_text(statement, index) else {
            table.add([], .missing)
            continue
          }
          if type == SQLITE_FLOAT {
            // SQLite's own text of a number has 15 digits.
            table.add("\(sqlite3_column_double(statement, index))".utf8)
            continue
          }
          let bytes = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, index)))
          guard type != SQLITE_BLOB, let valid = String(validating: bytes, as: UTF8.self) else {
            throw failure(
              "malformed-row", "row \(row) has bytes that are no text in \(headers[Int(index)])",
              fix: "leave the column out: name the others in a `query`")
          }
          table.add(valid.utf8, .open)
        }
        try table.endRow(line: row)
      case SQLITE_DONE: return table
      default: throw refused(database, budget)
      }
    }
  }

  private func refused(_ database: OpaquePointer, _ budget: Budget) -> DiagnosticsError {
    if let reason = budget.refusal {
      return failure(
        "bad-query", "the query does more than read: \(reason)", fix: "write a SELECT of what the file holds")
    }
    if budget.steps > Self.stepLimit {
      return failure("bad-query", "the query takes too long", fix: "write a simpler one, or save its result as a table")
    }
    let message = sqlite3_errmsg(database).map { String(cString: $0) } ?? "it cannot be read"
    return failure(
      reading.query == nil ? "bad-sqlite" : "bad-query", "SQLite says: \(message)",
      fix: reading.query == nil ? "check that the file is whole" : "mend the query")
  }

  private func failure(_ id: String, _ message: String, fix: String) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(id: id, location: SourceLocation(file: file, line: 1), message: message, fix: fix)
    ])
  }
}
