import CKernels

/// Float or Double: what matrices are made of, with the kernels on them.
///
/// Every kernel is a function of an extension, written once: it hands `kernelElement` to the C function of the same meaning,
/// which takes the compilation of the element type and of the thread's `KernelPath`. Matrices of one call have the shapes that
/// its formula says; nothing checks them here. Single numbers are rounded to the element type. Where a formula reads an output
/// that is also an input, in the same memory, the result is that of separate memory.
package protocol TensorElement: BinaryFloatingPoint, Sendable where Self.RawSignificand: FixedWidthInteger {
  /// The constant of the C kernels for the type: `TF_FLOAT` or `TF_DOUBLE`.
  static var kernelElement: Int32 { get }
}

extension Float: TensorElement {
  package static var kernelElement: Int32 { TF_FLOAT }
}

extension Double: TensorElement {
  package static var kernelElement: Int32 { TF_DOUBLE }
}

/// A function applied to every element; the raw values are those of the C kernels.
package enum Activation: Int32, Sendable, Hashable, CaseIterable {
  /// x.
  case identity = 0
  /// tanh x.
  case tanh = 1
  /// 1 / (1 + e⁻ˣ).
  case sigmoid = 2
  /// x, or 0.01·x where x is negative. The derivative at 0 is 0.01, as PyTorch has it.
  case leakyReLU = 3
  /// x, or 0 where x is negative. The derivative at 0 is 0, as PyTorch has it.
  case relu = 4
}

extension Bool {
  /// 1 for true and 0 for false, as the C kernels take flags.
  var flag: Int32 { self ? 1 : 0 }
}

// Element by element.
extension TensorElement {
  /// y ← act(Σ parts + bias); y may be one of the parts. Parts [rows, columns], bias [1, columns] or nil.
  package static func combine(
    _ parts: [Tensor<Self>], bias: Tensor<Self>? = nil, _ activation: Activation, into y: Tensor<Self>
  ) {
    withUnsafeTemporaryAllocation(of: UnsafeRawPointer?.self, capacity: parts.count) { addresses in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: parts.count) { strides in
        for index in parts.indices {
          addresses.initializeElement(at: index, to: UnsafeRawPointer(parts[index].pointer))
          strides.initializeElement(at: index, to: parts[index].stride)
        }
        tf_combine(
          kernelElement, y.rows, y.columns, addresses.baseAddress, strides.baseAddress, parts.count, bias?.pointer,
          activation.rawValue, y.pointer, y.stride)
      }
    }
  }

  /// dx ← or += act′(x)·dy, with the derivative from the output y.
  package static func activationPullback(
    _ activation: Activation, y: Tensor<Self>, dy: Tensor<Self>, dx: Tensor<Self>, accumulate: Bool
  ) {
    tf_activation_pullback(
      kernelElement, y.rows, y.columns, activation.rawValue, y.pointer, y.stride, dy.pointer, dy.stride, dx.pointer,
      dx.stride, accumulate.flag)
  }

  /// ty ← act′(x)·tx, with the derivative from the output y.
  package static func activationPushforward(
    _ activation: Activation, y: Tensor<Self>, tx: Tensor<Self>, ty: Tensor<Self>
  ) {
    tf_activation_pushforward(
      kernelElement, y.rows, y.columns, activation.rawValue, y.pointer, y.stride, tx.pointer, tx.stride, ty.pointer,
      ty.stride)
  }

  /// tdx ← or += act′(x)·tdy + act″(x)·tx·dy, both derivatives from the output y and its tangent ty = act′(x)·tx.
  package static func activationPullbackTangent(
    _ activation: Activation, y: Tensor<Self>, ty: Tensor<Self>, dy: Tensor<Self>, tdy: Tensor<Self>, tdx: Tensor<Self>,
    accumulate: Bool
  ) {
    tf_activation_pullback_tangent(
      kernelElement, y.rows, y.columns, activation.rawValue, y.pointer, y.stride, ty.pointer, ty.stride, dy.pointer,
      dy.stride, tdy.pointer, tdy.stride, tdx.pointer, tdx.stride, accumulate.flag)
  }

  /// y ← or += a·b.
  package static func multiply(_ a: Tensor<Self>, _ b: Tensor<Self>, into y: Tensor<Self>, accumulate: Bool) {
    tf_multiply(
      kernelElement, y.rows, y.columns, a.pointer, a.stride, b.pointer, b.stride, y.pointer, y.stride, accumulate.flag)
  }

  /// y ← z·a + (1 − z)·b.
  package static func blend(_ z: Tensor<Self>, _ a: Tensor<Self>, _ b: Tensor<Self>, into y: Tensor<Self>) {
    tf_blend(
      kernelElement, y.rows, y.columns, z.pointer, z.stride, a.pointer, a.stride, b.pointer, b.stride, y.pointer,
      y.stride)
  }

  /// z̄ ← or += (a − b)·dy, ā ← or += z·dy, b̄ ← or += (1 − z)·dy; each with whether to add, or nil when it is not wanted.
  package static func blendPullback(
    _ z: Tensor<Self>, _ a: Tensor<Self>, _ b: Tensor<Self>, _ dy: Tensor<Self>,
    dz: (tensor: Tensor<Self>, accumulate: Bool)?, da: (tensor: Tensor<Self>, accumulate: Bool)?,
    db: (tensor: Tensor<Self>, accumulate: Bool)?
  ) {
    tf_blend_pullback(
      kernelElement, dy.rows, dy.columns, z.pointer, z.stride, a.pointer, a.stride, b.pointer, b.stride, dy.pointer,
      dy.stride, dz?.tensor.pointer, dz?.tensor.stride ?? 0, da?.tensor.pointer, da?.tensor.stride ?? 0,
      db?.tensor.pointer, db?.tensor.stride ?? 0, (dz?.accumulate == true).flag, (da?.accumulate == true).flag,
      (db?.accumulate == true).flag)
  }

  /// y ← or += α·x.
  package static func scale(_ alpha: Double, _ x: Tensor<Self>, into y: Tensor<Self>, accumulate: Bool) {
    tf_axpy(kernelElement, y.rows, y.columns, alpha, x.pointer, x.stride, y.pointer, y.stride, accumulate.flag)
  }

  /// y ← value.
  package static func fill(_ y: Tensor<Self>, _ value: Double) {
    tf_fill(kernelElement, y.rows, y.columns, value, y.pointer, y.stride)
  }

  /// y ← |x|.
  package static func magnitude(_ x: Tensor<Self>, into y: Tensor<Self>) {
    tf_abs(kernelElement, x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// y ← xᵀ.
  package static func transpose(_ x: Tensor<Self>, into y: Tensor<Self>) {
    tf_transpose(kernelElement, x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// y ← x from single precision, exactly.
  package static func convert(single x: Tensor<Float>, into y: Tensor<Self>) {
    tf_from_f32(kernelElement, x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }

  /// y ← x in double precision, exactly.
  package static func convert(_ x: Tensor<Self>, toDouble y: Tensor<Double>) {
    tf_to_f64(kernelElement, x.rows, x.columns, x.pointer, x.stride, y.pointer, y.stride)
  }
}
