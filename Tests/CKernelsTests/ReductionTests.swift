import CKernels
import Testing

/// Reductions against a plain loop with the same sixteen partial sums: equal to the last bit, whatever the strides.
@Suite struct ReductionTests {
  /// The sum of terms in double, element (r, c) into partial sum c mod 16, then by halves.
  private func laneSum(_ shape: Shape, _ term: (Int, Int) -> Double) -> Double {
    var lanes = [Double](repeating: 0, count: 16)
    for row in 0..<shape.rows { for column in 0..<shape.columns { lanes[column % 16] += term(row, column) } }
    while lanes.count > 1 {
      let half = lanes.count / 2
      lanes = (0..<half).map { lanes[$0] + lanes[$0 + half] }
    }
    return lanes[0]
  }

  @Test(arguments: Shape.all) func sums(_ shape: Shape) {
    sums(Float.self, shape)
    sums(Double.self, shape)
  }

  private func sums<E: KernelElement>(_: E.Type, _ shape: Shape) {
    let a = StridedMatrix<E>(shape, salt: 1)
    let b = StridedMatrix<E>(Shape(rows: shape.rows, columns: shape.columns, gap: shape.gap + 4), salt: 2)
    func product(_ row: Int, _ column: Int) -> Double { Double(a[row, column]) * Double(b[row, column]) }
    let (m, n) = (a.rows, a.columns)
    #expect(tf_sum(E.kernelElement, m, n, a.storage, a.stride) == laneSum(shape) { Double(a[$0, $1]) })
    #expect(
      tf_square_sum(E.kernelElement, m, n, a.storage, a.stride)
        == laneSum(shape) { Double(a[$0, $1]) * Double(a[$0, $1]) })
    #expect(tf_product_sum(E.kernelElement, m, n, a.storage, a.stride, b.storage, b.stride) == laneSum(shape, product))
    #expect(
      tf_abs_product_sum(E.kernelElement, m, n, a.storage, a.stride, b.storage, b.stride)
        == laneSum(shape) { abs(product($0, $1)) })
    #expect(
      tf_square_product_sum(E.kernelElement, m, n, a.storage, a.stride, b.storage, b.stride)
        == laneSum(shape) { product($0, $1) * product($0, $1) })
    // The logarithm of one element at a time, the sum of all: the same partial sums.
    #expect(
      tf_abs_log_product_sum(E.kernelElement, m, n, a.storage, a.stride, b.storage, b.stride)
        == laneSum(shape) { tf_abs_log_product_sum(E.kernelElement, 1, 1, [a[$0, $1]], 1, [b[$0, $1]], 1) })
  }

  @Test(arguments: Shape.all) func columns(_ shape: Shape) {
    columns(Float.self, shape)
    columns(Double.self, shape)
  }

  private func columns<E: KernelElement>(_: E.Type, _ shape: Shape) {
    let x = StridedMatrix<E>(shape, salt: 1)
    let start = (0..<shape.columns).map { Double($0) * 0.1 }
    func total(_ column: Int, from start: Double) -> Double {
      (0..<shape.rows).reduce(start) { $0 + Double(x[$1, column]) }
    }
    var sums = start
    tf_column_sums(E.kernelElement, x.rows, x.columns, x.storage, x.stride, &sums)
    #expect(sums == start.indices.map { total($0, from: start[$0]) })

    var centred = StridedMatrix<Double>(shape)
    var means = start
    tf_center_columns(E.kernelElement, x.rows, x.columns, x.storage, x.stride, &centred.storage, centred.stride, &means)
    #expect(means == start.indices.map { shape.rows == 0 ? 0 : total($0, from: 0) / Double(shape.rows) })
    #expect(centred.storage == centred.mapped { Double(x[$0, $1]) - means[$1] }.storage)
  }

  /// Float products and sums lose nothing: they are made in double.
  @Test func floatsAreAddedInDouble() {
    let x: [Float] = [16_777_216, 1, -16_777_216, 0x1p-60]
    #expect(tf_sum_f32(1, 4, x, 4) == 1 + 0x1p-60)
    #expect(tf_sum_f32(4, 1, x, 1) == 1 + 0x1p-60)
    #expect(tf_square_sum_f32(1, 1, [1 + Float.ulpOfOne], 1) == 1 + 0x1p-22 + 0x1p-46)
  }

  @Test(arguments: Shape.all) func findsWhatIsNotFinite(_ shape: Shape) {
    findsWhatIsNotFinite(Float.self, shape)
    findsWhatIsNotFinite(Double.self, shape)
  }

  private func findsWhatIsNotFinite<E: KernelElement>(_: E.Type, _ shape: Shape) {
    var x = StridedMatrix<E>(shape, salt: 1)
    // What stands in the gaps does not count.
    for index in x.storage.indices where x.storage[index] == StridedMatrix<E>.mark { x.storage[index] = .nan }
    func isFinite() -> Bool { tf_all_finite(E.kernelElement, x.rows, x.columns, x.storage, x.stride) == 1 }
    #expect(isFinite())
    for row in Set([0, shape.rows / 2, shape.rows - 1]) where row >= 0 && row < shape.rows {
      for column in Set([0, shape.columns / 2, shape.columns - 1]) where column >= 0 && column < shape.columns {
        let kept = x[row, column]
        for value in [E.infinity, -.infinity, .nan] {
          x[row, column] = value
          #expect(!isFinite())
        }
        x[row, column] = .greatestFiniteMagnitude
        #expect(isFinite())
        x[row, column] = kept
      }
    }
  }
}
