import Gradients
import Tensors

/// A network with weights, ready to run: what passes of metrics know of it.
package protocol Network<Element>: AnyObject {
  /// The floating-point type.
  associatedtype Element: TensorElement

  /// The embedded tokens in new memory.
  ///
  /// - Precondition: Ids are below V.
  func input(_ tokens: TokenBatch) -> NetworkInput<Element>

  /// One sequence of ones, of T steps, in new memory: what SynFlow sends through the magnitudes.
  func ones(sequenceLength: Int) -> NetworkInput<Element>

  /// Runs the layers.
  func forward(_ input: NetworkInput<Element>, _ request: ForwardRequest<Element>) -> NetworkTrace<Element>

  /// The readings of the network of magnitudes that this kind of network has.
  var magnitudeReadings: Set<MagnitudeReading> { get }

  /// The network whose weights are the magnitudes of this one's, in double precision: products of magnitudes through many layers
  /// leave the range of single precision.
  ///
  /// - Precondition: The network has the reading.
  func magnitudes(_ reading: MagnitudeReading) -> any Network<Double>
}

/// The vectors that a network reads: embedded tokens, or others in their place.
package struct NetworkInput<Element: TensorElement> {
  /// A row for each token [T·B, e].
  package var embedded: Tensor<Element>
  /// The order of the rows.
  package let layout: RowLayout
  /// The tokens; nil when what is read is not looked up in the embedding.
  package var tokens: TokenBatch?
  /// For each layer the vectors of a segment before, sequence after sequence; of networks with a memory.
  package var memory: [Tensor<Element>] = []

  /// Joins sizes and values.
  package init(embedded: Tensor<Element>, layout: RowLayout, tokens: TokenBatch? = nil) {
    precondition(embedded.rows == layout.rowCount, "a row for each token")
    self.embedded = embedded
    self.layout = layout
    self.tokens = tokens
  }

  /// T.
  package var sequenceLength: Int { layout.sequenceLength }
  /// B.
  package var batchSize: Int { layout.batchSize }
}

/// The gradients and values that are wanted of a forward pass. A pass that no gradient is wanted of keeps the states alone.
package struct ForwardRequest<Element: TensorElement> {
  /// True when the gradient with regard to the embedded tokens is wanted.
  package var inputGradient = false
  /// Scopes of the parameters whose gradients are wanted.
  package var gradients: Set<ParameterScope> = []
  /// Kinds of values whose gradients are wanted, also of those that neither the tokens nor the parameters lead to.
  package var probeGradients: Set<ProbeKind> = []
  /// The losses that are wanted, of those that the network has.
  package var losses: Set<Loss> = []
  /// True when the sum that SynFlow differentiates is wanted.
  package var wantsFlow = false
  /// Sees values as they are computed, kept or not: of recurrent networks the outputs of activations, those of one step
  /// [B, width] at a time.
  package var visitor: ((ProbeLabel, Tensor<Element>) -> Void)?

  /// Asks for no gradient.
  package init(
    inputGradient: Bool = false, gradients: Set<ParameterScope> = [], probeGradients: Set<ProbeKind> = [],
    losses: Set<Loss> = [], visitor: ((ProbeLabel, Tensor<Element>) -> Void)? = nil
  ) {
    self.inputGradient = inputGradient
    self.gradients = gradients
    self.probeGradients = probeGradients
    self.losses = losses
    self.visitor = visitor
  }

  /// True when a gradient is wanted: values stay for a reverse sweep. Otherwise memory of earlier steps is used again.
  var keepsValues: Bool { inputGradient || !gradients.isEmpty || !probeGradients.isEmpty }
}
