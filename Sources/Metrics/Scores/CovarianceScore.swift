import ElementaryFunctions
import Outcomes
import Tensors

/// The scores of a set of rows: S(M) = −Σᵢ [ln(λᵢ + k) + 1/(λᵢ + k)] with the eigenvalues λ of their correlation matrix and
/// k = 10⁻⁵, and the cosine score 1 − ½ · mean over i ≠ j of |cosᵢⱼ|^(1/20). All in double precision.
///
/// S needs no eigenvalues: it is −ln det(C + k·I) − tr (C + k·I)⁻¹, both from one Cholesky decomposition.
///
/// Each throws a `Reason` when the rows or columns have no score.
enum CovarianceScore {
  static let offset = 1e-5

  /// S of the columns of x [n, d] as variables.
  static func ofColumns<Element>(_ x: Tensor<Element>, _ workspace: Workspace) throws(Reason) -> Double {
    let centered: Tensor<Double> = workspace.tensor(x.rows, x.columns)
    let gram: Tensor<Double> = workspace.tensor(x.columns, x.columns)
    defer {
      workspace.giveBack(centered)
      workspace.giveBack(gram)
    }
    var means = [Double](repeating: 0, count: x.columns)
    Element.centerColumns(x, into: centered, means: &means)
    LinearAlgebra.gramOfColumns(centered, into: gram)
    return try score(gram, "variable")
  }

  /// S of the rows of x [n, d] as variables.
  static func ofRows(_ x: Tensor<Double>, _ workspace: Workspace) throws(Reason) -> Double {
    let centered: Tensor<Double> = workspace.tensor(x.rows, x.columns)
    let gram: Tensor<Double> = workspace.tensor(x.rows, x.rows)
    defer {
      workspace.giveBack(centered)
      workspace.giveBack(gram)
    }
    for row in 0..<x.rows {
      let source = x.rows(row..<row + 1)
      let target = centered.rows(row..<row + 1)
      target.fill(-Double.sum(source) / Double(x.columns))
      target.add(source)
    }
    LinearAlgebra.gramOfRows(centered, into: gram)
    return try score(gram, "row")
  }

  /// S of the rows of x [n, d] as variables where they may be many more than d: of the n eigenvalues n − d are then zero, and the
  /// others are those of a matrix [d, d]. The same as `ofRows(_:_:)` but for rounding.
  static func ofManyRows(_ x: Tensor<Double>, _ workspace: Workspace) throws(Reason) -> Double {
    guard x.rows > x.columns else { return try ofRows(x, workspace) }
    let rows: Tensor<Double> = workspace.tensor(x.rows, x.columns)
    let gram: Tensor<Double> = workspace.tensor(x.columns, x.columns)
    defer {
      workspace.giveBack(rows)
      workspace.giveBack(gram)
    }
    for row in 0..<x.rows {
      let (source, target) = (x.rows(row..<row + 1), rows.rows(row..<row + 1))
      target.fill(-Double.sum(source) / Double(x.columns))
      target.add(source)
      let square = Double.squareSum(target)
      guard square.isFinite else { throw Reason("a row is not finite") }
      guard square > 0 else { throw Reason("a row is constant, so that it has no correlation") }
      Double.scale(1 / square.squareRoot(), target, into: target, accumulate: false)
    }
    LinearAlgebra.gramOfColumns(rows, into: gram)
    for index in 0..<gram.rows { gram[index, index] += offset }
    let result = try logDeterminantAndInverseTrace(gram)
    let zeros = Double(x.rows - x.columns)
    return -result.logDeterminant - zeros * Elementary.log(offset) - result.inverseTrace - zeros / offset
  }

  /// The cosine score of the rows of x [n, d].
  static func cosine(_ x: Tensor<Double>, _ workspace: Workspace) throws(Reason) -> Double {
    guard x.rows > 1 else { throw Reason("one row has no cosines") }
    let gram: Tensor<Double> = workspace.tensor(x.rows, x.rows)
    defer { workspace.giveBack(gram) }
    LinearAlgebra.gramOfRows(x, into: gram)
    var sum = 0.0
    for row in 0..<x.rows {
      guard gram[row, row] > 0, gram[row, row].isFinite else {
        throw Reason(gram[row, row] == 0 ? "a row of the gradient is zero" : "the gradient is not finite")
      }
      for column in 0..<x.rows where column != row {
        let cosine = gram[row, column] / (gram[row, row].squareRoot() * gram[column, column].squareRoot())
        sum += Elementary.pow(abs(cosine), 1.0 / 20)
      }
    }
    return 1 - sum / (2 * Double(x.rows * (x.rows - 1)))
  }

  /// S from the Gram matrix of centred variables, which is overwritten.
  private static func score(_ gram: Tensor<Double>, _ what: String) throws(Reason) -> Double {
    let count = gram.rows
    var deviations: [Double] = []
    for index in 0..<count {
      let square = gram[index, index]
      guard square.isFinite else { throw Reason("a \(what) is not finite") }
      guard square > 0 else { throw Reason("a \(what) is constant, so that it has no correlation") }
      deviations.append(square.squareRoot())
    }
    for row in 0..<count {
      for column in 0..<count {
        let value = row == column ? 1 : gram[row, column] / deviations[row] / deviations[column]
        gram[row, column] = max(-1, min(1, value))
      }
      gram[row, row] += offset
    }
    let result = try logDeterminantAndInverseTrace(gram)
    return -result.logDeterminant - result.inverseTrace
  }

  private static func logDeterminantAndInverseTrace(
    _ matrix: Tensor<Double>
  ) throws(Reason) -> (logDeterminant: Double, inverseTrace: Double) {
    do throws(Reason) { return try LinearAlgebra.logDeterminantAndInverseTrace(matrix) } catch {
      throw Reason("correlation matrix: \(error.text)")
    }
  }
}
