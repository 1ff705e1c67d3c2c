import Outcomes

/// Partial rank correlation: association of two columns with others held fixed.
package enum Partial {
  /// −P₀₁/√(P₀₀P₁₁) of the inverse P of the matrix of pairwise coefficients of x, y and the given columns. For one given
  /// column z and τ-b this is Kendall's (τxy − τxz τyz)/√((1 − τxz²)(1 − τyz²)).
  ///
  /// - Parameter names: The names of the given columns in reasons.
  /// - Throws: `Reason` when a coefficient is, with the name of the column that is constant, or when a column is
  ///   determined by those before it (the metric, the target, the given ones), with its name.
  package static func value(
    _ coefficient: Coefficient, x: [Double], y: [Double], given: [[Double]], names: [String] = []
  ) throws(Reason) -> Double {
    let columns = [x, y] + given
    let titles =
      [SampleColumn.metric, .target]
      + given.indices.map { index in
        SampleColumn(index < names.count ? names[index] : "given column \(index + 1)")
      }
    var matrix = columns.map { _ in [Double](repeating: 1, count: columns.count) }
    for left in columns.indices {
      for right in 0..<left {
        let value = try coefficient.value(
          PairedSample(x: columns[left], y: columns[right], first: titles[left], second: titles[right]))
        matrix[left][right] = value
        matrix[right][left] = value
      }
    }
    let inverse = try inverted(matrix, titles.map(\.name))
    let scale = inverse[0][0] * inverse[1][1]
    guard scale > 0 else { throw Reason("the given columns determine the metric or the target") }
    return max(-1, min(1, -inverse[0][1] / scale.squareRoot()))
  }

  private static func inverted(_ matrix: [[Double]], _ names: [String]) throws(Reason) -> [[Double]] {
    let size = matrix.count
    var rows = matrix.enumerated().map { index, row in row + (0..<size).map { $0 == index ? 1 : 0 } }
    for column in 0..<size {
      let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      guard abs(rows[pivot][column]) > 1e-12 else {
        throw Reason("\(names[column]) is determined by \(names[..<column].joined(separator: ", "))")
      }
      rows.swapAt(column, pivot)
      let scale = rows[column][column]
      for index in rows[column].indices { rows[column][index] /= scale }
      for row in 0..<size where row != column {
        let factor = rows[row][column]
        for index in rows[row].indices { rows[row][index] -= factor * rows[column][index] }
      }
    }
    return rows.map { Array($0[size...]) }
  }
}
