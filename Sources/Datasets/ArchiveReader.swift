import CArchive
import Diagnostics
import Files

/// A file inside an archive.
struct ArchiveEntry {
  /// Its path in the archive.
  var name: String
  var bytes: [UInt8]
}

/// Reads zip and gzipped tar archives, and plain folders, file by file; nothing is written to disk, and one file is in memory at a
/// time.
enum ArchiveReader {
  /// The most entries, bytes of one entry and bytes in all.
  static let limits = (entries: 100_000, entryBytes: 64 << 20, totalBytes: 512 << 20)

  /// Hands out the files of an archive in their order there.
  ///
  /// - Parameters:
  ///   - source: The archive.
  ///   - name: Its name in messages.
  ///   - isWanted: True when the file of a path is read; others are checked and passed over.
  ///   - take: Takes a file.
  /// - Throws: `DiagnosticsError` when the archive is of another kind, corrupt or cut off, too large, or has an entry
  ///   that is not a plain file or folder, has an unsafe name, or stands twice; and what `take` throws.
  static func read(
    _ source: ArchiveSource, archive name: String, where isWanted: (String) -> Bool = { _ in true },
    _ take: (ArchiveEntry) throws(DiagnosticsError) -> Void
  ) throws(DiagnosticsError) {
    if case .folder(let folder) = source { return try list(folder, name: name, isWanted, take) }
    if let problem = GzipCheck.problem(source, limit: limits.totalBytes) { throw failure(name, "is corrupt", problem) }
    guard let reader = archive_read_new() else { throw failure(name, "cannot be opened", "out of memory") }
    defer { archive_read_free(reader) }
    archive_read_support_filter_gzip(reader)
    archive_read_support_format_zip_seekable(reader)
    archive_read_support_format_tar(reader)
    try source.open(reader) { status throws(DiagnosticsError) in
      guard status == ARCHIVE_OK else { throw failure(name, "is not a zip or gzipped tar archive", message(reader)) }
      try list(reader, archive: name, isWanted, take)
    }
  }

  private static func list(
    _ reader: OpaquePointer, archive name: String, _ isWanted: (String) -> Bool,
    _ take: (ArchiveEntry) throws(DiagnosticsError) -> Void
  ) throws(DiagnosticsError) {
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
      guard seen.count <= limits.entries else { throw failure(name, "has over \(limits.entries) entries", nil) }
      let content = try read(
        reader, entry: "\(name)!\(path)", declared: max(0, Int(archive_entry_size(header))), isKept: isWanted(path),
        room: min(limits.entryBytes, limits.totalBytes - total))
      total += content.count
      if let bytes = content.bytes { try take(ArchiveEntry(name: path, bytes: bytes)) }
    }
    guard !seen.isEmpty else { throw failure(name, "holds no files", nil) }
  }

  private static func list(
    _ folder: FolderFiles, name: String, _ isWanted: (String) -> Bool,
    _ take: (ArchiveEntry) throws(DiagnosticsError) -> Void
  ) throws(DiagnosticsError) {
    if let other = folder.others.first { throw failure("\(name)/\(other)", "is neither a file nor a folder", nil) }
    guard !folder.names.isEmpty else { throw failure(name, "holds no files", nil) }
    // As in a packed folder, paths begin with the folder's name.
    let leaf = FileSystem.name(of: folder.path)
    var total = 0
    for path in folder.names where isWanted(path) {
      let bytes: [UInt8]
      do throws(FileFailure) {
        bytes = try FileSystem.read(
          "\(folder.path)/\(path)", limit: min(limits.entryBytes, limits.totalBytes - total))
      } catch {
        throw failure("\(name)/\(path)", "cannot be read", "\(error)")
      }
      total += bytes.count
      try take(ArchiveEntry(name: "\(leaf)/\(path)", bytes: bytes))
    }
  }

  private static func check(_ path: String, kind: Int, archive name: String) throws(DiagnosticsError) {
    let entry = "\(name)!\(ConsoleWriter.visible(path))"
    guard kind == 0o100000 else { throw failure(entry, "is neither a file nor a folder", nil) }
    guard !path.isEmpty, !path.hasPrefix("/"), !path.split(separator: "/").contains(".."), !path.contains("\\") else {
      throw failure(entry, "has a name that would leave the archive's folder", nil)
    }
  }

  /// Reads an entry to its end; its bytes when they are kept.
  private static func read(
    _ reader: OpaquePointer, entry: String, declared: Int, isKept: Bool, room: Int
  ) throws(DiagnosticsError) -> (count: Int, bytes: [UInt8]?) {
    var content: [UInt8] = []
    if isKept { content.reserveCapacity(min(declared, room)) }
    var total = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = archive_read_data(reader, &chunk, chunk.count)
      guard count >= 0 else { throw failure(entry, "is corrupt or cut off", message(reader)) }
      if count == 0 { return (total, isKept ? content : nil) }
      total += count
      guard total <= room else { throw failure(entry, "makes the archive larger than is read", nil) }
      if isKept { content.append(contentsOf: chunk[..<count]) }
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

/// The bytes of an archive or a compressed file.
enum ArchiveSource {
  case memory([UInt8])
  /// In an open file, which is read a part at a time.
  case file(FileReader)
  /// No archive, but the files that it would hold.
  case folder(FolderFiles)

  /// Number of bytes.
  var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(let reader): reader.size
    case .folder: 0
    }
  }

  /// The bytes at a place, fewer at the end; none when the file cannot be read.
  func bytes(at offset: Int, count: Int) -> [UInt8] {
    switch self {
    case .memory(let bytes): Array(bytes.dropFirst(max(0, offset)).prefix(count))
    case .file(let reader): (try? reader.bytes(at: max(0, offset), count: count)) ?? []
    case .folder: []
    }
  }

  /// Opens the bytes with a reader of libarchive, which stays open in the body; it gets libarchive's status.
  func open<Result, Failure: Error>(
    _ reader: OpaquePointer, _ body: (_ status: Int32) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    switch self {
    case .memory(let bytes):
      return try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
        try body(archive_read_open_memory(reader, UnsafeRawBufferPointer(buffer).baseAddress, buffer.count))
      }
    case .file(let file):
      return try file.rewound { descriptor throws(Failure) in
        try body(archive_read_open_fd(reader, descriptor, 1 << 16))
      }
    case .folder: return try body(ARCHIVE_FATAL)
    }
  }
}
