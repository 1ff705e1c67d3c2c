import Tensors
import TestSupport
import Testing

@testable import Gradients

/// Values that are parts of others.
@Suite struct SeriesTests {
  private let workspace = Workspace()

  private func ones(_ rows: Int, _ columns: Int) -> Tensor<Double> {
    workspace.matrix(rows, columns, Array(repeating: 1, count: rows * columns))
  }

  @Test func viewOfAViewLeavesTheRestZero() throws {
    let tape = Tape<Double>(workspace)
    var numbers = SampleNumbers(1)
    let x = tape.leaf(workspace.matrix(5, 6, numbers.next(30)), gradient: .all)
    let part = tape.view(x, rows: 1..<4, columns: 1..<5)
    let inner = tape.view(part, rows: 1..<3, columns: 0..<2)
    let square = tape.variable(workspace.matrix(2, 2))
    tape.multiply(inner, inner, into: square)
    let sweep = ReverseSweep(tape)
    sweep.seed(square, ones(2, 2))
    sweep.run()
    let gradient = try #require(sweep.cotangent(x))
    for row in 0..<5 {
      for column in 0..<6 {
        let isInside = (2..<4).contains(row) && (1..<3).contains(column)
        #expect(gradient[row, column] == (isInside ? 2 * tape.value(x)[row, column] : 0))
      }
    }
    #expect(sweep.cotangent(part)?.elements == gradient.rows(1..<4).columns(1..<5).elements)
  }

  /// A cell h ← tanh(a + h) whose states are rows of a series; one is read later, then the whole.
  @Test func statesOfARecurrenceAreReadAlsoAsAWhole() throws {
    let tape = Tape<Double>(workspace)
    var numbers = SampleNumbers(2)
    let a = tape.leaf(workspace.matrix(4, 3, numbers.next(12)), gradient: .all)
    let states = tape.series(workspace.matrix(4, 3))
    var previous: Variable?
    for step in 0..<4 {
      let input = tape.view(a, rows: step..<step + 1, columns: 0..<3)
      let state = tape.view(states, rows: step..<step + 1, columns: 0..<3)
      tape.combine([input] + (previous.map { [$0] } ?? []), .tanh, into: state)
      previous = state
    }
    let squares = tape.variable(workspace.matrix(4, 3))
    tape.multiply(states, states, into: squares)
    let sweep = ReverseSweep(tape)
    sweep.seed(squares, ones(4, 3))
    sweep.run()
    let gradient = try #require(sweep.cotangent(a))
    // āₜ = (1 − hₜ²)(2 hₜ + āₜ₊₁).
    for column in 0..<3 {
      var later = 0.0
      for step in (0..<4).reversed() {
        let state = tape.value(states)[step, column]
        later = (1 - state * state) * (2 * state + later)
        #expect(abs(gradient[step, column] - later) < 1e-14)
      }
    }
  }

  @Test func partsThatNothingReadsHaveNoShare() throws {
    let tape = Tape<Double>(workspace)
    let x = tape.leaf(workspace.matrix(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]), gradient: .all)
    let doubled = tape.variable(workspace.matrix(4, 2))
    tape.combine([x, x], into: doubled)
    let quarter = tape.view(tape.view(doubled, rows: 1..<3, columns: 0..<2), rows: 1..<2, columns: 1..<2)
    let result = tape.variable(workspace.matrix(1, 1))
    tape.combine([quarter], into: result)
    let sweep = ReverseSweep(tape)
    sweep.seed(result, ones(1, 1))
    sweep.run()
    #expect(try #require(sweep.cotangent(x)).elements == [0, 0, 0, 0, 0, 2, 0, 0])
  }

  @Test func equalViewsAreOne() throws {
    let tape = Tape<Double>(workspace)
    let x = tape.leaf(workspace.matrix(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]), gradient: .all)
    let (first, second) = (tape.view(x, rows: 1..<2, columns: 0..<2), tape.view(x, rows: 1..<2, columns: 0..<2))
    let result = tape.variable(workspace.matrix(1, 2))
    tape.multiply(first, second, into: result)
    let sweep = ReverseSweep(tape)
    sweep.seed(result, ones(1, 2))
    sweep.run()
    #expect(try #require(sweep.cotangent(x)).elements == [0, 0, 6, 8, 0, 0, 0, 0])
  }

  /// Two weights, both read before, write halves of one series: its cotangent stays until both gradients are computed.
  @Test func oneSeriesOfTwoWeights() throws {
    func gradients(_ wanted: [Bool]) throws -> [[Double]?] {
      let tape = Tape<Double>(workspace)
      var numbers = SampleNumbers(4)
      let x = tape.leaf(workspace.matrix(1, 2, numbers.next(2)))
      let weights = wanted.map { isWanted in
        tape.leaf(workspace.matrix(3, 2, numbers.next(6)), gradient: isWanted ? .all : .none)
      }
      let projections = weights.map { OperationCase.projection(tape, $0) }
      let alone = projections.map { projection in
        let output = tape.variable(workspace.matrix(1, 3))
        tape.project(x, projection, into: output)
        return output
      }
      let series = tape.series(workspace.matrix(2, 3))
      for row in [1, 0] {
        tape.project(x, projections[row], into: tape.view(series, rows: row..<row + 1, columns: 0..<3))
      }
      let sweep = ReverseSweep(tape)
      for output in alone { sweep.seed(output, workspace.matrix(1, 3, numbers.next(3))) }
      sweep.seed(series, workspace.matrix(2, 3, numbers.next(6)))
      sweep.run()
      return weights.map { sweep.cotangent($0)?.elements }
    }
    let both = try gradients([true, true])
    #expect(try both[0] == gradients([true, false])[0] && both[1] == gradients([false, true])[1])
  }

  /// A value in memory used again: only the cotangents of the steps lie side by side.
  @Test func valueElsewhere() throws {
    let tape = Tape<Double>(workspace)
    var numbers = SampleNumbers(3)
    let x = tape.leaf(workspace.matrix(6, 3, numbers.next(18)), gradient: .all)
    let weight = tape.leaf(workspace.matrix(2, 3, numbers.next(6)), gradient: .all)
    let memory = workspace.matrix(2, 2)
    let products = tape.series(workspace.matrix(6, 2))
    let results = tape.series(workspace.matrix(6, 2))
    for step in 0..<3 {
      let rows = 2 * step..<2 * step + 2
      let product = tape.view(products, rows: rows, columns: 0..<2, value: memory)
      let input = tape.view(x, rows: rows, columns: 0..<3)
      tape.project(input, OperationCase.projection(tape, weight), into: product)
      tape.combine([product], .sigmoid, into: tape.view(results, rows: rows, columns: 0..<2))
    }
    let sweep = ReverseSweep(tape)
    var stacked: [Int] = []
    sweep.visitProducts { stacked = $0.map(\.cotangent.rows) }
    sweep.seed(results, ones(6, 2))
    sweep.run()
    #expect(stacked == [6])
    let gradient = try #require(sweep.cotangent(weight))
    for output in 0..<2 {
      for input in 0..<3 {
        let expected = (0..<6).reduce(0) { sum, row in
          let y = tape.value(results)[row, output]
          return sum + y * (1 - y) * tape.value(x)[row, input]
        }
        #expect(abs(gradient[output, input] - expected) < 1e-14)
      }
    }
  }
}
