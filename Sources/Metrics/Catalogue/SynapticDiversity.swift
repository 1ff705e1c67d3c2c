import Networks
import Outcomes
import Sizes
import Tensors

/// Synaptic diversity (Zhou et al. 2022): the rank of weights and of their gradients, by nuclear norms.
struct SynapticDiversity: Metric {
  let description: MetricDescription
  /// The matrices.
  let scope: ParameterScope

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.diversity(over: scope, of: passes.forward, choice.cotangent).map { (sum) throws(Reason) in
        try sum.reduced(choice.reduction)
      }
    ]
  }

  /// That of the operations, as published.
  static let operations = SynapticDiversity(
    description: MetricDescription(
      id: "synaptic-diversity", title: "Synaptic diversity",
      summary:
        "How many directions the matrices of the operations have, by the nuclear norms of weights and gradients.",
      formula:
        "Σ ‖W‖_* · ‖∂L/∂W‖_* over the linear layers of the operations with their outputs (decoders: the matrices of attention), ‖·‖_* the sum of the singular values; \(MetricDescription.objective)",
      reference: "zhou2022", options: [.cotangent, .reduction], kinds: .transformers), scope: .diversity)

  /// That of all matrices, as LPZero's code has it for GPT-2.
  static let allMatrices = SynapticDiversity(
    description: MetricDescription(
      id: "all-matrices-diversity", title: "Synaptic diversity of all matrices",
      summary: "Synaptic diversity summed over all linear layers, as LPZero's code has it for GPT-2.",
      formula:
        "Σ ‖W‖_* · ‖∂L/∂W‖_* over all linear layers inside the layers, of attention and feed-forward alike; \(MetricDescription.objective)",
      reference: "dong2024lpzero", options: [.cotangent, .reduction], kinds: .transformers), scope: .layers)
}

/// DSS (Zhou et al. 2022): synaptic diversity of attention and synaptic saliency of feed-forward layers in one.
struct DSS: Metric {
  let description: MetricDescription
  /// The reading of the network of magnitudes; nil for the network itself.
  let magnitudes: MagnitudeReading?

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    guard let magnitudes else { return [Self.value(passes.forward, choice.cotangent, choice, passes)] }
    return [Self.value(passes.magnitudes(magnitudes), .flow, choice, passes)]
  }
  private static func value<Element: TensorElement, Other: TensorElement>(
    _ pass: ForwardPass<Element>, _ cotangent: Cotangent, _ choice: MetricChoice, _ passes: Passes<Other>
  ) -> Reading<Double> {
    let diversity = passes.diversity(over: .diversity, of: pass, cotangent)
    let saliency = pass.gradients(cotangent).saliency(over: .saliency)
    return Reading { () throws(Reason) in
      let (attention, feedForward) = (try diversity.value(), try saliency.value())
      return try TensorSum(sum: attention.sum + feedForward.sum, count: attention.count + feedForward.count)
        .reduced(choice.reduction)
    }
  }

  /// That of the network.
  static let network = DSS(
    description: MetricDescription(
      id: "dss", title: "DSS",
      summary: "Synaptic diversity of the operations and synaptic saliency of the feed-forward layers added up.",
      formula:
        "Σ ‖W‖_* · ‖∂L/∂W‖_* over the operations + Σ |W ⊙ ∂L/∂W| over the feed-forward layers; \(MetricDescription.objective)",
      reference: "zhou2022", options: [.cotangent, .reduction], kinds: .transformers), magnitudes: nil)

  /// Those of the networks of magnitudes.
  static let ofMagnitudes = MagnitudeReading.allCases.map { reading in
    DSS(
      description: MetricDescription(
        id: "magnitude-dss" + reading.suffix, title: "DSS of magnitudes" + reading.words,
        summary: "DSS on the network that SynFlow sends its flow through\(reading.clause).",
        formula: "DSS with |W| for W and ∂R/∂|W| for its gradient, R as in SynFlow\(reading.clause)",
        reference: "zhou2022", options: [.reduction], kinds: reading.kinds.subtracting(.recurrentCells)),
      magnitudes: reading)
  }
}

extension MetricDescription {
  /// What is differentiated, in words for formulas.
  static let objective =
    "L is the objective: Σy of recurrent cells, Σ c ⊙ y with random c of transformers, or the one that is asked for"
}

extension Passes {
  /// Σ ‖W‖_* · ‖∂W‖_* over a scope. Norms are computed once for all that ask: those of weights for a pass, those of gradients
  /// for its objective.
  func diversity<Other: TensorElement>(
    over scope: ParameterScope, of pass: ForwardPass<Other>, _ cotangent: Cotangent
  ) -> Reading<TensorSum> {
    let gradients = pass.gradients(cotangent)
    let ofWeights = shared(ObjectIdentifier(pass)) { NuclearNorms() }
    let ofGradients = shared(NormsKey(pass: ObjectIdentifier(gradients))) { NuclearNorms() }
    return gradients.parameters(in: scope) { (parameters, gradients) throws(Reason) in
      var sum = TensorSum()
      for parameter in parameters {
        guard let gradient = parameter.gradient else {
          sum.add(0)
          continue
        }
        let weight = try ofWeights.norm(parameter.name, parameter.weight, gradients.workspace)
        sum.add(try weight * ofGradients.norm(parameter.name, gradient, gradients.workspace))
      }
      return sum
    }
  }

  private struct NormsKey: Hashable { var pass: ObjectIdentifier }
}

extension GradientPass {
  /// Σ |W ⊙ ∂W| over the parameters of a scope that a condition keeps.
  func saliency(
    over scope: ParameterScope, where isKept: @escaping (ParameterGradient<Element>) -> Bool = { _ in true }
  ) -> Reading<TensorSum> {
    parameters(in: scope) { (parameters, _) throws(Reason) in
      var sum = TensorSum()
      for parameter in parameters where isKept(parameter) {
        sum.add(parameter.gradient.map { Element.magnitudeProductSum(parameter.weight, $0) } ?? 0)
      }
      return sum
    }
  }
}
