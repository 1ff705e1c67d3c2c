import SearchSpaces
import Tensors
import TestSupport

@testable import Networks

/// A model with what it reads, and the same network in plain loops.
struct ModelSample<Element: TensorElement> {
  let workspace = Workspace()
  let model: LanguageModel<Element>
  let tokens: TokenBatch
  let input: NetworkInput<Element>
  var embedded: Tensor<Element> { input.embedded }

  init(_ recipe: Recipe, _ settings: LanguageModelSettings, sequenceLength: Int, batchSize: Int, seed: UInt32 = 3)
    throws
  {
    model = LanguageModel(recipe, settings: settings, seed: seed, workspace: workspace)
    tokens = try .textFree(
      sequenceLength: sequenceLength, batchSize: batchSize, vocabularySize: settings.vocabularySize)
    input = model.input(tokens)
  }

  var plain: PlainNetwork {
    let weights = Dictionary(uniqueKeysWithValues: model.namedWeights().map { ($0.name, $0.values.map { Double($0) }) })
    return PlainNetwork(
      model.recipe, model.settings.sizes, steps: tokens.sequenceLength, columns: tokens.batchSize, weights: weights,
      input: embedded.elements.map { Double($0) })
  }

  func forward(
    inputGradient: Bool = false, gradients: Set<ParameterScope> = [], probeGradients: Set<ProbeKind> = []
  ) -> NetworkTrace<Element> {
    model.forward(
      input, ForwardRequest(inputGradient: inputGradient, gradients: gradients, probeGradients: probeGradients))
  }
}

/// The largest difference relative to 1 and to the numbers' size.
func difference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}
