import Outcomes
import Tensors

/// K[i, j] = the number of units, steps, layers and activation nodes at which sequences i and j of the batch have the same
/// sign: Σ X·Xᵀ + (1 − X)·(1 − X)ᵀ with X = 1[output > 0]. Exact.
package struct ActivationKernel: Sendable, Hashable {
  /// B.
  package let batchSize: Int
  /// The word for the activation nodes in reasons: "activation", "leaky rectifier".
  package let nodes: String
  /// [B, B] in row-major order.
  package private(set) var counts: [Int64]
  /// The number of outputs compared, which is each element on the diagonal of K.
  package private(set) var units: Int64 = 0

  /// The kernel of no outputs.
  init(batchSize: Int, nodes: String) {
    self.batchSize = batchSize
    self.nodes = nodes
    counts = Array(repeating: 0, count: batchSize * batchSize)
  }

  /// Adds outputs.
  ///
  /// - Parameters:
  ///   - bits: The signs of the outputs, a row of words for each sequence.
  ///   - words: Words of a row.
  ///   - units: The number of outputs of each sequence.
  mutating func add(_ bits: [UInt64], words: Int, units: Int) {
    SignAgreement.add(bits, rows: batchSize, words: words, bitsPerRow: units, to: &counts)
    self.units += Int64(units)
  }

  /// ln |det K|.
  ///
  /// - Throws: `Reason` when there were no outputs, or K is singular.
  package func logDeterminant() throws(Reason) -> Double {
    guard units > 0 else { throw Reason("the cell has no \(nodes)") }
    if counts.allSatisfy({ $0 == units }) {
      throw Reason("activation kernel singular: every \(nodes) has the same sign for all columns")
    }
    let workspace = Workspace()
    let matrix: Tensor<Double> = workspace.tensor(batchSize, batchSize)
    for (index, count) in counts.enumerated() { matrix.pointer[index] = Double(count) }
    do throws(Reason) { return try LinearAlgebra.logMagnitudeOfDeterminant(matrix) } catch {
      throw Reason("activation kernel: \(error.text)")
    }
  }
}
