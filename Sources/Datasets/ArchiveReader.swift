import CArchive
import Diagnostics

/// A file inside an archive.
struct ArchiveEntry {
  /// Its path in the archive.
  var name: String
  /// Its content.
  var bytes: [UInt8]
}

/// Reads zip and gzipped tar archives in memory; nothing is written to disk.
enum ArchiveReader {
  /// The most entries, bytes of one entry and bytes in all.
  static let limits = (entries: 100_000, entryBytes: 64 << 20, totalBytes: 512 << 20)

  /// The files of an archive in their order there.
  ///
  /// - Throws: `DiagnosticsError` when the archive is of another kind, corrupt or cut off, too large, or has an entry
  ///   that is not a plain file or folder, has an unsafe name, or stands twice.
  static func entries(_ bytes: [UInt8], archive name: String) throws(DiagnosticsError) -> [ArchiveEntry] {
    if let problem = GzipCheck.problem(bytes, limit: limits.totalBytes) { throw failure(name, "is corrupt", problem) }
    guard let reader = archive_read_new() else { throw failure(name, "cannot be opened", "out of memory") }
    defer { archive_read_free(reader) }
    archive_read_support_filter_gzip(reader)
    archive_read_support_format_zip_seekable(reader)
    archive_read_support_format_tar(reader)
    return try withUnsafeBytes(bytes) { raw throws(DiagnosticsError) -> [ArchiveEntry] in
      guard archive_read_open_memory(reader, raw.baseAddress, raw.count) == ARCHIVE_OK else {
        throw failure(name, "is not a zip or gzipped tar archive", message(reader))
      }
      return try list(reader, archive: name)
    }
  }

  private static func withUnsafeBytes<Result>(
    _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(DiagnosticsError) -> Result
  ) throws(DiagnosticsError) -> Result {
    try bytes.withUnsafeBufferPointer { buffer throws(DiagnosticsError) in try body(UnsafeRawBufferPointer(buffer)) }
  }

  private static func list(_ reader: OpaquePointer, archive name: String) throws(DiagnosticsError) -> [ArchiveEntry] {
    var entries: [ArchiveEntry] = []
    var seen: Set<String> = []
    var total = 0
    while true {
      var header: OpaquePointer?
      let status = archive_read_next_header(reader, &header)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK, let header else { throw failure(name, "is corrupt or cut off", message(reader)) }
      let path = archive_entry_pathname(header).map { String(cString: $0) } ?? ""
      let kind = archive_entry_filetype(header) & 0o170000
      if kind == 0o040000 { continue }
      try check(path, kind: Int(kind), archive: name)
      guard seen.insert(path).inserted else { throw failure("\(name)!\(path)", "stands twice in the archive", nil) }
      guard entries.count < limits.entries else { throw failure(name, "has over \(limits.entries) entries", nil) }
      let content = try read(reader, entry: "\(name)!\(path)", room: min(limits.entryBytes, limits.totalBytes - total))
      total += content.count
      entries.append(ArchiveEntry(name: path, bytes: content))
    }
    guard !entries.isEmpty else { throw failure(name, "holds no files", nil) }
    return entries
  }

  private static func check(_ path: String, kind: Int, archive name: String) throws(DiagnosticsError) {
    let entry = "\(name)!\(ConsoleWriter.visible(path))"
    guard kind == 0o100000 else { throw failure(entry, "is neither a file nor a folder", nil) }
    guard !path.isEmpty, !path.hasPrefix("/"), !path.split(separator: "/").contains(".."), !path.contains("\\") else {
      throw failure(entry, "has a name that would leave the archive's folder", nil)
    }
  }

  private static func read(
    _ reader: OpaquePointer, entry: String, room: Int
  ) throws(DiagnosticsError) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = archive_read_data(reader, &chunk, chunk.count)
      guard count >= 0 else { throw failure(entry, "is corrupt or cut off", message(reader)) }
      if count == 0 { return content }
      guard content.count + count <= room else { throw failure(entry, "makes the archive larger than is read", nil) }
      content.append(contentsOf: chunk[..<count])
    }
  }

  private static func message(_ reader: OpaquePointer) -> String? {
    archive_error_string(reader).map { String(cString: $0) }
  }

  private static func failure(_ place: String, _ message: String, _ reason: String?) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(
        id: "bad-archive", message: "\(place) \(message)", reason: reason,
        fix: "fetch it anew: `trainfree data fetch`, and check it: `trainfree data verify`")
    ])
  }
}
