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
  /// Exact operations of a forward pass over `batchSize` sequences of `sequenceLength` tokens, through the layers but without
  /// the decoder. Unused nodes count.
  ///
  /// - Throws: `Reason` when a length is negative, or a number does not fit 64 bits.
  package func floatingPointOperations(
    _ sizes: RecurrentSizes, sequenceLength: Int, batchSize: Int
  ) throws(Reason) -> RecipeFloatingPointOperations {
    guard sequenceLength >= 0, batchSize >= 0 else {
      throw Reason("\(sequenceLength) × \(batchSize) tokens are not possible")
    }
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
      linear.add(2, linears.fromInput, hidden, input, sequenceLength, batchSize)
      linear.add(2, linears.fromHidden, hidden, hidden, sequenceLength, batchSize)
      elementwise.add(unitOperations, hidden, sequenceLength, batchSize)
    }
    return RecipeFloatingPointOperations(
      linear: try linear.checked("operations"), elementwise: try elementwise.checked("operations"))
  }
}
