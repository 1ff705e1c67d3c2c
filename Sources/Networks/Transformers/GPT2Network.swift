import Gradients
import SearchSpaces
import Sizes
import Tensors

/// A decoder of LiteTransformerSearch (Javaheripi et al. 2022) with the layers of GPT-2: normalisation before each part of a layer
/// and after the last, learned positions, causal attention, GELU in its form with a hyperbolic tangent, an adaptive softmax. ε is
/// 10⁻⁵.
package final class GPT2Network<Element: TensorElement>: Network {
  private let configuration: DecoderConfiguration
  private let store: ParameterStore<Element>
  private let mode: NetworkMode
  private let dropout: Dropout?
  private let vocabulary: AdaptiveVocabulary<Element>

  private static var epsilon: Double { 1e-5 }

  /// Draws the weights. O(number of parameters).
  package init(
    _ configuration: DecoderConfiguration, seed: UInt32, source: WeightSource, dropout: Dropout? = nil,
    wantsGradients: Bool = true, workspace: Workspace
  ) {
    self.configuration = configuration
    self.dropout = dropout
    mode = .plain
    store = ParameterStore(
      DecoderParameters(configuration).shapes, seed: seed, source: source, wantsGradients: wantsGradients,
      workspace: workspace)
    vocabulary = AdaptiveVocabulary(
      sizes: configuration.embedding, modelWidth: configuration.width, names: .gpt2)
  }

  private init(_ other: GPT2Network<some TensorElement>, _ reading: MagnitudeReading) where Element == Double {
    configuration = other.configuration
    vocabulary = AdaptiveVocabulary(
      sizes: configuration.embedding, modelWidth: configuration.width, names: .gpt2)
    mode = .magnitudes(reading)
    dropout = nil
    store = other.store.magnitudes()
  }

  package var magnitudeReadings: Set<MagnitudeReading> { Set(MagnitudeReading.allCases) }

  package func magnitudes(_ reading: MagnitudeReading) -> any Network<Double> {
    GPT2Network<Double>(self, reading)
  }

  package func input(_ tokens: TokenBatch) -> NetworkInput<Element> {
    let layout = RowLayout(.sequences, tokens)
    let pass = TransformerPass(store, layout: layout, mode: mode, request: ForwardRequest())
    let embedded = pass.tape.value(positioned(vocabulary.embedded(layout.ids(tokens), pass), pass))
    return NetworkInput(embedded: embedded, layout: layout, tokens: tokens)
  }

  package func ones(sequenceLength: Int) -> NetworkInput<Element> {
    let ones: Tensor<Element> = store.workspace.tensor(sequenceLength, configuration.width)
    ones.fill(1)
    // The linearised reading has ones in place of all embeddings.
    if !mode.isLinearised { ones.add(store.value("wpe.weight").rows(0..<sequenceLength)) }
    return NetworkInput(
      embedded: ones, layout: RowLayout(.sequences, sequenceLength: sequenceLength, batchSize: 1))
  }

  /// The embedded tokens with the vectors of their positions.
  private func positioned(_ embedded: Variable, _ pass: TransformerPass<Element>) -> Variable {
    let (tape, layout) = (pass.tape, pass.layout)
    let (positions, sum) = (
      pass.matrix(layout.rowCount, configuration.width), pass.matrix(layout.rowCount, configuration.width)
    )
    tape.lookup(
      pass.parameter("wpe.weight"), (0..<layout.rowCount).map { Int32($0 % layout.sequenceLength) }, into: positions)
    if pass.request.inputGradient { tape.want(sum) }
    tape.combine([embedded, positions], into: sum)
    return sum
  }

  package func forward(
    _ input: NetworkInput<Element>, _ request: ForwardRequest<Element>
  ) -> NetworkTrace<Element> {
    let pass = TransformerPass(store, layout: input.layout, mode: mode, request: request, dropout: dropout)
    let tape = pass.tape
    // Projections of embeddings are weights: what is looked up is computed on the tape whenever a gradient is wanted.
    let embedded: Variable
    if let tokens = input.tokens, !request.gradients.isEmpty {
      embedded = positioned(vocabulary.embedded(input.layout.ids(tokens), pass), pass)
    } else {
      embedded = tape.leaf(input.embedded, gradient: request.inputGradient ? .all : .none)
    }
    var hidden = pass.dropped(embedded, "drop")
    pass.tag(hidden, ProbeLabel(kind: .embedded, layer: 0))
    for (index, layer) in configuration.layers.enumerated() {
      hidden = run(layer, index, hidden, pass)
      pass.tag(hidden, ProbeLabel(kind: .states, layer: index))
    }
    let output = pass.normalised(hidden, "ln_f", epsilon: Self.epsilon)
    pass.tag(output, ProbeLabel(kind: .normalisedStates, layer: configuration.layers.count))
    pass.finishOutput()
    var losses: [Loss: Variable] = [:]
    if request.losses.contains(.languageModel), let tokens = input.tokens {
      losses[.languageModel] = vocabulary.nextTokenLoss(output, input.layout.ids(tokens), pass)
    }
    let flow: FlowObjective = request.wantsFlow ? .elements(vocabulary.headLogits(output, pass)) : .weightedOutputs
    return NetworkTrace(
      tape: tape, layout: input.layout, input: embedded, output: output, parameters: pass.parameters,
      probeKinds: [
        .states, .embedded, .normalisedStates, .middleStates, .activation, .preactivation, .linear, .attention,
      ], probes: pass.probes, losses: losses, flow: flow, jacobian: .units(positions: input.layout.sequenceLength))
  }

  private func run(
    _ layer: DecoderLayer, _ index: Int, _ input: Variable, _ pass: TransformerPass<Element>
  ) -> Variable {
    let (tape, rows, width) = (pass.tape, pass.layout.rowCount, configuration.width)
    func matrix(_ input: Variable, _ name: String) -> Variable {
      pass.linearByInputs(input, "h.\(index).\(name)", label: ProbeLabel(kind: .linear, layer: index, name: name))
    }
    let joined = matrix(pass.normalised(input, "h.\(index).ln_1", epsilon: Self.epsilon), "attn.c_attn")
    func third(_ part: Int) -> Variable {
      tape.view(joined, rows: 0..<rows, columns: part * width..<(part + 1) * width)
    }
    let attended = tape.series(pass.workspace.tensor(rows, width))
    if mode == .magnitudes(.flippedMask) {
      pass.flippedAttention(third(0), third(1), third(2), heads: layer.heads, layer: index, into: attended)
    } else {
      pass.attention(
        third(0), third(1), third(2), heads: layer.heads, sight: .past(memory: 0), layer: index, into: attended)
    }
    let middle = pass.sum(input, pass.dropped(matrix(attended, "attn.c_proj"), "h.\(index).attn"))
    pass.tag(middle, ProbeLabel(kind: .middleStates, layer: index))
    let inner = matrix(pass.normalised(middle, "h.\(index).ln_2", epsilon: Self.epsilon), "mlp.c_fc")
    let outer = matrix(pass.activated(inner, .gelu(.tanh), layer: index), "mlp.c_proj")
    return pass.sum(middle, pass.dropped(outer, "h.\(index).mlp"))
  }
}
