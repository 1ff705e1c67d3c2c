import Networks
import Outcomes
import Tensors

/// K[i, j] = the number of units, steps, layers and activation nodes at which columns i and j of the batch have the same sign:
/// Σ X·Xᵀ + (1 − X)·(1 − X)ᵀ with X = 1[output > 0]. Exact.
package struct ActivationKernel: Sendable, Hashable {
  /// B.
  package let columns: Int
  /// [B, B] in row-major order.
  package let counts: [Int64]
  /// How many outputs were compared: what K has on its diagonal.
  package let units: Int64
  /// What the activation nodes are called, for reasons: "activation", "leaky rectifier".
  package let nodes: String

  /// ln |det K|, or why there is none.
  package var logDeterminant: MetricOutcome {
    guard units > 0 else { return .undefined("the cell has no \(nodes)") }
    if counts.allSatisfy({ $0 == units }) {
      return .undefined("activation kernel singular: every \(nodes) has the same sign for all columns")
    }
    let workspace = Workspace()
    let matrix: Tensor<Double> = workspace.tensor(columns, columns)
    for (index, count) in counts.enumerated() { matrix.pointer[index] = Double(count) }
    do throws(Reason) {
      return MetricOutcome(try LinearAlgebra.logMagnitudeOfDeterminant(matrix))
    } catch {
      return .undefined("activation kernel: \(error.text)")
    }
  }
}

/// Adds up activation kernels while a forward pass goes on.
final class ActivationKernelObserver {
  private let columns: Int
  private var bits: [UInt64] = []
  private var all: [Int64]
  private var rectifiers: [Int64]
  private var allUnits: Int64 = 0
  private var rectifierUnits: Int64 = 0

  init(columns: Int) {
    self.columns = columns
    all = Array(repeating: 0, count: columns * columns)
    rectifiers = all
  }

  var kernel: ActivationKernel { ActivationKernel(columns: columns, counts: all, units: allUnits, nodes: "activation") }

  var rectifierKernel: ActivationKernel {
    ActivationKernel(columns: columns, counts: rectifiers, units: rectifierUnits, nodes: "leaky rectifier")
  }
}

extension ActivationKernelObserver: ActivationObserver {
  func observe<Element: TensorElement>(_ output: Tensor<Element>, _ activation: Activation) {
    let words = (output.columns + 63) / 64
    if bits.count < words * columns { bits = Array(repeating: 0, count: words * columns) }
    Element.signBits(output, into: &bits, wordsPerRow: words)
    if activation == .leakyReLU {
      SignAgreement.add(bits, rows: columns, words: words, bitsPerRow: output.columns, to: &rectifiers)
      rectifierUnits += Int64(output.columns)
    }
    SignAgreement.add(bits, rows: columns, words: words, bitsPerRow: output.columns, to: &all)
    allUnits += Int64(output.columns)
  }
}
