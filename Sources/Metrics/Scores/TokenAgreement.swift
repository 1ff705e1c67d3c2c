import ElementaryFunctions
import Outcomes
import Tensors

/// K[i, j] = the number of units, over some tensors, at which tokens i and j of a sequence have the same sign:
/// Σ X·Xᵀ + (1 − X)·(1 − X)ᵀ with X = 1[value > 0]. Exact.
struct TokenAgreement {
  /// S.
  let tokens: Int
  /// [S, S] in row-major order.
  private var counts: [Int64]
  /// Σ K, with the number of tensors.
  private(set) var sum = TensorSum()

  init(tokens: Int) {
    self.tokens = tokens
    counts = Array(repeating: 0, count: tokens * tokens)
  }

  /// Adds a tensor [S, units].
  mutating func add<Element: TensorElement>(_ values: Tensor<Element>) {
    let words = (values.columns + 63) / 64
    var bits = [UInt64](repeating: 0, count: words * values.rows)
    Element.signBits(values, into: &bits, wordsPerRow: words)
    let before = counts.reduce(0, +)
    SignAgreement.add(bits, rows: tokens, words: words, bitsPerRow: values.columns, to: &counts)
    sum.add(Double(counts.reduce(0, +) - before))
  }

  /// ln det K, from the eigenvalues.
  ///
  /// - Throws: `Reason` when K is singular to working precision.
  func logDeterminant() throws(Reason) -> Double {
    guard sum.count > 0 else { throw Reason("the network has no activations") }
    let workspace = Workspace()
    let matrix: Tensor<Double> = workspace.tensor(tokens, tokens)
    for (index, count) in counts.enumerated() { matrix.pointer[index] = Double(count) }
    let eigenvalues = try LinearAlgebra.symmetricEigenvalues(matrix)
    guard let smallest = eigenvalues.first, let largest = eigenvalues.last,
      smallest > largest * Double(tokens) * Double.ulpOfOne
    else { throw Reason("the kernel of the tokens is singular") }
    return eigenvalues.reduce(0) { $0 + Elementary.log($1) }
  }
}
