import CKernels
import Testing

@Suite struct ElementwiseTests {
  @Test(arguments: Shape.all, [Int32(0), 1]) func products(_ shape: Shape, _ accumulate: Int32) {
    products(Float.self, shape, accumulate)
    products(Double.self, shape, accumulate)
  }

  private func products<E: KernelElement>(_: E.Type, _ shape: Shape, _ accumulate: Int32) {
    let a = StridedMatrix<E>(shape, salt: 1)
    let b = StridedMatrix<E>(Shape(rows: shape.rows, columns: shape.columns, gap: shape.gap + 3), salt: 2)
    let start = StridedMatrix<E>(shape, salt: 3)
    var y = start
    tf_multiply(
      E.kernelElement, a.rows, a.columns, a.storage, a.stride, b.storage, b.stride, &y.storage, y.stride, accumulate)
    #expect(y.storage == start.mapped { (accumulate == 0 ? 0 : start[$0, $1]) + a[$0, $1] * b[$0, $1] }.storage)
    y = start
    tf_axpy(E.kernelElement, a.rows, a.columns, -0.7, a.storage, a.stride, &y.storage, y.stride, accumulate)
    #expect(y.storage == start.mapped { (accumulate == 0 ? 0 : start[$0, $1]) + E(-0.7) * a[$0, $1] }.storage)
  }

  @Test(arguments: Shape.all) func fillsAndAbsoluteValues(_ shape: Shape) {
    fillsAndAbsoluteValues(Float.self, shape)
    fillsAndAbsoluteValues(Double.self, shape)
  }

  private func fillsAndAbsoluteValues<E: KernelElement>(_: E.Type, _ shape: Shape) {
    let x = StridedMatrix<E>(shape, salt: 1)
    var y = x
    tf_fill(E.kernelElement, y.rows, y.columns, 2.5, &y.storage, y.stride)
    #expect(y.storage == x.mapped { _, _ in 2.5 }.storage)
    tf_abs(E.kernelElement, x.rows, x.columns, x.storage, x.stride, &y.storage, y.stride)
    #expect(y.storage == x.mapped { x[$0, $1].magnitude }.storage)
  }

  @Test(arguments: Shape.all) func blends(_ shape: Shape) {
    blends(Float.self, shape)
    blends(Double.self, shape)
  }

  private func blends<E: KernelElement>(_: E.Type, _ shape: Shape) {
    let (z, a, b) = (
      StridedMatrix<E>(shape, salt: 1), StridedMatrix<E>(shape, salt: 2), StridedMatrix<E>(shape, salt: 3)
    )
    let (dy, start) = (StridedMatrix<E>(shape, salt: 4), StridedMatrix<E>(shape, salt: 5))
    var y = start
    tf_blend(
      E.kernelElement, z.rows, z.columns, z.storage, z.stride, a.storage, a.stride, b.storage, b.stride, &y.storage,
      y.stride)
    #expect(y.storage == y.mapped { z[$0, $1] * a[$0, $1] + (1 - z[$0, $1]) * b[$0, $1] }.storage)

    for flags in [(Int32(0), Int32(0), Int32(0)), (1, 0, 1), (0, 1, 0), (1, 1, 1)] {
      var (dz, da, db) = (start, start, start)
      tf_blend_pullback(
        E.kernelElement, z.rows, z.columns, z.storage, z.stride, a.storage, a.stride, b.storage, b.stride, dy.storage,
        dy.stride,
        &dz.storage, dz.stride, &da.storage, da.stride, &db.storage, db.stride, flags.0, flags.1, flags.2)
      func kept(_ flag: Int32, _ row: Int, _ column: Int) -> E { flag == 0 ? 0 : start[row, column] }
      #expect(dz.storage == dz.mapped { kept(flags.0, $0, $1) + (a[$0, $1] - b[$0, $1]) * dy[$0, $1] }.storage)
      #expect(da.storage == da.mapped { kept(flags.1, $0, $1) + z[$0, $1] * dy[$0, $1] }.storage)
      #expect(db.storage == db.mapped { kept(flags.2, $0, $1) + (1 - z[$0, $1]) * dy[$0, $1] }.storage)

      var only = start
      tf_blend_pullback(
        E.kernelElement, z.rows, z.columns, z.storage, z.stride, a.storage, a.stride, b.storage, b.stride, dy.storage,
        dy.stride,
        nil, 0, &only.storage, only.stride, nil, 0, flags.0, flags.1, flags.2)
      #expect(only.storage == da.storage)
    }

    // z a + (1 - z) a with one cotangent for both: da = z dy + (1 - z) dy.
    var shared = start
    shared.storage.withUnsafeMutableBufferPointer { buffer in
      tf_blend_pullback(
        E.kernelElement, z.rows, z.columns, z.storage, z.stride, a.storage, a.stride, a.storage, a.stride, dy.storage,
        dy.stride,
        nil, 0, buffer.baseAddress, start.stride, buffer.baseAddress, start.stride, 0, 0, 1)
    }
    #expect(shared.storage == start.mapped { z[$0, $1] * dy[$0, $1] + (1 - z[$0, $1]) * dy[$0, $1] }.storage)
  }

  @Test(arguments: Shape.all) func transposes(_ shape: Shape) {
    transposes(Float.self, shape)
    transposes(Double.self, shape)
  }

  private func transposes<E: KernelElement>(_: E.Type, _ shape: Shape) {
    let x = StridedMatrix<E>(shape, salt: 1)
    let start = StridedMatrix<E>(Shape(rows: shape.columns, columns: shape.rows, gap: shape.gap))
    var y = start
    tf_transpose(E.kernelElement, x.rows, x.columns, x.storage, x.stride, &y.storage, y.stride)
    #expect(y.storage == start.mapped { x[$1, $0] }.storage)
  }

  @Test(arguments: Shape.all) func conversions(_ shape: Shape) {
    let single = StridedMatrix<Float>(shape, salt: 1)
    var double = StridedMatrix<Double>(shape)
    tf_to_f64_f32(single.rows, single.columns, single.storage, single.stride, &double.storage, double.stride)
    #expect(double.storage == double.mapped { Double(single[$0, $1]) }.storage)
  }
}
