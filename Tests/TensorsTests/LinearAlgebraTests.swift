import Foundation
import Outcomes
import Tensors
import TestSupport
import Testing

/// Decompositions against closed forms and against one another.
@Suite struct LinearAlgebraTests {
  private let workspace = Workspace()

  /// A matrix of a function of row and column, with a gap between rows.
  private func matrix(_ rows: Int, _ columns: Int, _ element: (Int, Int) -> Double) -> Tensor<Double> {
    let whole: Tensor<Double> = workspace.tensor(rows, columns + 2)
    let result = whole.columns(0..<columns)
    for row in 0..<rows { for column in 0..<columns { result[row, column] = element(row, column) } }
    return result
  }

  private func diagonal(_ values: [Double]) -> Tensor<Double> {
    matrix(values.count, values.count) { $0 == $1 ? values[$0] : 0 }
  }

  private func hilbert(_ size: Int) -> Tensor<Double> { matrix(size, size) { 1 / Double($0 + $1 + 1) } }

  /// A·Aᵀ of random A, and A.
  private func random(_ size: Int, salt: Int) -> (gram: Tensor<Double>, factor: Tensor<Double>) {
    var numbers = SampleNumbers(salt)
    let factor = matrix(size, size + 3) { _, _ in numbers.next() }
    let gram = matrix(size, size) { _, _ in 0 }
    LinearAlgebra.gramOfRows(factor, into: gram)
    return (gram, factor)
  }

  private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test func diagonals() throws {
    let values = [3.0, 0.5, 7, 2]
    #expect(close(try LinearAlgebra.symmetricEigenvalues(diagonal(values)), [0.5, 2, 3, 7]))
    #expect(close(try LinearAlgebra.symmetricEigenvalues(diagonal([-1, 4, -6])), [-6, -1, 4]))
    #expect(close(try LinearAlgebra.singularValues(diagonal([-1, 4, -6])), [6, 4, 1]))
    #expect(close([try LinearAlgebra.logMagnitudeOfDeterminant(diagonal([-2, 3, -5]))], [log(30)]))
    let (logDeterminant, trace) = try LinearAlgebra.logDeterminantAndInverseTrace(diagonal(values))
    let inverses: Double = values.reduce(0) { $0 + 1 / $1 }
    #expect(close([logDeterminant, trace], [log(21), inverses]))
  }

  @Test(arguments: [(2.0, 1.0, 3.0), (1.0, -0.5, 0.5), (4.0, 0.0, 4.0)])
  func twoByTwo(a: Double, b: Double, c: Double) throws {
    func symmetric() -> Tensor<Double> { matrix(2, 2) { [[a, b], [b, c]][$0][$1] } }
    let root = ((a - c) * (a - c) / 4 + b * b).squareRoot()
    let eigenvalues = [(a + c) / 2 - root, (a + c) / 2 + root]
    #expect(close(try LinearAlgebra.symmetricEigenvalues(symmetric()), eigenvalues))
    let (logDeterminant, trace) = try LinearAlgebra.logDeterminantAndInverseTrace(symmetric())
    let determinant = a * c - b * b
    #expect(close([logDeterminant, trace], [log(determinant), (a + c) / determinant]))
    #expect(close([try LinearAlgebra.logMagnitudeOfDeterminant(symmetric())], [log(determinant)]))
  }

  @Test func hilbertMatrices() throws {
    // Determinants 1/12, 1/2160, 1/6048000; the inverse of the third is known: 9 + 192 + 180.
    for (size, inverse) in [(2, 12.0), (3, 2160), (4, 6_048_000)] {
      #expect(close([try LinearAlgebra.logMagnitudeOfDeterminant(hilbert(size))], [-log(inverse)], 1e-11))
      let (logDeterminant, _) = try LinearAlgebra.logDeterminantAndInverseTrace(hilbert(size))
      #expect(close([logDeterminant], [-log(inverse)], 1e-11))
    }
    #expect(close([try LinearAlgebra.logDeterminantAndInverseTrace(hilbert(3)).inverseTrace], [381], 1e-10))
  }

  @Test(arguments: [1, 2, 7, 30, 90]) func decompositionsAgree(_ size: Int) throws {
    let eigenvalues = try LinearAlgebra.symmetricEigenvalues(random(size, salt: size).gram)
    #expect(eigenvalues == eigenvalues.sorted() && eigenvalues.allSatisfy { $0 > 0 })
    let values = try LinearAlgebra.singularValues(random(size, salt: size).factor)
    #expect(close(values.map { $0 * $0 }, eigenvalues.reversed(), 1e-11))
    let logarithm = eigenvalues.reduce(0) { $0 + log($1) }
    #expect(close([try LinearAlgebra.logMagnitudeOfDeterminant(random(size, salt: size).gram)], [logarithm], 1e-10))
    let result = try LinearAlgebra.logDeterminantAndInverseTrace(random(size, salt: size).gram)
    #expect(close([result.logDeterminant], [logarithm], 1e-10))
    #expect(close([result.inverseTrace], [eigenvalues.reduce(0) { $0 + 1 / $1 }], 1e-9))
    let gram = random(size, salt: size).gram
    #expect(close([eigenvalues.reduce(0, +)], [(0..<size).reduce(0) { $0 + gram[$1, $1] }]))
  }

  /// Of B·Bᵀ with B [768, 256], two thirds of the rows are rounding of zero once it is tridiagonal, and each sweep leaves as
  /// much again: no off-diagonal element becomes small beside its neighbours, nor beside a sixteenth of a rounding of the norm.
  /// B has small integers, so that both Gram matrices are exact.
  @Test func lowRank() throws {
    var state: UInt64 = 4
    let factor = matrix(768, 256) { _, _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33 % 7) - 3
    }
    let (ofRows, ofColumns) = (matrix(768, 768) { _, _ in 0 }, matrix(256, 256) { _, _ in 0 })
    LinearAlgebra.gramOfRows(factor, into: ofRows)
    LinearAlgebra.gramOfColumns(factor, into: ofColumns)
    let values = try LinearAlgebra.symmetricEigenvalues(ofRows)
    let nonzero = try LinearAlgebra.symmetricEigenvalues(ofColumns)
    let largest = try #require(nonzero.last)
    let expected = [Double](repeating: 0, count: 512) + nonzero
    #expect(zip(values, expected).allSatisfy { abs($0 - $1) <= 2e-14 * largest })
  }

  @Test func gramMatrices() {
    var numbers = SampleNumbers(3)
    let x = matrix(5, 3) { _, _ in numbers.next() }
    let (ofRows, ofColumns) = (matrix(5, 5) { _, _ in .nan }, matrix(3, 3) { _, _ in .nan })
    LinearAlgebra.gramOfRows(x, into: ofRows)
    LinearAlgebra.gramOfColumns(x, into: ofColumns)
    for row in 0..<5 {
      for other in 0..<5 {
        let sum: Double = (0..<3).reduce(0) { $0 + x[row, $1] * x[other, $1] }
        #expect(abs(ofRows[row, other] - sum) < 1e-15)
      }
    }
    for column in 0..<3 {
      for other in 0..<3 {
        let sum: Double = (0..<5).reduce(0) { $0 + x[$1, column] * x[$1, other] }
        #expect(abs(ofColumns[column, other] - sum) < 1e-15)
      }
    }
  }

  @Test func whatHasNoDecompositionIsAnError() {
    let singular: (Int, Int) -> Double = { row, column in Double((row + 1) * (column + 1)) }
    #expect(throws: Reason("the matrix is singular")) {
      try LinearAlgebra.logMagnitudeOfDeterminant(matrix(2, 2, singular))
    }
    for indefinite in [diagonal([1, -1]), diagonal([1, 0]), matrix(2, 2, singular)] {
      #expect(throws: Reason("the matrix is not positive definite")) {
        try LinearAlgebra.logDeterminantAndInverseTrace(indefinite)
      }
    }
    for bad in [Double.nan, .infinity, -.infinity] {
      let error = Reason("an element is not finite")
      #expect(throws: error) { try LinearAlgebra.symmetricEigenvalues(diagonal([1, bad])) }
      #expect(throws: error) { try LinearAlgebra.singularValues(diagonal([1, bad])) }
      #expect(throws: error) { try LinearAlgebra.logMagnitudeOfDeterminant(diagonal([1, bad])) }
      #expect(throws: error) { try LinearAlgebra.logDeterminantAndInverseTrace(diagonal([1, bad])) }
    }
  }

  @Test func emptyMatrices() throws {
    let empty: Tensor<Double> = workspace.tensor(0, 0)
    #expect(try LinearAlgebra.symmetricEigenvalues(empty).isEmpty)
    #expect(try LinearAlgebra.singularValues(empty).isEmpty)
    #expect(try LinearAlgebra.logMagnitudeOfDeterminant(empty) == 0)
    #expect(try LinearAlgebra.logDeterminantAndInverseTrace(empty) == (0, 0))
  }
}
