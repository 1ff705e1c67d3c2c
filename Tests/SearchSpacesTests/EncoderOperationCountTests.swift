import Outcomes
import Testing

@testable import SearchSpaces

/// Operations counted product by product: rows × inner × columns, two for each multiply-add.
@Suite struct EncoderOperationCountTests {
  private typealias Product = (rows: Int, inner: Int, columns: Int)

  private func count(_ products: [Product]) -> Int { products.reduce(0) { $0 + 2 * $1.rows * $1.inner * $1.columns } }

  private func record(
    _ operation: EncoderOperation, heads: Int, width: Int = 512, stack: Int = 1, hidden: Int = 128
  ) throws -> EncoderRecord {
    try EncoderRecord(
      hiddenSize: hidden,
      layers: [
        EncoderLayer(operation: operation, heads: heads, feedForwardDimension: width, feedForwardCount: stack)
      ])
  }

  private let feedForward = [(16, 128, 1024), (16, 1024, 128)]
  private let attention = [
    (16, 128, 128), (16, 128, 128), (16, 128, 128),  // queries, keys, values
    (16, 64, 16), (16, 64, 16),  // scores of two heads
    (16, 16, 64), (16, 16, 64),  // means of values
    (16, 128, 128),  // output
  ]

  @Test func dotProducts() throws {
    let record = try record(.scaledDotProduct, heads: 2)
    #expect(try record.floatingPointOperations(.declared, sequenceLength: 16) == count(attention + feedForward))
    let weighted = try self.record(.weightedMultiplicative, heads: 2)
    #expect(
      try weighted.floatingPointOperations(.declared, sequenceLength: 16)
        == count(attention + [(16, 128, 128)] + feedForward))
  }

  @Test func convolution() throws {
    // Four heads of 32: two attend, two convolve, each pair 64 wide.
    let products = [
      (16, 128, 64), (16, 128, 64), (16, 128, 64),  // queries, keys, values
      (16, 128, 9), (16, 128, 64),  // depthwise with width 9, pointwise
      (16, 64, 18),  // kernels of two heads
      (16, 128, 64), (16, 64, 9),  // what is convolved, the convolution
      (16, 32, 16), (16, 32, 16), (16, 16, 32), (16, 16, 32),  // attention of two heads
      (16, 128, 128),  // output
    ]
    let record = try record(.convolution9, heads: 4)
    #expect(try record.floatingPointOperations(.declared, sequenceLength: 16) == count(products + feedForward))
  }

  @Test func transforms() throws {
    // Two heads of 16 × 64 = 1,024 points, log₂ of which is 10.
    let linear = count([(16, 128, 128)] + feedForward)
    #expect(
      try record(.fourier, heads: 2).floatingPointOperations(.declared, sequenceLength: 16)
        == linear + 2 * 5 * 1024 * 10)
    #expect(
      try record(.cosine, heads: 2).floatingPointOperations(.declared, sequenceLength: 16)
        == linear + 2 * 5 * 1024 * 10 / 2)
  }

  @Test func variants() throws {
    let record = try record(.fourier, heads: 4, width: 512, stack: 3, hidden: 128)
    // Trained: attention whatever is declared, widths 4h, f, f.
    let trained = [
      (16, 128, 128), (16, 128, 128), (16, 128, 128), (16, 32, 64), (16, 64, 32), (16, 128, 128), (16, 128, 512),
      (16, 512, 512), (16, 512, 512), (16, 512, 128),
    ]
    #expect(try record.floatingPointOperations(.asTrained, sequenceLength: 16) == count(trained))
    // Published: hidden size 256, a projection to it, width 1,024 throughout; heads of 64.
    let published = [
      (16, 128, 256), (16, 256, 256), (16, 256, 1024), (16, 1024, 1024), (16, 1024, 1024), (16, 1024, 256),
    ]
    #expect(
      try record.floatingPointOperations(.published, sequenceLength: 16) == count(published) + 4 * 5 * 1024 * 10)
  }

  @Test func lengthsAreBounded() throws {
    let layer = EncoderLayer(
      operation: .scaledDotProduct, heads: 1, feedForwardDimension: 65_536, feedForwardCount: 64)
    let largest = try EncoderRecord(hiddenSize: 65_536, layers: Array(repeating: layer, count: 256))
    #expect(try largest.floatingPointOperations(.asTrained, sequenceLength: 8192) > 0)
    for length in [0, -1, 8193, .max] {
      #expect(throws: Reason.self) { try largest.floatingPointOperations(.declared, sequenceLength: length) }
    }
  }

  @Test func parametersAreTheSumOfTheirParts() throws {
    let record = try record(.convolution5, heads: 4, stack: 3, hidden: 256)
    for variant in EncoderVariant.allCases {
      let embeddings = 128 * (30_522 + 514) + 256 + 128 * 256 + 256
      #expect(
        record.parameterCount(variant)
          == embeddings + record.operationParameterCount(variant) + record.feedForwardParameterCount(variant))
    }
    #expect(
      record.feedForwardParameterCount(.asTrained) == 256 * 1024 + 1024 + 1024 * 512 + 512 + 512 * 512 + 512 + 512 * 256
        + 256 + 512)
  }
}
