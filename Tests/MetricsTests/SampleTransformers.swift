import Networks
import SearchSpaces
import Sizes
import Testing

@testable import Metrics

/// Small encoders and decoders of every sort.
struct SampleTransformer: Sendable, CustomStringConvertible {
  let name: String
  let architecture: any Architecture

  var description: String { name }

  static let vocabularySize = 37

  /// Every operation, with more than one head and layer.
  static let all: [SampleTransformer] = (try? make(heads: 2)) ?? []

  /// One head and layer each, two heads of span-based convolutions, and no projection of encoders' embeddings.
  static let smallest: [SampleTransformer] = (try? make(heads: 1, layers: 1, hidden: 6)) ?? []

  /// Makes them.
  static func make(heads: Int, layers: Int = 2, hidden: Int = 8) throws -> [SampleTransformer] {
    var settings = EncoderSettings()
    (settings.vocabularySize, settings.embeddingSize, settings.positionCount) = (vocabularySize, 6, 20)
    func encoder(_ operations: [EncoderOperation], _ variant: EncoderVariant = .declared) throws -> SampleTransformer {
      let record = try EncoderRecord(
        hiddenSize: hidden,
        layers: (0..<layers).map { index in
          let operation = operations[index % operations.count]
          return EncoderLayer(
            operation: operation, heads: operation.type == "DSC" ? max(2, heads) : heads, feedForwardDimension: 10,
            // Stacks of declared networks are 1024 wide, and slow.
            feedForwardCount: variant == .asTrained ? index + 1 : 1)
        })
      return SampleTransformer(
        name: "\(operations.map(\.rawValue)) \(variant.rawValue) of \(heads) heads, \(layers) layers",
        architecture: EncoderArchitecture(record, variant, settings))
    }
    func decoder(_ kind: DecoderKind, divisor: Int) throws -> SampleTransformer {
      SampleTransformer(
        name: "\(kind) of \(heads) heads, \(layers) layers, divisor \(divisor)",
        architecture: DecoderArchitecture(
          try DecoderConfiguration(
            kind: kind,
            record: DecoderRecord(
              width: hidden, layers: (0..<layers).map { DecoderLayer(heads: heads, feedForwardDimension: 9 + 4 * $0) }),
            embedding: AdaptiveEmbedding(
              vocabularySize: vocabularySize, width: 8, divisor: divisor, cutoffs: [11, 23],
              tiesProjections: [false, true, true]),
            positionCount: 20)))
    }
    return try [
      encoder([.scaledDotProduct, .weightedMultiplicative]), encoder([.fourier, .cosine]),
      encoder([.convolution5, .convolution9]), encoder([.cosine], .asTrained), decoder(.gpt2, divisor: 1),
      decoder(.gpt2, divisor: 2), decoder(.transformerXL, divisor: 1), decoder(.transformerXL, divisor: 2),
    ]
  }

  /// Tokens for it.
  static func tokens(_ steps: Int, _ sequences: Int) throws -> TokenBatch {
    try .textFree(sequenceLength: steps, batchSize: sequences, vocabularySize: vocabularySize)
  }

  /// Every metric that is defined for it, and those whose options change what is read.
  var metrics: [String] {
    let loss = architecture.kind == .encoder ? "masked-language-model" : "language-model"
    return MetricCatalog.ids(for: architecture.kind) + [
      "snip-all-\(loss)", "grasp-linear", "grasp-all-\(loss)", "ntk-trace-all", "fisher-ones", "dss-\(loss)-mean",
      "jacobian-cosine-\(loss)", "gradient-norm-weights-embeddings-mean",
    ]
  }

  /// A request for some metrics.
  func request(
    _ precision: NumericPrecision, _ metrics: [String]? = nil, steps: Int = 9, sequences: Int = 3
  ) throws -> MeasurementRequest {
    MeasurementRequest(
      architecture: architecture, metrics: metrics ?? self.metrics, precision: precision, seed: 4,
      tokens: try Self.tokens(steps, sequences))
  }
}
