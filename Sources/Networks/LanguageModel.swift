import Gradients
import Outcomes
import SearchSpaces
import Tensors

/// A recurrent language model with the weights that PyTorch 1.13 draws on a CPU from a seed.
///
/// Order of draws: embedding N(0, 1), overwritten later; layer by layer the matrices and biases of linear nodes,
/// overwritten, then drawn again and kept; the decoder, overwritten; the embedding from U(−0.1, 0.1), overwritten when
/// tied; the decoder from U(−0.1, 0.1), which is the embedding too when tied. Biases of the decoder are zero.
package final class LanguageModel<Element: TensorElement> {
  /// The sizes.
  package let settings: LanguageModelSettings
  /// The cell.
  package let recipe: Recipe
  /// Decoder [V, width of the last layer]; the embedding too when tied.
  package let decoder: Tensor<Element>
  /// Embedding [V, e].
  package let embedding: Tensor<Element>
  /// How many 32-bit numbers initialisation drew.
  package let drawCount: Int
  let program: CellProgram
  let layers: [LayerWeights<Element>]
  let workspace: Workspace

  /// Draws the weights. O(number of parameters).
  ///
  /// - Parameters:
  ///   - recipe: The cell.
  ///   - settings: The sizes.
  ///   - seed: The seed of the generator.
  ///   - wantsGradients: Whether weights are laid out for reverse sweeps too; they work without, more slowly.
  ///   - workspace: Where the weights live.
  package init(
    _ recipe: Recipe, settings: LanguageModelSettings, seed: UInt32, wantsGradients: Bool = true, workspace: Workspace
  ) {
    self.settings = settings
    self.recipe = recipe
    self.workspace = workspace
    program = CellProgram(recipe)
    var generator = TorchGenerator(seed: Int(seed))
    generator.discardNormal(count: settings.vocabularySize * settings.embeddingSize)
    var layers: [LayerWeights<Element>] = []
    for layer in 0..<settings.layerCount {
      layers.append(
        LayerWeights(
          program, inputWidth: settings.inputWidth(ofLayer: layer), width: settings.width(ofLayer: layer),
          generator: &generator, wantsGradients: wantsGradients, workspace: workspace))
    }
    self.layers = layers
    // The decoder is made for the hidden size before it is tied.
    generator.discardUniform(count: settings.vocabularySize * settings.hiddenSize)
    generator.discardUniform(count: settings.vocabularySize)
    if settings.isTied {
      generator.discardUniform(count: settings.vocabularySize * settings.embeddingSize)
      decoder = Self.drawn(settings.vocabularySize, settings.embeddingSize, &generator, workspace)
      embedding = decoder
    } else {
      embedding = Self.drawn(settings.vocabularySize, settings.embeddingSize, &generator, workspace)
      decoder = Self.drawn(settings.vocabularySize, settings.hiddenSize, &generator, workspace)
    }
    drawCount = generator.position
  }

  /// Whether a recipe can be evaluated at these sizes.
  ///
  /// - Throws: `Reason` when the parameters would be more than 2²⁹ numbers, or the values that a pass over the tokens
  ///   keeps more than 2³⁰.
  package static func check(
    _ recipe: Recipe, settings: LanguageModelSettings, tokens: TokenBatch? = nil
  ) throws(Reason) {
    guard let count = try? recipe.parameterCount(settings.sizes), count <= 1 << 29 else {
      throw Reason("the network has more than 536,870,912 parameters")
    }
    guard let tokens else { return }
    // At most 2⁵ layers of 2¹³ units over 2²⁰ tokens, and fewer than 2¹⁶ values of each: no product overflows.
    let inputs = recipe.linearNodes.reduce(0) { $0 + recipe.nodes[$1].inputs.count }
    let units = (0..<settings.layerCount).reduce(0) { $0 + settings.width(ofLayer: $1) }
    let values = tokens.ids.count * (settings.embeddingSize + (recipe.nodes.count + inputs) * units)
    guard values <= 1 << 30 else {
      throw Reason("a pass over \(tokens.ids.count) tokens keeps more than 1,073,741,824 values")
    }
  }

  /// The network whose weights are the magnitudes of this one's, with biases of zero.
  package func magnitudes() -> LanguageModel { LanguageModel(magnitudesOf: self) }

  private init(magnitudesOf other: LanguageModel) {
    settings = other.settings
    recipe = other.recipe
    program = other.program
    drawCount = other.drawCount
    workspace = other.workspace
    layers = other.layers.map { $0.magnitudes(other.workspace) }
    decoder = Self.magnitude(other.decoder, other.workspace)
    embedding = other.settings.isTied ? decoder : Self.magnitude(other.embedding, other.workspace)
  }

  private static func magnitude(_ tensor: Tensor<Element>, _ workspace: Workspace) -> Tensor<Element> {
    let result: Tensor<Element> = workspace.tensor(tensor.rows, tensor.columns)
    Element.magnitude(tensor, into: result)
    return result
  }

  private static func drawn(
    _ rows: Int, _ columns: Int, _ generator: inout TorchGenerator, _ workspace: Workspace
  ) -> Tensor<Element> {
    let single: Tensor<Float> = workspace.tensor(rows, columns)
    generator.fill(single, from: -0.1, to: 0.1)
    if let same = single as? Tensor<Element> { return same }
    let converted: Tensor<Element> = workspace.tensor(rows, columns)
    Element.convert(single: single, into: converted)
    workspace.giveBack(single)
    return converted
  }

  /// The weights by PyTorch's names, each in row-major order: for comparison with a reference.
  package func namedWeights() -> [(name: String, values: [Element])] {
    var all = [("encoder.weight", embedding.elements)]
    for (layer, weights) in layers.enumerated() {
      let width = settings.width(ofLayer: layer)
      for node in recipe.linearNodes {
        let prefix = "rnns.\(layer).module.cell.components.\(recipe.nodes[node].name)"
        all.append(("\(prefix).bias", weights.biases[node]?.elements ?? []))
        for (group, value) in program.groups.enumerated() {
          for (part, owner) in value.parts.enumerated() where owner.node == node {
            all.append(
              (
                "\(prefix).weights_raw.\(owner.position)",
                weights.natural[group].rows(part * width..<(part + 1) * width).elements
              ))
          }
        }
      }
    }
    return all
  }

  /// The embedded tokens [T·B, e] in new memory.
  ///
  /// - Precondition: Ids are below V.
  package func embedded(_ tokens: TokenBatch) -> Tensor<Element> {
    let result: Tensor<Element> = workspace.tensor(tokens.ids.count, settings.embeddingSize)
    for (row, id) in tokens.ids.enumerated() {
      precondition(Int(id) < settings.vocabularySize, "ids are below the vocabulary's size")
      result.rows(row..<row + 1).copy(from: embedding.rows(Int(id)..<Int(id) + 1))
    }
    return result
  }

  /// Runs the layers on embedded tokens.
  ///
  /// - Parameters:
  ///   - embedded: [T·B, e].
  ///   - steps: T.
  ///   - columns: B.
  ///   - inputGradient: Whether the gradient with regard to the embedded tokens is wanted.
  ///   - weights: Whose gradients are wanted among the matrices.
  ///   - nodeGradients: Whether gradients with regard to states and activations are wanted, also of those that neither the
  ///     tokens nor the matrices lead to.
  ///   - observer: Sees activations, or nil.
  package func forward(
    _ embedded: Tensor<Element>, steps: Int, columns: Int, inputGradient: Bool = false,
    weights request: WeightRequest = .none, nodeGradients: Bool = false, observer: (any ActivationObserver)? = nil
  ) -> ForwardTrace<Element> {
    precondition(embedded.rows == steps * columns, "a row for each token")
    let tape = Tape<Element>(workspace)
    let input = tape.leaf(embedded, gradient: inputGradient ? .all : .none)
    var below = input
    var traces: [LayerTrace<Element>] = []
    for layer in layers.indices {
      let pass = LayerPass(
        tape: tape, program: program, weights: layers[layer], width: settings.width(ofLayer: layer), steps: steps,
        columns: columns, keepsValues: inputGradient || request != .none || nodeGradients, request: request,
        wantsNodes: nodeGradients, observer: observer)
      let trace = pass.run(below)
      below = trace.states
      traces.append(trace)
    }
    return ForwardTrace(tape: tape, steps: steps, columns: columns, embedded: input, layers: traces)
  }
}
