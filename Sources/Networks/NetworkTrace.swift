import Gradients
import Outcomes
import Tensors

/// What a forward pass leaves behind for metrics to read: a tape on which the values that metrics speak of are tagged, so
/// that a metric names what it sums over (parameters of a scope, probes of a kind) and not the network it is in.
///
/// Matrices have a row for each token, in the order of `layout`.
package struct NetworkTrace<Element: TensorElement> {
  /// The tape, with everything on it that a requested gradient needs.
  package let tape: Tape<Element>
  /// The order of the rows.
  package let layout: RowLayout
  /// The vectors that the network read [T·B, e]. Metrics of Jacobians differentiate with regard to it.
  package let input: Variable
  /// The outputs of the last layer, which the decoder reads [T·B, h].
  package let output: Variable
  /// The parameters, layer by layer, then embedding and decoder. Those that are looked up are there when the pass read
  /// tokens.
  package let parameters: [Parameter<Element>]
  /// The kinds of values that this kind of network has; of others a metric says that there are none.
  package let probeKinds: Set<ProbeKind>
  /// The tagged values in the order in which they were computed. Of activations there are those that are variables of the
  /// tape, which of recurrent networks are none when no gradient was requested.
  package let probes: [Probe]
  /// The losses that were asked for [1, 1].
  package let losses: [Loss: Variable]
  /// The sum that SynFlow differentiates.
  package let flow: FlowObjective
  /// What the rows of a Jacobian stand for.
  package let jacobian: JacobianReading

  /// Tags values.
  package init(
    tape: Tape<Element>, layout: RowLayout, input: Variable, output: Variable, parameters: [Parameter<Element>],
    probeKinds: Set<ProbeKind>, probes: [Probe], losses: [Loss: Variable] = [:], flow: FlowObjective = .outputs,
    jacobian: JacobianReading = .sequences
  ) {
    self.tape = tape
    self.layout = layout
    self.losses = losses
    self.flow = flow
    self.jacobian = jacobian
    self.input = input
    self.output = output
    self.parameters = parameters
    self.probeKinds = probeKinds
    self.probes = probes
  }

  /// The parameters of a scope.
  package func parameters(in scope: ParameterScope) -> [Parameter<Element>] {
    parameters.filter { $0.scopes.contains(scope) }
  }

  /// Finds out whether the network has values of a kind.
  ///
  /// - Throws: `Reason` when it has none.
  package func checkHas(_ kind: ProbeKind) throws(Reason) {
    guard probeKinds.contains(kind) else { throw Reason("the network has no \(kind.rawValue)") }
  }

  /// The values of a kind.
  package func probes(_ kind: ProbeKind) -> [Probe] { probes.filter { $0.label.kind == kind } }

  /// T.
  package var sequenceLength: Int { layout.sequenceLength }
  /// B.
  package var batchSize: Int { layout.batchSize }

  /// The rows that scores of a Jacobian compare, from the gradient with regard to `input` [T·B, e], in memory that the caller
  /// gives back: a row for each sequence [B, T·e], or for each unit of the embedding [e, positions].
  package func jacobianRows(_ gradient: Tensor<Element>, _ workspace: Workspace) -> Tensor<Double> {
    let width = gradient.columns
    switch jacobian {
    case .sequences:
      let rows: Tensor<Double> = workspace.tensor(batchSize, sequenceLength * width)
      for step in 0..<sequenceLength {
        Element.convert(
          gradient.rows(layout.rows(ofStep: step)), toDouble: rows.columns(step * width..<(step + 1) * width))
      }
      return rows
    case .units(let positions):
      let sums: Tensor<Element> = workspace.zeros(positions, width)
      for step in 0..<min(sequenceLength, positions) {
        Element.columnTotals(
          gradient.rows(layout.rows(ofStep: step)), into: sums.rows(step..<step + 1), accumulate: false)
      }
      let doubles: Tensor<Double> = workspace.tensor(positions, width)
      Element.convert(sums, toDouble: doubles)
      let rows: Tensor<Double> = workspace.tensor(width, positions)
      Double.transpose(doubles, into: rows)
      workspace.giveBack(doubles)
      workspace.giveBack(sums)
      return rows
    }
  }
}

/// A loss of tokens that a network predicts.
package enum Loss: String, Sendable, Hashable, CaseIterable {
  /// The mean cross-entropy of the tokens at the positions p with p mod 7 = 3, which the network sees unmasked.
  case maskedLanguageModel = "masked-language-model"
  /// The mean cross-entropy of every token but the first of each sequence, given those before it.
  case languageModel = "language-model"
}

/// The sum R that SynFlow differentiates.
package enum FlowObjective: Sendable, Hashable {
  /// Of the outputs of the last layer.
  case outputs
  /// Of the outputs, each times a random number: where a normalisation makes the plain sum a constant.
  case weightedOutputs
  /// Of the elements of a matrix: the logits of decoders.
  case elements(Variable)
}

/// What the rows of a Jacobian stand for.
package enum JacobianReading: Sendable, Hashable {
  /// The sequences of the batch: the gradient with regard to the embedded tokens, one after another.
  case sequences
  /// The units of the embedding: the gradient with regard to the vectors of so many positions, summed over the sequences.
  case units(positions: Int)
}

/// The part that a parameter has in its network. Kinds of networks add roles of their own.
package enum ParameterRole: Sendable, Hashable {
  /// The vectors of the tokens.
  case embedding
  /// The matrix of an input of a linear node; whether that input is the first listed, which some definitions leave out.
  case matrix(isFirst: Bool)
  /// The embedding in its part as decoder. As in the released code the row of the last token gets no gradient: embeddings
  /// are looked up with the padding index −1, which stands for the token V − 1.
  case tiedDecoder
  /// A matrix of a convolution, or one that is no layer of its own.
  case weight
  /// What is added.
  case bias
  /// Gain or bias of a normalisation.
  case normalisation
}

/// Parameters that metrics sum over. Which they are is for each kind of network to say, so that a metric is one definition
/// for all.
package enum ParameterScope: String, Sendable, Hashable, CaseIterable {
  /// All weights: of recurrent cells the matrices and the embedding; of transformers linear layers, convolutions, projections
  /// of embeddings and the vectors of clusters, without embeddings.
  case weights
  /// What SynFlow and the tangent kernel are of: of recurrent cells the matrices inside the layers, of transformers `weights`.
  case matrices
  /// The terms of synaptic saliency: of recurrent cells the matrices but those of first-listed inputs, and the decoder when
  /// it is the embedding; of transformers the feed-forward matrices.
  case saliency
  /// The weights of linear layers alone.
  case linear
  /// The weights and the embeddings.
  case weightsAndEmbeddings = "weights-embeddings"
  /// Every parameter, biases and normalisations too.
  case all
  /// The matrices of linear layers inside the layers: without embeddings, projections and heads.
  case layers
  /// The terms of synaptic diversity: the matrices of attention, or of what stands in its place.
  case diversity
  /// The terms of head importance: the matrices inside the operation, without its output.
  case operation
}

/// A matrix that a network is made of, as a pass has it.
package struct Parameter<Element: TensorElement> {
  /// The memory of a parameter's value, and the variable whose cotangent has its gradient.
  package enum Place {
    /// Rows of a leaf.
    case leaf(Variable, rows: Range<Int>)
    /// The rows that the batch looks up, whose gradient is that of the embedded tokens.
    case lookup(EmbeddingRows<Element>, input: Variable)
  }

  /// Its name in the framework that the network comes from.
  package let name: String
  /// Its part in the network.
  package let role: ParameterRole
  /// The scopes whose sums take it in.
  package let scopes: Set<ParameterScope>
  /// The leaf or the looked-up rows that hold its value.
  package let place: Place
  /// True when nothing but a loss, or what SynFlow differentiates, reads it: to other objectives it does not exist.
  package let isOfObjective: Bool

  /// Tags a parameter.
  package init(
    name: String, role: ParameterRole, scopes: Set<ParameterScope>, place: Place, isOfObjective: Bool = false
  ) {
    self.name = name
    self.role = role
    self.scopes = scopes
    self.place = place
    self.isOfObjective = isOfObjective
  }

  /// The variable that a sweep gives the gradient of, or of what it is part of.
  package var variable: Variable {
    switch place {
    case .leaf(let variable, _), .lookup(_, let variable): variable
    }
  }

  /// W: all of it, or the rows that the batch looks up, the only ones whose gradient is not zero.
  package func value(_ tape: Tape<Element>) -> Tensor<Element> {
    switch place {
    case .leaf(let variable, let rows): tape.value(variable).rows(rows)
    case .lookup(let embedding, _): embedding.weights
    }
  }

  /// ∂W [the shape of the value], from the cotangent of `variable`; what is looked up takes new memory.
  package func gradient(_ cotangent: Tensor<Element>) -> Tensor<Element> {
    switch place {
    case .leaf(_, let rows): cotangent.rows(rows)
    case .lookup(let embedding, _): embedding.gradient(cotangent, skipsLastToken: role == .tiedDecoder)
    }
  }
}

extension Parameter {
  /// Parameters that lie next to one another in one leaf as one: sums over them take fewer calls.
  package static func joined(_ parameters: [Parameter]) -> [Parameter] {
    var joined: [Parameter] = []
    for parameter in parameters {
      if let last = joined.last, case .leaf(let leaf, let rows) = last.place,
        case .leaf(leaf, let next) = parameter.place, next.lowerBound == rows.upperBound
      {
        joined[joined.count - 1] = Parameter(
          name: last.name, role: last.role, scopes: last.scopes,
          place: .leaf(leaf, rows: rows.lowerBound..<next.upperBound))
      } else {
        joined.append(parameter)
      }
    }
    return joined
  }
}

/// Values inside a network that metrics read.
package enum ProbeKind: String, Sendable, Hashable, CaseIterable {
  /// The outputs of a layer for all tokens [T·B, h]: of a recurrent layer hidden state 0 after each step.
  case states
  /// A state that enters a step of a recurrent layer [B, h]: hidden state 0 after the step before.
  case enteringState = "states that enter steps"
  /// The output of an activation.
  case activation = "activations"
  /// What an activation is of: outputs of feed-forward matrices.
  case preactivation = "preactivations"
  /// The embedded tokens as the first layer reads them.
  case embedded = "embedded tokens"
  /// The outputs of the normalisation after the last layer.
  case normalisedStates = "normalised states"
  /// The residual stream after the first part of a layer, its operation.
  case middleStates = "states within layers"
  /// The outputs of queries, keys, values, their products with a matrix, and of the input of a transform.
  case projection = "projections"
  /// The outputs of all linear layers inside the layers; of Transformer-XL those of distances too, whose rows are no tokens.
  case linear = "outputs of linear layers"
  /// The probabilities of a head's attention [T, keys].
  case attention = "attentions"
  /// The kernels of a convolution that differ by token [T·B, heads·K].
  case kernel = "convolution kernels"
  /// The outputs of a fixed transform, heads side by side [T·B, h].
  case transform = "transforms"
}

/// A kind of value inside a network, and where in it it is.
package struct ProbeLabel: Sendable, Hashable {
  /// The kind.
  package let kind: ProbeKind
  /// The layer, the lowest being 0.
  package let layer: Int
  /// The function, of an activation of a recurrent cell.
  package let activation: Activation?
  /// True of an activation that is linear, or nearly so, on either side of 0.
  package let isRectifier: Bool
  /// The name of the linear layer, such as `query`; empty where there is none.
  package let name: String
  /// The sequence, of a value that belongs to one.
  package let sequence: Int?
  /// The head, of a value that belongs to one, or the number of heads that lie side by side.
  package let head: Int?
  /// The columns of the matrix that a linear layer's outputs come from, as it is stored: its inputs, or its outputs where it is
  /// stored [inputs, outputs].
  package var weightColumns: Int?

  /// Labels a value.
  package init(
    kind: ProbeKind, layer: Int, activation: Activation? = nil, isRectifier: Bool = false, name: String = "",
    sequence: Int? = nil, head: Int? = nil
  ) {
    self.kind = kind
    self.layer = layer
    self.activation = activation
    self.isRectifier = isRectifier || activation == .leakyReLU || activation == .relu
    self.name = name
    self.sequence = sequence
    self.head = head
  }
}

/// A tagged value on the tape.
package struct Probe: Sendable, Hashable {
  /// Its kind, layer and function.
  package let label: ProbeLabel
  /// The variable that holds the values.
  package let variable: Variable
  /// By how many rows later than they stand in the variable the values are read: B for states of a recurrent layer, which
  /// enter the next step. What would be read first is zero.
  package let delay: Int
  /// When given, a gradient with regard to the value counts what is recorded after this place alone: as in the released
  /// code, that of a state leaves out what other nodes of the same step read of it.
  package let end: TapeMark?

  /// Tags a value.
  package init(label: ProbeLabel, variable: Variable, delay: Int = 0, end: TapeMark? = nil) {
    self.label = label
    self.variable = variable
    self.delay = delay
    self.end = end
  }
}
