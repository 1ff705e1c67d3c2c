import CKernels

/// The kernels of one element type, so that one test serves both.
struct KernelSet<Element> {
  typealias Input = UnsafePointer<Element>?
  typealias Output = UnsafeMutablePointer<Element>?
  typealias Sum = (Int, Int, Input, Int) -> Double
  typealias PairSum = (Int, Int, Input, Int, Input, Int) -> Double

  var combine:
    (Int, Int, UnsafePointer<UnsafePointer<Element>?>?, UnsafePointer<Int>?, Int, Input, Int32, Output, Int) -> Void
  var pullback: (Int, Int, Int32, Input, Int, Input, Int, Output, Int, Int32) -> Void
  var pushforward: (Int, Int, Int32, Input, Int, Input, Int, Output, Int) -> Void
  var pullbackTangent: (Int, Int, Int32, Input, Int, Input, Int, Input, Int, Input, Int, Output, Int, Int32) -> Void
  var multiply: (Int, Int, Input, Int, Input, Int, Output, Int, Int32) -> Void
  var blend: (Int, Int, Input, Int, Input, Int, Input, Int, Output, Int) -> Void
  var blendPullback:
    (
      Int, Int, Input, Int, Input, Int, Input, Int, Input, Int, Output, Int, Output, Int, Output, Int, Int32, Int32,
      Int32
    ) -> Void
  var axpy: (Int, Int, Element, Input, Int, Output, Int, Int32) -> Void
  var fill: (Int, Int, Element, Output, Int) -> Void
  var absolute: (Int, Int, Input, Int, Output, Int) -> Void
  var sum: Sum
  var squareSum: Sum
  var productSum: PairSum
  var absoluteProductSum: PairSum
  var squareProductSum: PairSum
  var absoluteLogProductSum: PairSum
  var columnSums: (Int, Int, Input, Int, UnsafeMutablePointer<Double>?) -> Void
  var allFinite: (Int, Int, Input, Int) -> Int32
  var transpose: (Int, Int, Input, Int, Output, Int) -> Void
  var centerColumns: (Int, Int, Input, Int, UnsafeMutablePointer<Double>?, Int, UnsafeMutablePointer<Double>?) -> Void
  var signBits: (Int, Int, Input, Int, UnsafeMutablePointer<UInt64>?, Int) -> Void
  var softmaxCrossEntropy: (Int, Int, Output, Int, UnsafePointer<Int32>?, UnsafeMutablePointer<Double>?) -> Void
}

/// An element type of the kernels.
protocol KernelElement: BinaryFloatingPoint, Sendable {
  static var kernels: KernelSet<Self> { get }
}

extension Float: KernelElement {
  static var kernels: KernelSet<Float> {
    KernelSet(
      combine: tf_combine_f32, pullback: tf_activation_pullback_f32, pushforward: tf_activation_pushforward_f32,
      pullbackTangent: tf_activation_pullback_tangent_f32, multiply: tf_multiply_f32, blend: tf_blend_f32,
      blendPullback: tf_blend_pullback_f32, axpy: tf_axpy_f32, fill: tf_fill_f32, absolute: tf_abs_f32,
      sum: tf_sum_f32, squareSum: tf_square_sum_f32, productSum: tf_product_sum_f32,
      absoluteProductSum: tf_abs_product_sum_f32, squareProductSum: tf_square_product_sum_f32,
      absoluteLogProductSum: tf_abs_log_product_sum_f32, columnSums: tf_column_sums_f32,
      allFinite: tf_all_finite_f32, transpose: tf_transpose_f32, centerColumns: tf_center_columns_f32,
      signBits: tf_sign_bits_f32, softmaxCrossEntropy: tf_softmax_cross_entropy_f32)
  }
}

extension Double: KernelElement {
  static var kernels: KernelSet<Double> {
    KernelSet(
      combine: tf_combine_f64, pullback: tf_activation_pullback_f64, pushforward: tf_activation_pushforward_f64,
      pullbackTangent: tf_activation_pullback_tangent_f64, multiply: tf_multiply_f64, blend: tf_blend_f64,
      blendPullback: tf_blend_pullback_f64, axpy: tf_axpy_f64, fill: tf_fill_f64, absolute: tf_abs_f64,
      sum: tf_sum_f64, squareSum: tf_square_sum_f64, productSum: tf_product_sum_f64,
      absoluteProductSum: tf_abs_product_sum_f64, squareProductSum: tf_square_product_sum_f64,
      absoluteLogProductSum: tf_abs_log_product_sum_f64, columnSums: tf_column_sums_f64,
      allFinite: tf_all_finite_f64, transpose: tf_transpose_f64, centerColumns: tf_center_columns_f64,
      signBits: tf_sign_bits_f64, softmaxCrossEntropy: tf_softmax_cross_entropy_f64)
  }
}
