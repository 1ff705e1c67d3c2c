import Outcomes

/// Floating-point operations of a forward pass.
package struct RecipeFloatingPointOperations: Sendable, Hashable {
  /// Multiplications and additions of all linears, biases included: 2·H·d for each matrix of H rows and d columns.
  package let linear: Int
  /// Operations of everything else: for each unit one for an activation, k − 1 for a product or sum of k inputs, 4 for a
  /// blend.
  package let elementwise: Int
}

extension Recipe {
  /// Exact operations of a forward pass over `steps` × `columns` tokens, through the layers but without the decoder.
  /// Unused nodes count.
  ///
  /// - Throws: `Reason` when steps or columns are negative, or a number does not fit 64 bits.
  package func floatingPointOperations(
    _ sizes: RecurrentSizes, steps: Int, columns: Int
  ) throws(Reason) -> RecipeFloatingPointOperations {
    guard steps >= 0, columns >= 0 else { throw Reason("\(steps) × \(columns) tokens are not possible") }
    var unitOperations = 0
    for node in nodes {
      switch node.operation {
      case .linear: break
      case .elementwiseProduct, .elementwiseSum: unitOperations += node.inputs.count - 1
      case .blend: unitOperations += 4
      case .tanh, .sigmoid, .leakyReLU: unitOperations += 1
      }
    }
    var linear = ExactCount()
    var elementwise = ExactCount()
    let linears = LinearCounts(self)
    for layer in 0..<sizes.layerCount {
      let (input, hidden) = sizes.widths(ofLayer: layer)
      linear.add(2, linears.fromInput, hidden, input, steps, columns)
      linear.add(2, linears.fromHidden, hidden, hidden, steps, columns)
      elementwise.add(unitOperations, hidden, steps, columns)
    }
    return RecipeFloatingPointOperations(
      linear: try linear.checked("operations"), elementwise: try elementwise.checked("operations"))
  }
}
