import ElementaryFunctions
import Gradients
import SearchSpaces
import Sizes
import Tensors

/// A decoder of LiteTransformerSearch (Javaheripi et al. 2022) with the layers of Transformer-XL (Dai et al. 2019): normalisation
/// after each part of a layer, scores of relative distances, a memory of the segment before, a rectifier, an adaptive softmax.
/// ε is 10⁻⁵.
package final class TransformerXLNetwork<Element: TensorElement>: Network {
  private let configuration: DecoderConfiguration
  private let store: ParameterStore<Element>
  private let vocabulary: AdaptiveVocabulary<Element>
  private let mode: NetworkMode
  private let dropout: Dropout?

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
      sizes: configuration.embedding, modelWidth: configuration.width, names: .transformerXL)
  }

  private init(_ other: TransformerXLNetwork<some TensorElement>, _ reading: MagnitudeReading) where Element == Double {
    configuration = other.configuration
    vocabulary = AdaptiveVocabulary(
      sizes: configuration.embedding, modelWidth: configuration.width, names: .transformerXL)
    mode = .magnitudes(reading)
    dropout = nil
    store = other.store.magnitudes()
  }

  /// The linearised reading alone, where softmax is uniform and no score of a distance is read: of what would become of the
  /// distances' vectors, constants of both signs, in the others the sources say nothing.
  package var magnitudeReadings: Set<MagnitudeReading> { [.linearised] }

  package func magnitudes(_ reading: MagnitudeReading) -> any Network<Double> {
    TransformerXLNetwork<Double>(self, reading)
  }

  package func input(_ tokens: TokenBatch) -> NetworkInput<Element> {
    let layout = RowLayout(.sequences, tokens)
    let pass = TransformerPass(store, layout: layout, mode: .plain, request: ForwardRequest())
    let embedded = pass.tape.value(vocabulary.embedded(layout.ids(tokens), pass))
    return NetworkInput(embedded: embedded, layout: layout, tokens: tokens)
  }

  package func ones(sequenceLength: Int) -> NetworkInput<Element> {
    let ones: Tensor<Element> = store.workspace.tensor(sequenceLength, configuration.width)
    ones.fill(1)
    return NetworkInput(
      embedded: ones, layout: RowLayout(.sequences, sequenceLength: sequenceLength, batchSize: 1))
  }

  package func forward(
    _ input: NetworkInput<Element>, _ request: ForwardRequest<Element>
  ) -> NetworkTrace<Element> {
    let pass = TransformerPass(store, layout: input.layout, mode: mode, request: request, dropout: dropout)
    let tape = pass.tape
    let embedded: Variable
    if let tokens = input.tokens, !request.gradients.isEmpty {
      embedded = vocabulary.embedded(input.layout.ids(tokens), pass)
      if request.inputGradient { tape.want(embedded) }
    } else {
      embedded = tape.leaf(input.embedded, gradient: request.inputGradient ? .all : .none)
    }
    var hidden = pass.dropped(embedded, "drop")
    pass.tag(hidden, ProbeLabel(kind: .embedded, layer: 0))
    for (index, layer) in configuration.layers.enumerated() {
      let before = index < input.memory.count ? input.memory[index] : nil
      hidden = run(layer, index, hidden, memory: before, pass)
      pass.tag(hidden, ProbeLabel(kind: .states, layer: index))
    }
    hidden = pass.dropped(hidden, "output")
    pass.finishOutput()
    var losses: [Loss: Variable] = [:]
    if request.losses.contains(.languageModel), let tokens = input.tokens {
      losses[.languageModel] = vocabulary.nextTokenLoss(hidden, input.layout.ids(tokens), pass)
    }
    let flow: FlowObjective = request.wantsFlow ? .elements(vocabulary.headLogits(hidden, pass)) : .weightedOutputs
    return NetworkTrace(
      tape: tape, layout: input.layout, input: embedded, output: hidden, parameters: pass.parameters,
      probeKinds: [.states, .embedded, .middleStates, .activation, .preactivation, .linear, .attention],
      probes: pass.probes, losses: losses, flow: flow,
      jacobian: .units(positions: input.layout.sequenceLength))
  }

  /// The inputs of the layers of a pass: what the next segment reads as memory.
  package static func memory(_ trace: NetworkTrace<Element>) -> [Tensor<Element>] {
    (trace.probes(.embedded) + trace.probes(.states).dropLast()).map { trace.tape.value($0.variable) }
  }

  private func run(
    _ layer: DecoderLayer, _ index: Int, _ input: Variable, memory: Tensor<Element>?,
    _ pass: TransformerPass<Element>
  ) -> Variable {
    let (attention, inner) = ("layers.\(index).dec_attn", "layers.\(index).pos_ff")
    let attended = attend(layer, index, input, memory: memory, pass)
    let output = pass.linear(
      attended, "\(attention).o_net", label: ProbeLabel(kind: .linear, layer: index, name: "o_net"))
    let middle = pass.normalised(
      pass.sum(input, pass.dropped(output, attention)), "\(attention).layer_norm", epsilon: Self.epsilon)
    pass.tag(middle, ProbeLabel(kind: .middleStates, layer: index))
    let first = pass.linear(
      middle, "\(inner).CoreNet.0", label: ProbeLabel(kind: .linear, layer: index, name: "CoreNet.0"))
    let second = pass.linear(
      pass.dropped(pass.activated(first, .relu, layer: index), "\(inner).CoreNet.2"), "\(inner).CoreNet.3",
      label: ProbeLabel(kind: .linear, layer: index, name: "CoreNet.3"))
    return pass.normalised(
      pass.sum(middle, pass.dropped(second, "\(inner).CoreNet.4")), "\(inner).layer_norm", epsilon: Self.epsilon)
  }

  /// softmax over the keys of ((q + w)·k + (q + r)·(W·distance))/√d, times v: heads side by side [n, d].
  private func attend(
    _ layer: DecoderLayer, _ index: Int, _ input: Variable, memory: Tensor<Element>?,
    _ pass: TransformerPass<Element>
  ) -> Variable {
    let (tape, layout, width) = (pass.tape, pass.layout, configuration.width)
    let name = "layers.\(index).dec_attn"
    let steps = layout.sequenceLength
    let before = (memory?.rows ?? 0) / max(1, layout.batchSize)
    let keyCount = before + steps
    let read = withMemory(input, memory, pass)
    let joined = pass.linear(
      read, "\(name).qkv_net", label: ProbeLabel(kind: .linear, layer: index, name: "qkv_net"))
    func third(_ part: Int) -> Variable {
      tape.view(
        joined, rows: 0..<layout.batchSize * keyCount, columns: part * width..<(part + 1) * width)
    }
    // Queries are of the segment's own tokens.
    func queries(_ bias: String) -> Variable {
      let output = tape.series(pass.workspace.tensor(layout.rowCount, width))
      for sequence in 0..<layout.batchSize {
        let own = sequence * keyCount + before..<(sequence + 1) * keyCount
        tape.combine(
          [tape.view(third(0), rows: own, columns: 0..<width)], bias: pass.parameter("\(bias)_\(index)"),
          into: tape.view(output, rows: sequence * steps..<(sequence + 1) * steps, columns: 0..<width))
      }
      return output
    }
    let (content, position) = (queries("r_w_bias"), queries("r_r_bias"))
    let distances = pass.linear(
      pass.droppedConstant("distances \(keyCount)") { Self.distances(keyCount, width, pass.workspace) },
      "\(name).r_net",
      label: ProbeLabel(kind: .linear, layer: index, name: "r_net"))
    let output = tape.series(pass.workspace.tensor(layout.rowCount, width))
    pass.attention(
      content, third(1), third(2), heads: layer.heads, sight: .past(memory: before), layer: index, into: output
    ) { sequence, columns in
      let (scores, shifted) = (pass.matrix(steps, keyCount), pass.matrix(steps, keyCount))
      tape.product(
        tape.view(position, rows: sequence * steps..<(sequence + 1) * steps, columns: columns),
        tape.view(distances, rows: 0..<keyCount, columns: columns), rightTransposed: true, into: scores)
      tape.relativeShift(scores, into: shifted)
      return shifted
    }
    return output
  }

  /// The tokens of each sequence after those of its memory [B·(M + T), d].
  private func withMemory(
    _ input: Variable, _ memory: Tensor<Element>?, _ pass: TransformerPass<Element>
  ) -> Variable {
    guard let memory, memory.rows > 0 else { return input }
    let (tape, layout, width) = (pass.tape, pass.layout, configuration.width)
    let (steps, before) = (layout.sequenceLength, memory.rows / layout.batchSize)
    let leaf = tape.leaf(memory)
    let joined = tape.series(pass.workspace.tensor(layout.batchSize * (before + steps), width))
    for sequence in 0..<layout.batchSize {
      let start = sequence * (before + steps)
      tape.combine(
        [tape.view(leaf, rows: sequence * before..<(sequence + 1) * before, columns: 0..<width)],
        into: tape.view(joined, rows: start..<start + before, columns: 0..<width))
      tape.combine(
        [tape.view(input, rows: sequence * steps..<(sequence + 1) * steps, columns: 0..<width)],
        into: tape.view(joined, rows: start + before..<start + before + steps, columns: 0..<width))
    }
    return joined
  }

  /// The vectors of the distances n − 1 … 0: [sin, cos] of distance·10000^(−2i/d) [n, d].
  private static func distances(_ count: Int, _ width: Int, _ workspace: Workspace) -> Tensor<Element> {
    let vectors: Tensor<Element> = workspace.tensor(count, width)
    let half = width / 2
    for unit in 0..<half {
      let frequency = Elementary.pow(10_000, -2 * Double(unit) / Double(width))
      for row in 0..<count {
        // In units of π: the functions take these.
        let turns = Double(count - 1 - row) * frequency / Double.pi
        vectors[row, unit] = Element(Elementary.sinPi(turns))
        vectors[row, half + unit] = Element(Elementary.cosPi(turns))
      }
    }
    return vectors
  }
}
