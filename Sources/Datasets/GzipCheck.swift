import CArchive

/// Reads gzip streams of one member, and holds them against the checksum and length at their end, which libarchive reads
/// over.
enum GzipCheck {
  /// What is wrong with a stream.
  struct Problem: Error {
    /// A sentence without its subject and full stop.
    var text: String
  }

  /// Whether bytes begin as a gzip stream does.
  static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// What is wrong with a stream; nil when it is sound, or not gzip.
  ///
  /// - Parameter limit: The most bytes it may decompress to.
  static func problem(_ bytes: [UInt8], limit: Int) -> String? {
    guard isGzip(bytes) else { return nil }
    do {
      try decompress(bytes, limit: limit) { _ in }
      return nil
    } catch { return error.text }
  }

  /// The content of a stream.
  ///
  /// - Parameter limit: The most bytes it may decompress to.
  /// - Throws: `Problem` when it is not gzip, cut off, damaged or over the limit.
  static func content(_ bytes: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
    guard isGzip(bytes) else { throw Problem(text: "it is not gzip") }
    var content: [UInt8] = []
    try decompress(bytes, limit: limit) { content.append(contentsOf: $0) }
    return content
  }

  private static func decompress(
    _ bytes: [UInt8], limit: Int, _ take: (ArraySlice<UInt8>) -> Void
  ) throws(Problem) {
    guard bytes.count >= 18, let reader = archive_read_new() else { throw Problem(text: "it is cut off") }
    defer { archive_read_free(reader) }
    archive_read_support_filter_gzip(reader)
    archive_read_support_format_raw(reader)
    try bytes.withUnsafeBufferPointer { buffer throws(Problem) in
      let raw = UnsafeRawBufferPointer(buffer)
      var header: OpaquePointer?
      guard archive_read_open_memory(reader, raw.baseAddress, raw.count) == ARCHIVE_OK,
        archive_read_next_header(reader, &header) == ARCHIVE_OK
      else { throw Problem(text: "it cannot be decompressed") }
      var checksum = ~UInt32(0)
      var length = 0
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = archive_read_data(reader, &chunk, chunk.count)
        guard count >= 0 else { throw Problem(text: "it is cut off or damaged") }
        if count == 0 { break }
        length += count
        guard length <= limit else { throw Problem(text: "it decompresses to over \(limit) bytes") }
        for byte in chunk[..<count] { checksum = table[Int((checksum ^ UInt32(byte)) & 255)] ^ checksum >> 8 }
        take(chunk[..<count])
      }
      let stored = raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt32.self).littleEndian
      let storedLength = raw.loadUnaligned(fromByteOffset: raw.count - 4, as: UInt32.self).littleEndian
      guard ~checksum == stored, UInt32(truncatingIfNeeded: length) == storedLength else {
        throw Problem(text: "its checksum does not fit its content")
      }
    }
  }

  /// Remainders of the polynomial 0xEDB88320 (RFC 1952).
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
  }
}
