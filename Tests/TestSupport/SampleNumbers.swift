import Datasets
import Networks
import Outcomes

/// A fixed sequence of numbers for tests.
package struct SampleNumbers: Sendable {
  private var state: UInt64

  /// Starts a sequence; different salts give different numbers.
  package init(_ salt: Int) {
    state = UInt64(truncatingIfNeeded: salt) &* 0x9E37_79B9_7F4A_7C15 &+ 0x632B_E59B_D9B4_E019
  }

  /// The next number of -1 ..< 1.
  package mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-52 - 1
  }

  /// The next numbers.
  package mutating func next(_ count: Int) -> [Double] { (0..<count).map { _ in next() } }
}

extension TokenBatch {
  /// The first batch of the text-free sequence: id(t, b) = (7919·t + 104729·b + t·b) mod V.
  ///
  /// - Precondition: The sizes are positive.
  /// - Throws: `Reason` for sizes out of range.
  package static func textFree(sequenceLength: Int, batchSize: Int, vocabularySize: Int) throws(Reason) -> TokenBatch {
    let window = TextFreeSequence(vocabularySize: vocabularySize)
      .window(firstRow: 0, sequenceLength: sequenceLength, batchSize: batchSize)
    return try TokenBatch(sequenceLength: sequenceLength, batchSize: batchSize, ids: window.ids)
  }
}
