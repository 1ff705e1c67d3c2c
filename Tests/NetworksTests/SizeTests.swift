import Outcomes
import SearchSpaces
import TestSupport
import Testing

@testable import Networks

/// Sizes that cannot be are errors, whatever they are.
@Suite struct SizeTests {
  private static let hostile = [Int.min, -1, 0, 1, 8193, 1_000_001, 1 << 31, 1 << 62, Int.max]

  @Test func settingsTakeNothingOutOfRange() throws {
    for vocabulary in Self.hostile {
      let isValid = (2...1_000_000).contains(vocabulary)
      #expect((try? LanguageModelSettings(vocabularySize: vocabulary)) != nil || !isValid)
      if !isValid { #expect(throws: Reason.self) { try LanguageModelSettings(vocabularySize: vocabulary) } }
    }
    for size in Self.hostile where size != 1 {
      #expect(throws: Reason.self) { try LanguageModelSettings(embeddingSize: size) }
      #expect(throws: Reason.self) { try LanguageModelSettings(hiddenSize: size) }
      #expect(throws: Reason.self) { try LanguageModelSettings(layerCount: size) }
    }
    let smallest = try LanguageModelSettings(vocabularySize: 2, embeddingSize: 1, hiddenSize: 1, layerCount: 1)
    #expect(smallest.width(ofLayer: 0) == 1)
    let largest = try LanguageModelSettings(
      vocabularySize: 1_000_000, embeddingSize: 8192, hiddenSize: 8192, layerCount: 32)
    #expect(largest.inputWidth(ofLayer: 31) == 8192)
  }

  @Test func widths() throws {
    func widths(_ isTied: Bool) throws -> [Int] {
      let settings = try LanguageModelSettings(embeddingSize: 4, hiddenSize: 6, layerCount: 3, isTied: isTied)
      return (0..<3).flatMap { [settings.inputWidth(ofLayer: $0), settings.width(ofLayer: $0)] }
    }
    #expect(try widths(true) == [4, 6, 6, 6, 6, 4])
    #expect(try widths(false) == [4, 6, 6, 6, 6, 6])
  }

  @Test func batchesTakeNothingOutOfRange() throws {
    for size in Self.hostile {
      for other in Self.hostile where size != 1 || other != 1 {
        #expect(throws: Reason.self) { try TokenBatch(sequenceLength: size, batchSize: other, ids: [0]) }
      }
    }
    #expect(throws: Reason.self) { try TokenBatch(sequenceLength: 4096, batchSize: 4096, ids: []) }
    #expect(throws: Reason.self) { try TokenBatch(sequenceLength: 2, batchSize: 2, ids: [1, 2, 3]) }
    #expect(throws: Reason("a token's id is negative")) {
      try TokenBatch(sequenceLength: 1, batchSize: 2, ids: [1, -2])
    }
    let tokens = try TokenBatch(sequenceLength: 3, batchSize: 2, ids: [0, 729, 919, 649, 838, 569])
    #expect(tokens.sequenceLength == 3 && tokens.batchSize == 2 && tokens.ids == [0, 729, 919, 649, 838, 569])
  }

  @Test func networksBeyondMemoryAreErrors() throws {
    let cell = try recipe(SampleCells.elman)
    let token = try TokenBatch(sequenceLength: 1, batchSize: 1, ids: [0])
    func check(_ settings: LanguageModelSettings, _ tokens: TokenBatch) throws {
      _ = try RecurrentArchitecture(cell, settings).extent(tokens)
    }
    try check(LanguageModelSettings(), token)
    let error = Reason("the network has more than 536,870,912 parameters")
    #expect(throws: error) { try check(LanguageModelSettings(vocabularySize: 1_000_000, embeddingSize: 8192), token) }
    #expect(throws: error) { try check(LanguageModelSettings(hiddenSize: 8192, layerCount: 32), token) }
    let widest = (0..<Recipe.nodeLimit - 1).map { node in
      "n\(node) = linear" + String(repeating: " h_prev_0", count: Recipe.inputLimit)
    }
    let huge = try recipe(widest.joined(separator: "\n") + "\nh_new_0 = linear x")
    let largest = try LanguageModelSettings(
      vocabularySize: 1_000_000, embeddingSize: 8192, hiddenSize: 8192, layerCount: 32)
    let tokens = try TokenBatch.textFree(sequenceLength: 4096, batchSize: 256, vocabularySize: 1_000_000)
    #expect(throws: error) { try RecurrentArchitecture(huge, largest).extent(tokens) }
    try check(LanguageModelSettings(), .textFree(sequenceLength: 70, batchSize: 50, vocabularySize: 10_000))
    #expect(throws: Reason("a pass over 1048576 tokens keeps more than 1,073,741,824 values")) {
      try check(LanguageModelSettings(), tokens)
    }
  }
}
