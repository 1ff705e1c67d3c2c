import CKernels

/// The forms of the Gaussian error linear unit (Hendrycks & Gimpel 2016); the raw values are those of the C kernels.
package enum GELUForm: Int32, Sendable, Hashable, CaseIterable {
  /// x·Φ(x), with the standard normal distribution function Φ: BERT's.
  case exact = 0
  /// ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))): GPT-2's.
  case tanh = 1
}

// Row by row. A row's sums are accumulated in double, and what they make of an element is rounded once.
extension TensorElement {
  /// y ← softmax of scale·x + mask over each row, of its columns c ≤ row + diagonal; zero in the others. y may be x.
  ///
  /// - Parameters:
  ///   - x: [rows, columns].
  ///   - scale: A factor of all of x.
  ///   - mask: [rows, columns], or [1, columns] for all rows; nil adds nothing. −∞ takes an element out; a row that is −∞
  ///     throughout becomes NaN.
  ///   - diagonal: nil takes all columns; 0 those up to the diagonal.
  ///   - y: [rows, columns].
  package static func softmax(
    _ x: Tensor<Self>, scale: Double = 1, mask: Tensor<Self>? = nil, diagonal: Int? = nil, into y: Tensor<Self>
  ) {
    tf_softmax(
      kernelElement, y.rows, y.columns, scale, x.pointer, x.stride, mask?.pointer,
      mask?.rows == 1 ? 0 : mask?.stride ?? 0,
      diagonal ?? y.columns, y.pointer, y.stride)
  }

  /// dx ← or += scale·y·(dy − Σ y·dy), the sum over the row: the softmax's Jacobian, which is symmetric, times dy.
  package static func softmaxPullback(
    scale: Double, y: Tensor<Self>, dy: Tensor<Self>, dx: Tensor<Self>, accumulate: Bool
  ) {
    tf_softmax_pullback(
      kernelElement, y.rows, y.columns, scale, y.pointer, y.stride, dy.pointer, dy.stride, dx.pointer, dx.stride,
      accumulate.flag)
  }

  /// dx ← or += scale·(ty·(dy − Σ y·dy) − y·Σ ty·dy): the tangent of the softmax's pullback for a tangent ty of y.
  package static func softmaxPullbackTangent(
    scale: Double, y: Tensor<Self>, ty: Tensor<Self>, dy: Tensor<Self>, dx: Tensor<Self>, accumulate: Bool
  ) {
    tf_softmax_pullback_tangent(
      kernelElement, y.rows, y.columns, scale, y.pointer, y.stride, ty.pointer, ty.stride, dy.pointer, dy.stride,
      dx.pointer, dx.stride, accumulate.flag)
  }

  /// The rows of logits ← softmax minus one at the row's target; the losses −ln softmax at the target.
  ///
  /// A target that is no column has the loss NaN and takes nothing off.
  package static func softmaxCrossEntropy(_ logits: Tensor<Self>, targets: ArraySlice<Int32>) -> [Double] {
    precondition(targets.count == logits.rows, "a target a row")
    var losses = [Double](repeating: 0, count: logits.rows)
    targets.withUnsafeBufferPointer {
      tf_softmax_cross_entropy(
        kernelElement, logits.rows, logits.columns, logits.pointer, logits.stride, $0.baseAddress, &losses)
    }
    return losses
  }

  /// y ← gain·n + bias, n = (x − mean)/√(variance + ε) over each row, the variance being the mean square about the mean.
  /// gain and bias [1, columns]; nil stands for ones and for zeros. y may be x.
  package static func layerNorm(
    _ x: Tensor<Self>, epsilon: Double, gain: Tensor<Self>? = nil, bias: Tensor<Self>? = nil, into y: Tensor<Self>
  ) {
    tf_layer_norm(
      kernelElement, y.rows, y.columns, epsilon, x.pointer, x.stride, gain?.pointer, bias?.pointer, y.pointer, y.stride)
  }

  /// dx ← or += (u − mean of u − n·mean of n·u)/√(variance + ε) with u = gain·dy: the Jacobian of n with regard to x,
  /// which is symmetric, times u. dx may be dy.
  package static func layerNormPullback(
    _ x: Tensor<Self>, epsilon: Double, gain: Tensor<Self>? = nil, dy: Tensor<Self>, dx: Tensor<Self>, accumulate: Bool
  ) {
    tf_layer_norm_pullback(
      kernelElement, x.rows, x.columns, epsilon, x.pointer, x.stride, gain?.pointer, dy.pointer, dy.stride, dx.pointer,
      dx.stride, accumulate.flag)
  }

  /// dx ← or += the tangent of what `layerNormPullback` writes, for a tangent tx of x; gain and dy stay.
  package static func layerNormPullbackTangent(
    _ x: Tensor<Self>, tx: Tensor<Self>, epsilon: Double, gain: Tensor<Self>? = nil, dy: Tensor<Self>, dx: Tensor<Self>,
    accumulate: Bool
  ) {
    tf_layer_norm_pullback_tangent(
      kernelElement, x.rows, x.columns, epsilon, x.pointer, x.stride, tx.pointer, tx.stride, gain?.pointer, dy.pointer,
      dy.stride, dx.pointer, dx.stride, accumulate.flag)
  }

  /// y ← the derivative of an order of the Gaussian error linear unit at x: the function itself, its slope, its curvature.
  /// y may be x.
  ///
  /// - Precondition: The order is 0, 1 or 2.
  package static func gelu(_ form: GELUForm, order: Int32 = 0, _ x: Tensor<Self>, into y: Tensor<Self>) {
    precondition((0...2).contains(order), "a derivative that there is a kernel for")
    tf_gelu(kernelElement, y.rows, y.columns, form.rawValue, order, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// y[r] ← scale·x[ids[r]].
  ///
  /// - Precondition: The ids are rows of x.
  package static func gatherRows(_ x: Tensor<Self>, _ ids: [Int32], scale: Double = 1, into y: Tensor<Self>) {
    precondition(ids.count == y.rows && ids.allSatisfy { $0 >= 0 && $0 < x.rows }, "rows that there are")
    tf_gather_rows(kernelElement, y.rows, y.columns, ids, scale, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// y[ids[r]] += scale·x[r], in the order of the rows.
  ///
  /// - Precondition: The ids are rows of y.
  package static func scatterRows(_ x: Tensor<Self>, _ ids: [Int32], scale: Double = 1, into y: Tensor<Self>) {
    precondition(ids.count == x.rows && ids.allSatisfy { $0 >= 0 && $0 < y.rows }, "rows that there are")
    tf_scatter_rows(kernelElement, x.rows, x.columns, ids, scale, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// y[r] ← or += s[r]·x[r], s [rows, 1].
  package static func scaleRows(_ s: Tensor<Self>, _ x: Tensor<Self>, into y: Tensor<Self>, accumulate: Bool) {
    tf_scale_rows(
      kernelElement, y.rows, y.columns, s.pointer, s.stride, x.pointer, x.stride, y.pointer, y.stride, accumulate.flag)
  }

  /// y[r] ← or += Σ over the columns of a[r]·b[r], y [rows, 1]. Summed in double.
  package static func rowProducts(_ a: Tensor<Self>, _ b: Tensor<Self>, into y: Tensor<Self>, accumulate: Bool) {
    tf_row_products(
      kernelElement, a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride, accumulate.flag)
  }
}
