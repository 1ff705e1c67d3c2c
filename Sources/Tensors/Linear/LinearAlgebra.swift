import COpenBLAS

/// Dense linear algebra in double precision through LAPACK. Matrices are symmetric or their transposes have the same
/// result, so that row-major order needs no care. Each function overwrites its argument.
public enum LinearAlgebra {
  /// The eigenvalues of a symmetric matrix [n, n], ascending. O(n³).
  ///
  /// - Throws: `LinearAlgebraError` when the iteration does not converge or an element is not finite.
  public static func symmetricEigenvalues(_ matrix: Tensor<Double>) throws(LinearAlgebraError) -> [Double] {
    let count = try checkedSquare(matrix)
    guard count > 0 else { return [] }
    var size = Int32(count)
    var leading = Int32(matrix.stride)
    var values = [Double](repeating: 0, count: count)
    var work = [Double](repeating: 0, count: 2 * count + 1)
    var workSize = Int32(work.count)
    var integers: [Int32] = [0]
    var integerSize: Int32 = 1
    var info: Int32 = 0
    dsyevd_("N", "U", &size, matrix.pointer, &leading, &values, &work, &workSize, &integers, &integerSize, &info)
    guard info == 0 else { throw LinearAlgebraError("the eigenvalues did not converge") }
    return values
  }

  /// The singular values of a matrix [m, n], descending. O(m·n·min(m, n)).
  ///
  /// - Throws: `LinearAlgebraError` when the iteration does not converge or an element is not finite.
  public static func singularValues(_ matrix: Tensor<Double>) throws(LinearAlgebraError) -> [Double] {
    guard Double.allFinite(matrix) else { throw LinearAlgebraError("an element is not finite") }
    let smaller = min(matrix.rows, matrix.columns)
    guard smaller > 0 else { return [] }
    var rows = Int32(matrix.columns)
    var columns = Int32(matrix.rows)
    var leading = Int32(matrix.stride)
    var values = [Double](repeating: 0, count: smaller)
    var one: Int32 = 1
    var integers = [Int32](repeating: 0, count: 8 * smaller)
    var info: Int32 = 0
    var best = [0.0]
    var query: Int32 = -1
    dgesdd_(
      "N", &rows, &columns, matrix.pointer, &leading, &values, nil, &one, nil, &one, &best, &query, &integers,
      &info)
    var size = Int32(best[0])
    var work = [Double](repeating: 0, count: max(1, Int(size)))
    dgesdd_(
      "N", &rows, &columns, matrix.pointer, &leading, &values, nil, &one, nil, &one, &work, &size, &integers,
      &info)
    guard info == 0 else { throw LinearAlgebraError("the singular values did not converge") }
    return values
  }

  /// ln |det A| of a square matrix [n, n] by the LU decomposition with partial pivoting. O(n³).
  ///
  /// - Throws: `LinearAlgebraError` when a pivot is exactly zero, so that the determinant is, or an element is not finite.
  public static func logMagnitudeOfDeterminant(_ matrix: Tensor<Double>) throws(LinearAlgebraError) -> Double {
    let count = try checkedSquare(matrix)
    guard count > 0 else { return 0 }
    var size = Int32(count)
    var leading = Int32(matrix.stride)
    var pivots = [Int32](repeating: 0, count: count)
    var info: Int32 = 0
    dgetrf_(&size, &size, matrix.pointer, &leading, &pivots, &info)
    guard info == 0 else { throw LinearAlgebraError("the matrix is singular") }
    return (0..<count).reduce(0) { $0 + log(magnitude: matrix[$1, $1]) }
  }

  /// ln det A and the trace of A⁻¹ of a symmetric positive definite matrix [n, n], by the Cholesky decomposition
  /// A = L·Lᵀ: ln det A = 2 Σ ln Lᵢᵢ, tr A⁻¹ = ‖L⁻¹‖²_F. O(n³), an order of magnitude faster than the eigenvalues.
  ///
  /// - Throws: `LinearAlgebraError` when the matrix is not positive definite or an element is not finite.
  public static func logDeterminantAndInverseTrace(
    _ matrix: Tensor<Double>
  ) throws(LinearAlgebraError) -> (logDeterminant: Double, inverseTrace: Double) {
    let count = try checkedSquare(matrix)
    guard count > 0 else { return (0, 0) }
    var size = Int32(count)
    var leading = Int32(matrix.stride)
    var info: Int32 = 0
    dpotrf_("U", &size, matrix.pointer, &leading, &info)
    guard info == 0 else { throw LinearAlgebraError("the matrix is not positive definite") }
    let determinant = (0..<count).reduce(0) { $0 + 2 * log(magnitude: matrix[$1, $1]) }
    dtrtri_("U", "N", &size, matrix.pointer, &leading, &info)
    guard info == 0 else { throw LinearAlgebraError("the matrix is singular") }
    // Column-major upper is row-major lower: row i holds columns 0 … i.
    var trace = 0.0
    for row in 0..<count { for column in 0...row { trace += matrix[row, column] * matrix[row, column] } }
    return (determinant, trace)
  }

  /// gram ← xᵀ·x, both triangles. x [n, d], gram [d, d].
  public static func gramOfColumns(_ x: Tensor<Double>, into gram: Tensor<Double>) {
    precondition(gram.rows == x.columns && gram.columns == x.columns, "a Gram matrix of the columns")
    guard x.columns > 0 else { return }
    ProductCounter.add(x.columns, x.columns, x.rows / 2)
    cblas_dsyrk(
      CblasRowMajor, CblasLower, CblasTrans, Int32(x.columns), Int32(x.rows), 1, x.pointer, Int32(x.stride), 0,
      gram.pointer, Int32(gram.stride))
    mirror(gram)
  }

  /// gram ← x·xᵀ, both triangles. x [n, d], gram [n, n].
  public static func gramOfRows(_ x: Tensor<Double>, into gram: Tensor<Double>) {
    precondition(gram.rows == x.rows && gram.columns == x.rows, "a Gram matrix of the rows")
    guard x.rows > 0 else { return }
    ProductCounter.add(x.rows, x.rows, x.columns / 2)
    cblas_dsyrk(
      CblasRowMajor, CblasLower, CblasNoTrans, Int32(x.rows), Int32(x.columns), 1, x.pointer, Int32(x.stride), 0,
      gram.pointer, Int32(gram.stride))
    mirror(gram)
  }

  private static func mirror(_ matrix: Tensor<Double>) {
    for row in 0..<matrix.rows { for column in 0..<row { matrix[column, row] = matrix[row, column] } }
  }

  private static func checkedSquare(_ matrix: Tensor<Double>) throws(LinearAlgebraError) -> Int {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    guard Double.allFinite(matrix) else { throw LinearAlgebraError("an element is not finite") }
    return matrix.rows
  }
}
