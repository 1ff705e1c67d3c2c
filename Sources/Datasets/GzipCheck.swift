import CArchive

/// Holds a gzip stream against the checksum and length at its end, which libarchive reads over.
enum GzipCheck {
  /// What is wrong with a stream of one member; nil when it is sound, or not gzip.
  static func problem(_ bytes: [UInt8], limit: Int) -> String? {
    guard bytes.starts(with: [0x1F, 0x8B]) else { return nil }
    guard bytes.count >= 18, let reader = archive_read_new() else { return "it is cut off" }
    defer { archive_read_free(reader) }
    archive_read_support_filter_gzip(reader)
    archive_read_support_format_raw(reader)
    return bytes.withUnsafeBytes { raw -> String? in
      var header: OpaquePointer?
      guard archive_read_open_memory(reader, raw.baseAddress, raw.count) == ARCHIVE_OK,
        archive_read_next_header(reader, &header) == ARCHIVE_OK
      else { return "it cannot be decompressed" }
      var checksum = ~UInt32(0)
      var length = 0
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = archive_read_data(reader, &chunk, chunk.count)
        guard count >= 0 else { return "it is cut off or damaged" }
        if count == 0 { break }
        length += count
        guard length <= limit else { return "it decompresses to over \(limit) bytes" }
        for byte in chunk[..<count] { checksum = table[Int((checksum ^ UInt32(byte)) & 255)] ^ checksum >> 8 }
      }
      let stored = raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt32.self).littleEndian
      let storedLength = raw.loadUnaligned(fromByteOffset: raw.count - 4, as: UInt32.self).littleEndian
      guard ~checksum == stored, UInt32(truncatingIfNeeded: length) == storedLength else {
        return "its checksum does not fit its content"
      }
      return nil
    }
  }

  /// Remainders of the polynomial 0xEDB88320 (RFC 1952).
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
  }
}
