import SearchSpaces

/// The sizes of the encoders of the benchmark (Serianni & Kalita 2023) that no record declares.
package struct EncoderSettings: Sendable, Hashable {
  /// V.
  package var vocabularySize = 30_522
  /// E, the width of the embedding.
  package var embeddingSize = 128
  /// Positions that have a vector: the most tokens of a sequence.
  package var positionCount = 512

  /// The published sizes.
  package init() {}
}

/// The parameters of an encoder in the order of its modules, by the names of the released code.
struct EncoderParameters {
  private(set) var shapes: [ParameterShape] = []

  /// σ of all matrices and embeddings.
  private static let deviation = 0.02

  init(_ record: EncoderRecord, _ variant: EncoderVariant, _ settings: EncoderSettings) {
    let hidden = record.hiddenSize(variant)
    embed("embeddings.word_embeddings", settings.vocabularySize, settings.embeddingSize, zeroRow: 0)
    embed("embeddings.position_embeddings", settings.positionCount, settings.embeddingSize)
    embed("embeddings.token_type_embeddings", 2, settings.embeddingSize)
    norm("embeddings.LayerNorm", settings.embeddingSize)
    if hidden != settings.embeddingSize {
      linear("embeddings_project", hidden, settings.embeddingSize, isInLayer: false)
    }
    for (index, layer) in record.layers.enumerated() {
      let name = "encoder.layer.\(index)"
      operation("\(name).operation", layer, record.operation(layer, variant), hidden)
      var inputs = hidden
      for (number, width) in record.feedForwardWidths(layer, variant).enumerated() {
        linear(
          number == 0 ? "\(name).intermediate.dense_in" : "\(name).intermediate.dense_list.\(number - 1)", width,
          inputs,
          [.saliency])
        inputs = width
      }
      linear("\(name).output.dense", hidden, inputs, [.saliency])
      norm("\(name).output.LayerNorm", hidden)
    }
    linear("head.dense", settings.embeddingSize, hidden, isInLayer: false)
    norm("head.LayerNorm", settings.embeddingSize)
    add("head.decoder.bias", 1, settings.vocabularySize, .constant(0), .bias, [.all])
  }

  private mutating func operation(
    _ name: String, _ layer: EncoderLayer, _ operation: EncoderOperation, _ hidden: Int
  ) {
    let (inner, inside) = ("\(name).operation", Set<ParameterScope>([.diversity, .operation]))
    switch operation {
    case .fourier, .cosine:
      linear("\(inner).input", hidden, hidden, inside)
      return
    case .scaledDotProduct, .weightedMultiplicative:
      for part in ["query", "key", "value"] { linear("\(inner).\(part)", hidden, hidden, inside) }
      if operation == .weightedMultiplicative {
        linear("\(inner).weight", hidden, hidden, inside, hasBias: false)
      }
    case .convolution5, .convolution9:
      let shape = ConvolutionShape(layer, operation, hidden)
      for part in ["query", "key", "value"] { linear("\(inner).\(part)", shape.width, hidden, inside) }
      let convolution = "\(inner).key_conv_attn_layer"
      add("\(convolution).bias", 1, shape.width, .constant(0), .bias, [.all])
      add("\(convolution).depthwise.weight", hidden, shape.kernel, Self.drawn, .weight, Self.weights)
      add("\(convolution).pointwise.weight", shape.width, hidden, Self.drawn, .weight, Self.weights, isLaidOut: true)
      linear("\(inner).conv_kernel_layer", shape.heads * shape.kernel, shape.width, inside)
      linear("\(inner).conv_out_layer", shape.width, hidden, inside)
    }
    let width =
      operation.type == "DSC" ? 2 * ConvolutionShape(layer, operation, hidden).width : hidden
    linear("\(name).output.dense", hidden, width, [.diversity])
    norm("\(name).output.LayerNorm", hidden)
  }

  private static let drawn = ParameterShape.Start.drawn(deviation: deviation)
  private static let weights: Set<ParameterScope> = [.weights, .matrices, .weightsAndEmbeddings, .all]

  private mutating func add(
    _ name: String, _ rows: Int, _ columns: Int, _ start: ParameterShape.Start, _ role: ParameterRole,
    _ scopes: Set<ParameterScope>, zeroRow: Int? = nil, isLaidOut: Bool = false
  ) {
    shapes.append(
      ParameterShape(
        name: name, rows: rows, columns: columns, start: start, role: role, scopes: scopes, zeroRow: zeroRow,
        isLaidOut: isLaidOut))
  }

  private mutating func embed(_ name: String, _ rows: Int, _ columns: Int, zeroRow: Int? = nil) {
    add(
      "\(name).weight", rows, columns, Self.drawn, .embedding, [.weightsAndEmbeddings, .all], zeroRow: zeroRow)
  }

  private mutating func linear(
    _ name: String, _ outputs: Int, _ inputs: Int, _ scopes: Set<ParameterScope> = [], hasBias: Bool = true,
    isInLayer: Bool = true
  ) {
    add(
      "\(name).weight", outputs, inputs, Self.drawn, .matrix(isFirst: false),
      Self.weights.union(scopes).union(isInLayer ? [.linear, .layers] : [.linear]), isLaidOut: true)
    if hasBias { add("\(name).bias", 1, outputs, .constant(0), .bias, [.all]) }
  }

  private mutating func norm(_ name: String, _ width: Int) {
    add("\(name).weight", 1, width, .constant(1), .normalisation, [.all])
    add("\(name).bias", 1, width, .constant(0), .normalisation, [.all])
  }
}
