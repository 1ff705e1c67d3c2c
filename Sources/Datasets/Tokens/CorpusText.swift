import Diagnostics
import Files

/// The text of a part: in memory, or in a file that is read when its words are.
package struct CorpusText: Sendable, Hashable {
  package var part: CorpusPart
  /// The name used in locations.
  package var file: String
  private var content: Content

  private enum Content: Sendable, Hashable {
    case bytes([UInt8])
    case file(String, CatalogFile?)
  }

  /// A text in memory, UTF-8.
  package init(part: CorpusPart, file: String, bytes: [UInt8]) {
    self.part = part
    self.file = file
    content = .bytes(bytes)
  }

  /// A text in a file, compressed by gzip when its name ends in `.gz`.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - file: The name used in locations.
  ///   - path: The file.
  ///   - expected: The catalogue's file that it has to be; nil for a file of the user.
  init(part: CorpusPart, file: String, path: String, expected: CatalogFile? = nil) {
    self.part = part
    self.file = file
    content = .file(path, expected)
  }

  /// Hands out the text from its beginning to its end, a part at a time, until `take` returns false.
  ///
  /// - Throws: `DiagnosticsError` when the file cannot be read, is damaged, has more than `limit` bytes of text or is not
  ///   the catalogue's; the last is known when all has been handed out.
  func read(limit: Int, _ take: (UnsafeBufferPointer<UInt8>) -> Bool) throws(DiagnosticsError) {
    switch content {
    case .bytes(let bytes):
      guard bytes.count <= limit else { throw tooLarge("it has over \(limit) bytes") }
      _ = bytes.withUnsafeBufferPointer { take($0) }
    case .file(let path, let expected):
      let reader = try open(path, limit: expected?.byteCount ?? limit)
      if file.hasSuffix(".gz") {
        if let expected {
          try drain(reader)
          try DataLocation.check(reader, expected, at: path)
        }
        try decompress(reader, limit, take)
      } else {
        let wasRead = try readPlain(reader, limit, take)
        if let expected, wasRead { try DataLocation.check(reader, expected, at: path) }
      }
    }
  }

  private func open(_ path: String, limit: Int) throws(DiagnosticsError) -> FileReader {
    do { return try FileReader(path, limit: limit) } catch { throw unreadable(error) }
  }

  private func drain(_ reader: FileReader) throws(DiagnosticsError) {
    do { try reader.drain() } catch { throw unreadable(error) }
  }

  private func decompress(
    _ reader: FileReader, _ limit: Int, _ take: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(DiagnosticsError) {
    do { try GzipCheck.decompress(.file(reader), limit: limit, take) } catch {
      throw DiagnosticsError([
        Diagnostic(
          id: "bad-archive", message: "\(file) cannot be read", reason: error.text,
          fix: "compress it anew, as one gzip member")
      ])
    }
  }

  /// Hands out the file as it is; false when `take` ended that before the end of the text.
  private func readPlain(
    _ reader: FileReader, _ limit: Int, _ take: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(DiagnosticsError) -> Bool {
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20)
    defer { buffer.deallocate() }
    while true {
      let count: Int
      do { count = try reader.read(into: buffer) } catch { throw unreadable(error) }
      guard reader.count <= limit else { throw tooLarge("it has over \(limit) bytes") }
      if count == 0 { return true }
      guard take(UnsafeBufferPointer(rebasing: buffer[..<count])) else { return false }
    }
  }

  private func unreadable(_ failure: FileFailure) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(id: "unreadable-file", message: "\(failure)", fix: "check the file's size and permissions")
    ])
  }

  private func tooLarge(_ reason: String) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(
        id: "text-too-large", location: SourceLocation(file: file, line: 1),
        message: "the text set is larger than is read", reason: reason, fix: "cut it")
    ])
  }
}

/// Bounds on a text set, so that hostile input costs bounded time and memory.
package struct CorpusLimits: Sendable, Hashable {
  /// The most bytes of a part, after decompression.
  package var bytes: Int
  /// The most tokens of all parts.
  package var tokens: Int
  /// The most different words.
  package var words: Int

  package init(bytes: Int, tokens: Int, words: Int) {
    self.bytes = bytes
    self.tokens = tokens
    self.words = words
  }

  /// 1 GiB of text a part, 134,217,728 tokens, 4,194,304 different words.
  package static let standard = CorpusLimits(bytes: 1 << 30, tokens: 1 << 27, words: 1 << 22)
}

/// A part of a text set, in the order in which its words enter the dictionary.
package enum CorpusPart: String, Sendable, Hashable, CaseIterable {
  /// The training part.
  case train
  /// The validation part.
  case valid
  /// The test part.
  case test
}
