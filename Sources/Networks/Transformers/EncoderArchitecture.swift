import Diagnostics
import Outcomes
import SearchSpaces
import Sizes
import Tensors

/// An encoder of the benchmark of Serianni & Kalita (2023): one of the networks of a record, with how its weights are drawn.
package struct EncoderArchitecture: Architecture {
  /// The record.
  package let record: EncoderRecord
  /// Which of its networks.
  package let variant: EncoderVariant
  /// The sizes.
  package let settings: EncoderSettings
  /// How weights are drawn.
  package let source: WeightSource
  /// Of the network; nil when nothing is dropped.
  package let dropout: Dropout?

  /// Joins record, variant and sizes.
  package init(
    _ record: EncoderRecord, _ variant: EncoderVariant = .declared, _ settings: EncoderSettings = EncoderSettings(),
    source: WeightSource = .torch, dropout: Dropout? = nil
  ) {
    self.record = record
    self.variant = variant
    self.settings = settings
    self.source = source
    self.dropout = dropout
  }

  package var kind: ArchitectureKind { .encoder }
  /// The record as JSON, with what the variant passes over: scores of the declaration alone read it.
  package var text: String { record.json }
  package var features: [(name: String, value: Double)] { record.features }
  package var vocabularySize: Int { settings.vocabularySize }
  package var layerCount: Int { record.layers.count }

  /// Without the head of the loss.
  package func parameterCount() throws(Reason) -> Int { record.parameterCount(variant) }

  package func operationCount(sequenceLength: Int, batchSize: Int) throws(Reason) -> Double {
    let count = try record.floatingPointOperations(variant, sequenceLength: sequenceLength, batchSize: batchSize)
    return Double(count.total)
  }

  package func extent(_ tokens: TokenBatch) throws(Reason) -> NetworkExtent {
    if let obstacle = record.obstacle(to: variant) { throw obstacle }
    guard tokens.sequenceLength <= settings.positionCount else {
      throw Reason("a sequence of \(tokens.sequenceLength) tokens is longer than \(settings.positionCount) positions")
    }
    let hidden = record.hiddenSize(variant)
    // What a token keeps in a layer: projections, states and their sums, and twice the widths of the stack.
    let widths = record.layers.map { 16 * hidden + 3 * record.feedForwardWidths($0, variant).reduce(0, +) }
    // With dropout there are a mask and a product for each matrix of probabilities, and for the states of three places.
    let isDropping = dropout != nil
    let attended = record.layers.reduce(0) { $0 + (isDropping ? 4 : 2) * $1.heads * tokens.sequenceLength }
    let dropped = isDropping ? 2 * settings.embeddingSize + 4 * hidden * record.layers.count : 0
    let read = tokens.batchSize * ((tokens.sequenceLength + 6) / 7)
    return try NetworkExtent(
      shapes: EncoderParameters(record, variant, settings).shapes,
      values: [
        (tokens.ids.count, 4 * settings.embeddingSize + 2 * hidden + widths.reduce(0, +) + attended + dropped)
      ],
      lossValues: [(read, 2 * settings.vocabularySize + hidden + 4 * settings.embeddingSize)],
      width: max(
        hidden, settings.embeddingSize, record.layers.flatMap { record.feedForwardWidths($0, variant) }.max() ?? 0),
      blocks: record.layers.reduce(0) { $0 + 64 + (isDropping ? 16 : 8) * tokens.batchSize * $1.heads })
  }

  package func network<Element: TensorElement>(
    of type: Element.Type, seed: UInt32, wantsGradients: Bool, workspace: Workspace
  ) -> any Network<Element> {
    EncoderNetwork<Element>(
      record, variant, settings, seed: seed, source: source, dropout: dropout, wantsGradients: wantsGradients,
      workspace: workspace)
  }
}

/// A decoder of LiteTransformerSearch (Javaheripi et al. 2022), with how its weights are drawn.
package struct DecoderArchitecture: Architecture {
  /// The configuration.
  package let configuration: DecoderConfiguration
  /// How weights are drawn.
  package let source: WeightSource
  /// Of the network; nil when nothing is dropped.
  package let dropout: Dropout?

  /// Joins a configuration and a source of weights.
  package init(_ configuration: DecoderConfiguration, source: WeightSource = .torch, dropout: Dropout? = nil) {
    self.configuration = configuration
    self.source = source
    self.dropout = dropout
  }

  package var kind: ArchitectureKind { configuration.kind == .gpt2 ? .gpt2 : .transformerXL }
  /// The configuration as JSON.
  package var text: String { configuration.json }
  package var features: [(name: String, value: Double)] { configuration.features }
  package var vocabularySize: Int { configuration.embedding.vocabularySize }
  package var layerCount: Int { configuration.layers.count }

  package func parameterCount() throws(Reason) -> Int { configuration.parameterCounts.total }

  package func operationCount(sequenceLength: Int, batchSize: Int) throws(Reason) -> Double {
    let count = try configuration.floatingPointOperations(sequenceLength: sequenceLength, batchSize: batchSize)
    return Double(count.total)
  }

  package func extent(_ tokens: TokenBatch) throws(Reason) -> NetworkExtent {
    if configuration.kind == .gpt2, tokens.sequenceLength > configuration.positionCount {
      throw Reason(
        "a sequence of \(tokens.sequenceLength) tokens is longer than \(configuration.positionCount) positions")
    }
    let width = configuration.width
    let widths = configuration.layers.map { 16 * width + 3 * $0.feedForwardDimension }
    let isDropping = dropout != nil
    let attended = configuration.layers.reduce(0) {
      $0 + ((configuration.kind == .gpt2 ? 2 : 6) + (isDropping ? 2 : 0)) * $1.heads * tokens.sequenceLength
    }
    // A mask and a product for the states of two places of a layer, and for what a rectifier gives; of the embedding, the
    // distances and the output.
    let dropped =
      isDropping ? 6 * width + configuration.layers.reduce(0) { $0 + 4 * width + 2 * $1.feedForwardDimension } : 0
    return try NetworkExtent(
      shapes: DecoderParameters(configuration).shapes,
      values: [
        (tokens.ids.count, 6 * width + widths.reduce(0, +) + attended + dropped)
      ],
      // Logits of all clusters with their projections.
      lossValues: [(tokens.ids.count, 2 * (vocabularySize + width + configuration.embedding.width))],
      width: max(width, configuration.embedding.width, configuration.layers.map(\.feedForwardDimension).max() ?? 0),
      blocks: configuration.layers.reduce(0) { $0 + 64 + (isDropping ? 24 : 16) * tokens.batchSize * $1.heads })
  }

  package func network<Element: TensorElement>(
    of type: Element.Type, seed: UInt32, wantsGradients: Bool, workspace: Workspace
  ) -> any Network<Element> {
    switch configuration.kind {
    case .gpt2:
      GPT2Network<Element>(
        configuration, seed: seed, source: source, dropout: dropout, wantsGradients: wantsGradients,
        workspace: workspace)
    case .transformerXL:
      TransformerXLNetwork<Element>(
        configuration, seed: seed, source: source, dropout: dropout, wantsGradients: wantsGradients,
        workspace: workspace)
    }
  }
}

extension NetworkExtent {
  /// The extent of a network of transformers.
  ///
  /// - Parameters:
  ///   - shapes: Its parameters.
  ///   - values: Counts of rows and of what each keeps, to be multiplied and added up.
  ///   - lossValues: The same of what an objective keeps.
  ///   - width: The largest width of a state, or inside a layer.
  ///   - blocks: A bound of how many blocks of memory it takes.
  /// - Throws: `Reason` when it is over the limits.
  init(
    shapes: [ParameterShape], values: [(rows: Int, columns: Int)], lossValues: [(rows: Int, columns: Int)], width: Int,
    blocks: Int
  ) throws(Reason) {
    func total(_ counts: [(Int, Int)], _ limit: Int, _ refusal: String) throws(Reason) -> Int {
      var sum = 0
      for (rows, columns) in counts {
        let product = rows.multipliedReportingOverflow(by: columns)
        let next = sum.addingReportingOverflow(product.partialValue)
        guard !product.overflow, !next.overflow, next.partialValue <= limit else { throw Reason(refusal) }
        sum = next.partialValue
      }
      return sum
    }
    let refusal = "the network has more than 536,870,912 parameters"
    let tooMany = "a pass over these tokens keeps more than 1,073,741,824 values"
    let isVocabulary = { (shape: ParameterShape) in shape.role == .embedding }
    self.init(
      matrices: try total(
        shapes.filter { !isVocabulary($0) }.map { (Self.padded($0.rows), Self.padded($0.columns)) },
        2 * Self.parameterLimit, refusal),
      vocabulary: try total(shapes.filter(isVocabulary).map { ($0.rows, $0.columns) }, Self.parameterLimit, refusal),
      values: try total(values.map { ($0.rows, $0.columns) }, Self.valueLimit, tooMany),
      lossValues: try total(lossValues.map { ($0.rows, $0.columns) }, Self.valueLimit, tooMany),
      width: width, blocks: blocks)
  }
}
