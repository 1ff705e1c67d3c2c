import Diagnostics
import Outcomes
import SearchSpaces
import Sizes
import Tensors

/// A recurrent cell in the layers of a language model of given sizes.
package struct RecurrentArchitecture: Architecture {
  /// The cell.
  package let recipe: Recipe
  /// The sizes.
  package let settings: LanguageModelSettings

  /// Joins cell and sizes.
  package init(_ recipe: Recipe, _ settings: LanguageModelSettings) {
    self.recipe = recipe
    self.settings = settings
  }

  package var kind: ArchitectureKind { .recurrentCell }
  /// The recipe as JSON; the order of nodes, which decides the order of random draws, is part of it.
  package var text: String { recipe.json }
  package var features: [(name: String, value: Double)] { recipe.features }
  package var vocabularySize: Int { settings.vocabularySize }
  package var layerCount: Int { settings.layerCount }

  package func parameterCount() throws(Reason) -> Int { try recipe.parameterCount(settings.sizes) }

  package func operationCount(sequenceLength: Int, batchSize: Int) throws(Reason) -> Double {
    let count = try recipe.floatingPointOperations(
      settings.sizes, sequenceLength: sequenceLength, batchSize: batchSize)
    return Double(count.linear) + Double(count.elementwise)
  }

  package func extent(_ tokens: TokenBatch) throws(Reason) -> NetworkExtent {
    guard let count = try? parameterCount(), count <= NetworkExtent.parameterLimit else {
      throw Reason("the network has more than 536,870,912 parameters")
    }
    // At most 2⁵ layers of 2¹³ units over 2²⁰ tokens, and fewer than 2¹⁶ values of each: no product overflows.
    let inputs = recipe.linearNodes.flatMap { recipe.nodes[$0].inputs }
    var units = 0
    var matrices = 0
    for layer in 0..<settings.layerCount {
      let width = settings.width(ofLayer: layer)
      units += width
      for input in inputs {
        matrices +=
          NetworkExtent.padded(width)
          * NetworkExtent.padded(input == .x ? settings.inputWidth(ofLayer: layer) : width)
      }
    }
    let values = tokens.ids.count * (settings.embeddingSize + (recipe.nodes.count + inputs.count) * units)
    guard values <= NetworkExtent.valueLimit else {
      throw Reason("a pass over \(tokens.ids.count) tokens keeps more than 1,073,741,824 values")
    }
    return NetworkExtent(
      matrices: matrices,
      vocabulary: settings.vocabularySize * (settings.embeddingSize + (settings.isTied ? 0 : settings.hiddenSize)),
      values: values, width: max(settings.embeddingSize, settings.hiddenSize),
      blocks: (recipe.nodes.count + inputs.count + 4) * settings.layerCount)
  }

  package func network<Element: TensorElement>(
    of type: Element.Type, seed: UInt32, wantsGradients: Bool, workspace: Workspace
  ) -> any Network<Element> {
    LanguageModel<Element>(
      recipe, settings: settings, seed: seed, wantsGradients: wantsGradients, workspace: workspace)
  }
}

/// The recurrent cells in language models of given sizes.
package struct RecurrentArchitectures: ArchitectureSpace {
  /// The sizes.
  package let settings: LanguageModelSettings

  /// The cells at these sizes.
  package init(_ settings: LanguageModelSettings) { self.settings = settings }

  package var layerCount: Int { settings.layerCount }
  package var featureNames: [String] { Recipe.featureNames }

  package func architecture(_ text: String, source: String) throws(DiagnosticsError) -> any Architecture {
    RecurrentArchitecture(try RecipeParser.parse(text, file: source), settings)
  }

  package func sample(count: Int, seed: Int) throws(Reason) -> [any Architecture] {
    var sampler = RecipeSampler(seed: UInt64(bitPattern: Int64(seed)))
    return try sampler.sample(count: count, distinct: true).map { RecurrentArchitecture($0, settings) }
  }
}
