import Outcomes
import Tensors

/// The neural tangent kernel of the columns of a batch: Θ[i, j] = Σ over weights of ∂fᵢ/∂W · ∂fⱼ/∂W, where fᵢ is the sum of
/// the outputs of column i over steps and units, and W the matrices of linear nodes.
final class TangentKernel<Element: TensorElement> {
  private let samples: Int
  private let workspace: Workspace
  /// The upper triangle.
  private var kernel: [Double]

  init(samples: Int, _ workspace: Workspace) {
    self.samples = samples
    self.workspace = workspace
    kernel = Array(repeating: 0, count: samples * samples)
  }

  /// Adds the share of a weight whose gradient is the sum of cotangentᵀ·input, rows step by step: cotangents [n·B, outputs],
  /// inputs [n·B, inputs].
  func add(_ products: [(cotangent: Tensor<Element>, input: Tensor<Element>)]) {
    guard let shape = products.first else { return }
    let outputs = shape.cotangent.columns
    let inputs = shape.input.columns
    // A block of the outputs at a time, so that the gradients of all samples stay small.
    let block = max(1, min(outputs, 2_000_000 / max(1, samples * inputs)))
    for start in stride(from: 0, to: outputs, by: block) {
      let rows = start..<min(start + block, outputs)
      let gradients: Tensor<Element> = workspace.tensor(samples, rows.count * inputs)
      for sample in 0..<samples {
        let target = gradients.rows(sample..<sample + 1).reshaped(rows.count, inputs)
        for (index, product) in products.enumerated() {
          target.assignProduct(
            everyStep(product.cotangent, sample).columns(rows), transposed: true, everyStep(product.input, sample),
            accumulate: index > 0)
        }
      }
      let share: Tensor<Element> = workspace.tensor(samples, samples)
      share.assignProduct(gradients, gradients, rightTransposed: true, isUpper: true)
      for row in 0..<samples {
        for column in row..<samples { kernel[row * samples + column] += Double(share[row, column]) }
      }
      workspace.giveBack(share)
      workspace.giveBack(gradients)
    }
  }

  /// The rows of one column of the batch.
  private func everyStep(_ tensor: Tensor<Element>, _ sample: Int) -> Tensor<Element> {
    tensor.rows(RowSequence(first: sample, count: tensor.rows / samples, step: samples))
  }

  /// The eigenvalues, ascending.
  ///
  /// - Throws: `Reason` when they cannot be found.
  func eigenvalues() throws(Reason) -> [Double] {
    let matrix: Tensor<Double> = workspace.tensor(samples, samples)
    defer { workspace.giveBack(matrix) }
    for row in 0..<samples {
      for column in 0..<samples {
        matrix[row, column] = kernel[min(row, column) * samples + max(row, column)]
      }
    }
    do throws(Reason) { return try LinearAlgebra.symmetricEigenvalues(matrix) } catch {
      throw Reason("tangent kernel: \(error.text)")
    }
  }
}
