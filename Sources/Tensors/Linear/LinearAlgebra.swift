import CKernels
import ElementaryFunctions
import Outcomes

/// Dense linear algebra in double precision, in an order of arithmetic that is fixed: the same bits on every processor. Each
/// function overwrites its argument.
package enum LinearAlgebra {
  /// The eigenvalues of a symmetric matrix [n, n], ascending. Householder's tridiagonal form and implicit shifts, O(n³); the
  /// error is a few roundings of the largest magnitude among them.
  ///
  /// - Throws: `Reason` when the iteration does not converge or an element is not finite.
  package static func symmetricEigenvalues(_ matrix: Tensor<Double>) throws(Reason) -> [Double] {
    let count = try checkedSquare(matrix)
    let scale = normalize(matrix)
    var (diagonal, off) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    var work = [Double](repeating: 0, count: 2 * count)
    tf_tridiagonal_f64(count, matrix.pointer, matrix.stride, &diagonal, &off, &work)
    guard tf_tridiagonal_eigenvalues_f64(count, &diagonal, &off) != 0 else {
      throw Reason("the eigenvalues did not converge")
    }
    return diagonal.sorted().map { $0 * scale }
  }

  /// The singular values of a matrix [m, n], descending. Bidiagonal form by Householder reflections and implicit shifts
  /// (Golub & Kahan 1965, Demmel & Kahan 1990), O(m·n·min(m, n)); the error is a few roundings of the largest.
  ///
  /// - Throws: `Reason` when the iteration does not converge or an element is not finite.
  package static func singularValues(_ matrix: Tensor<Double>) throws(Reason) -> [Double] {
    guard Double.allFinite(matrix) else { throw Reason("an element is not finite") }
    let scale = normalize(matrix)
    guard matrix.rows < matrix.columns else { return try valuesOfTall(matrix).map { $0 * scale } }
    let workspace = Workspace()
    let transpose: Tensor<Double> = workspace.tensor(matrix.columns, matrix.rows)
    Double.transpose(matrix, into: transpose)
    return try valuesOfTall(transpose).map { $0 * scale }
  }

  /// The nuclear norm of a matrix: the sum of its singular values.
  ///
  /// - Throws: As `singularValues(_:)`.
  package static func nuclearNorm(_ matrix: Tensor<Double>) throws(Reason) -> Double {
    try singularValues(matrix).reduce(0, +)
  }

  private static func valuesOfTall(_ matrix: Tensor<Double>) throws(Reason) -> [Double] {
    let count = matrix.columns
    var (diagonal, off) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    var work = [Double](repeating: 0, count: matrix.rows + count)
    tf_bidiagonal_f64(matrix.rows, count, matrix.pointer, matrix.stride, &diagonal, &off, &work)
    guard tf_bidiagonal_singular_values_f64(count, &diagonal, &off) != 0 else {
      throw Reason("the singular values did not converge")
    }
    return diagonal.sorted(by: >)
  }

  /// ln |det A| of a square matrix [n, n] by triangular factors with exchange of rows. O(n³).
  ///
  /// - Throws: `Reason` when a pivot is exactly zero, so that the determinant is, or an element is not finite.
  package static func logMagnitudeOfDeterminant(_ matrix: Tensor<Double>) throws(Reason) -> Double {
    let count = try checkedSquare(matrix)
    var exchanges = [Int](repeating: 0, count: count)
    var work = [Double](repeating: 0, count: count)
    guard tf_triangular_factors_f64(count, matrix.pointer, matrix.stride, &exchanges, &work) == 0 else {
      throw Reason("the matrix is singular")
    }
    return (0..<count).reduce(0) { $0 + Elementary.log(abs(matrix[$1, $1])) }
  }

  /// ln det A and the trace of A⁻¹ of a symmetric positive definite matrix [n, n], by the Cholesky decomposition
  /// A = RᵀR of its upper triangle: ln det A = 2 Σ ln Rᵢᵢ, tr A⁻¹ = ‖R⁻ᵀ‖²_F. O(n³), an order of magnitude faster than
  /// the eigenvalues.
  ///
  /// - Throws: `Reason` when the matrix is not positive definite or an element is not finite.
  package static func logDeterminantAndInverseTrace(
    _ matrix: Tensor<Double>
  ) throws(Reason) -> (logDeterminant: Double, inverseTrace: Double) {
    let count = try checkedSquare(matrix)
    let workspace = Workspace()
    let work: Tensor<Double> = workspace.tensor(count + 32, count)
    guard tf_cholesky_f64(count, matrix.pointer, matrix.stride, work.pointer) == 0 else {
      throw Reason("the matrix is not positive definite")
    }
    let determinant = (0..<count).reduce(0) { $0 + 2 * Elementary.log(abs(matrix[$1, $1])) }
    return (determinant, tf_inverse_square_sum_f64(count, matrix.pointer, matrix.stride, work.pointer))
  }

  /// gram ← xᵀ·x, both triangles. x [n, d], gram [d, d].
  package static func gramOfColumns(_ x: Tensor<Double>, into gram: Tensor<Double>) {
    precondition(gram.rows == x.columns && gram.columns == x.columns, "a Gram matrix of the columns")
    gram.assignProduct(x, transposed: true, x, isUpper: true)
    mirror(gram)
  }

  /// gram ← x·xᵀ, both triangles. x [n, d], gram [n, n].
  package static func gramOfRows(_ x: Tensor<Double>, into gram: Tensor<Double>) {
    precondition(gram.rows == x.rows && gram.columns == x.rows, "a Gram matrix of the rows")
    gram.assignProduct(x, x, rightTransposed: true, isUpper: true)
    mirror(gram)
  }

  private static func mirror(_ matrix: Tensor<Double>) {
    for row in 0..<matrix.rows { for column in 0..<row { matrix[row, column] = matrix[column, row] } }
  }

  /// Divides by a power of two so that squares neither overflow nor vanish; returns it.
  private static func normalize(_ matrix: Tensor<Double>) -> Double {
    let largest = matrix.elements.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return 1 }
    // Subnormal numbers have no power of two whose inverse is finite: they become normal ones.
    let power = max(largest, 0x1p-1000).binade
    for row in 0..<matrix.rows { for column in 0..<matrix.columns { matrix[row, column] /= power } }
    return power
  }

  private static func checkedSquare(_ matrix: Tensor<Double>) throws(Reason) -> Int {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    guard Double.allFinite(matrix) else { throw Reason("an element is not finite") }
    return matrix.rows
  }
}
