import Outcomes

/// A space of decoders: a model width, an embedding width and its divisor, a depth, and for each layer heads and a feed-forward
/// width.
///
/// The spaces of LiteTransformerSearch (Javaheripi et al. 2022) are read from its released random samples, whose configurations are
/// all that is known of them here: the 200 of GPT-2 and the 200 and 99 of Transformer-XL on WikiText-103. Choices of few values are
/// those that occur, and depths and widths go from the least to the greatest. That feed-forward widths reach from 512 to 2,048, and
/// that all whole numbers between are choices, follows from 1,079 different ones among 1,870 layers. No layer of a Transformer-XL
/// is narrower than 2d, none of GPT-2 than 1.7d, which rules out a part of the choices at d = 512. A claim of other bounds, such as
/// those of the paper for its searches, is not made.
package struct DecoderSpace: RecordSpace {
  /// GPT-2 or Transformer-XL.
  package let kind: DecoderKind
  package let depths: [Int]
  package let shared: [SpaceDimension]
  package let hasEqualLayers: Bool
  private let heads: [Int]
  private let innerWidths: ClosedRange<Int>
  /// The least feed-forward width over the model width, in tenths.
  private let leastRatio: Int
  private let vocabularySize: Int
  private let positionCount: Int
  private let memoryLength: Int

  /// Tokens after which clusters begin, in all released samples.
  private static let cutoffs = [19_997, 39_997, 199_997]
  /// Whether the softmax has the projections of the embedding, in all released samples.
  private static let tiesProjections = [false, true, true, true]

  private init(
    _ kind: DecoderKind, depths: ClosedRange<Int>, widths: [Int], embeddingWidths: [Int], heads: [Int],
    leastRatio: Int, hasEqualLayers: Bool = false
  ) {
    self.kind = kind
    self.depths = Array(depths)
    self.heads = heads
    self.leastRatio = leastRatio
    self.hasEqualLayers = hasEqualLayers
    shared = [
      SpaceDimension("d-model", .list(widths)), SpaceDimension("d-embed", .list(embeddingWidths)),
      SpaceDimension("div-val", .list([1, 2, 4])),
    ]
    innerWidths = 512...2048
    vocabularySize = kind == .gpt2 ? 50_264 : 267_736
    positionCount = 192
    memoryLength = 192
  }

  /// The space of the 200 random GPT-2 models: 2 to 16 layers; about 1.1·10⁶⁰ architectures.
  package static let gpt2 = DecoderSpace(
    .gpt2, depths: 2...16, widths: [64, 128, 256, 512], embeddingWidths: [128, 256, 512], heads: [2, 4, 8],
    leastRatio: 17)
  /// The space of the 200 random Transformer-XL models: 5 to 8 layers; about 5.6·10³⁰ architectures.
  package static let transformerXL = DecoderSpace(
    .transformerXL, depths: 5...8, widths: [64, 128, 256, 512], embeddingWidths: [128, 256, 512], heads: [2, 4, 8],
    leastRatio: 20)
  /// The space of the 99 random Transformer-XL models whose layers are alike.
  package static let transformerXLHomogeneous = DecoderSpace(
    .transformerXL, depths: 5...7, widths: [64, 128, 256], embeddingWidths: [128, 256], heads: [2, 4], leastRatio: 20,
    hasEqualLayers: true)

  package var featureNames: [String] { DecoderConfiguration.featureNames }

  package func perLayer(_ shared: [Int]) -> [SpaceDimension] {
    let least = max(innerWidths.lowerBound, (leastRatio * shared[0] + 9) / 10)
    return [
      SpaceDimension("n-head", .list(heads)),
      SpaceDimension("d-inner", .range(min(least, innerWidths.upperBound)...innerWidths.upperBound)),
    ]
  }

  package func record(_ point: SpacePoint) throws(Reason) -> ArchitectureRecord {
    guard contains(point) else { throw Reason("the choices are not of the space") }
    let embedding = try AdaptiveEmbedding(
      vocabularySize: vocabularySize, width: point.shared[1], divisor: point.shared[2], cutoffs: Self.cutoffs,
      tiesProjections: Self.tiesProjections)
    let record = try DecoderRecord(
      width: point.shared[0], layers: point.layers.map { DecoderLayer(heads: $0[0], feedForwardDimension: $0[1]) })
    return .decoder(
      try DecoderConfiguration(
        kind: kind, record: record, embedding: embedding, positionCount: positionCount, memoryLength: memoryLength))
  }

  package func point(_ record: ArchitectureRecord) -> SpacePoint? {
    guard case .decoder(let configuration) = record else { return nil }
    let point = SpacePoint(
      shared: [configuration.width, configuration.embedding.width, configuration.embedding.divisor],
      layers: configuration.layers.map { [$0.heads, $0.feedForwardDimension] })
    // The same settings beside the choices.
    guard contains(point), (try? self.record(point)) == record else { return nil }
    return point
  }

  package func parameterCount(_ record: ArchitectureRecord) throws(Reason) -> Int {
    guard case .decoder(let configuration) = record else { throw Reason("the architecture is no decoder") }
    return configuration.parameterCounts.total
  }

  package func operationCount(
    _ record: ArchitectureRecord, sequenceLength: Int, batchSize: Int
  ) throws(Reason) -> Int {
    guard case .decoder(let configuration) = record else { throw Reason("the architecture is no decoder") }
    return try configuration.floatingPointOperations(sequenceLength: sequenceLength, batchSize: batchSize).total
  }
}
