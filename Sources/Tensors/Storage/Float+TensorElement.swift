import CKernels
import COpenBLAS
import CXsmm

extension Float: TensorElement {
  /// See `TensorElement`.
  public static func combine(
    _ parts: [UnsafePointer<Float>?], _ strides: [Int], bias: UnsafePointer<Float>?, _ activation: Activation,
    into y: Tensor<Float>
  ) {
    tf_combine_f32(y.rows, y.columns, parts, strides, parts.count, bias, activation.rawValue, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func activationPullback(
    _ activation: Activation, y: Tensor<Float>, dy: Tensor<Float>, dx: Tensor<Float>, accumulate: Bool
  ) {
    tf_activation_pullback_f32(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, dy.pointer, dy.stride, dx.pointer, dx.stride,
      accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  public static func activationPushforward(
    _ activation: Activation, y: Tensor<Float>, tx: Tensor<Float>, ty: Tensor<Float>
  ) {
    tf_activation_pushforward_f32(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, tx.pointer, tx.stride, ty.pointer, ty.stride)
  }

  /// See `TensorElement`.
  public static func activationPullbackTangent(
    _ activation: Activation, y: Tensor<Float>, ty: Tensor<Float>, dy: Tensor<Float>, tdy: Tensor<Float>,
    tdx: Tensor<Float>,
    accumulate: Bool
  ) {
    tf_activation_pullback_tangent_f32(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, ty.pointer, ty.stride, dy.pointer, dy.stride,
      tdy.pointer, tdy.stride, tdx.pointer, tdx.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  public static func multiply(_ a: Tensor<Float>, _ b: Tensor<Float>, into y: Tensor<Float>, accumulate: Bool) {
    tf_multiply_f32(
      y.rows, y.columns, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  public static func blend(_ z: Tensor<Float>, _ a: Tensor<Float>, _ b: Tensor<Float>, into y: Tensor<Float>) {
    tf_blend_f32(y.rows, y.columns, z.pointer, z.stride, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func blendPullback(
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
  public static func scale(_ alpha: Float, _ x: Tensor<Float>, into y: Tensor<Float>, accumulate: Bool) {
    tf_axpy_f32(y.rows, y.columns, alpha, x.pointer, x.stride, y.pointer, y.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  public static func fill(_ y: Tensor<Float>, _ value: Float) {
    tf_fill_f32(y.rows, y.columns, value, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func magnitude(_ x: Tensor<Float>, into y: Tensor<Float>) {
    tf_abs_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func transpose(_ x: Tensor<Float>, into y: Tensor<Float>) {
    tf_transpose_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func sum(_ x: Tensor<Float>) -> Double {
    tf_sum_f32(x.rows, x.columns, x.pointer, x.stride)
  }

  /// See `TensorElement`.
  public static func squareSum(_ x: Tensor<Float>) -> Double {
    tf_square_sum_f32(x.rows, x.columns, x.pointer, x.stride)
  }

  /// See `TensorElement`.
  public static func productSum(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    tf_product_sum_f32(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  public static func magnitudeProductSum(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    tf_abs_product_sum_f32(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  public static func squareProductSum(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    tf_square_product_sum_f32(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  public static func magnitudeLogProductSum(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    tf_abs_log_product_sum_f32(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  public static func centerColumns(_ x: Tensor<Float>, into y: Tensor<Double>, means: UnsafeMutablePointer<Double>) {
    tf_center_columns_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride, means)
  }

  /// See `TensorElement`.
  public static func signBits(_ x: Tensor<Float>, into bits: UnsafeMutablePointer<UInt64>, wordsPerRow: Int) {
    tf_sign_bits_f32(x.rows, x.columns, x.pointer, x.stride, bits, wordsPerRow)
  }

  /// See `TensorElement`.
  public static func allFinite(_ x: Tensor<Float>) -> Bool {
    tf_all_finite_f32(x.rows, x.columns, x.pointer, x.stride) != 0
  }

  /// See `TensorElement`.
  public static func product(
    _ a: Tensor<Float>, transposed aTransposed: Bool, _ b: Tensor<Float>, rightTransposed bTransposed: Bool,
    alpha: Float,
    beta: Float, into c: Tensor<Float>
  ) {
    let inner = aTransposed ? a.rows : a.columns
    precondition((aTransposed ? a.columns : a.rows) == c.rows, "rows of a and c agree")
    precondition((bTransposed ? b.rows : b.columns) == c.columns, "columns of b and c agree")
    precondition((bTransposed ? b.columns : b.rows) == inner, "the inner sizes agree")
    guard c.rows > 0, c.columns > 0 else { return }
    ProductCounter.add(c.rows, c.columns, inner)
    cblas_sgemm(
      CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans, bTransposed ? CblasTrans : CblasNoTrans, Int32(c.rows),
      Int32(c.columns), Int32(inner), alpha, a.pointer, Int32(max(1, a.stride)), b.pointer, Int32(max(1, b.stride)),
      beta,
      c.pointer, Int32(max(1, c.stride)))
  }

  /// See `TensorElement`.
  public static var panelWidth: Int { 32 }

  /// See `TensorElement`.
  public static func pack(_ x: Tensor<Float>, into panels: UnsafeMutablePointer<Float>) {
    tf_pack_columns_f32(x.rows, x.columns, x.pointer, x.stride, panelWidth, panels)
  }

  /// See `TensorElement`.
  public static func pack(transposeOf x: Tensor<Float>, into panels: UnsafeMutablePointer<Float>) {
    tf_pack_rows_f32(x.rows, x.columns, x.pointer, x.stride, panelWidth, panels)
  }

  /// See `TensorElement`.
  public static func panelProduct(
    _ a: UnsafePointer<Float>, stride aStride: Int, _ panel: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    stride cStride: Int, height: Int, width: Int, inner: Int
  ) {
    var leading = (panel: Int32(panelWidth), a: Int32(aStride), c: Int32(cStride))
    var alpha: Float = 1
    var beta: Float = 0
    // libxsmm is column-major: its first factor is the panel.
    let kernel = libxsmm_smmdispatch(
      Int32(width), Int32(height), Int32(inner), &leading.panel, &leading.a, &leading.c, &alpha, &beta, nil, nil)
    guard let kernel else {
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(height), Int32(width), Int32(inner), alpha, a, leading.a,
        panel,
        leading.panel, beta, c, leading.c)
      return
    }
    trainfree_call_f32(kernel, panel, a, c)
  }

  /// See `TensorElement`.
  public static func addTile(
    _ tile: UnsafePointer<Float>, stride tileStride: Int, into c: UnsafeMutablePointer<Float>, stride cStride: Int,
    _ height: Int, _ width: Int
  ) {
    tf_axpy_f32(height, width, 1, tile, tileStride, c, cStride, 1)
  }

  /// See `TensorElement`.
  public static func convert(single x: Tensor<Float>, into y: Tensor<Float>) {
    scale(1, x, into: y, accumulate: false)
  }

  /// See `TensorElement`.
  public static func convert(_ x: Tensor<Float>, toDouble y: Tensor<Double>) {
    tf_to_f64_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }
}
