import CKernels
import ElementaryFunctions

/// The random numbers that PyTorch draws on a CPU: MT19937, one 32-bit draw per single-precision uniform number.
///
/// Source: PyTorch 1.13, `at::mt19937` and the distributions of its CPU kernels. A copy continues from the same state,
/// independently. Draws are counted, so that an initialisation can be held against a recorded one.
package struct TorchGenerator: Sendable {
  private var engine = tf_mt19937()
  /// The second value of a Box–Muller pair, which waits for the next short `normal_`.
  private var cachedNormal = CachedNormal.none

  private enum CachedNormal {
    case none
    /// There is one, that nobody has computed.
    case discarded
    case value(Double)
  }

  /// The number of 32-bit draws so far.
  package private(set) var position = 0

  /// The generator after `torch.manual_seed(seed)`. Only the low 32 bits of the seed count, as in PyTorch.
  package init(seed: Int) {
    tf_mt_seed(&engine, UInt32(truncatingIfNeeded: seed))
  }

  /// The next 32-bit draw.
  package mutating func next() -> UInt32 {
    var draw: UInt32 = 0
    tf_mt_fill_u32(&engine, 1, &draw)
    position += 1
    return draw
  }

  /// Fills a buffer as `tensor.uniform_(lower, upper)` fills a contiguous float32 tensor.
  ///
  /// value = fma(u, upper − lower, lower) in single precision with u = (r mod 2²⁴) · 2⁻²⁴, one draw r per element; so
  /// lower ≤ value, and value < upper but for rounding.
  package mutating func fillUniform(_ values: UnsafeMutableBufferPointer<Float>, from lower: Float, to upper: Float) {
    guard let base = values.baseAddress else { return }
    tf_mt_uniform_f32(&engine, values.count, lower, upper, base)
    position += values.count
  }

  /// `count` values of `fillUniform`.
  ///
  /// - Precondition: `count` is not negative.
  package mutating func uniform(count: Int, from lower: Float, to upper: Float) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      fillUniform(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), from: lower, to: upper)
      initialized = count
    }
  }

  /// Draws what `tensor.uniform_` of `count` float32 elements draws, `count` times 32 bits, without making values.
  ///
  /// - Precondition: `count` is not negative.
  package mutating func discardUniform(count: Int) {
    precondition(count >= 0, "a count is not negative")
    tf_mt_discard(&engine, UInt64(count))
    position += count
  }

  /// Draws what `tensor.normal_` of `count` contiguous float32 elements draws, without making values.
  ///
  /// From 16 elements on, one draw each, and 16 more when `count` is no multiple of 16, because the last 16 are made
  /// anew. Fewer elements come one by one from Box–Muller pairs: four draws (two 53-bit uniform numbers) make two
  /// values; the second is kept for the next element, also over calls and over long fills in between.
  ///
  /// - Precondition: `count` is not negative.
  package mutating func discardNormal(count: Int) {
    precondition(count >= 0, "a count is not negative")
    if count >= 16 {
      discardUniform(count: count.isMultiple(of: 16) ? count : count + 16)
    } else {
      let isCached = if case .none = cachedNormal { false } else { true }
      let fresh = isCached ? max(count - 1, 0) : count
      discardUniform(count: 4 * ((fresh + 1) / 2))
      if count > 0 { cachedNormal = fresh.isMultiple(of: 2) ? .none : .discarded }
    }
  }

  /// Fills a contiguous matrix in row-major order with draws from U(lower, upper).
  ///
  /// - Precondition: The matrix is contiguous.
  package mutating func fill(_ tensor: Tensor<Float>, from lower: Float, to upper: Float) {
    precondition(tensor.isContiguous, "draws fill memory without gaps")
    fillUniform(UnsafeMutableBufferPointer(start: tensor.pointer, count: tensor.count), from: lower, to: upper)
  }

  /// Fills a contiguous matrix in row-major order as `tensor.normal_(0, deviation)` fills a contiguous float32 tensor.
  ///
  /// From 16 elements on, uniform numbers fill the memory first; each 16 of them become 8 pairs of Box–Muller, u₁ the one minus
  /// the first eight, u₂ the last eight: √(−2 ln u₁)·cos 2πu₂ and ·sin 2πu₂ in single precision. When the count is no multiple
  /// of 16, the last 16 are drawn anew. Fewer elements come one by one, in double precision, from 53-bit numbers, with the sine
  /// kept for the next.
  ///
  /// - Precondition: The matrix is contiguous.
  package mutating func fillNormal(_ tensor: Tensor<Float>, deviation: Double) {
    precondition(tensor.isContiguous, "draws fill memory without gaps")
    let values = UnsafeMutableBufferPointer(start: tensor.pointer, count: tensor.count)
    guard values.count >= 16 else {
      for index in values.indices { values[index] = Float(nextNormal() * deviation) }
      return
    }
    fillUniform(values, from: 0, to: 1)
    let scale = Float(deviation)
    for start in stride(from: 0, through: values.count - 16, by: 16) {
      Self.makeNormal(UnsafeMutableBufferPointer(rebasing: values[start..<start + 16]), scale)
    }
    guard !values.count.isMultiple(of: 16) else { return }
    let last = UnsafeMutableBufferPointer(rebasing: values[(values.count - 16)...])
    fillUniform(last, from: 0, to: 1)
    Self.makeNormal(last, scale)
  }

  /// Sixteen uniform numbers become normal ones.
  private static func makeNormal(_ values: UnsafeMutableBufferPointer<Float>, _ deviation: Float) {
    for index in 0..<8 {
      let radius = Float((-2 * Elementary.log(Double(1 - values[index]))).squareRoot())
      let turn = 2 * Double(values[index + 8])
      values[index] = radius * Float(Elementary.sinPi(turn + 0.5)) * deviation
      values[index + 8] = radius * Float(Elementary.sinPi(turn)) * deviation
    }
  }

  /// A standard normal number in double precision.
  private mutating func nextNormal() -> Double {
    switch cachedNormal {
    case .value(let sine):
      cachedNormal = .none
      return sine
    case .discarded: preconditionFailure("a pair of which one value was discarded is never read")
    case .none: break
    }
    let (u, v) = (nextDouble(), nextDouble())
    let radius = (-2 * Elementary.log1p(-v)).squareRoot()
    cachedNormal = .value(radius * Elementary.sinPi(2 * u))
    return radius * Elementary.sinPi(2 * u + 0.5)
  }

  /// A number of 53 bits from two draws, the first of which is the high half.
  private mutating func nextDouble() -> Double {
    let (high, low) = (UInt64(next()), UInt64(next()))
    return Double((high << 32 | low) & (1 << 53 - 1)) * 0x1p-53
  }
}
