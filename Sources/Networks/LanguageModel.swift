import Gradients
import Outcomes
import SearchSpaces
import Tensors

/// A recurrent language model with the weights that PyTorch 1.13 draws on a CPU from a seed.
///
/// Order of draws: embedding N(0, 1), overwritten later; layer by layer the matrices and biases of linear nodes,
/// overwritten, then drawn again and kept; the decoder, overwritten; the embedding from U(−0.1, 0.1), overwritten when
/// tied; the decoder from U(−0.1, 0.1), which is the embedding too when tied. Biases of the decoder are zero.
package final class LanguageModel<Element: TensorElement>: Network {
  /// The sizes.
  package let settings: LanguageModelSettings
  /// The cell.
  package let recipe: Recipe
  /// Decoder [V, width of the last layer]; the embedding too when tied.
  package let decoder: Tensor<Element>
  /// Embedding [V, e].
  package let embedding: Tensor<Element>
  /// The number of 32-bit draws from the generator that initialisation took, those overwritten later included.
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
  ///   - wantsGradients: True when weights are laid out for reverse sweeps too; they work without, more slowly.
  ///   - workspace: The memory that the weights are in.
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

  /// The network whose weights are the magnitudes of this one's, with biases of zero, in double precision.
  package func magnitudes(_: MagnitudeReading) -> any Network<Double> { LanguageModel<Double>(magnitudesOf: self) }

  package var magnitudeReadings: Set<MagnitudeReading> { [.linearised] }

  private init(magnitudesOf other: LanguageModel<some TensorElement>) where Element == Double {
    settings = other.settings
    recipe = other.recipe
    program = other.program
    drawCount = other.drawCount
    workspace = other.workspace
    layers = other.layers.map { $0.magnitudes(other.workspace) }
    decoder = other.decoder.magnitudes(other.workspace)
    embedding = other.settings.isTied ? decoder : other.embedding.magnitudes(other.workspace)
  }

  private static func drawn(
    _ rows: Int, _ columns: Int, _ generator: inout TorchGenerator, _ workspace: Workspace
  ) -> Tensor<Element> {
    let single: Tensor<Float> = workspace.tensor(rows, columns)
    generator.fill(single, from: -0.1, to: 0.1)
    return .converted(single, workspace)
  }

  /// The weights by PyTorch's names, each in row-major order: for comparison with a reference.
  package func namedWeights() -> [(name: String, values: [Element])] {
    var all = [("encoder.weight", embedding.elements)]
    for (layer, weights) in layers.enumerated() {
      let width = settings.width(ofLayer: layer)
      for node in recipe.linearNodes {
        all.append(("\(program.prefix(node, layer: layer)).bias", weights.biases[node]?.elements ?? []))
        for (group, value) in program.groups.enumerated() {
          for (part, owner) in value.parts.enumerated() where owner.node == node {
            all.append(
              (
                program.matrixName(owner, layer: layer),
                weights.natural[group].rows(part * width..<(part + 1) * width).elements
              ))
          }
        }
      }
    }
    return all
  }

  package func input(_ tokens: TokenBatch) -> NetworkInput<Element> {
    let embedded: Tensor<Element> = workspace.tensor(tokens.ids.count, settings.embeddingSize)
    for (row, id) in tokens.ids.enumerated() {
      precondition(Int(id) < settings.vocabularySize, "ids are below the vocabulary's size")
      embedded.rows(row..<row + 1).copy(from: embedding.rows(Int(id)..<Int(id) + 1))
    }
    return NetworkInput(
      embedded: embedded,
      layout: RowLayout(.steps, tokens), tokens: tokens)
  }

  package func ones(sequenceLength: Int) -> NetworkInput<Element> {
    let input: Tensor<Element> = workspace.tensor(sequenceLength, settings.embeddingSize)
    input.fill(1)
    return NetworkInput(
      embedded: input, layout: RowLayout(.steps, sequenceLength: sequenceLength, batchSize: 1))
  }

  package func forward(
    _ input: NetworkInput<Element>, _ request: ForwardRequest<Element> = ForwardRequest()
  ) -> NetworkTrace<Element> {
    let tape = Tape<Element>(workspace)
    let lookedUp: [ParameterRole] = settings.isTied ? [.embedding, .tiedDecoder] : [.embedding]
    let isLookedUp = lookedUp.contains { !$0.recurrentScopes.isDisjoint(with: request.gradients) }
    let wantsInput = request.inputGradient || isLookedUp && input.tokens != nil
    let leaf = tape.leaf(input.embedded, gradient: wantsInput ? .all : .none)
    var below = leaf
    var parameters: [Parameter<Element>] = []
    var probes: [Probe] = []
    for layer in layers.indices {
      let pass = LayerPass(
        tape: tape, program: program, weights: layers[layer], layer: layer, width: settings.width(ofLayer: layer),
        sequenceLength: input.sequenceLength, batchSize: input.batchSize, request: request)
      below = pass.run(below)
      parameters += pass.parameters
      probes += pass.probes
    }
    if isLookedUp, let tokens = input.tokens {
      let rows = EmbeddingRows(embedding, tokens, workspace)
      parameters += lookedUp.map { role in
        Parameter(
          name: role == .embedding ? "encoder.weight" : "decoder.weight", role: role, scopes: role.recurrentScopes,
          place: .lookup(rows, input: leaf))
      }
    }
    return NetworkTrace(
      tape: tape, layout: input.layout, input: leaf, output: below, parameters: parameters,
      probeKinds: [.states, .enteringState, .activation], probes: probes)
  }
}

extension ParameterRole {
  /// The scopes whose sums take in a parameter of a recurrent network.
  var recurrentScopes: Set<ParameterScope> {
    switch self {
    case .embedding: [.weights]
    case .matrix(let isFirst): isFirst ? [.weights, .matrices] : [.weights, .matrices, .saliency]
    case .tiedDecoder: [.saliency]
    case .weight, .bias, .normalisation: []
    }
  }
}
