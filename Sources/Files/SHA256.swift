import CGLib

/// SHA-256 digests, by GLib's checksum.
package enum SHA256 {
  /// The digest of bytes, as 64 lower-case hexadecimal digits.
  package static func hexDigest(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer { buffer in
      var hasher = Hasher()
      hasher.update(buffer)
      return hasher.finish()
    }
  }

  /// The digest of a text's UTF-8.
  package static func hexDigest(_ text: String) -> String { hexDigest(Array(text.utf8)) }

  /// An incremental digest.
  package struct Hasher: ~Copyable {
    private let checksum: OpaquePointer

    package init() {
      guard let checksum = g_checksum_new(G_CHECKSUM_SHA256) else {
        preconditionFailure("GLib always has SHA-256")
      }
      self.checksum = checksum
    }

    deinit { g_checksum_free(checksum) }

    /// Adds bytes.
    package mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
      guard let base = bytes.baseAddress else { return }
      g_checksum_update(checksum, base, bytes.count)
    }

    /// The digest as 64 hexadecimal digits; nothing can be added afterwards.
    package mutating func finish() -> String { String(cString: g_checksum_get_string(checksum)) }
  }
}
