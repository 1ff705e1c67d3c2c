import Networks
import Sizes
import Tables
import Tensors

/// A training-free metric.
///
/// `values` says what is to be read of which pass, and how a number comes of it; the passes run afterwards, shared by all
/// metrics that were asked for, each once, and doing no more than what was asked.
///
/// ```swift
/// struct SNIP: Metric {
///   let description = MetricDescription(id: "snip", …)
///
///   func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
///     [passes.gradients(choice.cotangent).sum(over: .weights) { Element.magnitudeProductSum($0, $1) }]
///   }
/// }
/// ```
package protocol Metric: Sendable {
  /// Name, definition, source and direction of the metric.
  var description: MetricDescription { get }

  /// The values, one for each column: one, or one for each layer when it is layered. A reading that throws is undefined for
  /// that reason, as is one that is not finite.
  ///
  /// - Parameters:
  ///   - passes: What can be read.
  ///   - choice: What the description's options leave open, as it is asked for.
  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>]
}

extension Set<ArchitectureKind> {
  /// Encoders and decoders.
  package static let transformers: Set = [.encoder, .gpt2, .transformerXL]
  /// Recurrent cells alone.
  package static let recurrentCells: Set = [.recurrentCell]
  /// Decoders of both kinds.
  package static let decoders: Set = [.gpt2, .transformerXL]
}

/// A metric in words.
package struct MetricDescription: Sendable, Hashable {
  /// Kebab-case name.
  package let id: String
  /// The name for people.
  package let title: String
  /// One sentence that says what the metric is.
  package let summary: String
  /// The definition, as plain text.
  package let formula: String
  /// The end of its values that its source declares to be better.
  package let better: Direction
  /// The publication, a key of `data/references.bib`.
  package let reference: String
  /// The difference between the two protocols, in words; nil when there is none.
  package let protocols: String?
  /// True when there is a value for each layer, in a column of its own.
  package let isLayered: Bool
  /// What it can be asked for with.
  package let options: Set<MetricOption>
  /// The kinds of networks that it is defined for.
  package let kinds: Set<ArchitectureKind>
  /// True when its gradients are those of the loss of the kind of network, where it has one and no other cotangent is asked for.
  package let prefersLoss: Bool

  /// Describes a metric.
  package init(
    id: String, title: String, summary: String, formula: String, better: Direction = .higher,
    reference: String, protocols: String? = nil, isLayered: Bool = false, options: Set<MetricOption> = [],
    kinds: Set<ArchitectureKind> = Set(ArchitectureKind.allCases), prefersLoss: Bool = false
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.formula = formula
    self.better = better
    self.reference = reference
    self.protocols = protocols
    self.isLayered = isLayered
    self.options = options
    self.kinds = kinds
    self.prefersLoss = prefersLoss
  }

  /// The columns of a network of so many layers.
  ///
  /// - Parameters:
  ///   - layerCount: L.
  ///   - selection: What the metric is asked for with; the choices of the kind of network when nil.
  package func columns(layerCount: Int, _ selection: MetricSelection? = nil) -> [MetricColumn] {
    let name = selection?.name ?? id
    let choices = selection.map { $0.words.isEmpty ? "" : " (\($0.words))" } ?? ""
    guard isLayered else { return [MetricColumn(name: name, title: title + choices, better: better, metric: id)] }
    return (1...layerCount).map { layer in
      MetricColumn(
        name: "layer-\(layer)-\(name)", title: "Layer \(layer) \(title.lowercased())" + choices, better: better,
        metric: id)
    }
  }
}

/// A column of values that a metric gives.
package struct MetricColumn: Sendable, Hashable {
  /// Kebab-case name: the metric's id, or `layer-1-` … before it.
  package let name: String
  /// The name for people.
  package let title: String
  /// The end of the values that the metric's source declares to be better.
  package let better: Direction
  /// The metric's id.
  package let metric: String
}

/// What a metric is computed from, in the words of `trainfree metrics`: passes note it as they are asked.
package enum MetricNeed: String, Sendable, Hashable, CaseIterable {
  /// Hidden states of a forward pass.
  case hiddenStates = "hidden states"
  /// Outputs of activations of a forward pass.
  case activations
  /// The embedded tokens.
  case embeddings
  /// The gradient of the summed outputs with regard to the embedded tokens.
  case inputGradient = "input gradient"
  /// Gradients with noise added to the embedded tokens.
  case noisedInputGradients = "noised input gradients"
  /// Gradients with regard to weights, first-listed inputs of linear nodes left out.
  case laterWeightGradients = "gradients of later weights"
  /// Gradients with regard to all weights.
  case weightGradients = "weight gradients"
  /// Gradients with regard to hidden states.
  case hiddenGradients = "hidden-state gradients"
  /// Gradients with regard to outputs of activations.
  case activationGradients = "activation gradients"
  /// Gradients whose cotangent is the output itself.
  case outputCotangent = "gradients weighted by the output"
  /// A Hessian-vector product.
  case hessianVectorProduct = "Hessian-vector product"
  /// Weight gradients of each column of the batch.
  case sampleGradients = "weight gradients of each sample"
  /// Weight gradients of either half of the sequences of the batch.
  case halfGradients = "weight gradients of both halves"
  /// Gradients of hidden states with regard to the hidden states before them.
  case stateTransport = "gradients between hidden states"
  /// The weights as they are drawn.
  case weights
  /// The network with the magnitudes of its weights, on an input of ones.
  case magnitudeNetwork = "network of weight magnitudes"
  /// The probabilities of attention.
  case attentions
  /// A loss of predicted tokens.
  case loss
  /// The architecture alone.
  case architecture
}
