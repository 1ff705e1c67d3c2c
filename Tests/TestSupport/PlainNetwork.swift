import Foundation
import SearchSpaces

/// A recurrent network evaluated node by node with plain loops, to hold the engine against.
package struct PlainNetwork {
  /// A place whose value is moved by some amount, for difference quotients.
  package enum Place: Hashable {
    /// Hidden state 0 after a step, as the next step and the layer above see it: layer, step, column, unit.
    case state(Int, Int, Int, Int)
    /// The output of a node: layer, node, step, column, unit.
    case node(Int, Int, Int, Int, Int)
  }

  /// The cell.
  package let recipe: Recipe
  /// The sizes of the layers.
  package let sizes: RecurrentSizes
  /// T.
  package let steps: Int
  /// B.
  package let columns: Int
  /// By PyTorch's names, without those of the embedding.
  package var weights: [String: [Double]]
  /// What the lowest layer reads, [T·B, e].
  package var input: [Double]
  /// What is moved.
  package var moved: (place: Place, amount: Double)?

  /// Joins a cell and its weights with what it reads.
  package init(
    _ recipe: Recipe, _ sizes: RecurrentSizes, steps: Int, columns: Int, weights: [String: [Double]], input: [Double]
  ) {
    (self.recipe, self.sizes, self.steps, self.columns) = (recipe, sizes, steps, columns)
    (self.weights, self.input) = (weights, input)
  }

  /// Values of a layer, every one [T][B][width].
  package struct Layer {
    /// Hidden state 0 after each step.
    package var states: [[[Double]]] = []
    /// The outputs of each node.
    package var nodes: [[[[Double]]]] = []
  }

  /// Runs all layers.
  package func run() -> [Layer] {
    let width = sizes.embeddingSize
    var below = (0..<steps).map { step in
      (0..<columns).map { column in
        let start = (step * columns + column) * width
        return Array(input[start..<start + width])
      }
    }
    var layers: [Layer] = []
    for layer in 0..<sizes.layerCount {
      let values = run(layer, below)
      layers.append(values)
      below = values.states
    }
    return layers
  }

  /// The outputs of the last layer in row-major order.
  package func output() -> [Double] { run().last?.states.flatMap { $0.flatMap { $0 } } ?? [] }

  /// Σ y.
  package func total() -> Double { output().reduce(0, +) }

  /// Σ y of each column.
  package func totals() -> [Double] {
    let states = run().last?.states ?? []
    return (0..<columns).map { column in states.reduce(0) { $0 + $1[column].reduce(0, +) } }
  }

  private func run(_ layer: Int, _ x: [[[Double]]]) -> Layer {
    let width = sizes.widths(ofLayer: layer).hidden
    var result = Layer()
    result.nodes = recipe.nodes.map { _ in [] }
    var previous = [[[Double]]](
      repeating: [[Double]](repeating: [Double](repeating: 0, count: width), count: columns),
      count: recipe.hiddenCount)
    for step in 0..<steps {
      var next = previous
      var nodes = [[[Double]]](repeating: [], count: recipe.nodes.count)
      for column in 0..<columns {
        var values = [[Double]](repeating: [], count: recipe.nodes.count)
        func value(_ input: RecipeInput) -> [Double] {
          switch input {
          case .x: x[step][column]
          case .hidden(let state): previous[state][column]
          case .node(let node): values[node]
          }
        }
        for node in recipe.evaluationOrder {
          var output = evaluate(node, layer, width, recipe.nodes[node].inputs.map(value))
          if case .node(layer, node, step, column, let unit)? = moved?.place { output[unit] += moved?.amount ?? 0 }
          values[node] = output
        }
        for (node, value) in values.enumerated() { nodes[node].append(value) }
        for (state, node) in recipe.newStates.enumerated() { next[state][column] = values[node] }
        if case .state(layer, step, column, let unit)? = moved?.place { next[0][column][unit] += moved?.amount ?? 0 }
      }
      previous = next
      result.states.append(next[0])
      for node in nodes.indices { result.nodes[node].append(nodes[node]) }
    }
    return result
  }

  private func evaluate(_ node: Int, _ layer: Int, _ width: Int, _ inputs: [[Double]]) -> [Double] {
    func each(_ body: (Int) -> Double) -> [Double] { (0..<width).map(body) }
    switch recipe.nodes[node].operation {
    case .linear:
      let prefix = Self.prefix(layer, recipe.nodes[node].name)
      var sum = weights["\(prefix).bias"] ?? []
      for (position, input) in inputs.enumerated() {
        let matrix = weights["\(prefix).weights_raw.\(position)"] ?? []
        for row in 0..<width {
          for (column, value) in input.enumerated() { sum[row] += matrix[row * input.count + column] * value }
        }
      }
      return sum
    case .elementwiseProduct: return each { unit in inputs.reduce(1) { $0 * $1[unit] } }
    case .elementwiseSum: return each { unit in inputs.reduce(0) { $0 + $1[unit] } }
    case .blend: return each { inputs[0][$0] * inputs[1][$0] + (1 - inputs[0][$0]) * inputs[2][$0] }
    case .tanh: return each { Foundation.tanh(inputs[0][$0]) }
    case .sigmoid: return each { 1 / (1 + exp(-inputs[0][$0])) }
    case .leakyReLU: return each { inputs[0][$0] > 0 ? inputs[0][$0] : 0.01 * inputs[0][$0] }
    }
  }

  /// What the names of a node's weights begin with.
  package static func prefix(_ layer: Int, _ name: String) -> String {
    "rnns.\(layer).module.cell.components.\(name)"
  }
}
