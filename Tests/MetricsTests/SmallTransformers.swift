import Networks
import Outcomes
import SearchSpaces
import Sizes

@testable import Metrics

/// Small transformers of every kind, to be measured.
enum SmallTransformers {
  /// An encoder with attention, a transform and a convolution, hidden size 8.
  static func encoder() throws -> EncoderArchitecture {
    let operations: [EncoderOperation] = [.scaledDotProduct, .cosine, .convolution5, .weightedMultiplicative, .fourier]
    let record = try EncoderRecord(
      hiddenSize: 8,
      layers: operations.enumerated().map {
        EncoderLayer(operation: $1, heads: 2, feedForwardDimension: 512, feedForwardCount: 1 + $0 % 2)
      })
    var settings = EncoderSettings()
    settings.vocabularySize = 30
    settings.embeddingSize = 6
    settings.positionCount = 16
    return EncoderArchitecture(record, .declared, settings)
  }

  /// A decoder with an adaptive embedding of three clusters, model width 8.
  static func decoder(_ kind: DecoderKind) throws -> DecoderArchitecture {
    DecoderArchitecture(
      try DecoderConfiguration(
        kind: kind,
        record: DecoderRecord(
          width: 8,
          layers: [DecoderLayer(heads: 2, feedForwardDimension: 12), DecoderLayer(heads: 4, feedForwardDimension: 5)]),
        embedding: AdaptiveEmbedding(
          vocabularySize: 30, width: 8, divisor: 2, cutoffs: [10, 20], tiesProjections: [false, true, true]),
        positionCount: 16))
  }

  static func all() throws -> [any TransformerArchitecture] {
    [try encoder(), try decoder(.gpt2), try decoder(.transformerXL)]
  }

  /// Tokens below 30, of which the first sequence has those of the first cluster alone.
  static func tokens(sequenceLength: Int = 12, batchSize: Int = 4) throws -> TokenBatch {
    try TokenBatch(
      sequenceLength: sequenceLength, batchSize: batchSize,
      ids: (0..<sequenceLength * batchSize).map { index in
        Int32(index % batchSize == 0 ? index / batchSize % 7 : (index * index + 3 * index) % 30)
      })
  }

  /// The values of metrics by column.
  static func measure(
    _ architecture: any Architecture, _ metrics: [String], _ tokens: TokenBatch? = nil,
    precision: NumericPrecision = .float64
  ) throws -> [String: Outcome<Double>] {
    let request = MeasurementRequest(
      architecture: architecture, metrics: metrics, precision: precision, seed: 3, tokens: try tokens ?? self.tokens())
    return Dictionary(
      uniqueKeysWithValues: try MeasurementWorker().measure(request).outcomes.map { ($0.column, $0.outcome) })
  }
}
