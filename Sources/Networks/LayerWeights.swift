import SearchSpaces
import Tensors

/// The weights of one layer in the order of its program's groups.
struct LayerWeights<Element: TensorElement> {
  /// For each group [parts · width, input width], part after part.
  let natural: [Tensor<Element>]
  /// The transposes [input width, parts · width], for forward products.
  let forward: [PackedMatrix<Element>]
  /// The matrices, for pullbacks.
  let backward: [PackedMatrix<Element>]
  /// For each node [1, width], for linear nodes.
  let biases: [Int: Tensor<Element>]

  /// Draws the weights of a layer: those that initialisation overwrites are only counted, then bias and matrices of each
  /// linear node, in the order of the recipe, from U(−1/√h, 1/√h).
  init(
    _ program: CellProgram, inputWidth: Int, width: Int, generator: inout TorchGenerator, wantsGradients: Bool,
    workspace: Workspace
  ) {
    let recipe = program.recipe
    func columns(_ source: RecipeInput) -> Int { source == .x ? inputWidth : width }
    for node in recipe.linearNodes {
      for input in recipe.nodes[node].inputs { generator.discardUniform(count: width * columns(input)) }
      generator.discardUniform(count: width)
    }
    let drawn: [Tensor<Float>] = program.groups.map {
      workspace.tensor($0.parts.count * width, columns($0.source))
    }
    // By node, the rows of each of its inputs' matrices.
    var places: [Int: [Int: Tensor<Float>]] = [:]
    for (group, value) in program.groups.enumerated() {
      for (part, owner) in value.parts.enumerated() {
        places[owner.node, default: [:]][owner.position] = drawn[group].rows(part * width..<(part + 1) * width)
      }
    }
    let bound = Float(1 / Double(width).squareRoot())
    var biases: [Int: Tensor<Element>] = [:]
    for node in recipe.linearNodes {
      let bias: Tensor<Float> = workspace.tensor(1, width)
      generator.fill(bias, from: -bound, to: bound)
      biases[node] = .converted(bias, workspace)
      for position in recipe.nodes[node].inputs.indices {
        guard let place = places[node]?[position] else { continue }
        generator.fill(place, from: -bound, to: bound)
      }
    }
    self.biases = biases
    natural = drawn.map { .converted($0, workspace) }
    forward = natural.map { PackedMatrix(transposeOf: $0, workspace) }
    backward = wantsGradients ? natural.map { PackedMatrix($0, workspace) } : []
  }

  /// The magnitudes of the matrices, with biases of zero.
  func magnitudes(_ workspace: Workspace) -> LayerWeights<Double> {
    let natural = natural.map { $0.magnitudes(workspace) }
    return LayerWeights<Double>(
      natural: natural, forward: natural.map { PackedMatrix(transposeOf: $0, workspace) },
      backward: natural.map { PackedMatrix($0, workspace) },
      biases: biases.mapValues { workspace.zeros($0.rows, $0.columns) })
  }

  fileprivate init(
    natural: [Tensor<Element>], forward: [PackedMatrix<Element>], backward: [PackedMatrix<Element>],
    biases: [Int: Tensor<Element>]
  ) {
    self.natural = natural
    self.forward = forward
    self.backward = backward
    self.biases = biases
  }
}

extension Tensor {
  /// Numbers that were drawn in single precision, as elements: the same matrix, or one in new memory, for which that of the
  /// drawn one is given back.
  static func converted(_ drawn: Tensor<Float>, _ workspace: Workspace) -> Tensor {
    if let same = drawn as? Tensor { return same }
    let converted: Tensor = workspace.tensor(drawn.rows, drawn.columns)
    Element.convert(single: drawn, into: converted)
    workspace.giveBack(drawn)
    return converted
  }

  /// The magnitudes of the elements, in new memory.
  func magnitudes(_ workspace: Workspace) -> Tensor<Double> {
    let result: Tensor<Double> = workspace.tensor(rows, columns)
    Element.convert(self, toDouble: result)
    Double.magnitude(result, into: result)
    return result
  }
}
