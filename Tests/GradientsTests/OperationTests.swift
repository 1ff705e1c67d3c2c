import Foundation
import Tensors
import TestSupport
import Testing

@testable import Gradients

/// Derivatives of every operation against central differences in double precision, for every set of wanted inputs and of
/// inputs that move, alone and added to other contributions.
@Suite struct OperationTests {
  @Test(arguments: OperationCase.all + [OperationCase.example]) func pullback(_ operation: OperationCase) {
    let values = operation.sample()
    for isRepeated in [false, true] {
      func output(_ values: [[Double]]) -> [Double] { OperationRun(operation, values, isRepeated: isRepeated).output }
      var numbers = SampleNumbers(77)
      let cotangent = numbers.next(output(values).count)
      func projected(_ values: [[Double]]) -> Double { zip(output(values), cotangent).reduce(0) { $0 + $1.0 * $1.1 } }
      let expected = values.indices.map { input in
        values[input].indices.map { element in
          let slopes = [operation.step, -operation.step].map { step in
            var shifted = values
            shifted[input][element] += step
            return projected(shifted)
          }
          return (slopes[0] - slopes[1]) / (2 * operation.step)
        }
      }
      for wanted in subsets(values.count) {
        let run = OperationRun(operation, values, wanted: wanted, isRepeated: isRepeated)
        for (input, gradient) in run.gradients(cotangent).enumerated() {
          #expect((gradient != nil) == wanted.contains(input), "input \(input), wanted \(wanted)")
          guard let gradient else { continue }
          #expect(difference(gradient, expected[input]) <= operation.tolerance, "input \(input), wanted \(wanted)")
        }
      }
    }
  }

  @Test(arguments: OperationCase.all + [OperationCase.example]) func pushforward(_ operation: OperationCase) {
    let values = operation.sample()
    let directions = operation.directions(at: values)
    for isRepeated in [false, true] {
      for moving in subsets(values.count) {
        let outputs = [operation.step, -operation.step].map { step in
          let shifted = moved(values, directions, by: step, moving: moving)
          return OperationRun(operation, shifted, isRepeated: isRepeated).output
        }
        let expected = zip(outputs[0], outputs[1]).map { ($0 - $1) / (2 * operation.step) }
        let run = OperationRun(operation, values, isRepeated: isRepeated)
        let tangent = run.tangent(directions, operation, moving: moving)
        #expect((tangent == nil) == moving.isEmpty)
        guard let tangent else { continue }
        #expect(difference(tangent, expected) <= operation.tolerance, "moving \(moving)")
      }
    }
  }

  @Test(arguments: OperationCase.all + [OperationCase.example]) func pullbackTangent(_ operation: OperationCase) {
    let values = operation.sample()
    let directions = operation.directions(at: values)
    var numbers = SampleNumbers(78)
    let cotangent = numbers.next(operation.output.rows * operation.output.columns)
    let cotangentDirection = numbers.next(cotangent.count)
    for isRepeated in [false, true] {
      for moving in subsets(values.count) {
        for moves in [false, true] {
          let gradients = [operation.step, -operation.step].map { step in
            let shifted = moved(values, directions, by: step, moving: moving)
            let seed = moves ? zip(cotangent, cotangentDirection).map { $0 + step * $1 } : cotangent
            return OperationRun(operation, shifted, isRepeated: isRepeated).gradients(seed)
          }
          for wanted in subsets(values.count) {
            let run = OperationRun(operation, values, wanted: wanted, isRepeated: isRepeated)
            let tangents = run.gradientTangents(
              cotangent, moved: moves ? cotangentDirection : nil, directions, operation, moving: moving)
            for (input, tangent) in tangents.enumerated() {
              let expected = zip(gradients[0][input] ?? [], gradients[1][input] ?? []).map {
                ($0 - $1) / (2 * operation.step)
              }
              guard wanted.contains(input) else {
                #expect(tangent == nil)
                continue
              }
              // No tangent is the tangent zero.
              let found = tangent ?? Array(repeating: 0, count: expected.count)
              #expect(
                difference(found, expected) <= operation.tolerance,
                "input \(input), wanted \(wanted), moving \(moving), \(moves)")
            }
          }
        }
      }
    }
  }

  @Test func everyOperationHasACase() throws {
    let folder = "\(checkout)/Sources/Gradients/Operations"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
    #expect(Set(files.map { String($0.dropLast(6)) }) == Set(OperationCase.all.map(\.operation)))
    #expect(Set(OperationCase.all.map(\.testDescription)).count == OperationCase.all.count)
  }
}
