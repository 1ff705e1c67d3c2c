import Gradients
import Sizes
import Synchronization
import Tensors

/// A parameter of a network of transformers: its name, its size, what it starts with, and the scopes that count it.
package struct ParameterShape: Sendable, Hashable {
  /// What a parameter starts with.
  package enum Start: Sendable, Hashable {
    /// Draws of the standard deviation σ.
    case drawn(deviation: Double)
    /// A constant, without draws.
    case constant(Double)
  }

  /// Its name in the framework that the network comes from.
  package let name: String
  /// Rows, the outputs of a matrix as a rule.
  package let rows: Int
  /// Columns.
  package let columns: Int
  /// What it starts with.
  package let start: Start
  /// Its part in the network.
  package let role: ParameterRole
  /// The scopes whose sums take it in.
  package let scopes: Set<ParameterScope>
  /// A row that is set to 0 after the draws: that of the padding token.
  package var zeroRow: Int? = nil
  /// True of a matrix [outputs, inputs] of a linear layer, which is laid out for its products.
  package var isLaidOut = false

  /// Number of elements.
  package var count: Int { rows * columns }
}

/// The parameters of a network in their order, with their layouts for products. Their memory is that of the network: passes may
/// give back what they took themselves.
final class ParameterStore<Element: TensorElement> {
  let shapes: [ParameterShape]
  let workspace: Workspace
  fileprivate let values: [Tensor<Element>]
  fileprivate let places: [String: Int]
  private let forward: [Int: PackedMatrix<Element>]
  private let backward: [Int: PackedMatrix<Element>]

  /// Draws the values. O(number of parameters).
  ///
  /// - Parameter wantsGradients: True when weights are laid out for reverse sweeps too; they work without, more slowly.
  init(
    _ shapes: [ParameterShape], seed: UInt32, source: WeightSource, wantsGradients: Bool, workspace: Workspace
  ) {
    self.shapes = shapes
    self.workspace = workspace
    places = Dictionary(uniqueKeysWithValues: shapes.enumerated().map { ($1.name, $0) })
    var torch = TorchGenerator(seed: Int(seed))
    var documented = DocumentedGenerator(seed: UInt64(seed))
    values = shapes.enumerated().map { index, shape in
      let value: Tensor<Element>
      switch (shape.start, source) {
      case (.constant(let constant), _):
        value = workspace.tensor(shape.rows, shape.columns)
        value.fill(constant)
      case (.drawn(let deviation), .documented):
        value = workspace.tensor(shape.rows, shape.columns)
        documented.fill(value, scale: deviation * 3.0.squareRoot())
      case (.drawn(let deviation), .torch):
        let single: Tensor<Float> = workspace.tensor(shape.rows, shape.columns)
        if index == 0 {
          FirstDraws.shared.fill(single, deviation: deviation, seed: seed, &torch)
        } else {
          torch.fillNormal(single, deviation: deviation)
        }
        value = .converted(single, workspace)
      }
      if let row = shape.zeroRow { value.rows(row..<row + 1).fill(0) }
      return value
    }
    (forward, backward) = Self.layouts(shapes, values, wantsGradients, workspace)
  }

  private static func layouts(
    _ shapes: [ParameterShape], _ values: [Tensor<Element>], _ wantsGradients: Bool, _ workspace: Workspace
  ) -> (forward: [Int: PackedMatrix<Element>], backward: [Int: PackedMatrix<Element>]) {
    let indices = shapes.indices.filter { shapes[$0].isLaidOut }
    return (
      Dictionary(uniqueKeysWithValues: indices.map { ($0, PackedMatrix(transposeOf: values[$0], workspace)) }),
      wantsGradients
        ? Dictionary(uniqueKeysWithValues: indices.map { ($0, PackedMatrix(values[$0], workspace)) }) : [:]
    )
  }

  fileprivate init(magnitudesOf other: ParameterStore<some TensorElement>) where Element == Double {
    shapes = other.shapes
    workspace = other.workspace
    places = other.places
    values = other.values.map { $0.magnitudes(other.workspace) }
    (forward, backward) = Self.layouts(shapes, values, true, workspace)
  }

  /// The magnitudes of all parameters, in double precision.
  func magnitudes() -> ParameterStore<Double> { ParameterStore<Double>(magnitudesOf: self) }

  /// The place of a parameter.
  func index(_ name: String) -> Int {
    guard let place = places[name] else { preconditionFailure("there is no parameter \(name)") }
    return place
  }

  /// True when there is a parameter of the name.
  func has(_ name: String) -> Bool { places[name] != nil }

  func value(_ name: String) -> Tensor<Element> { values[index(name)] }

  func value(_ index: Int) -> Tensor<Element> { values[index] }

  /// A linear layer's matrix as a weight on a tape.
  func projection(_ index: Int, _ leaf: Variable) -> ProjectionWeight<Element> {
    guard let forward = forward[index] else { preconditionFailure("a matrix of a linear layer is laid out") }
    return ProjectionWeight(variable: leaf, forward: forward, backward: backward[index])
  }
}

/// The draws of a network's first parameter, the largest as a rule: the embedding of the tokens, which most architectures of a
/// space have alike. Kept for the next network of the seed, by which drawing a network takes a third of the time.
private final class FirstDraws: Sendable {
  static let shared = FirstDraws()

  private struct Draws: Sendable {
    var seed: UInt32
    var deviation: Double
    var values: [Float]
    /// The generator after them.
    var generator: TorchGenerator
  }

  /// The most values that are kept.
  private static let limit = 1 << 23
  private let last = Mutex<Draws?>(nil)

  func fill(_ tensor: Tensor<Float>, deviation: Double, seed: UInt32, _ generator: inout TorchGenerator) {
    let known = last.withLock { $0 }
    if let known, known.seed == seed, known.deviation == deviation, known.values.count == tensor.count {
      known.values.withUnsafeBufferPointer { values in
        if let start = values.baseAddress { tensor.pointer.update(from: start, count: values.count) }
      }
      generator = known.generator
      return
    }
    generator.fillNormal(tensor, deviation: deviation)
    guard tensor.count <= Self.limit else { return }
    let draws = Draws(
      seed: seed, deviation: deviation,
      values: Array(UnsafeBufferPointer(start: tensor.pointer, count: tensor.count)), generator: generator)
    last.withLock { $0 = draws }
  }
}
