import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct TokenSourceTests {
  /// Runs with an empty folder that is removed afterwards.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "trainfree-text-\(UUID().uuidString)"
    try FileSystem.makeFolder(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func compressed(_ text: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", "import gzip, sys; sys.stdout.buffer.write(gzip.compress(sys.argv[1].encode()))", text,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
  }

  private func load(_ name: String) throws -> TokenText {
    try TokenSource.named(name, in: PublicData.catalog()).load(
      catalog: PublicData.catalog(), location: DataLocation(folders: []), vocabularySize: 10)
  }

  @Test func foldersOfBothStylesAreRead() throws {
    try withFolder { folder in
      try FileSystem.write(Array("a b\n".utf8), to: "\(folder)/ptb.train.txt")
      try FileSystem.write(compressed("b c c\n"), to: "\(folder)/ptb.test.txt.gz")
      for name in [folder, folder + "/", folder + "/test"] {
        let text = try load(name)
        #expect(try text.batch(0, sequenceLength: 3, batchSize: 1, vocabularySize: 10).ids == [1, 3, 3])
        #expect(try TokenSource.named(name, in: PublicData.catalog()).name == folder + "/test")
      }
      #expect(try load(folder + "/train").batch(0, sequenceLength: 2, batchSize: 1, vocabularySize: 10).ids == [0, 1])
      let absent = #expect(throws: DiagnosticsError.self) { try load(folder + "/valid") }
      #expect(absent?.kind == .missingInput && absent?.diagnostics.first?.id == "missing-part")
      try FileSystem.write(Array("b\n".utf8), to: "\(folder)/test.txt")
      let twice = #expect(throws: DiagnosticsError.self) { try load(folder) }
      #expect(twice?.diagnostics.first?.id == "part-twice")
    }
  }

  @Test func damagedFilesAreRefused() throws {
    try withFolder { folder in
      let whole = try compressed("a b c d e f g h\n")
      for bytes in [Array(whole.dropLast()), Array(whole[..<9]), [], Array("a b\n".utf8)] {
        try FileSystem.write(bytes, to: "\(folder)/test.txt.gz")
        let error = #expect(throws: DiagnosticsError.self) { try load(folder) }
        #expect(error?.diagnostics.first?.id == "bad-archive")
      }
      try FileSystem.write(whole, to: "\(folder)/test.txt.gz")
      let limits = CorpusLimits(bytes: 15, tokens: 100, words: 100)
      #expect(throws: DiagnosticsError.self) {
        try Corpus(CorpusReader.texts(inFolder: folder, requiring: .test), limits: limits)
      }
      try FileSystem.write(Array("a b c d\n".utf8), to: "\(folder)/test.txt")
      #expect(try load(folder).batch(0, sequenceLength: 4, batchSize: 1, vocabularySize: 10).ids == [0, 1, 2, 3])
      try FileSystem.makeFolder("\(folder)/valid.txt")
      #expect(throws: DiagnosticsError.self) { try load(folder) }
    }
  }

  @Test(arguments: [
    ("wikitext-2/tets", FailureKind.badInput), ("wikitext-2", .badInput), ("wikitext-2/train", .badInput),
    ("wikitext-2/../../etc/test", .badInput), ("", .badInput), ("/test", .missingInput), ("/none/such", .missingInput),
    ("./none", .missingInput),
  ])
  func unknownNamesAreRefused(_ name: String, _ kind: FailureKind) throws {
    let error = #expect(throws: DiagnosticsError.self) { try load(name) }
    #expect(error?.kind == kind)
    if name == "wikitext-2/tets" { #expect(error?.diagnostics.first?.fix == "did you mean wikitext-2/test?") }
  }

  @Test func textFreeBatchesAreBounded() throws {
    let text = try load("text-free")
    #expect(
      try text.batch(2, sequenceLength: 3, batchSize: 2, vocabularySize: 10).ids
        == TextFreeSequence(vocabularySize: 10).window(
          firstRow: 6, sequenceLength: 3, batchSize: 2
        ).ids)
    for (index, steps, columns) in [(-1, 1, 1), (.max, 1, 1), (0, 0, 1), (0, 1, 0), (0, .max, 1), (0, 1 << 19, 1 << 9)]
    {
      #expect(throws: DiagnosticsError.self) {
        try text.batch(index, sequenceLength: steps, batchSize: columns, vocabularySize: 10)
      }
    }
  }

  /// An architecture may have a smaller vocabulary than the text.
  @Test func textFreeTokensAreBelowTheVocabularyThatReadsThem() throws {
    let text = try load("text-free")
    #expect(
      try text.batch(0, sequenceLength: 4, batchSize: 3, vocabularySize: 7).ids
        == TextFreeSequence(vocabularySize: 7).window(firstRow: 0, sequenceLength: 4, batchSize: 3).ids)
  }

  /// A token is the state without its last eight bits, of the vocabulary that reads it; batches go on with the stream.
  @Test func documentedTokensFollowTheirFormula() throws {
    let text = try load("documented")
    var state: UInt32 = 12345
    let stream = (0..<12).map { _ -> Int32 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Int32(Int(state >> 8) % 50)
    }
    // Sequence after sequence, and in the window step by step.
    let first = try text.batch(0, sequenceLength: 3, batchSize: 2, vocabularySize: 50).ids
    #expect(first == [stream[0], stream[3], stream[1], stream[4], stream[2], stream[5]])
    #expect(try text.batch(1, sequenceLength: 3, batchSize: 2, vocabularySize: 50).ids[0] == stream[6])
    for (index, steps) in [(-1, 3), (1000, 3), (0, 1 << 30)] {
      #expect(throws: DiagnosticsError.self) {
        try text.batch(index, sequenceLength: steps, batchSize: 2, vocabularySize: 50)
      }
    }
  }
}
