import Foundation
import Tensors
import Testing

@testable import Metrics

/// Scores of matrices whose values are known.
@Suite struct ScoreTests {
  private let workspace = Workspace()
  private let k = 1e-5

  private func matrix(_ rows: [[Double]]) -> Tensor<Double> {
    let result: Tensor<Double> = workspace.tensor(rows.count, rows[0].count)
    for (index, value) in rows.joined().enumerated() { result.pointer[index] = value }
    return result
  }

  /// S from eigenvalues.
  private func score(_ eigenvalues: [Double]) -> Double {
    -eigenvalues.reduce(0) { $0 + log($1 + k) + 1 / ($1 + k) }
  }

  private func isClose(_ outcome: MetricOutcome, _ value: Double, _ tolerance: Double = 1e-9) -> Bool {
    outcome.number.map { abs($0 - value) <= tolerance * abs(value) } ?? false
  }

  private let orthogonal = [[1.0, -1, 1, -1], [1, 1, -1, -1], [2, -2, -2, 2]]

  @Test func orthogonalRows() {
    let outcome = CovarianceScore.ofRows(matrix(orthogonal), workspace)
    #expect(isClose(outcome, score([1, 1, 1])))
    let shifted = matrix(orthogonal.map { row in row.map { 3 * $0 + 7 } })
    #expect(isClose(CovarianceScore.ofRows(shifted, workspace), score([1, 1, 1])))
    #expect(isClose(CovarianceScore.cosine(matrix(orthogonal), workspace), 1, 0))
  }

  @Test(arguments: [1.0, -1]) func rowsThatRepeatOneAnother(sign: Double) {
    let rows = [[1.0, 2, 4, 3], [1, 2, 4, 3].map { sign * 5 * $0 + 2 }]
    // Eigenvalues 2 and 0; the tiny one is exact to some 10⁻¹⁶/k of its size.
    #expect(isClose(CovarianceScore.ofRows(matrix(rows), workspace), score([2, 0]), 1e-9))
    let proportional = matrix([rows[0], rows[0].map { sign * 5 * $0 }])
    #expect(isClose(CovarianceScore.cosine(proportional, workspace), 0.5, 1e-14))
  }

  @Test func correlationOfAHalf() {
    // Centred rows (1, −1, 0) and (0, −1, 1) have the correlation 1/2.
    let rows = [[1.0, -1, 0], [0, -1, 1]]
    #expect(isClose(CovarianceScore.ofRows(matrix(rows), workspace), score([0.5, 1.5]), 1e-12))
    #expect(isClose(CovarianceScore.cosine(matrix(rows), workspace), 1 - pow(0.5, 0.05) / 2, 1e-14))
  }

  @Test func columnsAreRowsOfTheTranspose() {
    let rows = [[1.0, 2, 4, 3], [0, 1, -1, 5], [2, 2, 0, 1]]
    let transposed = matrix((0..<4).map { column in rows.map { $0[column] } })
    let (ofRows, ofColumns) = (
      CovarianceScore.ofRows(matrix(rows), workspace), CovarianceScore.ofColumns(transposed, workspace)
    )
    #expect(isClose(ofColumns, ofRows.number ?? .nan, 1e-12))
    let single: Tensor<Float> = workspace.tensor(4, 3)
    for row in 0..<4 { for column in 0..<3 { single[row, column] = Float(transposed[row, column]) } }
    #expect(CovarianceScore.ofColumns(single, workspace) == ofColumns, "these numbers are exact in single precision")
    #expect(workspace.bytesInUse == 4 * 64 + 64, "what was needed is given back")
  }

  @Test func oneRow() {
    #expect(isClose(CovarianceScore.ofRows(matrix([[1, 2, 3]]), workspace), score([1])))
    #expect(CovarianceScore.cosine(matrix([[1, 2, 3]]), workspace) == .undefined("one row has no cosines"))
  }

  @Test func whatHasNoScoreSaysWhy() {
    let constant = matrix([[1, 2, 3], [4, 4, 4]])
    #expect(
      CovarianceScore.ofRows(constant, workspace) == .undefined("a row is constant, so that it has no correlation"))
    let transposed = matrix([[1, 4], [2, 4], [3, 4]])
    #expect(
      CovarianceScore.ofColumns(transposed, workspace)
        == .undefined("a variable is constant, so that it has no correlation"))
    for bad in [Double.nan, .infinity, 1e200] {
      #expect(
        CovarianceScore.ofRows(matrix([[1, 2, 3], [4, bad, 5]]), workspace) == .undefined("a row is not finite"))
      #expect(
        CovarianceScore.cosine(matrix([[1, 2], [4, bad]]), workspace) == .undefined("the gradient is not finite"))
    }
    #expect(
      CovarianceScore.cosine(matrix([[1, 2], [0, 0]]), workspace) == .undefined("a row of the gradient is zero"))
  }

  @Test func kernelsOfKnownSigns() {
    func observe(_ observer: ActivationKernelObserver, _ rows: [[Double]], _ activation: Activation) {
      observer.observe(matrix(rows), activation)
    }
    let observer = ActivationKernelObserver(columns: 3)
    observe(observer, [[1, -1, 0, 2], [1, 1, -3, 2], [-1, -1, 1, -2]], .tanh)
    // Zero counts as negative: bits 1001, 1101, 0010.
    #expect(observer.kernel.counts == [4, 3, 1, 3, 4, 0, 1, 0, 4] && observer.kernel.units == 4)
    #expect(isClose(observer.kernel.logDeterminant, log(24), 1e-12))
    #expect(observer.rectifierKernel.logDeterminant == .undefined("the cell has no leaky rectifier"))
    observe(observer, [[1], [-1], [1]], .leakyReLU)
    #expect(observer.kernel.counts == [5, 3, 2, 3, 5, 0, 2, 0, 5] && observer.kernel.units == 5)
    #expect(observer.rectifierKernel.counts == [1, 0, 1, 0, 1, 0, 1, 0, 1])
    #expect(observer.rectifierKernel.logDeterminant == .undefined("activation kernel: the matrix is singular"))
  }

  /// More units than bits of a word.
  @Test func kernelsOfManyUnits() {
    let observer = ActivationKernelObserver(columns: 2)
    let rows = [(0..<130).map { $0 % 2 == 0 ? 1.0 : -1 }, (0..<130).map { $0 % 3 == 0 ? 1.0 : -1 }]
    observer.observe(matrix(rows), .sigmoid)
    let same = Int64((0..<130).count { ($0 % 2 == 0) == ($0 % 3 == 0) })
    #expect(observer.kernel.counts == [130, same, same, 130])
    #expect(isClose(observer.kernel.logDeterminant, log(Double(130 * 130 - same * same)), 1e-12))
  }

  @Test func constantSignsHaveNoDeterminant() {
    let observer = ActivationKernelObserver(columns: 2)
    observer.observe(matrix([[0.1, 0.9], [0.5, 0.3]]), .sigmoid)
    #expect(
      observer.kernel.logDeterminant
        == .undefined("activation kernel singular: every activation has the same sign for all columns"))
  }

  @Test func outcomesAreFiniteOrSayWhy() {
    #expect(MetricOutcome(2.5) == .value(2.5))
    for bad in [Double.nan, .infinity, -.infinity] {
      #expect(MetricOutcome(bad) == .undefined("the value is not finite"))
      #expect(MetricOutcome.value(1).map { _ in bad } == .undefined("the value is not finite"))
    }
    let (one, first, second) = (MetricOutcome.value(1), MetricOutcome.undefined("a"), MetricOutcome.undefined("b"))
    #expect(MetricOutcome.combine(one, .value(2), +) == .value(3))
    #expect(MetricOutcome.combine(first, second, +) == first && MetricOutcome.combine(one, second, +) == second)
  }
}
