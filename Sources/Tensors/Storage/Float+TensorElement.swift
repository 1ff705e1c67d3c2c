import CKernels

extension Float: TensorElement {
  /// See `TensorElement`.
  package static func combine(
    _ parts: [UnsafePointer<Float>?], _ strides: [Int], bias: UnsafePointer<Float>?, _ activation: Activation,
    into y: Tensor<Float>
  ) {
    tf_combine_f32(y.rows, y.columns, parts, strides, parts.count, bias, activation.rawValue, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func activationPullback(
    _ activation: Activation, y: Tensor<Float>, dy: Tensor<Float>, dx: Tensor<Float>, accumulate: Bool
  ) {
    tf_activation_pullback_f32(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, dy.pointer, dy.stride, dx.pointer, dx.stride,
      accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func activationPushforward(
    _ activation: Activation, y: Tensor<Float>, tx: Tensor<Float>, ty: Tensor<Float>
  ) {
    tf_activation_pushforward_f32(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, tx.pointer, tx.stride, ty.pointer, ty.stride)
  }

  /// See `TensorElement`.
  package static func activationPullbackTangent(
    _ activation: Activation, y: Tensor<Float>, ty: Tensor<Float>, dy: Tensor<Float>, tdy: Tensor<Float>,
    tdx: Tensor<Float>,
    accumulate: Bool
  ) {
    tf_activation_pullback_tangent_f32(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, ty.pointer, ty.stride, dy.pointer, dy.stride,
      tdy.pointer, tdy.stride, tdx.pointer, tdx.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func multiply(_ a: Tensor<Float>, _ b: Tensor<Float>, into y: Tensor<Float>, accumulate: Bool) {
    tf_multiply_f32(
      y.rows, y.columns, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func blend(_ z: Tensor<Float>, _ a: Tensor<Float>, _ b: Tensor<Float>, into y: Tensor<Float>) {
    tf_blend_f32(y.rows, y.columns, z.pointer, z.stride, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func blendPullback(
    _ z: Tensor<Float>, _ a: Tensor<Float>, _ b: Tensor<Float>, _ dy: Tensor<Float>,
    dz: (tensor: Tensor<Float>, accumulate: Bool)?, da: (tensor: Tensor<Float>, accumulate: Bool)?,
    db: (tensor: Tensor<Float>, accumulate: Bool)?
  ) {
    tf_blend_pullback_f32(
      dy.rows, dy.columns, z.pointer, z.stride, a.pointer, a.stride, b.pointer, b.stride, dy.pointer, dy.stride,
      dz?.tensor.pointer, dz?.tensor.stride ?? 0, da?.tensor.pointer, da?.tensor.stride ?? 0, db?.tensor.pointer,
      db?.tensor.stride ?? 0, dz?.accumulate == true ? 1 : 0, da?.accumulate == true ? 1 : 0,
      db?.accumulate == true ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func scale(_ alpha: Float, _ x: Tensor<Float>, into y: Tensor<Float>, accumulate: Bool) {
    tf_axpy_f32(y.rows, y.columns, alpha, x.pointer, x.stride, y.pointer, y.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func fill(_ y: Tensor<Float>, _ value: Float) {
    tf_fill_f32(y.rows, y.columns, value, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func magnitude(_ x: Tensor<Float>, into y: Tensor<Float>) {
    tf_abs_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func transpose(_ x: Tensor<Float>, into y: Tensor<Float>) {
    tf_transpose_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  package static func sum(_ x: Tensor<Float>) -> Double {
    tf_sum_f32(x.rows, x.columns, x.pointer, x.stride)
  }

  /// See `TensorElement`.
  package static func squareSum(_ x: Tensor<Float>) -> Double {
    tf_square_sum_f32(x.rows, x.columns, x.pointer, x.stride)
  }

  /// See `TensorElement`.
  package static func productSum(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    tf_product_sum_f32(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  package static func magnitudeProductSum(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    tf_abs_product_sum_f32(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  package static func squareProductSum(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    tf_square_product_sum_f32(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  package static func magnitudeLogProductSum(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    tf_abs_log_product_sum_f32(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  package static func centerColumns(_ x: Tensor<Float>, into y: Tensor<Double>, means: UnsafeMutablePointer<Double>) {
    tf_center_columns_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride, means)
  }

  /// See `TensorElement`.
  package static func signBits(_ x: Tensor<Float>, into bits: UnsafeMutablePointer<UInt64>, wordsPerRow: Int) {
    tf_sign_bits_f32(x.rows, x.columns, x.pointer, x.stride, bits, wordsPerRow)
  }

  /// See `TensorElement`.
  package static func allFinite(_ x: Tensor<Float>) -> Bool {
    tf_all_finite_f32(x.rows, x.columns, x.pointer, x.stride) != 0
  }

  /// See `TensorElement`.
  package static func product(
    _ a: Tensor<Float>, transposed aTransposed: Bool, _ b: Tensor<Float>, rightTransposed bTransposed: Bool,
    accumulate: Bool, into c: Tensor<Float>, isUpper: Bool
  ) {
    tf_product_f32(
      c.rows, c.columns, aTransposed ? a.rows : a.columns, a.pointer, a.stride, aTransposed ? 1 : 0, b.pointer,
      b.stride,
      bTransposed ? 1 : 0, c.pointer, c.stride, accumulate ? 1 : 0, isUpper ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func packedCount(rows: Int, columns: Int) -> Int { tf_packed_count_f32(rows, columns) }

  /// See `TensorElement`.
  package static func pack(_ x: Tensor<Float>, transposed: Bool, into packed: UnsafeMutablePointer<Float>) {
    tf_pack_f32(
      transposed ? x.columns : x.rows, transposed ? x.rows : x.columns, x.pointer, x.stride, transposed ? 1 : 0, packed)
  }

  /// See `TensorElement`.
  package static func packedProduct(
    _ a: Tensor<Float>, _ packed: UnsafePointer<Float>, accumulate: Bool, into c: Tensor<Float>
  ) {
    tf_packed_product_f32(
      c.rows, c.columns, a.columns, a.pointer, a.stride, packed, c.pointer, c.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  package static func convert(single x: Tensor<Float>, into y: Tensor<Float>) {
    scale(1, x, into: y, accumulate: false)
  }

  /// See `TensorElement`.
  package static func convert(_ x: Tensor<Float>, toDouble y: Tensor<Double>) {
    tf_to_f64_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }
}
