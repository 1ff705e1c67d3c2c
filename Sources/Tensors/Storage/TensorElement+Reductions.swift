import CKernels

// Sums are accumulated in double, in sixteen fixed lanes: their bits depend neither on the strides nor on the processor.
extension TensorElement {
  /// Σ x.
  package static func sum(_ x: Tensor<Self>) -> Double { tf_sum(kernelElement, x.rows, x.columns, x.pointer, x.stride) }

  /// Σ x².
  package static func squareSum(_ x: Tensor<Self>) -> Double {
    tf_square_sum(kernelElement, x.rows, x.columns, x.pointer, x.stride)
  }

  /// Σ a·b.
  package static func productSum(_ a: Tensor<Self>, _ b: Tensor<Self>) -> Double {
    tf_product_sum(kernelElement, a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// Σ |a·b|.
  package static func magnitudeProductSum(_ a: Tensor<Self>, _ b: Tensor<Self>) -> Double {
    tf_abs_product_sum(kernelElement, a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// Σ (a·b)².
  package static func squareProductSum(_ a: Tensor<Self>, _ b: Tensor<Self>) -> Double {
    tf_square_product_sum(kernelElement, a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// Σ |a·ln(1 + |b|)|.
  package static func magnitudeLogProductSum(_ a: Tensor<Self>, _ b: Tensor<Self>) -> Double {
    tf_abs_log_product_sum(kernelElement, a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// y ← x − mean of its column, in double precision; means [columns].
  package static func centerColumns(
    _ x: Tensor<Self>, into y: Tensor<Double>, means: UnsafeMutablePointer<Double>
  ) {
    tf_center_columns(kernelElement, x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride, means)
  }

  /// y ← or += Σ over the rows of x; y [1, columns].
  package static func columnTotals(_ x: Tensor<Self>, into y: Tensor<Self>, accumulate: Bool) {
    tf_column_totals(kernelElement, x.rows, x.columns, x.pointer, x.stride, y.pointer, accumulate.flag)
  }

  /// y ← or += Σ over the rows of a·b; y [1, columns].
  package static func productColumnTotals(
    _ a: Tensor<Self>, _ b: Tensor<Self>, into y: Tensor<Self>, accumulate: Bool
  ) {
    tf_product_column_totals(
      kernelElement, a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride, y.pointer, accumulate.flag)
  }

  /// True when no element is infinite or NaN.
  package static func allFinite(_ x: Tensor<Self>) -> Bool {
    tf_all_finite(kernelElement, x.rows, x.columns, x.pointer, x.stride) != 0
  }

  /// Bits of x > 0, a whole number of words a row, unused bits zero.
  package static func signBits(_ x: Tensor<Self>, into bits: UnsafeMutablePointer<UInt64>, wordsPerRow: Int) {
    tf_sign_bits(kernelElement, x.rows, x.columns, x.pointer, x.stride, bits, wordsPerRow)
  }
}

/// Counts equal bits of rows, as `TensorElement.signBits` makes them.
package enum SignAgreement {
  /// kernel[i, j] += the number of the first `bitsPerRow` bits that rows i and j share. bits [rows, words], kernel
  /// [rows, rows]. O(rows² · words).
  package static func add(_ bits: [UInt64], rows: Int, words: Int, bitsPerRow: Int, to kernel: inout [Int64]) {
    precondition(bits.count >= rows * words && kernel.count == rows * rows, "bits and kernel have the rows' size")
    tf_agreement_add(rows, words, bitsPerRow, bits, &kernel)
  }
}
