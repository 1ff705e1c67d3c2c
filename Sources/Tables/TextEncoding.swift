import Diagnostics

/// Checks that bytes are UTF-8. Read as if they were, different texts would become one.
enum TextEncoding {
  /// The finding on the first bytes of a file in another encoding, or of no text; nil when they may be UTF-8.
  static func problem(withStart bytes: UnsafeBufferPointer<UInt8>, file: String) -> Diagnostic? {
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let isCompressed = bytes.starts(with: [0x1F, 0x8B])
    guard isUTF16 || isCompressed || bytes.prefix(1024).contains(0) else { return nil }
    return Diagnostic(
      id: "invalid-utf8", location: SourceLocation(file: file, line: 1),
      message: isUTF16
        ? "the file is UTF-16, not UTF-8"
        : isCompressed
          ? "the file is compressed by gzip" : "the file holds bytes that are 0, as UTF-16 does, or is no text",
      fix: isCompressed ? "unpack it: `gunzip`" : "save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`")
  }

  /// The first byte of a record that is not UTF-8; nil when there is none. O(bytes).
  ///
  /// - Parameter line: The line where the record begins.
  static func problem(in record: UnsafeBufferPointer<UInt8>, file: String, line: Int) -> Diagnostic? {
    guard record.contains(where: { $0 >= 128 }), let place = firstInvalid(record) else { return nil }
    let before = record[..<place]
    let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    let byte = String(record[place], radix: 16, uppercase: true)
    return Diagnostic(
      id: "invalid-utf8",
      location: SourceLocation(file: file, line: line + before.count { $0 == 10 }, column: place - start + 1),
      message: "the byte 0x\(byte) is not UTF-8",
      reason: "texts that differ in such bytes could not be told apart",
      fix: "save the file as UTF-8, for example with `iconv -f LATIN1 -t UTF-8`")
  }

  private static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var place = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): place += scalar.count
      case .error: return place
      case .emptyInput: return nil
      }
    }
  }
}
