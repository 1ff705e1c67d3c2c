import Networks
import Outcomes
import Tensors

/// Synaptic saliency (Tanaka et al. 2020, adapted by Abdelfattah et al. 2021 and Serianni & Kalita 2023).
struct SynapticSaliency: Metric {
  let description: MetricDescription
  /// The matrices.
  let scope: ParameterScope

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let isNotebook = passes.kind == .recurrentCell && passes.protocolName == .notebook && !choice.namesCotangent
    let gradients = passes.gradients(isNotebook ? .output : choice.cotangent)
    return [
      gradients.sum(over: scope, isJoined: true, choice.reduction) { Element.magnitudeProductSum($0, $1) }
    ]
  }

  /// That of recurrent cells, and of the feed-forward layers of transformers.
  static let published = SynapticSaliency(
    description: MetricDescription(
      id: "synaptic-saliency", title: "Synaptic saliency",
      summary: "How much the weights carry: the summed products of weights and gradients.",
      formula:
        "Σ |W ⊙ ∂L/∂W|; recurrent cells: over the matrices of linear nodes but those of the first-listed inputs, plus the decoder when it is the embedding; transformers: over the feed-forward matrices; \(MetricDescription.objective)",
      reference: "tanaka2020",
      protocols: "of recurrent cells: the cotangent of y is 1 in results, y itself in notebook",
      options: [.cotangent, .reduction]), scope: .saliency)

  /// That of all matrices, as LPZero's code has it for GPT-2.
  static let allMatrices = SynapticSaliency(
    description: MetricDescription(
      id: "all-matrices-saliency", title: "Synaptic saliency of all matrices",
      summary: "SNIP over the linear layers inside the layers, which LPZero's code calls synaptic saliency of GPT-2.",
      formula:
        "Σ |W ⊙ ∂L/∂W| over all linear layers inside the layers, of attention and feed-forward alike; \(MetricDescription.objective)",
      reference: "dong2024lpzero", options: [.cotangent, .reduction], kinds: .transformers), scope: .layers)
}

/// Hidden synaptic saliency (Serianni & Kalita 2023): synaptic saliency of hidden states in place of weights.
struct HiddenSynapticSaliency: Metric {
  let description = MetricDescription(
    id: "hidden-synaptic-saliency", title: "Hidden synaptic saliency",
    summary: "How much the hidden states carry: the summed products of states and their gradients.",
    formula: "Σ |h ⊙ ∂h| over hidden state 0 at the input of the steps of all layers",
    reference: "serianni2023",
    protocols:
      "results: one pass with cotangent 1; notebook: the passes without noise, with noise of 0.1, 10 and 100 variances, and with cotangent y added up",
    kinds: .recurrentCells)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    var all = [passes.gradients(choice.cotangent)]
    if passes.protocolName == .notebook {
      all.append(passes.gradients(.output))
      all += [0.1, 10, 100].map { passes.noised($0).gradients(.ones) }
    }
    return [.sum(of: all.map { $0.sum(over: .enteringState) { Element.magnitudeProductSum($0, $1) } })]
  }
}
