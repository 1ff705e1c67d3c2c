import CKernels

/// Nanoseconds per element of the main kernels, on the hidden states of one step (50 rows of 600) and on what draws.
enum KernelBenchmarks {
  private static let (rows, columns) = (50, 600)

  static func run() {
    print("kernels, ns per element:")
    floats()
    doubles()
    generator()
  }

  private static func line(_ name: String, per count: Int, _ body: () -> Void) {
    let time = Stopwatch.seconds(201, body)
    let nanoseconds = (time.smallest / Double(count) * 1e12).rounded() / 1000
    print("  \(name): \(nanoseconds)")
  }

  private static func floats() {
    let (m, n, count) = (rows, columns, rows * columns)
    let x = (0..<count).map { Float($0 % 4001 - 2000) * 0.002 }
    let z = x.map { $0 * 0.5 }
    var y = x
    let bias = Array(x[..<n])
    x.withUnsafeBufferPointer { first in
      z.withUnsafeBufferPointer { second in
        let parts = [UnsafeRawPointer(first.baseAddress), UnsafeRawPointer(second.baseAddress)]
        let activations = [
          ("identity", TF_ACTIVATION_IDENTITY), ("tanh", TF_ACTIVATION_TANH), ("sigmoid", TF_ACTIVATION_SIGMOID),
          ("leaky relu", TF_ACTIVATION_LEAKY_RELU),
        ]
        for (name, activation) in activations {
          line("float \(name)", per: count) { tf_combine_f32(m, n, parts, [n, n], 1, nil, activation, &y, n) }
          line("float \(name) of two parts and bias", per: count) {
            tf_combine_f32(m, n, parts, [n, n], 2, bias, activation, &y, n)
          }
        }
      }
    }
    line("float tanh pullback", per: count) {
      tf_activation_pullback_f32(m, n, TF_ACTIVATION_TANH, x, n, z, n, &y, n, 1)
    }
    line("float product", per: count) { tf_multiply_f32(m, n, x, n, z, n, &y, n, 0) }
    line("float blend", per: count) { tf_blend_f32(m, n, x, n, z, n, z, n, &y, n) }
    line("float transpose", per: count) { tf_transpose_f32(m, n, x, n, &y, m) }
    var total = 0.0
    line("float sum", per: count) { total += tf_sum_f32(m, n, x, n) }
    line("float sum of absolute products", per: count) { total += tf_abs_product_sum_f32(m, n, x, n, z, n) }
    line("float sum of log products", per: count) { total += tf_abs_log_product_sum_f32(m, n, x, n, z, n) }
    let words = (n + 63) / 64
    var bits = [UInt64](repeating: 0, count: m * words)
    line("float sign bits", per: count) { tf_sign_bits_f32(m, n, x, n, &bits, words) }
    var kernel = [Int64](repeating: 0, count: m * m)
    line("agreement of sign bits", per: count) { tf_agreement_add(m, words, n, bits, &kernel) }
    for (name, form) in [("exact", TF_GELU_EXACT), ("tanh", TF_GELU_TANH)] {
      line("float gelu, \(name)", per: count) { tf_gelu_f32(m, n, form, 0, x, n, &y, n) }
      line("float gelu's slope, \(name)", per: count) { tf_gelu_f32(m, n, form, 1, x, n, &y, n) }
    }
    line("float layer norm", per: count) { tf_layer_norm_f32(m, n, 1e-5, x, n, bias, bias, &y, n) }
    line("float layer norm pullback", per: count) { tf_layer_norm_pullback_f32(m, n, 1e-5, x, n, bias, z, n, &y, n, 0) }
    line("float softmax of rows", per: count) { tf_softmax_f32(m, n, 1, x, n, nil, 0, n, &y, n) }
    line("float softmax pullback", per: count) { tf_softmax_pullback_f32(m, n, 1, x, n, z, n, &y, n, 0) }
    var logits = x
    var losses = [0.0, 0.0, 0.0]
    line("float softmax of logits", per: count) {
      tf_softmax_cross_entropy_f32(3, count / 3, &logits, count / 3, [1, 2, 3], &losses)
    }
    if !total.isFinite { print("  a sum is not finite") }
  }

  private static func doubles() {
    let (m, n, count) = (rows, columns, rows * columns)
    let x = (0..<count).map { Double($0 % 4001 - 2000) * 0.002 }
    var y = x
    x.withUnsafeBufferPointer { first in
      for (name, activation) in [("tanh", TF_ACTIVATION_TANH), ("sigmoid", TF_ACTIVATION_SIGMOID)] {
        line("double \(name)", per: count) {
          tf_combine_f64(m, n, [UnsafeRawPointer(first.baseAddress)], [n], 1, nil, activation, &y, n)
        }
      }
    }
    line("double product", per: count) { tf_multiply_f64(m, n, x, n, x, n, &y, n, 0) }
  }

  private static func generator() {
    var engine = tf_mt19937()
    tf_mt_seed(&engine, 0)
    line("discarded draw", per: 1_000_000) { tf_mt_discard(&engine, 1_000_000) }
    var values = [Float](repeating: 0, count: 360_000)
    line("uniform number", per: values.count) { tf_mt_uniform_f32(&engine, values.count, -0.1, 0.1, &values) }
  }
}
