import CKernels
import COpenBLAS
import CXsmm

extension Double: TensorElement {
  /// See `TensorElement`.
  public static func combine(
    _ parts: [UnsafePointer<Double>?], _ strides: [Int], bias: UnsafePointer<Double>?, _ activation: Activation,
    into y: Tensor<Double>
  ) {
    tf_combine_f64(y.rows, y.columns, parts, strides, parts.count, bias, activation.rawValue, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func activationPullback(
    _ activation: Activation, y: Tensor<Double>, dy: Tensor<Double>, dx: Tensor<Double>, accumulate: Bool
  ) {
    tf_activation_pullback_f64(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, dy.pointer, dy.stride, dx.pointer, dx.stride,
      accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  public static func activationPushforward(
    _ activation: Activation, y: Tensor<Double>, tx: Tensor<Double>, ty: Tensor<Double>
  ) {
    tf_activation_pushforward_f64(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, tx.pointer, tx.stride, ty.pointer, ty.stride)
  }

  /// See `TensorElement`.
  public static func activationPullbackTangent(
    _ activation: Activation, y: Tensor<Double>, ty: Tensor<Double>, dy: Tensor<Double>, tdy: Tensor<Double>,
    tdx: Tensor<Double>,
    accumulate: Bool
  ) {
    tf_activation_pullback_tangent_f64(
      y.rows, y.columns, activation.rawValue, y.pointer, y.stride, ty.pointer, ty.stride, dy.pointer, dy.stride,
      tdy.pointer, tdy.stride, tdx.pointer, tdx.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  public static func multiply(_ a: Tensor<Double>, _ b: Tensor<Double>, into y: Tensor<Double>, accumulate: Bool) {
    tf_multiply_f64(
      y.rows, y.columns, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  public static func blend(_ z: Tensor<Double>, _ a: Tensor<Double>, _ b: Tensor<Double>, into y: Tensor<Double>) {
    tf_blend_f64(y.rows, y.columns, z.pointer, z.stride, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func blendPullback(
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
  public static func scale(_ alpha: Double, _ x: Tensor<Double>, into y: Tensor<Double>, accumulate: Bool) {
    tf_axpy_f64(y.rows, y.columns, alpha, x.pointer, x.stride, y.pointer, y.stride, accumulate ? 1 : 0)
  }

  /// See `TensorElement`.
  public static func fill(_ y: Tensor<Double>, _ value: Double) {
    tf_fill_f64(y.rows, y.columns, value, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func magnitude(_ x: Tensor<Double>, into y: Tensor<Double>) {
    tf_abs_f64(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func transpose(_ x: Tensor<Double>, into y: Tensor<Double>) {
    tf_transpose_f64(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func sum(_ x: Tensor<Double>) -> Double {
    tf_sum_f64(x.rows, x.columns, x.pointer, x.stride)
  }

  /// See `TensorElement`.
  public static func squareSum(_ x: Tensor<Double>) -> Double {
    tf_square_sum_f64(x.rows, x.columns, x.pointer, x.stride)
  }

  /// See `TensorElement`.
  public static func productSum(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    tf_product_sum_f64(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  public static func magnitudeProductSum(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    tf_abs_product_sum_f64(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  public static func squareProductSum(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    tf_square_product_sum_f64(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  public static func magnitudeLogProductSum(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    tf_abs_log_product_sum_f64(a.rows, a.columns, a.pointer, a.stride, b.pointer, b.stride)
  }

  /// See `TensorElement`.
  public static func centerColumns(_ x: Tensor<Double>, into y: Tensor<Double>, means: UnsafeMutablePointer<Double>) {
    tf_center_columns_f64(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride, means)
  }

  /// See `TensorElement`.
  public static func signBits(_ x: Tensor<Double>, into bits: UnsafeMutablePointer<UInt64>, wordsPerRow: Int) {
    tf_sign_bits_f64(x.rows, x.columns, x.pointer, x.stride, bits, wordsPerRow)
  }

  /// See `TensorElement`.
  public static func allFinite(_ x: Tensor<Double>) -> Bool {
    tf_all_finite_f64(x.rows, x.columns, x.pointer, x.stride) != 0
  }

  /// See `TensorElement`.
  public static func product(
    _ a: Tensor<Double>, transposed aTransposed: Bool, _ b: Tensor<Double>, rightTransposed bTransposed: Bool,
    alpha: Double,
    beta: Double, into c: Tensor<Double>
  ) {
    let inner = aTransposed ? a.rows : a.columns
    precondition((aTransposed ? a.columns : a.rows) == c.rows, "rows of a and c agree")
    precondition((bTransposed ? b.rows : b.columns) == c.columns, "columns of b and c agree")
    precondition((bTransposed ? b.columns : b.rows) == inner, "the inner sizes agree")
    guard c.rows > 0, c.columns > 0 else { return }
    ProductCounter.add(c.rows, c.columns, inner)
    cblas_dgemm(
      CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans, bTransposed ? CblasTrans : CblasNoTrans, Int32(c.rows),
      Int32(c.columns), Int32(inner), alpha, a.pointer, Int32(max(1, a.stride)), b.pointer, Int32(max(1, b.stride)),
      beta,
      c.pointer, Int32(max(1, c.stride)))
  }

  /// See `TensorElement`.
  public static var panelWidth: Int { 16 }

  /// See `TensorElement`.
  public static func pack(_ x: Tensor<Double>, into panels: UnsafeMutablePointer<Double>) {
    tf_pack_columns_f64(x.rows, x.columns, x.pointer, x.stride, panelWidth, panels)
  }

  /// See `TensorElement`.
  public static func pack(transposeOf x: Tensor<Double>, into panels: UnsafeMutablePointer<Double>) {
    tf_pack_rows_f64(x.rows, x.columns, x.pointer, x.stride, panelWidth, panels)
  }

  /// See `TensorElement`.
  public static func panelProduct(
    _ a: UnsafePointer<Double>, stride aStride: Int, _ panel: UnsafePointer<Double>,
    into c: UnsafeMutablePointer<Double>,
    stride cStride: Int, height: Int, width: Int, inner: Int
  ) {
    var leading = (panel: Int32(panelWidth), a: Int32(aStride), c: Int32(cStride))
    var alpha: Double = 1
    var beta: Double = 0
    // libxsmm is column-major: its first factor is the panel.
    let kernel = libxsmm_dmmdispatch(
      Int32(width), Int32(height), Int32(inner), &leading.panel, &leading.a, &leading.c, &alpha, &beta, nil, nil)
    guard let kernel else {
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(height), Int32(width), Int32(inner), alpha, a, leading.a,
        panel,
        leading.panel, beta, c, leading.c)
      return
    }
    trainfree_call_f64(kernel, panel, a, c)
  }

  /// See `TensorElement`.
  public static func addTile(
    _ tile: UnsafePointer<Double>, stride tileStride: Int, into c: UnsafeMutablePointer<Double>, stride cStride: Int,
    _ height: Int, _ width: Int
  ) {
    tf_axpy_f64(height, width, 1, tile, tileStride, c, cStride, 1)
  }

  /// See `TensorElement`.
  public static func convert(single x: Tensor<Float>, into y: Tensor<Double>) {
    tf_to_f64_f32(x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// See `TensorElement`.
  public static func convert(_ x: Tensor<Double>, toDouble y: Tensor<Double>) {
    scale(1, x, into: y, accumulate: false)
  }
}
