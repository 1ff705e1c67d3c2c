/// Float or Double: what matrices are made of, with the kernels on them. Sums are accumulated in Double, in a fixed order.
package protocol TensorElement: BinaryFloatingPoint, Sendable where Self.RawSignificand: FixedWidthInteger {
  /// y ← act(Σ parts + bias); y may be one of the parts. Parts [rows, columns], bias [columns] or nil.
  static func combine(
    _ parts: [UnsafePointer<Self>?], _ strides: [Int], bias: UnsafePointer<Self>?, _ activation: Activation,
    into y: Tensor<Self>
  )

  /// dx ← or += act′(x)·dy, with the derivative from the output y.
  static func activationPullback(
    _ activation: Activation, y: Tensor<Self>, dy: Tensor<Self>, dx: Tensor<Self>, accumulate: Bool
  )

  /// ty ← act′(x)·tx, with the derivative from the output y.
  static func activationPushforward(_ activation: Activation, y: Tensor<Self>, tx: Tensor<Self>, ty: Tensor<Self>)

  /// tdx ← or += act′(x)·tdy + act″(x)·tx·dy, both derivatives from the output y and its tangent ty = act′(x)·tx.
  static func activationPullbackTangent(
    _ activation: Activation, y: Tensor<Self>, ty: Tensor<Self>, dy: Tensor<Self>, tdy: Tensor<Self>, tdx: Tensor<Self>,
    accumulate: Bool
  )

  /// y ← or += a·b.
  static func multiply(_ a: Tensor<Self>, _ b: Tensor<Self>, into y: Tensor<Self>, accumulate: Bool)

  /// y ← z·a + (1 − z)·b.
  static func blend(_ z: Tensor<Self>, _ a: Tensor<Self>, _ b: Tensor<Self>, into y: Tensor<Self>)

  /// z̄ ← or += (a − b)·dy, ā ← or += z·dy, b̄ ← or += (1 − z)·dy; each with whether to add, or nil when it is not wanted.
  static func blendPullback(
    _ z: Tensor<Self>, _ a: Tensor<Self>, _ b: Tensor<Self>, _ dy: Tensor<Self>,
    dz: (tensor: Tensor<Self>, accumulate: Bool)?, da: (tensor: Tensor<Self>, accumulate: Bool)?,
    db: (tensor: Tensor<Self>, accumulate: Bool)?
  )

  /// y ← or += α·x.
  static func scale(_ alpha: Self, _ x: Tensor<Self>, into y: Tensor<Self>, accumulate: Bool)

  /// y ← value.
  static func fill(_ y: Tensor<Self>, _ value: Self)

  /// y ← |x|.
  static func magnitude(_ x: Tensor<Self>, into y: Tensor<Self>)

  /// y ← xᵀ.
  static func transpose(_ x: Tensor<Self>, into y: Tensor<Self>)

  /// Σ x.
  static func sum(_ x: Tensor<Self>) -> Double

  /// Σ x².
  static func squareSum(_ x: Tensor<Self>) -> Double

  /// Σ a·b.
  static func productSum(_ a: Tensor<Self>, _ b: Tensor<Self>) -> Double

  /// Σ |a·b|.
  static func magnitudeProductSum(_ a: Tensor<Self>, _ b: Tensor<Self>) -> Double

  /// Σ (a·b)².
  static func squareProductSum(_ a: Tensor<Self>, _ b: Tensor<Self>) -> Double

  /// Σ |a·ln(1 + |b|)|.
  static func magnitudeLogProductSum(_ a: Tensor<Self>, _ b: Tensor<Self>) -> Double

  /// y ← x − mean of its column, in double precision; means [columns].
  static func centerColumns(_ x: Tensor<Self>, into y: Tensor<Double>, means: UnsafeMutablePointer<Double>)

  /// Bits of x > 0, a whole number of words a row, unused bits zero.
  static func signBits(_ x: Tensor<Self>, into bits: UnsafeMutablePointer<UInt64>, wordsPerRow: Int)

  /// Whether every element is finite.
  static func allFinite(_ x: Tensor<Self>) -> Bool

  /// c ← op(a)·op(b), or that added to c, op being the transpose where asked for. op(a) [m, k], op(b) [k, n],
  /// c [m, n]. With `isUpper` elements below the diagonal of c are unspecified afterwards.
  static func product(
    _ a: Tensor<Self>, transposed aTransposed: Bool, _ b: Tensor<Self>, rightTransposed bTransposed: Bool,
    accumulate: Bool, into c: Tensor<Self>, isUpper: Bool
  )

  /// How many elements a matrix takes once it is laid out for products.
  static func packedCount(rows: Int, columns: Int) -> Int

  /// Lays out a matrix, or its transpose, as the right factor of products.
  static func pack(_ x: Tensor<Self>, transposed: Bool, into packed: UnsafeMutablePointer<Self>)

  /// c ← a·B, or that added to c, with B laid out before.
  static func packedProduct(_ a: Tensor<Self>, _ packed: UnsafePointer<Self>, accumulate: Bool, into c: Tensor<Self>)

  /// y ← x from single precision, exactly.
  static func convert(single x: Tensor<Float>, into y: Tensor<Self>)

  /// y ← x in double precision, exactly.
  static func convert(_ x: Tensor<Self>, toDouble y: Tensor<Double>)
}
