import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct CorpusTests {
  private func text(_ part: CorpusPart, _ text: String) -> CorpusText {
    CorpusText(part: part, file: "\(part.rawValue).txt", bytes: Array(text.utf8))
  }

  @Test func wordsAreNumberedByFirstOccurrenceOverTheParts() throws {
    let corpus = try Corpus([text(.test, "d a\n"), text(.train, "a b a\n\nc"), text(.valid, "b d\r\n")])
    #expect(corpus.words == ["a", "b", "<eos>", "c", "d"] && corpus.wordCount == 5)
    #expect(corpus[.train] == [0, 1, 0, 2, 2, 3, 2] && corpus[.valid] == [1, 4, 2] && corpus[.test] == [4, 0, 2])
    let alone = try Corpus([text(.test, "d a\n")])
    #expect(alone[.test] == [0, 1, 2] && alone.parts == [.test] && alone[.train] == nil)
    #expect(alone.digest == SHA256.hexDigest("test \(SHA256.hexDigest("d a\n"))\n") && alone.digest != corpus.digest)
  }

  /// What Python 3.11 gives for `[l.split() + ["<eos>"] for l in open(…, newline=None)]`.
  @Test(
    arguments: [
      ("", []), ("\n", ["<eos>"]), ("a", ["a", "<eos>"]), ("a\r\rb", ["a", "<eos>", "<eos>", "b", "<eos>"]),
      ("a\r\nb\n", ["a", "<eos>", "b", "<eos>"]), (" \t", ["<eos>"]), ("a\u{B}b\u{C}c\n", ["a", "b", "c", "<eos>"]),
      ("a\u{A0}b\u{85}c\u{3000}d\u{2028}e\u{1C}f\n", ["a", "b", "c", "d", "e", "f", "<eos>"]),
      ("a\u{200B}b é\u{1F600}\u{FEFF}\n", ["a\u{200B}b", "é\u{1F600}\u{FEFF}", "<eos>"]),
      ("\u{2009}\u{E000}\u{10FFFF}\u{E001}\n", ["\u{E000}\u{10FFFF}\u{E001}", "<eos>"]),
    ] as [(QuotedText, [QuotedText])])
  func splitsAsPythonDoes(_ source: QuotedText, _ tokens: [QuotedText]) throws {
    let corpus = try Corpus([text(.test, source.text)])
    #expect(try #require(corpus[.test]).map { corpus.words[Int($0)] } == tokens.map(\.text))
  }

  @Test func wordsBeyondTheVocabularyAreUnknown() throws {
    let texts = [text(.test, "a <unk> b c\n")]
    let capped = try Corpus(texts, vocabularyLimit: 3)
    #expect(capped[.test] == [0, 1, 2, 1, 1] && capped.vocabularySize == 3 && capped.wordCount == 5)
    #expect(try Corpus(texts, vocabularyLimit: 1)[.test] == [0, 0, 0, 0, 0])
    #expect(try Corpus([text(.test, "a b c d\n")], vocabularyLimit: 2)[.test] == [0, 1, 1, 1, 1])
    #expect(try Corpus(texts, vocabularyLimit: 99) == Corpus(texts))
  }

  @Test func manyWordsKeepTheirNumbers() throws {
    let words = (0..<30_000).map { "w\($0 &* 7919 % 30_011)" }
    let corpus = try Corpus([text(.train, words.joined(separator: " ") + "\n" + words.joined(separator: "\n"))])
    #expect(corpus.words == words + ["<eos>"])
    let once = (0..<30_000).map { Int32($0) }
    #expect(corpus[.train] == once + [30_000] + once.flatMap { [$0, 30_000] })
  }

  @Test func batchesAreRowsOfTheTurnedText() throws {
    // 23 tokens in 3 columns: 7 rows, two tokens left out.
    let corpus = try Corpus([text(.test, (0..<22).map { "w\($0)" }.joined(separator: " "))])
    #expect(corpus.rowCount(.test, batchSize: 3) == 7 && corpus.batchCount(.test, sequenceLength: 2, batchSize: 3) == 3)
    let second = try corpus.batch(.test, index: 1, sequenceLength: 2, batchSize: 3)
    #expect(second.ids == [2, 9, 16, 3, 10, 17])
    #expect(try corpus.batch(.test, index: 2, sequenceLength: 2, batchSize: 3).ids == [4, 11, 18, 5, 12, 19])
    #expect(corpus.batchCount(.test, sequenceLength: 7, batchSize: 3) == 0)
    #expect(corpus.batchCount(.test, sequenceLength: 6, batchSize: 3) == 1)
  }

  @Test func whatIsOutOfRangeIsSaid() throws {
    let corpus = try Corpus([text(.test, "a b c d e f g")])
    for (index, steps, columns) in [(3, 2, 1), (-1, 2, 1), (0, 0, 1), (0, 1, 0), (.max, .max, 1), (0, 1, .max)] {
      let error = #expect(throws: DiagnosticsError.self) {
        try corpus.batch(.test, index: index, sequenceLength: steps, batchSize: columns)
      }
      #expect(error?.kind == .badInput && error?.diagnostics.first?.id == "no-such-batch")
    }
    let error = #expect(throws: DiagnosticsError.self) {
      try corpus.batch(.test, index: 3, sequenceLength: 2, batchSize: 1)
    }
    #expect(error?.diagnostics.first?.fix == "take one from 0 to 2")
    let absent = #expect(throws: DiagnosticsError.self) {
      try corpus.batch(.train, index: 0, sequenceLength: 1, batchSize: 1)
    }
    #expect(absent?.kind == .missingInput)
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x98],
      [0xC3], [0xFF],
    ] as [[UInt8]])
  func textThatIsNotUTF8IsLocated(_ bad: [UInt8]) {
    let source = Array("a\r\nb\ré ".utf8)
    for tail in [[], Array(" x\n".utf8)] {
      let texts = CorpusPart.allCases.map { CorpusText(part: $0, file: "\($0)", bytes: source + bad + tail) }
      let error = #expect(throws: DiagnosticsError.self) { try Corpus(texts) }
      #expect(error?.diagnostics.map(\.location?.description) == ["test:3:3", "train:3:3", "valid:3:3"])
      #expect(String(validating: source + bad + tail, as: UTF8.self) == nil)
    }
  }

  @Test func partsOfATextReadAsTheWhole() throws {
    let texts = ["a\r\nb\rc  é\u{3000}\u{1F600}x \n\r\n d", "ab", "", "\r", "a\r", "\u{85}a\u{A0}"]
    func events(_ parts: [[UInt8]]) throws -> [String] {
      var events: [String] = []
      var scanner = TextScanner()
      for (index, part) in parts.enumerated() {
        try part.withUnsafeBufferPointer { buffer throws(TextScanner.Failure) in
          try scanner.scan(UnsafeRawBufferPointer(buffer), isLast: index == parts.count - 1) { event in
            switch event {
            case .word(let word): events.append(String(decoding: word, as: UTF8.self))
            case .lineEnd: events.append("\n")
            }
            return true
          }
        }
      }
      return events
    }
    for text in texts {
      let bytes = Array(text.utf8)
      let whole = try events([bytes])
      for cut in 0...bytes.count {
        for second in cut...bytes.count {
          let parts = [bytes[..<cut], bytes[cut..<second], bytes[second...]].map { Array($0) }
          #expect(try events(parts) == whole)
        }
      }
      #expect(try events(bytes.map { [$0] } + [[]]) == whole)
    }
    for cut in 0...7 {
      let bytes = Array("a\né b".utf8) + [0xE2, 0x28]
      let parts = [Array(bytes[..<cut]), Array(bytes[cut...])]
      let error = #expect(throws: TextScanner.Failure.self) { try events(parts) }
      guard case .invalidUTF8(line: 2, column: 4) = error else {
        Issue.record("\(String(describing: error)) at \(cut)")
        continue
      }
    }
  }

  @Test func wordsAreBounded() {
    let long = CorpusText(part: .test, file: "t", bytes: Array("a\n b ".utf8) + Array(repeating: 0x78, count: 1 << 21))
    let error = #expect(throws: DiagnosticsError.self) { try Corpus([long]) }
    #expect(error?.diagnostics.first?.id == "word-too-long")
    #expect(error?.diagnostics.first?.location?.description == "t:2:4")
  }

  @Test func textsOverABoundAreRefused() {
    let texts = [text(.valid, "a b"), text(.test, "c d")]
    for limits in [
      CorpusLimits(bytes: 2, tokens: 100, words: 100), CorpusLimits(bytes: 100, tokens: 5, words: 100),
      CorpusLimits(bytes: 100, tokens: 100, words: 4),
    ] {
      let error = #expect(throws: DiagnosticsError.self) { try Corpus(texts, limits: limits) }
      #expect(error?.diagnostics.first?.id == "text-too-large")
    }
    #expect(throws: Never.self) { try Corpus(texts, limits: CorpusLimits(bytes: 3, tokens: 6, words: 5)) }
  }

  @Test func theTextFreeSequenceIsItsFormula() {
    let sequence = TextFreeSequence(vocabularySize: 1000)
    let window = sequence.window(firstRow: 3, sequenceLength: 2, batchSize: 2)
    #expect(window.ids == [757, 489, 676, 409])
    let widest = TextFreeSequence(vocabularySize: Int(Int32.max))
    #expect((0..<Int32.max).contains(widest.token(row: .max, column: .max - 1)))
    #expect(TextFreeSequence(vocabularySize: 1).token(row: 5, column: 7) == 0)
  }
}
