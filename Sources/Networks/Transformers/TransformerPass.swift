import Gradients
import Sizes
import Tensors

/// What a network computes: itself, or what SynFlow sends through the magnitudes of its parameters.
package enum NetworkMode: Sendable, Hashable {
  /// The network.
  case plain
  /// The network of magnitudes.
  case magnitudes(MagnitudeReading)

  /// True when normalisations, softmax and activations are replaced by linear maps.
  var isLinearised: Bool { self == .magnitudes(.linearised) }
}

/// What stays of a network of which SynFlow takes the magnitudes.
package enum MagnitudeReading: String, Sendable, Hashable, CaseIterable {
  /// Everything that is not linear goes: normalisation is x·|γ| + |β|, softmax is uniform over the places that it sees,
  /// activations are the identity, fixed transforms are those of their matrices' magnitudes. No flow is lost or made, which is
  /// what the derivation of SynFlow (Tanaka et al. 2020) asks for. The input is ones in place of the embedding.
  case linearised
  /// Only the parameters change, as in the released code of zero-cost-nas and LPZero.
  case kept
  /// As `kept`, with the causal mask turned over: the released code takes the magnitude of the mask's value too, so that tokens
  /// attend to those that follow. Of decoders alone.
  case flippedMask = "flipped-mask"
}

/// One forward pass of a network of transformers: its operators, on a tape whose rows are sequences one after another.
final class TransformerPass<Element: TensorElement> {
  let tape: Tape<Element>
  let workspace: Workspace
  let store: ParameterStore<Element>
  let layout: RowLayout
  let mode: NetworkMode
  let request: ForwardRequest<Element>
  /// What is dropped; nil when nothing is.
  let dropout: Dropout?
  private(set) var probes: [Probe] = []
  private var leaves: [Int: Variable] = [:]
  private var constants: [String: Variable] = [:]
  /// The parameters that the outputs were computed from, once they are.
  private var outputLeaves: Set<Int>?

  init(
    _ store: ParameterStore<Element>, layout: RowLayout, mode: NetworkMode, request: ForwardRequest<Element>,
    dropout: Dropout? = nil
  ) {
    self.store = store
    self.layout = layout
    self.mode = mode
    self.request = request
    self.dropout = dropout
    workspace = store.workspace
    tape = Tape(store.workspace)
  }

  // MARK: Memory, leaves and probes

  /// A variable with memory of its own.
  func matrix(_ rows: Int, _ columns: Int) -> Variable { tape.variable(workspace.tensor(rows, columns)) }

  /// A parameter as a leaf, the same however often it is asked for.
  func parameter(_ name: String) -> Variable {
    let index = store.index(name)
    if let leaf = leaves[index] { return leaf }
    let isWanted = !store.shapes[index].scopes.isDisjoint(with: request.gradients)
    let leaf = tape.leaf(store.value(index), gradient: isWanted ? .all : .none)
    leaves[index] = leaf
    return leaf
  }

  /// A constant matrix, made once for a pass.
  func constant(_ name: String, _ make: () -> Tensor<Element>) -> Variable {
    if let known = constants[name] { return known }
    let leaf = tape.leaf(make())
    constants[name] = leaf
    return leaf
  }

  /// The parameters that the pass has read, in their order.
  var parameters: [Parameter<Element>] {
    leaves.sorted { $0.key < $1.key }.map { index, leaf in
      let shape = store.shapes[index]
      return Parameter(
        name: shape.name, role: shape.role, scopes: shape.scopes, place: .leaf(leaf, rows: 0..<shape.rows),
        isOfObjective: outputLeaves.map { !$0.contains(index) } ?? false)
    }
  }

  /// Says that the outputs are computed: parameters that are read from now on are of objectives alone.
  func finishOutput() { outputLeaves = Set(leaves.keys) }

  /// Tags a value before anything reads it, and shows it to the visitor: step by step where its rows are those of tokens, else as a whole.
  func tag(_ variable: Variable, _ label: ProbeLabel) {
    probes.append(Probe(label: label, variable: variable, end: tape.mark()))
    guard let visitor = request.visitor else { return }
    let value = tape.value(variable)
    guard label.kind != .attention, value.rows == layout.rowCount else { return visitor(label, value) }
    for step in 0..<layout.sequenceLength { visitor(label, value.rows(layout.rows(ofStep: step))) }
  }

  /// Has the gradient of a value computed when values of its kind are asked for. To be called before it is computed.
  func wantIfAsked(_ variable: Variable, _ kind: ProbeKind) {
    if request.probeGradients.contains(kind) { tape.want(variable) }
  }

  // MARK: Operators

  /// x·Wᵀ + b of the layer `name.weight` [outputs, inputs], with `name.bias` where there is one.
  func linear(_ input: Variable, _ name: String, label: ProbeLabel? = nil) -> Variable {
    let index = store.index("\(name).weight")
    let weight = store.projection(index, parameter("\(name).weight"))
    let memory: Tensor<Element> = workspace.tensor(tape.value(input).rows, store.shapes[index].rows)
    let output = tape.variable(memory)
    let hasBias = store.has("\(name).bias")
    if !hasBias, label != nil { wantIfAsked(output, .linear) }
    tape.project(input, weight, into: output)
    return biased(output, hasBias ? parameter("\(name).bias") : nil, store.shapes[index].columns, label)
  }

  /// x·W + b of the layer `name.weight` [inputs, outputs]: GPT-2 stores matrices so.
  func linearByInputs(_ input: Variable, _ name: String, label: ProbeLabel? = nil) -> Variable {
    let weight = parameter("\(name).weight")
    let output = matrix(tape.value(input).rows, tape.value(weight).columns)
    tape.product(input, weight, into: output)
    return biased(output, parameter("\(name).bias"), tape.value(weight).columns, label)
  }

  /// A product with a bias, in its own memory: no pullback reads a product's value.
  private func biased(
    _ product: Variable, _ bias: Variable?, _ weightColumns: Int, _ label: ProbeLabel?
  ) -> Variable {
    var output = product
    if let bias {
      output = tape.variable(tape.value(product))
      if label != nil { wantIfAsked(output, .linear) }
      tape.combine([product], bias: bias, into: output)
    }
    if var label {
      label.weightColumns = weightColumns
      tag(output, label)
    }
    return output
  }

  /// The layer normalisation `name.weight`, `name.bias`, or x·|γ| + |β| when it is linearised.
  func normalised(_ input: Variable, _ name: String, epsilon: Double) -> Variable {
    let shape = tape.value(input)
    let output = matrix(shape.rows, shape.columns)
    let (gain, bias) = (parameter("\(name).weight"), parameter("\(name).bias"))
    guard mode.isLinearised else {
      tape.layerNorm(input, gain: gain, bias: bias, epsilon: epsilon, into: output)
      return output
    }
    let scaled = matrix(shape.rows, shape.columns)
    tape.multiply(input, tape.leaf(tape.value(gain).repeated(rows: shape.rows)), into: scaled)
    tape.combine([scaled], bias: bias, into: output)
    return output
  }

  /// a + b.
  func sum(_ a: Variable, _ b: Variable) -> Variable {
    let shape = tape.value(a)
    let output = matrix(shape.rows, shape.columns)
    tape.combine([a, b], into: output)
    return output
  }

  /// The activation of a feed-forward layer, or its input when it is linearised; the input and the output are tagged.
  func activated(_ input: Variable, _ form: FeedForwardActivation, layer: Int) -> Variable {
    tag(input, ProbeLabel(kind: .preactivation, layer: layer))
    let label = ProbeLabel(kind: .activation, layer: layer, isRectifier: true)
    guard !mode.isLinearised else {
      tag(input, label)
      return input
    }
    let shape = tape.value(input)
    let output = matrix(shape.rows, shape.columns)
    wantIfAsked(output, .activation)
    switch form {
    case .gelu(let form): tape.gelu(input, form, into: output)
    case .relu: tape.combine([input], .relu, into: output)
    }
    tag(output, label)
    return output
  }
}

/// The activation between feed-forward layers.
enum FeedForwardActivation: Sendable, Hashable {
  case gelu(GELUForm)
  case relu
}
