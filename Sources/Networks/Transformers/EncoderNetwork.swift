import Gradients
import SearchSpaces
import Sizes
import Tensors

/// An encoder of the benchmark of Serianni & Kalita (2023), one of the three networks that a record stands for.
///
/// x = LN(E_word + E_position + E_type) in E dimensions, a projection to h where h ≠ E, and per layer an operation and a
/// feed-forward stack, each with its residual and layer normalisation after it (a linear transform has neither). ε is 10⁻¹².
package final class EncoderNetwork<Element: TensorElement>: Network {
  private let record: EncoderRecord
  private let variant: EncoderVariant
  private let settings: EncoderSettings
  private let store: ParameterStore<Element>
  private let mode: NetworkMode
  private let dropout: Dropout?

  private static var epsilon: Double { 1e-12 }

  /// Draws the weights. O(number of parameters).
  package init(
    _ record: EncoderRecord, _ variant: EncoderVariant, _ settings: EncoderSettings, seed: UInt32,
    source: WeightSource, dropout: Dropout? = nil, wantsGradients: Bool = true, workspace: Workspace
  ) {
    self.record = record
    self.variant = variant
    self.settings = settings
    self.dropout = dropout
    mode = .plain
    store = ParameterStore(
      EncoderParameters(record, variant, settings).shapes, seed: seed, source: source, wantsGradients: wantsGradients,
      workspace: workspace)
  }

  private init(_ other: EncoderNetwork<some TensorElement>, _ reading: MagnitudeReading) where Element == Double {
    (record, variant, settings) = (other.record, other.variant, other.settings)
    mode = .magnitudes(reading)
    dropout = nil
    store = other.store.magnitudes()
  }

  package var magnitudeReadings: Set<MagnitudeReading> { [.linearised, .kept] }

  package func magnitudes(_ reading: MagnitudeReading) -> any Network<Double> {
    EncoderNetwork<Double>(self, reading)
  }

  package func input(_ tokens: TokenBatch) -> NetworkInput<Element> {
    let layout = RowLayout(.sequences, tokens)
    let embedded: Tensor<Element> = store.workspace.tensor(layout.rowCount, settings.embeddingSize)
    Element.gatherRows(store.value("embeddings.word_embeddings.weight"), layout.ids(tokens), into: embedded)
    addPositions(embedded, layout)
    return NetworkInput(embedded: embedded, layout: layout, tokens: tokens)
  }

  package func ones(sequenceLength: Int) -> NetworkInput<Element> {
    let layout = RowLayout(.sequences, sequenceLength: sequenceLength, batchSize: 1)
    let ones: Tensor<Element> = store.workspace.tensor(sequenceLength, settings.embeddingSize)
    ones.fill(1)
    if mode == .magnitudes(.kept) { addPositions(ones, layout) }
    return NetworkInput(embedded: ones, layout: layout)
  }

  /// Adds the vectors of positions and of type 0.
  private func addPositions(_ embedded: Tensor<Element>, _ layout: RowLayout) {
    let positions = store.value("embeddings.position_embeddings.weight")
    for sequence in 0..<layout.batchSize {
      embedded.rows(layout.rows(ofSequence: sequence)).add(positions.rows(0..<layout.sequenceLength))
    }
    embedded.add(store.value("embeddings.token_type_embeddings.weight").rows(0..<1).repeated(rows: embedded.rows))
  }

  package func forward(
    _ input: NetworkInput<Element>, _ request: ForwardRequest<Element>
  ) -> NetworkTrace<Element> {
    let pass = TransformerPass(store, layout: input.layout, mode: mode, request: request, dropout: dropout)
    let tape = pass.tape
    let embedded = embedded(input, pass)
    var hidden =
      mode.isLinearised ? embedded : pass.normalised(embedded, "embeddings.LayerNorm", epsilon: Self.epsilon)
    hidden = pass.dropped(hidden, "embeddings")
    if store.has("embeddings_project.weight") { hidden = pass.linear(hidden, "embeddings_project") }
    pass.tag(hidden, ProbeLabel(kind: .embedded, layer: 0))
    for (index, layer) in record.layers.enumerated() {
      hidden = run(layer, index, hidden, pass)
      pass.tag(hidden, ProbeLabel(kind: .states, layer: index))
    }
    pass.finishOutput()
    var losses: [Loss: Variable] = [:]
    if request.losses.contains(.maskedLanguageModel), let tokens = input.tokens {
      losses[.maskedLanguageModel] = maskedLoss(hidden, input.layout.ids(tokens), pass)
    }
    return NetworkTrace(
      tape: tape, layout: input.layout, input: embedded, output: hidden, parameters: pass.parameters,
      probeKinds: [
        .states, .embedded, .middleStates, .activation, .preactivation, .projection, .linear, .attention, .kernel,
        .transform,
      ], probes: pass.probes, losses: losses, flow: mode.isLinearised ? .outputs : .weightedOutputs,
      jacobian: .units(positions: settings.positionCount))
  }

  /// The sum of the three embeddings: a leaf, or computed on the tape when gradients of tables are wanted.
  private func embedded(_ input: NetworkInput<Element>, _ pass: TransformerPass<Element>) -> Variable {
    let tape = pass.tape
    let isWanted = input.tokens != nil && !pass.request.gradients.isDisjoint(with: [.weightsAndEmbeddings, .all])
    guard isWanted, let tokens = input.tokens else {
      return tape.leaf(input.embedded, gradient: pass.request.inputGradient ? .all : .none)
    }
    let layout = input.layout
    func looked(_ table: String, _ ids: [Int32]) -> Variable {
      let rows = pass.matrix(layout.rowCount, settings.embeddingSize)
      tape.lookup(pass.parameter("embeddings.\(table).weight"), ids, into: rows)
      return rows
    }
    let parts = [
      looked("word_embeddings", layout.ids(tokens)),
      looked("position_embeddings", (0..<layout.rowCount).map { Int32($0 % layout.sequenceLength) }),
      looked("token_type_embeddings", Array(repeating: 0, count: layout.rowCount)),
    ]
    let sum = pass.matrix(layout.rowCount, settings.embeddingSize)
    if pass.request.inputGradient { tape.want(sum) }
    tape.combine(parts, into: sum)
    return sum
  }

  // MARK: Layers

  private func run(
    _ layer: EncoderLayer, _ index: Int, _ input: Variable, _ pass: TransformerPass<Element>
  ) -> Variable {
    let name = "encoder.layer.\(index)"
    let operation = record.operation(layer, variant)
    let middle =
      operation.type == "LT"
      ? mixed(layer, operation, index, input, pass) : attended(layer, operation, index, input, pass)
    pass.tag(middle, ProbeLabel(kind: .middleStates, layer: index))
    var inner = middle
    for number in record.feedForwardWidths(layer, variant).indices {
      let part = number == 0 ? "dense_in" : "dense_list.\(number - 1)"
      inner = pass.linear(
        inner, "\(name).intermediate.\(part)", label: ProbeLabel(kind: .linear, layer: index, name: part))
      inner = pass.activated(inner, .gelu(.exact), layer: index)
    }
    let output = pass.linear(
      inner, "\(name).output.dense", label: ProbeLabel(kind: .linear, layer: index, name: "output"))
    return pass.normalised(
      pass.sum(pass.dropped(output, "\(name).output"), middle), "\(name).output.LayerNorm", epsilon: Self.epsilon)
  }

  /// A linear layer inside the operation, tagged as one and as a projection.
  private func projected(
    _ input: Variable, _ part: String, _ index: Int, _ pass: TransformerPass<Element>
  ) -> Variable {
    let output = pass.linear(
      input, "encoder.layer.\(index).operation.operation.\(part)",
      label: ProbeLabel(kind: .linear, layer: index, name: part))
    if ["query", "key", "value", "input", "weight"].contains(part) {
      pass.tag(output, ProbeLabel(kind: .projection, layer: index, name: part))
    }
    return output
  }

  private func mixed(
    _ layer: EncoderLayer, _ operation: EncoderOperation, _ index: Int, _ input: Variable,
    _ pass: TransformerPass<Element>
  ) -> Variable {
    let output = pass.transform(projected(input, "input", index, pass), operation, heads: layer.heads)
    pass.tag(output, ProbeLabel(kind: .transform, layer: index, head: layer.heads))
    return output
  }

  private func attended(
    _ layer: EncoderLayer, _ operation: EncoderOperation, _ index: Int, _ input: Variable,
    _ pass: TransformerPass<Element>
  ) -> Variable {
    let (tape, rows) = (pass.tape, pass.layout.rowCount)
    var query = projected(input, "query", index, pass)
    let key = projected(input, "key", index, pass)
    let value = projected(input, "value", index, pass)
    let width = tape.value(query).columns
    let isConvolution = operation.type == "DSC"
    let heads = isConvolution ? ConvolutionShape(layer, operation, record.hiddenSize(variant)).heads : layer.heads
    let joined = tape.series(pass.workspace.tensor(rows, isConvolution ? 2 * width : width))
    if isConvolution {
      convolve(layer, operation, index, input, query, into: joined, pass)
    } else if operation == .weightedMultiplicative {
      query = projected(query, "weight", index, pass)
    }
    pass.attention(
      query, key, value, heads: heads, sight: .all, layer: index,
      into: tape.view(joined, rows: 0..<rows, columns: 0..<width))
    let name = "encoder.layer.\(index).operation.output"
    let dense = pass.linear(
      joined, "\(name).dense", label: ProbeLabel(kind: .linear, layer: index, name: "dense"))
    return pass.normalised(
      pass.sum(pass.dropped(dense, name), input), "\(name).LayerNorm", epsilon: Self.epsilon)
  }

  /// The convolution heads of a span-based layer, written beside the attention heads.
  private func convolve(
    _ layer: EncoderLayer, _ operation: EncoderOperation, _ index: Int, _ input: Variable, _ query: Variable,
    into joined: Variable, _ pass: TransformerPass<Element>
  ) {
    let (tape, rows) = (pass.tape, pass.layout.rowCount)
    let shape = ConvolutionShape(layer, operation, record.hiddenSize(variant))
    let kernels = kernels(shape, index, input, query, pass)
    pass.tag(kernels, ProbeLabel(kind: .kernel, layer: index, head: shape.heads))
    let values = projected(input, "conv_out_layer", index, pass)
    tape.dynamicConvolution(
      kernels, values, heads: shape.heads, sequenceLength: pass.layout.sequenceLength,
      into: tape.view(joined, rows: 0..<rows, columns: shape.width..<2 * shape.width))
  }

  /// softmax over the K places of a linear layer of (pointwise(depthwise(x)) + b) ⊙ q [n, heads·K].
  private func kernels(
    _ shape: ConvolutionShape, _ index: Int, _ input: Variable, _ query: Variable, _ pass: TransformerPass<Element>
  ) -> Variable {
    let (tape, rows) = (pass.tape, pass.layout.rowCount)
    guard !mode.isLinearised else {
      // They carry no flow, and count all the same.
      let name = "encoder.layer.\(index).operation.operation"
      for part in ["key_conv_attn_layer.depthwise", "key_conv_attn_layer.pointwise", "conv_kernel_layer"] {
        _ = pass.parameter("\(name).\(part).weight")
      }
      return pass.constant("uniform kernels \(shape.heads) \(shape.kernel)") {
        let row: Tensor<Element> = pass.workspace.tensor(1, shape.heads * shape.kernel)
        row.fill(1 / Double(shape.kernel))
        return row.repeated(rows: rows)
      }
    }
    let name = "encoder.layer.\(index).operation.operation.key_conv_attn_layer"
    let apart = pass.matrix(rows, tape.value(input).columns)
    tape.depthwiseConvolution(
      input, pass.parameter("\(name).depthwise.weight"), sequenceLength: pass.layout.sequenceLength, into: apart)
    let keys = pass.linear(apart, "\(name).pointwise")
    let biased = pass.matrix(rows, shape.width)
    tape.combine([keys], bias: pass.parameter("\(name).bias"), into: biased)
    let product = pass.matrix(rows, shape.width)
    tape.multiply(biased, query, into: product)
    let scores = projected(product, "conv_kernel_layer", index, pass)
    let kernels = tape.series(pass.workspace.tensor(rows, shape.heads * shape.kernel))
    for head in 0..<shape.heads {
      let columns = head * shape.kernel..<(head + 1) * shape.kernel
      tape.softmax(
        tape.view(scores, rows: 0..<rows, columns: columns), into: tape.view(kernels, rows: 0..<rows, columns: columns))
    }
    return kernels
  }

  // MARK: Loss

  /// y = LN(GELU(W·x + b)) at the positions p with p mod 7 = 3, logits y·E_wordᵀ + b, and their mean cross-entropy.
  private func maskedLoss(_ hidden: Variable, _ ids: [Int32], _ pass: TransformerPass<Element>) -> Variable? {
    let tape = pass.tape
    let rows = ids.indices.filter { $0 % pass.layout.sequenceLength % 7 == 3 }
    guard !rows.isEmpty else { return nil }
    let read = pass.matrix(rows.count, tape.value(hidden).columns)
    tape.lookup(hidden, rows.map { Int32($0) }, into: read)
    let dense = pass.linear(read, "head.dense")
    let activated = pass.matrix(rows.count, settings.embeddingSize)
    tape.gelu(dense, .exact, into: activated)
    let normalised = pass.normalised(activated, "head.LayerNorm", epsilon: Self.epsilon)
    let logits: Tensor<Element> = pass.workspace.tensor(rows.count, settings.vocabularySize)
    let (product, biased) = (tape.variable(logits), tape.variable(logits))
    tape.product(normalised, pass.parameter("embeddings.word_embeddings.weight"), rightTransposed: true, into: product)
    tape.combine([product], bias: pass.parameter("head.decoder.bias"), into: biased)
    let loss = pass.matrix(1, 1)
    tape.crossEntropy(biased, targets: rows.map { ids[$0] }, into: loss)
    return loss
  }
}
