import Outcomes
import Tensors

/// How the weights of a network are drawn.
package enum WeightSource: String, Sendable, Hashable, CaseIterable {
  /// As PyTorch on a CPU draws them after `torch.manual_seed(seed)`: `normal_(0, σ)` of one parameter after another, in the
  /// order of the modules, in single precision. Logarithms and sines are rounded correctly here and by vector routines there:
  /// values agree within 4 units in the last place of the larger of value and σ.
  case torch
  /// By `DocumentedGenerator`: σ·√3·(2u − 1), one stream over the parameters in the order of the modules. Of the standard
  /// deviation σ too, but uniform.
  case documented
}

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

  /// Number of elements.
  package var count: Int { rows * columns }
}

/// The parameters of a network in their order, with their layouts for products, which are made when they are first asked for.
final class ParameterStore<Element: TensorElement> {
  let shapes: [ParameterShape]
  let workspace: Workspace
  private let values: [Tensor<Element>]
  private let places: [String: Int]
  /// Memory of the layouts, which outlives the pass that asks for one first.
  private let layouts = Workspace()
  private var forward: [Int: PackedMatrix<Element>] = [:]
  private var backward: [Int: PackedMatrix<Element>] = [:]

  /// Draws the values. O(number of parameters).
  init(_ shapes: [ParameterShape], seed: UInt32, source: WeightSource, workspace: Workspace) {
    self.shapes = shapes
    self.workspace = workspace
    places = Dictionary(uniqueKeysWithValues: shapes.enumerated().map { ($1.name, $0) })
    var torch = TorchGenerator(seed: Int(seed))
    var documented = DocumentedGenerator(seed: UInt64(seed))
    values = shapes.map { shape in
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
        torch.fillNormal(single, deviation: deviation)
        value = .converted(single, workspace)
      }
      if let row = shape.zeroRow { value.rows(row..<row + 1).fill(0) }
      return value
    }
  }

  private init(magnitudesOf other: ParameterStore) {
    shapes = other.shapes
    workspace = other.workspace
    places = other.places
    values = other.values.map { $0.magnitudes(other.workspace) }
  }

  /// The magnitudes of all parameters.
  func magnitudes() -> ParameterStore { ParameterStore(magnitudesOf: self) }

  /// The place of a parameter.
  func index(_ name: String) -> Int {
    guard let place = places[name] else { preconditionFailure("there is no parameter \(name)") }
    return place
  }

  /// True when there is a parameter of the name.
  func has(_ name: String) -> Bool { places[name] != nil }

  func value(_ name: String) -> Tensor<Element> { values[index(name)] }

  func value(_ index: Int) -> Tensor<Element> { values[index] }

  /// The transpose of a matrix [outputs, inputs], laid out for products with inputs.
  func forward(_ index: Int) -> PackedMatrix<Element> {
    if let packed = forward[index] { return packed }
    let packed = PackedMatrix(transposeOf: values[index], layouts)
    forward[index] = packed
    return packed
  }

  /// A matrix [outputs, inputs], laid out for products with cotangents.
  func backward(_ index: Int) -> PackedMatrix<Element> {
    if let packed = backward[index] { return packed }
    let packed = PackedMatrix(values[index], layouts)
    backward[index] = packed
    return packed
  }
}
