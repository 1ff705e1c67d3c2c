import CArchive
import Outcomes

/// Reads gzip streams of one member, and holds them against the checksum and length at their end, which libarchive reads
/// over.
enum GzipCheck {
  /// True when the first two bytes are 1F 8B, with which a gzip stream begins.
  static func isGzip(_ source: ArchiveSource) -> Bool { source.bytes(at: 0, count: 2) == [0x1F, 0x8B] }

  /// The damage of a stream, as a sentence without its subject and full stop; nil when it is sound, or not gzip.
  ///
  /// - Parameter limit: The most bytes it may decompress to.
  static func problem(_ source: ArchiveSource, limit: Int) -> String? {
    guard isGzip(source) else { return nil }
    return Outcome.of { () throws(Reason) in try decompress(source, limit: limit) { _ in true } }.reason?.text
  }

  /// Hands out the content of a stream a part at a time, until `take` returns false.
  ///
  /// - Parameter limit: The most bytes it may decompress to.
  /// - Throws: `Reason` when it is not gzip, cut off, damaged or over the limit; what is damaged in its checksum alone has
  ///   been handed out then.
  static func decompress(
    _ source: ArchiveSource, limit: Int, _ take: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(Reason) {
    guard isGzip(source) else { throw Reason("it is not gzip") }
    guard source.count >= 18, let reader = archive_read_new() else { throw Reason("it is cut off") }
    defer { archive_read_free(reader) }
    archive_read_support_filter_gzip(reader)
    archive_read_support_format_raw(reader)
    try source.open(reader) { status throws(Reason) in
      var header: OpaquePointer?
      guard status == ARCHIVE_OK, archive_read_next_header(reader, &header) == ARCHIVE_OK else {
        throw Reason("it cannot be decompressed")
      }
      var checksum = ~UInt32(0)
      var length = 0
      let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20)
      defer { chunk.deallocate() }
      while true {
        let count = archive_read_data(reader, chunk.baseAddress, chunk.count)
        guard count >= 0 else { throw Reason("it is cut off or damaged") }
        if count == 0 { break }
        length += count
        guard length <= limit else { throw Reason("it decompresses to over \(limit) bytes") }
        let part = UnsafeBufferPointer(rebasing: chunk[..<count])
        table.withUnsafeBufferPointer { table in
          for byte in part { checksum = table[Int((checksum ^ UInt32(byte)) & 255)] ^ checksum >> 8 }
        }
        guard take(part) else { return }
      }
      let end = source.bytes(at: source.count - 8, count: 8)
      func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
      guard end.count == 8, ~checksum == number(end[..<4]), UInt32(truncatingIfNeeded: length) == number(end[4...])
      else { throw Reason("its checksum does not fit its content") }
    }
  }

  /// Remainders of the polynomial 0xEDB88320 (RFC 1952).
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
  }
}
