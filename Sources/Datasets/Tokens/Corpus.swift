import Diagnostics
import Files

/// A text set in the manner of the Penn Treebank: parts of tokens, numbered by one dictionary.
///
/// Words are what stands between blanks; each end of a line is the word `<eos>`, also on empty lines. Words are numbered
/// from 0 by first occurrence over the parts that are there, in the order train, valid, test. This is the dictionary of the
/// AWD-LSTM language model (Merity, Keskar & Socher 2018), so a part that is absent changes the numbers.
///
/// With a limit on the vocabulary, numbers at or beyond it become that of `<unk>`, or the last number when `<unk>` is not
/// in the text or itself beyond the limit.
package struct Corpus: Sendable, Hashable {
  /// The words kept, by number.
  package let words: [String]
  /// Number of different words of the text, those beyond the limit included.
  package let wordCount: Int
  /// SHA-256 over the names of the parts and the SHA-256 of their texts, as 64 hexadecimal digits.
  package let digest: String
  private let tokensByPart: [CorpusPart: [Int32]]

  /// Number of words kept: all tokens are less.
  package var vocabularySize: Int { words.count }

  /// The parts that are there, in order.
  package var parts: [CorpusPart] { CorpusPart.allCases.filter { tokensByPart[$0] != nil } }

  /// The tokens of a part; nil when it is absent.
  package subscript(part: CorpusPart) -> [Int32]? { tokensByPart[part] }

  /// Reads the texts of a set, each part at most once (of two texts of one part the last counts). O(bytes).
  ///
  /// - Parameters:
  ///   - texts: The texts, in any order.
  ///   - vocabularyLimit: The most words kept, at least 1; nil for all.
  ///   - limits: Bounds.
  /// - Throws: `DiagnosticsError` with the first character of each text that is not UTF-8, or the text that breaks a bound.
  package init(
    _ texts: [CorpusText], vocabularyLimit: Int? = nil, limits: CorpusLimits = .standard
  ) throws(DiagnosticsError) {
    var table = WordTable()
    var problems = DiagnosticList()
    var parts: [CorpusPart: [Int32]] = [:]
    var digests = ""
    var room = limits.tokens
    for part in CorpusPart.allCases {
      guard let text = texts.last(where: { $0.part == part }) else { continue }
      do throws(DiagnosticsError) {
        let (tokens, textDigest) = try Self.tokens(text, room, limits, &table)
        room -= tokens.count
        parts[part] = tokens
        digests += "\(part.rawValue) \(textDigest)\n"
      } catch {
        for problem in error.diagnostics { problems.append(problem) }
      }
    }
    guard problems.findings.isEmpty else { throw DiagnosticsError(problems.findings) }
    digest = SHA256.hexDigest(digests)
    wordCount = table.count
    let limit = min(table.count, max(1, vocabularyLimit ?? table.count))
    words = limit == table.count ? table.words : Array(table.words.prefix(limit))
    if limit < table.count {
      let bound = Int32(limit)
      let unknown = table.number(of: "<unk>").flatMap { $0 < bound ? $0 : nil } ?? bound - 1
      for part in parts.keys { parts[part] = parts[part]?.map { $0 < bound ? $0 : unknown } }
    }
    tokensByPart = parts
  }

  /// The tokens of a text and its SHA-256.
  private static func tokens(
    _ text: CorpusText, _ room: Int, _ limits: CorpusLimits, _ table: inout WordTable
  ) throws(DiagnosticsError) -> (tokens: [Int32], digest: String) {
    var tokens: [Int32] = []
    var scanner = TextScanner()
    var hasher = SHA256.Hasher()
    var failure: TextScanner.Failure?
    func scan(_ part: UnsafeRawBufferPointer, isLast: Bool) {
      do throws(TextScanner.Failure) {
        try scanner.scan(part, isLast: isLast) { event in
          guard tokens.count < room, table.count <= limits.words else { return false }
          switch event {
          case .word(let word): tokens.append(table.add(word))
          case .lineEnd: tokens.append(table.add("<eos>"))
          }
          return true
        }
        if table.count > limits.words { failure = .stopped }
      } catch { failure = error }
    }
    try text.read(limit: limits.bytes) { part in
      hasher.update(part)
      scan(UnsafeRawBufferPointer(part), isLast: false)
      return failure == nil
    }
    if failure == nil { scan(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) }
    if let failure { throw DiagnosticsError([diagnostic(failure, text, limits)]) }
    return (tokens, hasher.finish())
  }

  private static func diagnostic(
    _ failure: TextScanner.Failure, _ text: CorpusText, _ limits: CorpusLimits
  ) -> Diagnostic {
    switch failure {
    case .invalidUTF8(let line, let column):
      Diagnostic(
        id: "invalid-utf8", location: SourceLocation(file: text.file, line: line, column: column),
        message: "the text is not UTF-8", fix: "save it as UTF-8")
    case .longWord(let line, let column):
      Diagnostic(
        id: "word-too-long", location: SourceLocation(file: text.file, line: line, column: column),
        message: "a word has over \(TextScanner.wordLimit) bytes", fix: "put blanks between words")
    case .stopped:
      Diagnostic(
        id: "text-too-large", location: SourceLocation(file: text.file, line: 1),
        message: "the text set is larger than is read",
        reason: "at most \(limits.bytes) bytes a part, \(limits.tokens) tokens and \(limits.words) different words",
        fix: "cut it")
    }
  }
}

extension Corpus {
  /// Number of rows of a part when its tokens are laid out as `[B, rows]`, one stretch of the text a column, and
  /// turned to `[rows, B]`: ⌊tokens / B⌋; the rest of the tokens is left out.
  package func rowCount(_ part: CorpusPart, batchSize: Int) -> Int {
    batchSize < 1 ? 0 : (self[part]?.count ?? 0) / batchSize
  }

  /// Number of disjoint batches of a part: ⌊(rows − 1) / T⌋, so that each token has one after it to be predicted, as in
  /// the released code; metrics read none of these.
  package func batchCount(_ part: CorpusPart, sequenceLength: Int, batchSize: Int) -> Int {
    sequenceLength < 1 ? 0 : max(0, rowCount(part, batchSize: batchSize) - 1) / sequenceLength
  }

  /// Batch `index` of a part, B = `batchSize` sequences of T = `sequenceLength` tokens, disjoint from the others: rows
  /// `T · index ..< T · (index + 1)`.
  ///
  /// - Throws: `DiagnosticsError` when the part is absent or has no such batch; it says how many there are.
  package func batch(
    _ part: CorpusPart, index: Int, sequenceLength: Int, batchSize: Int
  ) throws(DiagnosticsError) -> TokenWindow {
    let count = batchCount(part, sequenceLength: sequenceLength, batchSize: batchSize)
    guard index >= 0, index < count else { throw outOfRange(index, count, part, sequenceLength, batchSize) }
    return window(part, firstRow: sequenceLength * index, sequenceLength, batchSize)
  }

  /// The window of rows that are known to be there.
  private func window(_ part: CorpusPart, firstRow: Int, _ sequenceLength: Int, _ batchSize: Int) -> TokenWindow {
    let tokens = self[part] ?? []
    let rows = tokens.count / batchSize
    return TokenWindow(sequenceLength: sequenceLength, batchSize: batchSize, firstRow: firstRow) {
      tokens[$1 * rows + $0]
    }
  }

  private func outOfRange(
    _ index: Int, _ count: Int, _ part: CorpusPart, _ sequenceLength: Int, _ batchSize: Int
  ) -> DiagnosticsError {
    guard let tokens = self[part] else {
      return DiagnosticsError(
        [
          Diagnostic(
            id: "missing-part", message: "the text has no part \(part.rawValue)",
            fix: parts.isEmpty ? nil : "it has: \(parts.map(\.rawValue).joined(separator: ", "))")
        ], kind: .missingInput)
    }
    return DiagnosticsError([
      Diagnostic(
        id: "no-such-batch", message: "the part \(part.rawValue) has no batch \(index)",
        reason:
          "its \(tokens.count) tokens give \(count) of \(sequenceLength) steps and \(batchSize) columns, "
          + "each with its next token",
        fix: count > 0 ? "take one from 0 to \(count - 1)" : "take fewer steps or columns")
    ])
  }
}
