import Outcomes
import Testing

@testable import SearchSpaces

@Suite struct EncoderRecordTests {
  @Test func parametersOfAKnownArchitecture() throws {
    // Record 0 of the benchmark; the published count is in the released results.
    let record = try EncoderRecord(
      hiddenSize: 256,
      layers: [
        EncoderLayer(operation: .weightedMultiplicative, heads: 4, feedForwardDimension: 1024, feedForwardCount: 3),
        EncoderLayer(operation: .cosine, heads: 2, feedForwardDimension: 512, feedForwardCount: 3),
        EncoderLayer(operation: .scaledDotProduct, heads: 4, feedForwardDimension: 512, feedForwardCount: 3),
        EncoderLayer(operation: .scaledDotProduct, heads: 4, feedForwardDimension: 1024, feedForwardCount: 1),
      ])
    #expect(record.parameterCount(.published) == 13_330_176)
    #expect(record.parameterCount(.declared) == 13_330_176)
    let features = Dictionary(uniqueKeysWithValues: record.features.map { ($0.name, $0.value) })
    #expect(features["depth"] == 4 && features["sa-count"] == 3 && features["dct-count"] == 1)
    #expect(features["feed-forward-layers"] == 10 && features["mean-heads"] == 3.5)
  }

  @Test func oneTrainedLayerByHand() throws {
    let record = try EncoderRecord(
      hiddenSize: 128,
      layers: [EncoderLayer(operation: .convolution5, heads: 2, feedForwardDimension: 512, feedForwardCount: 1)])
    let embeddings = 128 * (30_522 + 512 + 2) + 256
    let attention = 4 * (128 * 128 + 128) + 256
    let stack = (128 * 512 + 512) + (512 * 128 + 128) + 256
    #expect(record.parameterCount(.asTrained) == embeddings + attention + stack)
  }

  /// Records that differ in what the training code ignores were trained as one network.
  @Test func networksOfARecord() throws {
    func record(_ hidden: Int, _ layers: [EncoderLayer]) throws -> EncoderRecord {
      try EncoderRecord(hiddenSize: hidden, layers: layers)
    }
    let layers = [
      EncoderLayer(operation: .weightedMultiplicative, heads: 4, feedForwardDimension: 512, feedForwardCount: 3),
      EncoderLayer(operation: .cosine, heads: 2, feedForwardDimension: 512, feedForwardCount: 1),
    ]
    let first = try record(128, layers)
    #expect(first.network(.published) == "h256 WMA/4/1024-1024-1024 DCT/2/1024")
    #expect(first.network(.declared) == "h128 WMA/4/1024-1024-1024 DCT/2/1024")
    #expect(first.network(.asTrained) == "h128 SDP/4/512-512-512 SDP/2/512")
    var others = layers
    others[0].operation = .convolution9
    others[1].feedForwardDimension = 1024
    let second = try record(128, others)
    #expect(second.network(.asTrained) == first.network(.asTrained))
    #expect(second.network(.declared) != first.network(.declared))
    others[0].feedForwardDimension = 1024
    #expect(try record(128, others).network(.asTrained) != first.network(.asTrained))
    #expect(try record(128, layers.reversed()).network(.asTrained) != first.network(.asTrained))
  }

  @Test func absurdSizesAreRefused() {
    let layer = EncoderLayer(operation: .scaledDotProduct, heads: 1, feedForwardDimension: 1, feedForwardCount: 1)
    #expect(throws: Reason.self) { try EncoderRecord(hiddenSize: .max, layers: [layer]) }
    #expect(throws: Reason.self) { try EncoderRecord(hiddenSize: 8, layers: []) }
    #expect(throws: Reason.self) {
      try EncoderRecord(
        hiddenSize: 2,
        layers: [EncoderLayer(operation: .convolution9, heads: 4, feedForwardDimension: 1, feedForwardCount: 1)])
    }
  }
}
