import Foundation
import Tensors
import TestSupport
import Testing

/// Factorisations against values of mpmath and NumPy; `scripts/fixtures/linear_algebra.py` says how they were made.
@Suite struct LinearAlgebraFixtureTests {
  private struct Fixture: Decodable {
    struct Singular: Decodable {
      var kind: String
      var rows: Int
      var columns: Int
      var values: [Double]
    }
    struct Symmetric: Decodable {
      var size: Int
      var values: [Double]
    }
    struct Definite: Decodable {
      var size: Int
      var rank: Int
      var logDeterminant: Double
      var inverseTrace: Double
    }
    var singular: [Singular]
    var symmetric: [Symmetric]
    var definite: [Definite]

    static func load() throws -> Fixture {
      let url = try #require(
        Bundle.module.url(forResource: "linear_algebra", withExtension: "json", subdirectory: "Fixtures"))
      return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
    }
  }

  private let workspace = Workspace()

  private func matrix(_ rows: Int, _ columns: Int, salt: Int) -> Tensor<Double> {
    let result: Tensor<Double> = workspace.tensor(rows, columns)
    var numbers = SampleNumbers(salt)
    for index in 0..<result.count { result.pointer[index] = numbers.next() }
    return result
  }

  private func shaped(_ kind: String, _ rows: Int, _ columns: Int) -> Tensor<Double> {
    let x = matrix(rows, columns, salt: rows + 100 * columns)
    let original = x.elements
    func was(_ row: Int, _ column: Int) -> Double { original[row * columns + column] }
    for row in 0..<rows {
      for column in 0..<columns {
        switch kind {
        case "graded": x[row, column] = was(row, column) * Double(sign: .plus, exponent: -3 * column, significand: 1)
        case "zero column": if column == columns / 2 { x[row, column] = 0 }
        case "rank 2": x[row, column] = was(row, 0) * was(0, column) + was(row, 1) * was(1, column)
        default: break
        }
      }
    }
    return x
  }

  /// Within a few roundings of the largest value.
  @Test func singularValues() throws {
    for item in try Fixture.load().singular {
      let found = try LinearAlgebra.singularValues(shaped(item.kind, item.rows, item.columns))
      #expect(found.count == item.values.count)
      for (value, expected) in zip(found, item.values) {
        #expect(abs(value - expected) <= 4e-15 * item.values[0], "\(item.kind): \(value), not \(expected)")
      }
      let norm = try LinearAlgebra.nuclearNorm(shaped(item.kind, item.rows, item.columns))
      let sum = item.values.reduce(0, +)
      #expect(abs(norm - sum) <= 4e-15 * sum, "\(item.kind)")
    }
  }

  @Test func symmetricEigenvalues() throws {
    for item in try Fixture.load().symmetric {
      let x = matrix(item.size, item.size, salt: 7000 + item.size)
      for row in 0..<item.size { for column in 0..<row { x[column, row] = x[row, column] } }
      let found = try LinearAlgebra.symmetricEigenvalues(x)
      let largest = item.values.reduce(0) { max($0, abs($1)) }
      #expect(found.count == item.size)
      for (value, expected) in zip(found, item.values) {
        #expect(abs(value - expected) <= 4e-15 * largest, "\(item.size): \(value), not \(expected)")
      }
    }
  }

  /// Of full rank to roundings; where the offset of 10⁻⁵ alone makes it definite, the rounding of 1 + 10⁻⁵ is the floor.
  @Test func logDeterminantsAndInverseTraces() throws {
    for item in try Fixture.load().definite {
      let x = matrix(item.size, item.rank, salt: 9000 + item.size + item.rank)
      let gram: Tensor<Double> = workspace.tensor(item.size, item.size)
      LinearAlgebra.gramOfRows(x, into: gram)
      for row in 0..<item.size { gram[row, row] += 1e-5 }
      let tolerance = item.rank < item.size ? 2e-10 : 1e-12
      let (logDeterminant, trace) = try LinearAlgebra.logDeterminantAndInverseTrace(gram)
      #expect(abs(logDeterminant / item.logDeterminant - 1) <= tolerance, "\(item.size), rank \(item.rank)")
      #expect(abs(trace / item.inverseTrace - 1) <= tolerance, "\(item.size), rank \(item.rank)")
    }
  }
}
