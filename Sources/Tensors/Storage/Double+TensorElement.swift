import CKernels

extension Double: TensorElement {
  /// See `TensorElement`.
  package static func combine(
    _ parts: [UnsafePointer<Double>?], _ strides: [Int], bias: UnsafePointer<Double>?, _ activation: Activation,
    into y: Tensor<Double>
  ) {
    tf_combine_f64(y.rows, y.columns, parts, strides, parts.count, bias, activation.rawValue, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func activationPullback(
    _ activation: Activation, y: Tensor<Double>, dy: Tensor<Double>, dx: Tensor<Double>, accumulate: Bool
  ) {
    tf_activation_pullback_f64(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, dy.pointer, dy.stride, dx.pointer, dx.stride,
      accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func activationPushforward(
    _ activation: Activation, y: Tensor<Double>, tx: Tensor<Double>, ty: Tensor<Double>
  ) {
    tf_activation_pushforward_f64(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, tx.pointer, tx.stride, ty.pointer, ty.stride)
  }

  /// See `TensorElement`.
  package static func activationPullbackTangent(
    _ activation: Activation, y: Tensor<Double>, ty: Tensor<Double>, dy: Tensor<Double>, tdy: Tensor<Double>,
    tdx: Tensor<Double>,
    accumulate: Bool
  ) {
    tf_activation_pullback_tangent_f64(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, ty.pointer, ty.stride, dy.pointer, dy.stride,
      tdy.pointer, tdy.stride, tdx.pointer, tdx.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func multiply(_ a: Tensor<Double>, _ b: Tensor<Double>, into y: Tensor<Double>, accumulate: Bool) {
    tf_multiply_f64(
      y.rows, y.columns, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func blend(_ z: Tensor<Double>, _ a: Tensor<Double>, _ b: Tensor<Double>, into y: Tensor<Double>) {
    tf_blend_f64(y.rows, y.columns, z.pointer, z.stride, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func blendPullback(
    _ z: Tensor<Double>, _ a: Tensor<Double>, _ b: Tensor<Double>, _ dy: Tensor<Double>,
    dz: (tensor: Tensor<Double>, accumulate: Bool)?, da: (tensor: Tensor<Double>, accumulate: Bool)?,
    db: (tensor: Tensor<Double>, accumulate: Bool)?
  ) {
    tf_blend_pullback_f64(
      dy.rows, dy.columns, z.pointer, z.stride, a.pointer, a.stride, b.pointer, b.stride, dy.pointer, dy.stride,
      dz?.tensor.pointer, dz?.tensor.stride ?? 0, da?.tensor.pointer, da?.tensor.stride ?? 0, db?.tensor.pointer,
      db?.tensor.stride ?? 0, dz?.accumulate == true ? 1 : 0, da?.accumulate == true ? 1 : 0,
      db?.accumulate == true ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func scale(_ alpha: Double, _ x: Tensor<Double>, into y: Tensor<Double>, accumulate: Bool) {
    tf_axpy_f64(y.rows, y.columns, alpha, x.pointer, x.stride, y.pointer, y.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func fill(_ y: Tensor<Double>, _ value: Double) {
    tf_fill_f64(y.rows, y.columns, value, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func magnitude(_ x: Tensor<Double>, into y: Tensor<Double>) {
    tf_abs_f64(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func transpose(_ x: Tensor<Double>, into y: Tensor<Double>) {
    tf_transpose_f64(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func sum(_ x: Tensor<Double>) -> Double {
    tf_sum_f64(x.rows, x.columns, x.pointer, x.stride)
  }

  /// See `TensorElement`.
  package static func squareSum(_ x: Tensor<Double>) -> Double {
    tf_square_sum_f64(x.rows, x.columns, x.pointer, x.stride)
  }

  /// See `TensorElement`.
  package static func productSum(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    tf_product_sum_f64(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  package static func magnitudeProductSum(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    tf_abs_product_sum_f64(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  package static func squareProductSum(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    tf_square_product_sum_f64(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  package static func magnitudeLogProductSum(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    tf_abs_log_product_sum_f64(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  package static func centerColumns(_ x: Tensor<Double>, into y: Tensor<Double>, means: UnsafeMutablePointer<Double>) {
    tf_center_columns_f64(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride, means)
  }

  /// See `TensorElement`.
  package static func signBits(_ x: Tensor<Double>, into bits: UnsafeMutablePointer<UInt64>, wordsPerRow: Int) {
    tf_sign_bits_f64(x.rows, x.columns, x.pointer, x.stride, bits, wordsPerRow)
  }

  /// See `TensorElement`.
  package static func allFinite(_ x: Tensor<Double>) -> Bool {
    tf_all_finite_f64(x.rows, x.columns, x.pointer, x.stride) != 0
  }

  /// See `TensorElement`.
  package static func product(
    _ a: Tensor<Double>, transposed aTransposed: Bool, _ b: Tensor<Double>, rightTransposed bTransposed: Bool,
    accumulate: Bool, into c: Tensor<Double>, isUpper: Bool
  ) {
    tf_product_f64(
      c.rows, c.columns, aTransposed ? a.rows : a.columns, a.pointer, a.stride, aTransposed ? 1 : 0, b.pointer,
      b.stride,
      bTransposed ? 1 : 0, c.pointer, c.stride, accumulate ? 1 : 0, isUpper ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func packedCount(rows: Int, columns: Int) -> Int { tf_packed_count_f64(rows, columns) }

  /// See `TensorElement`.
  package static func pack(_ x: Tensor<Double>, transposed: Bool, into packed: UnsafeMutablePointer<Double>) {
    tf_pack_f64(
      transposed ? x.columns : x.rows, transposed ? x.rows : x.columns, x.pointer, x.stride, transposed ? 1 : 0, packed)
  }

  /// See `TensorElement`.
  package static func packedProduct(
    _ a: Tensor<Double>, _ packed: UnsafePointer<Double>, accumulate: Bool, into c: Tensor<Double>
  ) {
    tf_packed_product_f64(
      c.rows, c.columns, a.columns, a.pointer, a.stride, packed, c.pointer, c.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func convert(single x: Tensor<Float>, into y: Tensor<Double>) {
    tf_to_f64_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func convert(_ x: Tensor<Double>, toDouble y: Tensor<Double>) {
    scale(1, x, into: y, accumulate: false)
  }
}
