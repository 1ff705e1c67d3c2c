import Tensors
import TestSupport
import Testing

@testable import Gradients

/// Which gradients are computed, and from how many products.
@Suite struct RequestTests {
  private let workspace = Workspace()

  /// Four steps of y = xₜ·Wᵀ, whose inputs and outputs lie one after another, or apart.
  private func steps(
    _ request: GradientRequest, apart: Bool = false
  ) -> (tape: Tape<Double>, weight: Variable, output: Variable) {
    let tape = Tape<Double>(workspace)
    var numbers = SampleNumbers(4)
    let gap = apart ? 1 : 0
    let all = tape.leaf(workspace.matrix(4 * (2 + gap), 3, numbers.next(12 * (2 + gap))))
    let weight = tape.leaf(workspace.matrix(5, 3, numbers.next(15)), gradient: request)
    let projection = OperationCase.projection(tape, weight)
    let output = tape.series(workspace.matrix(8, 5))
    for step in 0..<4 {
      let start = step * (2 + gap)
      let input = tape.view(all, rows: start..<start + 2, columns: 0..<3)
      tape.project(input, projection, into: tape.view(output, rows: 2 * step..<2 * step + 2, columns: 0..<5))
    }
    return (tape, weight, output)
  }

  /// A tape with operations goes when nobody holds it, and with it the memory of its workspace.
  @Test func tapesDoNotHoldThemselves() {
    weak var left: Tape<Double>?
    do {
      let (tape, _, output) = steps(.all)
      sweep(tape, output).run()
      left = tape
      #expect(left != nil)
    }
    #expect(left == nil)
  }

  private func sweep(_ tape: Tape<Double>, _ output: Variable) -> ReverseSweep<Double> {
    var numbers = SampleNumbers(5)
    let sweep = ReverseSweep(tape)
    sweep.seed(output, workspace.matrix(8, 5, numbers.next(40)))
    return sweep
  }

  @Test(arguments: [false, true]) func stackedProductsAreTheSumOfSingleOnes(apart: Bool) throws {
    let (tape, weight, output) = steps(.all, apart: apart)
    let sweep = sweep(tape, output)
    var counts: [Int] = []
    let sum = workspace.matrix(5, 3)
    sweep.visitProducts { products in
      counts.append(products.count)
      for product in products {
        for row in 0..<product.cotangent.rows {
          let (cotangent, input) = (product.cotangent.rows(row..<row + 1), product.input.rows(row..<row + 1))
          sum.assignProduct(cotangent, transposed: true, input, accumulate: true)
        }
      }
    }
    sweep.run()
    #expect(counts == [apart ? 4 : 1])
    #expect(difference(try #require(sweep.cotangent(weight)).elements, sum.elements) < 1e-15)
  }

  @Test func someRowsAreThoseOfAll() throws {
    let all = steps(.all)
    let whole = sweep(all.tape, all.output)
    whole.run()
    let gradient = try #require(whole.cotangent(all.weight))
    for rows in [0..<1, 1..<4, 4..<5, 0..<5] {
      let some = steps(.rows(rows))
      let sweep = sweep(some.tape, some.output)
      sweep.run()
      let part = try #require(sweep.cotangent(some.weight)).rows(rows)
      #expect(difference(part.elements, gradient.rows(rows).elements) < 1e-15)
    }
    for request in [GradientRequest.none, .rows(2..<2)] {
      let none = steps(request)
      let sweep = sweep(none.tape, none.output)
      sweep.run()
      #expect(sweep.cotangent(none.weight) == nil)
    }
  }

  @Test(arguments: [false, true]) func rowsAreTheBitsOfAll(apart: Bool) throws {
    func gradient(_ request: GradientRequest) throws -> Tensor<Double> {
      let steps = steps(request, apart: apart)
      let sweep = sweep(steps.tape, steps.output)
      sweep.run()
      return try #require(sweep.cotangent(steps.weight))
    }
    let both = try gradient(.all)
    for rows in [0..<2, 2..<5] {
      #expect(try gradient(.rows(rows)).rows(rows).elements == both.rows(rows).elements)
    }
  }

  @Test func whatLeadsToNoRequestedLeafIsForgotten() {
    let (tape, weight, output) = steps(.none)
    #expect(tape.operations.isEmpty && !tape.isWanted(output))
    let sweep = ReverseSweep(tape)
    #expect(sweep.destination(weight) == nil && sweep.destination(output) == nil)
    sweep.seed(output, workspace.matrix(8, 5))
    sweep.run()
    #expect(sweep.cotangent(output) == nil && sweep.cotangent(weight) == nil)
  }
}
