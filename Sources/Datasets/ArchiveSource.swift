import CArchive
import Diagnostics
import Files

/// The bytes of an archive or a compressed file.
enum ArchiveSource {
  /// In memory.
  case memory([UInt8])
  /// In an open file, which is read a part at a time.
  case file(FileReader)

  /// How many there are.
  var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(let reader): reader.size
    }
  }

  /// Those at a place, fewer at the end; none when the file cannot be read.
  func bytes(at offset: Int, count: Int) -> [UInt8] {
    switch self {
    case .memory(let bytes): Array(bytes.dropFirst(max(0, offset)).prefix(count))
    case .file(let reader): (try? reader.bytes(at: max(0, offset), count: count)) ?? []
    }
  }

  /// Opens them with a reader of libarchive, which stays open in the body; it gets libarchive's status.
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
    }
  }
}
