import CKernels
import Foundation
import Testing

/// Functions of whole rows against plain loops in double, and properties of them.
@Suite struct RowTests {
  private static func ulp<E: KernelElement>(_: E.Type, _ value: Double) -> Double { Double(E(value).ulp) }

  /// The places where a matrix is further from what it should be than a number of units in the last place of the larger of
  /// that and of `least`.
  private func wrong<E: KernelElement>(
    _ found: StridedMatrix<E>, ulps: Double, least: Double = 0, _ expected: (Int, Int) -> Double
  ) -> [String] {
    var places: [String] = found.isIntact ? [] : ["a gap was written"]
    for row in 0..<found.rows {
      for column in 0..<found.columns {
        let (value, wanted) = (Double(found[row, column]), expected(row, column))
        let tolerance = ulps * Self.ulp(E.self, max(abs(wanted), least))
        if !(abs(value - wanted) <= tolerance) { places.append("[\(row), \(column)]: \(value), not \(wanted)") }
      }
    }
    return places
  }

  @Test(arguments: Shape.all) func softmax(_ shape: Shape) {
    softmax(Float.self, shape)
    softmax(Double.self, shape)
  }

  private func softmax<E: KernelElement>(_: E.Type, _ shape: Shape) {
    let (x, mask) = (StridedMatrix<E>(shape, salt: 1), StridedMatrix<E>(shape, salt: 2))
    for (diagonal, hasMask, maskStride) in [
      (shape.columns, false, 0), (0, false, 0), (2, true, mask.stride), (-1, true, 0), (shape.columns, true, 0),
    ] {
      var y = x
      tf_softmax(
        E.kernelElement, x.rows, x.columns, 1.5, x.storage, x.stride, hasMask ? mask.storage : nil, maskStride,
        diagonal,
        &y.storage, y.stride)
      let expected = (0..<shape.rows).map { row -> [Double] in
        let seen = 0..<max(0, min(shape.columns, row + diagonal + 1))
        let values = seen.map { column in
          let added = hasMask ? mask.storage[(maskStride == 0 ? 0 : row * maskStride) + column] : 0
          return Double(E(1.5) * x[row, column] + added)
        }
        let exponentials = values.map { exp($0 - (values.max() ?? 0)) }
        return exponentials.map { $0 / exponentials.reduce(0, +) }
          + Array(repeating: 0, count: shape.columns - seen.count)
      }
      // The difference from the maximum rounds; it is less than 16. The reference adds up a thousand numbers in double.
      #expect(
        wrong(y, ulps: E.self == Double.self ? 50 : 12) { expected[$0][$1] }.isEmpty,
        "diagonal \(diagonal), mask \(hasMask)")
      for row in 0..<shape.rows where min(shape.columns, row + diagonal + 1) > 0 {
        let sum = (0..<shape.columns).reduce(0) { $0 + Double(y[row, $1]) }
        #expect(abs(sum - 1) <= 8 * Double(E.ulpOfOne), "row \(row) sums to \(sum)")
      }
      guard shape.columns > 0 else { continue }
      derivativesOfSoftmax(y, shape)
    }
  }

  private func derivativesOfSoftmax<E: KernelElement>(_ y: StridedMatrix<E>, _ shape: Shape) {
    let (ty, dy, start) = (
      StridedMatrix<E>(shape, salt: 3), StridedMatrix<E>(shape, salt: 4), StridedMatrix<E>(shape, salt: 5)
    )
    func dot(_ a: StridedMatrix<E>, _ row: Int) -> Double {
      (0..<shape.columns).reduce(0) { $0 + Double(a[row, $1]) * Double(dy[row, $1]) }
    }
    for accumulate in [Int32(0), 1] {
      var (dx, tdx) = (start, start)
      tf_softmax_pullback(
        E.kernelElement, y.rows, y.columns, -0.5, y.storage, y.stride, dy.storage, dy.stride, &dx.storage, dx.stride,
        accumulate)
      tf_softmax_pullback_tangent(
        E.kernelElement, y.rows, y.columns, -0.5, y.storage, y.stride, ty.storage, ty.stride, dy.storage, dy.stride,
        &tdx.storage, tdx.stride, accumulate)
      func old(_ row: Int, _ column: Int) -> Double { accumulate == 0 ? 0 : Double(start[row, column]) }
      let (sums, changes) = ((0..<shape.rows).map { dot(y, $0) }, (0..<shape.rows).map { dot(ty, $0) })
      #expect(
        wrong(dx, ulps: 2, least: 2) { row, column in
          old(row, column) - 0.5 * Double(y[row, column]) * (Double(dy[row, column]) - sums[row])
        }.isEmpty)
      // The sum of products of ty is of a thousand terms.
      #expect(
        wrong(tdx, ulps: 2, least: 200) { row, column in
          let first = Double(ty[row, column]) * (Double(dy[row, column]) - sums[row])
          return old(row, column) - 0.5 * (first - Double(y[row, column]) * changes[row])
        }.isEmpty)
    }
  }

  @Test(arguments: Shape.all) func layerNorm(_ shape: Shape) {
    layerNorm(Float.self, shape)
    layerNorm(Double.self, shape)
  }

  private func layerNorm<E: KernelElement>(_: E.Type, _ shape: Shape) {
    guard shape.columns > 0 else { return }
    let x = StridedMatrix<E>(shape, salt: 1).mapped { 3 * StridedMatrix<E>(shape, salt: 1)[$0, $1] + 5 }
    let single = Shape(rows: 1, columns: shape.columns, gap: 0)
    let (gain, bias) = (StridedMatrix<E>(single, salt: 2), StridedMatrix<E>(single, salt: 3))
    let epsilon = 1e-5
    let columns = Double(shape.columns)
    let statistics = (0..<shape.rows).map { row -> (mean: Double, inverse: Double) in
      let values = (0..<shape.columns).map { Double(x[row, $0]) }
      let mean = values.reduce(0, +) / columns
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / columns
      return (mean, 1 / (variance + epsilon).squareRoot())
    }
    func normal(_ row: Int, _ column: Int) -> Double {
      (Double(x[row, column]) - statistics[row].mean) * statistics[row].inverse
    }
    var y = x
    tf_layer_norm(
      E.kernelElement, x.rows, x.columns, epsilon, x.storage, x.stride, gain.storage, bias.storage, &y.storage, y.stride
    )
    // A row of one element is its mean: nothing but rounding is left, which the division magnifies.
    let least = shape.columns == 1 ? 4096.0 : 8
    #expect(wrong(y, ulps: 2, least: least) { normal($0, $1) * Double(gain[0, $1]) + Double(bias[0, $1]) }.isEmpty)

    tf_layer_norm(E.kernelElement, x.rows, x.columns, epsilon, x.storage, x.stride, nil, nil, &y.storage, y.stride)
    for row in 0..<shape.rows where shape.columns > 1 {
      let values = (0..<shape.columns).map { Double(y[row, $0]) }
      let mean = values.reduce(0, +) / columns
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / columns
      let expected = 1 - epsilon * statistics[row].inverse * statistics[row].inverse
      #expect(abs(mean) < 4 * Double(E.ulpOfOne) && abs(variance - expected) < 8 * Double(E.ulpOfOne))
    }
    guard shape.columns > 1 else { return }
    let (dy, tx, start) = (
      StridedMatrix<E>(shape, salt: 4), StridedMatrix<E>(shape, salt: 5), StridedMatrix<E>(shape, salt: 6)
    )
    // J u, and its change with x, both written out with means over a row.
    func mean(_ row: Int, _ term: (Int) -> Double) -> Double {
      (0..<shape.columns).reduce(0) { $0 + term($1) } / columns
    }
    var (expected, changes) = (StridedMatrix<Double>(shape), StridedMatrix<Double>(shape))
    for row in 0..<shape.rows {
      let inverse = statistics[row].inverse
      let u = (0..<shape.columns).map { Double(gain[0, $0]) * Double(dy[row, $0]) }
      let n = (0..<shape.columns).map { normal(row, $0) }
      let t = (0..<shape.columns).map { Double(tx[row, $0]) }
      let (meanOfU, slope) = (mean(row) { u[$0] }, mean(row) { n[$0] * u[$0] })
      let (meanOfT, stretch) = (mean(row) { t[$0] }, mean(row) { n[$0] * t[$0] })
      let tn = (0..<shape.columns).map { inverse * (t[$0] - meanOfT - n[$0] * stretch) }
      let turn = mean(row) { tn[$0] * u[$0] }
      for column in 0..<shape.columns {
        let before = u[column] - meanOfU - n[column] * slope
        expected[row, column] = inverse * before
        changes[row, column] = -inverse * inverse * stretch * before - inverse * (tn[column] * slope + n[column] * turn)
      }
    }
    for accumulate in [Int32(0), 1] {
      var (dx, tdx) = (start, start)
      tf_layer_norm_pullback(
        E.kernelElement, x.rows, x.columns, epsilon, x.storage, x.stride, gain.storage, dy.storage, dy.stride,
        &dx.storage, dx.stride, accumulate)
      tf_layer_norm_pullback_tangent(
        E.kernelElement, x.rows, x.columns, epsilon, x.storage, x.stride, tx.storage, tx.stride, gain.storage,
        dy.storage,
        dy.stride, &tdx.storage, tdx.stride, accumulate)
      func old(_ row: Int, _ column: Int) -> Double { accumulate == 0 ? 0 : Double(start[row, column]) }
      #expect(wrong(dx, ulps: 4, least: 4) { old($0, $1) + expected[$0, $1] }.isEmpty)
      #expect(wrong(tdx, ulps: 4, least: 4) { old($0, $1) + changes[$0, $1] }.isEmpty)
    }
  }

  @Test(arguments: Shape.all) func gatheredAndScattered(_ shape: Shape) {
    gatheredAndScattered(Float.self, shape)
    gatheredAndScattered(Double.self, shape)
  }

  private func gatheredAndScattered<E: KernelElement>(_: E.Type, _ shape: Shape) {
    let ids = (0..<shape.rows).map { Int32($0 * $0 % 4) }
    let table = StridedMatrix<E>(Shape(rows: 4, columns: shape.columns, gap: 3), salt: 1)
    var y = StridedMatrix<E>(shape, salt: 2)
    tf_gather_rows(
      E.kernelElement, y.rows, y.columns, ids, -1.25, table.storage, table.stride, &y.storage, y.stride)
    #expect(y.storage == y.mapped { E(-1.25) * table[Int(ids[$0]), $1] }.storage)
    var sums = table
    tf_scatter_rows(
      E.kernelElement, y.rows, y.columns, ids, 0.75, y.storage, y.stride, &sums.storage, sums.stride)
    let expected = sums.mapped { id, column in
      (0..<shape.rows).filter { Int(ids[$0]) == id }.reduce(table[id, column]) { $0 + E(0.75) * y[$1, column] }
    }
    #expect(sums.storage == expected.storage)
  }

  @Test(arguments: Shape.all, [Int32(0), 1]) func columnTotals(_ shape: Shape, _ accumulate: Int32) {
    columnTotals(Float.self, shape, accumulate)
    columnTotals(Double.self, shape, accumulate)
  }

  private func columnTotals<E: KernelElement>(_: E.Type, _ shape: Shape, _ accumulate: Int32) {
    let (a, b) = (StridedMatrix<E>(shape, salt: 1), StridedMatrix<E>(shape, salt: 2))
    let start = StridedMatrix<E>(Shape(rows: 1, columns: shape.columns, gap: 0), salt: 3)
    var (totals, products) = (start, start)
    tf_column_totals(E.kernelElement, a.rows, a.columns, a.storage, a.stride, &totals.storage, accumulate)
    tf_product_column_totals(
      E.kernelElement, a.rows, a.columns, a.storage, a.stride, b.storage, b.stride, &products.storage, accumulate)
    func total(_ column: Int, _ term: (Int) -> Double) -> E {
      E((0..<shape.rows).reduce(accumulate == 0 ? 0 : Double(start[0, column])) { $0 + term($1) })
    }
    #expect(totals.storage == totals.mapped { _, c in total(c) { Double(a[$0, c]) } }.storage)
    #expect(products.storage == products.mapped { _, c in total(c) { Double(a[$0, c]) * Double(b[$0, c]) } }.storage)
  }
}
