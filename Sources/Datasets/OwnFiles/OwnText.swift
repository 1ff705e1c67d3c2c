import Diagnostics
import Outcomes
import Specs

/// The text of a file of the user's own as UTF-8 with line feeds.
struct OwnText {
  /// The most bytes of text, also of what is compressed.
  static let limit = 512 << 20

  /// UTF-8 without a byte-order mark; where it is not valid, the reader of records says so with its place.
  private(set) var bytes: [UInt8]
  /// What was done to the file's bytes, in words such as `gzip`; empty for plain UTF-8.
  private(set) var words: [String] = []

  /// Decompresses and decodes.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - encoding: The encoding that the spec states.
  ///   - file: The file's name in findings.
  /// - Throws: `DiagnosticsError` for damaged gzip, too much text, and text that is not of its encoding.
  init(_ content: [UInt8], encoding: FileEncoding?, file: String) throws(DiagnosticsError) {
    bytes = content
    try decompress(file)
    guard !bytes.starts(with: Array("SQLite format 3\u{0}".utf8)) else { return }
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    let isBig = bytes.starts(with: [0xFE, 0xFF])
    if isLittle || isBig || encoding == .utf16 {
      try decodeUTF16(isBig: isBig, hasMark: isLittle || isBig, file)
      words.append("UTF-16")
    } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes.removeFirst(3)
      words.append("UTF-8 with a byte-order mark")
    } else if encoding == .latin1 {
      try decodeLatin1(file)
      words.append("Latin-1")
    }
    try OtherFormat.refuse(bytes, file: file)
    // A carriage return alone ends lines where nothing else does.
    if bytes.contains(13), !bytes.contains(10) {
      for index in bytes.indices where bytes[index] == 13 { bytes[index] = 10 }
      words.append("lines end in carriage returns")
    }
  }

  private mutating func decompress(_ file: String) throws(DiagnosticsError) {
    let source = ArchiveSource.memory(bytes)
    guard GzipCheck.isGzip(source) else { return }
    var text: [UInt8] = []
    do throws(Reason) {
      try GzipCheck.decompress(source, limit: Self.limit) { part in
        text.append(contentsOf: part)
        return true
      }
    } catch {
      throw Self.failure(
        "bad-gzip", file, "the compressed file cannot be read: \(error)", fix: "compress it anew with `gzip`")
    }
    bytes = text
    words.append("gzip")
  }

  private mutating func decodeUTF16(isBig: Bool, hasMark: Bool, _ file: String) throws(DiagnosticsError) {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: hasMark ? 2 : 0, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBig ? first << 8 | second : second << 8 | first)
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var line = 1
    var isSound = bytes.count % 2 == 0
    var decoder = UTF16()
    var iterator = units.makeIterator()
    decoding: while isSound {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        if scalar == "\n" { line += 1 }
        decoded.append(contentsOf: String(scalar).utf8)
        if decoded.count > Self.limit { isSound = false }
      case .emptyInput: break decoding
      case .error: isSound = false
      }
    }
    guard isSound else {
      throw Self.failure(
        "invalid-utf16", file, line: line, "the text is not UTF-16 from here on",
        fix: "save the file as UTF-8, or state its `encoding`")
    }
    bytes = decoded
  }

  private mutating func decodeLatin1(_ file: String) throws(DiagnosticsError) {
    guard bytes.contains(where: { $0 >= 128 }) else { return }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 128 {
        decoded.append(byte)
      } else {
        decoded.append(0xC0 | byte >> 6)
        decoded.append(0x80 | byte & 0x3F)
      }
    }
    guard decoded.count <= Self.limit else {
      throw Self.failure("file-too-large", file, "the text has over \(Self.limit) bytes", fix: "split the file")
    }
    bytes = decoded
  }

  private static func failure(
    _ id: String, _ file: String, line: Int = 1, _ message: String, fix: String
  ) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(id: id, location: SourceLocation(file: file, line: line), message: message, fix: fix)
    ])
  }
}
