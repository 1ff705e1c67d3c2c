import Foundation
import Networks
import Outcomes
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

  private func isClose(_ found: Double, _ value: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(found - value) <= tolerance * abs(value)
  }

  /// Why there is no score.
  private func reason(_ body: () throws(Reason) -> Double) -> String? { Outcome.of(body).reason?.text }

  private let orthogonal = [[1.0, -1, 1, -1], [1, 1, -1, -1], [2, -2, -2, 2]]

  @Test func orthogonalRows() throws {
    let outcome = try CovarianceScore.ofRows(matrix(orthogonal), workspace)
    #expect(isClose(outcome, score([1, 1, 1])))
    let shifted = matrix(orthogonal.map { row in row.map { 3 * $0 + 7 } })
    #expect(try isClose(CovarianceScore.ofRows(shifted, workspace), score([1, 1, 1])))
    #expect(try isClose(CovarianceScore.cosine(matrix(orthogonal), workspace), 1, 0))
  }

  @Test(arguments: [1.0, -1]) func rowsThatRepeatOneAnother(sign: Double) throws {
    let rows = [[1.0, 2, 4, 3], [1, 2, 4, 3].map { sign * 5 * $0 + 2 }]
    // Eigenvalues 2 and 0; the tiny one is exact to some 10⁻¹⁶/k of its size.
    #expect(try isClose(CovarianceScore.ofRows(matrix(rows), workspace), score([2, 0]), 1e-9))
    let proportional = matrix([rows[0], rows[0].map { sign * 5 * $0 }])
    #expect(try isClose(CovarianceScore.cosine(proportional, workspace), 0.5, 1e-14))
  }

  @Test func correlationOfAHalf() throws {
    // Centred rows (1, −1, 0) and (0, −1, 1) have the correlation 1/2.
    let rows = [[1.0, -1, 0], [0, -1, 1]]
    #expect(try isClose(CovarianceScore.ofRows(matrix(rows), workspace), score([0.5, 1.5]), 1e-12))
    #expect(try isClose(CovarianceScore.cosine(matrix(rows), workspace), 1 - pow(0.5, 0.05) / 2, 1e-14))
  }

  @Test func columnsAreRowsOfTheTranspose() throws {
    let rows = [[1.0, 2, 4, 3], [0, 1, -1, 5], [2, 2, 0, 1]]
    let transposed = matrix((0..<4).map { column in rows.map { $0[column] } })
    let (ofRows, ofColumns) = (
      try CovarianceScore.ofRows(matrix(rows), workspace), try CovarianceScore.ofColumns(transposed, workspace)
    )
    #expect(isClose(ofColumns, ofRows, 1e-12))
    let single: Tensor<Float> = workspace.tensor(4, 3)
    for row in 0..<4 { for column in 0..<3 { single[row, column] = Float(transposed[row, column]) } }
    #expect(
      try CovarianceScore.ofColumns(single, workspace) == ofColumns, "these numbers are exact in single precision")
    #expect(workspace.bytesInUse == 4 * 64 + 64, "what was needed is given back")
  }

  @Test func oneRow() throws {
    #expect(try isClose(CovarianceScore.ofRows(matrix([[1, 2, 3]]), workspace), score([1])))
    #expect(
      reason { () throws(Reason) in try CovarianceScore.cosine(matrix([[1, 2, 3]]), workspace) }
        == "one row has no cosines")
  }

  @Test func whatHasNoScoreSaysWhy() throws {
    let constant = matrix([[1, 2, 3], [4, 4, 4]])
    #expect(
      reason { () throws(Reason) in try CovarianceScore.ofRows(constant, workspace) }
        == "a row is constant, so that it has no correlation")
    let transposed = matrix([[1, 4], [2, 4], [3, 4]])
    #expect(
      reason { () throws(Reason) in try CovarianceScore.ofColumns(transposed, workspace) }
        == "a variable is constant, so that it has no correlation")
    for bad in [Double.nan, .infinity, 1e200] {
      #expect(
        reason { () throws(Reason) in try CovarianceScore.ofRows(matrix([[1, 2, 3], [4, bad, 5]]), workspace) }
          == "a row is not finite")
      #expect(
        reason { () throws(Reason) in try CovarianceScore.cosine(matrix([[1, 2], [4, bad]]), workspace) }
          == "the gradient is not finite")
    }
    #expect(
      reason { () throws(Reason) in try CovarianceScore.cosine(matrix([[1, 2], [0, 0]]), workspace) }
        == "a row of the gradient is zero")
  }

  /// Rows beyond the number of columns have eigenvalues of zero.
  @Test func manyRowsAreRows() throws {
    let x = matrix([
      [3, -1, 4, 1], [-5, 9, 2, 6], [5, 3, -5, 8], [9, 7, 9, -3], [2, 3, 8, 4], [6, -2, 6, 4], [3, 3, 8, 3],
      [2, 7, 9, 5],
    ])
    let workspace = Workspace()
    let (many, all) = (try CovarianceScore.ofManyRows(x, workspace), try CovarianceScore.ofRows(x, workspace))
    #expect(abs(many - all) < 1e-9 * abs(all))
    #expect(throws: Reason("a row is constant, so that it has no correlation")) {
      try CovarianceScore.ofManyRows(matrix([[1, 2], [3, 3], [4, 1]]), workspace)
    }
  }

  @Test func kernelsOfKnownSigns() throws {
    let sum = ActivationKernels([.all, .rectifiers], batchSize: 3)
    sum.add(
      ProbeLabel(kind: .activation, layer: 0, activation: .tanh),
      matrix([[1, -1, 0, 2], [1, 1, -3, 2], [-1, -1, 1, -2]]))
    // Zero counts as negative: bits 1001, 1101, 0010.
    let kernel = try #require(sum.kernels[.all])
    #expect(kernel.counts == [4, 3, 1, 3, 4, 0, 1, 0, 4] && kernel.units == 4)
    #expect(try isClose(kernel.logDeterminant(), log(24), 1e-12))
    let none = try #require(sum.kernels[.rectifiers])
    #expect(reason(none.logDeterminant) == "the cell has no leaky rectifier")
    sum.add(ProbeLabel(kind: .activation, layer: 0, activation: .leakyReLU), matrix([[1], [-1], [1]]))
    #expect(sum.kernels[.all]?.counts == [5, 3, 2, 3, 5, 0, 2, 0, 5] && sum.kernels[.all]?.units == 5)
    let rectifiers = try #require(sum.kernels[.rectifiers])
    #expect(rectifiers.counts == [1, 0, 1, 0, 1, 0, 1, 0, 1])
    #expect(reason(rectifiers.logDeterminant) == "activation kernel: the matrix is singular")
    #expect(ActivationKernels([.rectifiers], batchSize: 3).kernels[.all] == nil, "nobody asked")
  }

  /// More units than bits of a word.
  @Test func kernelsOfManyUnits() throws {
    let sum = ActivationKernels([.all], batchSize: 2)
    let rows = [(0..<130).map { $0 % 2 == 0 ? 1.0 : -1 }, (0..<130).map { $0 % 3 == 0 ? 1.0 : -1 }]
    sum.add(ProbeLabel(kind: .activation, layer: 0, activation: .sigmoid), matrix(rows))
    let same = Int64((0..<130).count { ($0 % 2 == 0) == ($0 % 3 == 0) })
    let kernel = try #require(sum.kernels[.all])
    #expect(kernel.counts == [130, same, same, 130])
    #expect(try isClose(kernel.logDeterminant(), log(Double(130 * 130 - same * same)), 1e-12))
  }

  @Test func constantSignsHaveNoDeterminant() throws {
    let sum = ActivationKernels([.all], batchSize: 2)
    sum.add(ProbeLabel(kind: .activation, layer: 0, activation: .sigmoid), matrix([[0.1, 0.9], [0.5, 0.3]]))
    let kernel = try #require(sum.kernels[.all])
    #expect(
      reason(kernel.logDeterminant)
        == "activation kernel singular: every activation has the same sign for all columns")
  }

  @Test func readingsAreFiniteOrSayWhy() {
    func reading(_ value: Double) -> Reading<Double> { Reading { value } }
    func failing(_ text: String) -> Reading<Double> { Reading { () throws(Reason) in throw Reason(text) } }
    for bad in [Double.nan, .infinity, -.infinity] {
      #expect(reason(reading(bad).finite(otherwise: "too large").value) == "too large")
    }
    #expect(reason(reading(1).finite(otherwise: "too large").value) == nil)
    #expect(reason(Reading.sum(of: [reading(1), failing("a"), failing("b")]).value) == "a")
    #expect(Outcome.of(Reading.sum(of: [reading(1), reading(2)]).value) == .success(3))
  }
}
