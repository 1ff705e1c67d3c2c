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

  /// Steps of a batch are written one after another, and each sequence is read as a whole: views of one variable that
  /// overlap, and together with it.
  @Test func sequencesOfSteps() throws {
    let (steps, batch, width) = (4, 3, 2)
    let tape = Tape<Double>(workspace)
    var numbers = SampleNumbers(6)
    let x = tape.leaf(workspace.matrix(steps * batch, width, numbers.next(steps * batch * width)), gradient: .all)
    let states = tape.series(workspace.matrix(steps * batch, width))
    for step in 0..<steps {
      let rows = step * batch..<(step + 1) * batch
      let input = tape.view(x, rows: rows, columns: 0..<width)
      tape.combine([input], .tanh, into: tape.view(states, rows: rows, columns: 0..<width))
    }
    let sweep: ReverseSweep<Double>
    var outputs: [Variable] = []
    for sequence in 0..<batch {
      let rows = RowSequence(first: sequence, count: steps, step: batch)
      let view = tape.view(states, rows: rows, columns: 0..<width)
      #expect(tape.value(view).elements == rows.indices.flatMap { tape.value(states).rows($0..<$0 + 1).elements })
      // The sum over pairs of steps of hₛ·hₜ.
      outputs.append(tape.variable(workspace.matrix(steps, steps)))
      tape.product(view, view, rightTransposed: true, into: outputs[sequence])
    }
    sweep = ReverseSweep(tape)
    for output in outputs { sweep.seed(output, ones(steps, steps)) }
    sweep.seed(states, ones(steps * batch, width))
    sweep.run()
    let gradient = try #require(sweep.cotangent(x))
    for row in 0..<steps * batch {
      for column in 0..<width {
        let sum = (0..<steps).reduce(0) { $0 + tape.value(states)[$1 * batch + row % batch, column] }
        let state = tape.value(states)[row, column]
        #expect(abs(gradient[row, column] - (1 - state * state) * (2 * sum + 1)) < 1e-14)
      }
    }
  }

  /// Windows of three rows of a leaf: the gradient of a row counts the windows that it is in.
  @Test func overlappingViewsAdd() throws {
    let tape = Tape<Double>(workspace)
    let x = tape.leaf(workspace.matrix(6, 2), gradient: .all)
    let middle = tape.view(x, rows: 1..<6, columns: 0..<2)
    var outputs: [Variable] = []
    for start in [2, 0, 1] {
      let output = tape.variable(workspace.matrix(3, 1))
      tape.combine([tape.view(middle, rows: start..<start + 3, columns: 1..<2)], into: output)
      outputs.append(output)
    }
    let sweep = ReverseSweep(tape)
    for output in outputs { sweep.seed(output, ones(3, 1)) }
    sweep.run()
    #expect(try #require(sweep.cotangent(x)).elements == [0, 0, 0, 1, 0, 2, 0, 3, 0, 2, 0, 1])
  }

  /// Every second row of every second row, of a part of the columns: what no view covers is zero.
  @Test func stridedViewsOfViews() throws {
    let tape = Tape<Double>(workspace)
    let x = tape.leaf(workspace.matrix(9, 3, (0..<27).map(Double.init)), gradient: .all)
    let odd = tape.view(x, rows: RowSequence(first: 1, count: 4, step: 2), columns: 1..<3)
    let inner = tape.view(odd, rows: RowSequence(first: 1, count: 2, step: 2), columns: 0..<1)
    #expect(tape.value(inner).elements == [10, 22])
    #expect(tape.view(odd, rows: RowSequence(first: 1, count: 2, step: 2), columns: 0..<1) == inner)
    let square = tape.variable(workspace.matrix(2, 1))
    tape.multiply(inner, inner, into: square)
    let sweep = ReverseSweep(tape)
    sweep.seed(square, ones(2, 1))
    sweep.run()
    let gradient = try #require(sweep.cotangent(x)).elements
    #expect(gradient == (0..<27).map { $0 == 10 ? 20 : $0 == 22 ? 44 : 0 })
    #expect(sweep.cotangent(odd)?.elements == [0, 0, 20, 0, 0, 0, 44, 0])
  }

  /// A convolution over steps, its windows side by side: copies of shifted views, and zeros beyond the ends.
  @Test func convolution() throws {
    let (steps, width, taps) = (5, 2, 3)
    let tape = Tape<Double>(workspace)
    var numbers = SampleNumbers(7)
    let x = tape.leaf(workspace.matrix(steps, width, numbers.next(steps * width)), gradient: .all)
    let weight = tape.leaf(workspace.matrix(taps * width, 1, numbers.next(taps * width)), gradient: .all)
    let windows = tape.series(workspace.matrix(steps, taps * width))
    for tap in 0..<taps {
      let rows = max(0, 1 - tap)..<min(steps, steps + 1 - tap)
      let shifted = tape.view(x, rows: rows.lowerBound + tap - 1..<rows.upperBound + tap - 1, columns: 0..<width)
      tape.combine([shifted], into: tape.view(windows, rows: rows, columns: tap * width..<(tap + 1) * width))
    }
    let y = tape.variable(workspace.matrix(steps, 1))
    tape.product(windows, weight, into: y)
    let cotangent = workspace.matrix(steps, 1, numbers.next(steps))
    let sweep = ReverseSweep(tape)
    sweep.seed(y, cotangent)
    sweep.run()
    let (values, weights) = (tape.value(x), tape.value(weight))
    let gradients = (x: try #require(sweep.cotangent(x)), weight: try #require(sweep.cotangent(weight)))
    for step in 0..<steps {
      let reach = (0..<taps).filter { (0..<steps).contains(step + $0 - 1) }
      var sum = 0.0
      for tap in reach {
        for unit in 0..<width { sum += weights[tap * width + unit, 0] * values[step + tap - 1, unit] }
      }
      #expect(abs(tape.value(y)[step, 0] - sum) < 1e-15)
      // Step s is read by step s + 1 − tap.
      let readers = (0..<taps).filter { (0..<steps).contains(step + 1 - $0) }
      for unit in 0..<width {
        let slope = readers.reduce(0) { $0 + weights[$1 * width + unit, 0] * cotangent[step + 1 - $1, 0] }
        #expect(abs(gradients.x[step, unit] - slope) < 1e-15)
      }
    }
    let last = (1..<steps).reduce(0) { $0 + values[$1 - 1, 1] * cotangent[$1, 0] }
    #expect(abs(gradients.weight[1, 0] - last) < 1e-15)
  }
}
