import Tensors
import TestSupport
import Testing

@testable import Gradients

/// Derivatives of random compositions against central differences.
@Suite struct CompositionTests {
  private let step = 1e-5
  private let zeros = [Double](repeating: 0, count: 16)

  private func sample(_ seed: Int) -> (values: [[Double]], directions: [[Double]]) {
    var numbers = SampleNumbers(seed + 4000)
    func matrices() -> [[Double]] { (0..<RandomProgram.leafCount).map { _ in numbers.next(16) } }
    return (matrices(), matrices())
  }

  @Test(arguments: 0..<300) func derivatives(_ seed: Int) {
    let (values, directions) = sample(seed)
    let ends = [step, -step].map { step in
      RandomProgram(seed, moved(values, directions, by: step, moving: [0, 1, 2]))
    }
    let slope = (ends[0].objective - ends[1].objective) / (2 * step)
    let program = RandomProgram(seed, values)
    let gradients = program.gradients().map { $0 ?? zeros }
    let projected = zip(gradients.joined(), directions.joined()).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(difference([projected], [slope]) < 1e-7)
    let derivatives = program.derivatives(along: directions)
    #expect(difference([derivatives.objective], [slope]) < 1e-7)
    let expected = zip(ends[0].gradients(), ends[1].gradients()).map { up, down in
      zip(up ?? zeros, down ?? zeros).map { ($0 - $1) / (2 * step) }
    }
    for (leaf, tangent) in derivatives.gradients.enumerated() {
      #expect(difference(tangent ?? zeros, expected[leaf]) < 1e-7, "leaf \(leaf)")
    }
  }

  /// The gradient of a leaf is the same bits whichever others are wanted.
  @Test(arguments: 0..<50) func wantedLeavesAreIndependent(_ seed: Int) {
    let values = sample(seed).values
    let all = RandomProgram(seed, values).gradients()
    for wanted in subsets(3) {
      let some = RandomProgram(seed, values, wanted: wanted).gradients()
      for leaf in 0..<3 { #expect(some[leaf] == (wanted.contains(leaf) ? all[leaf] : nil)) }
    }
  }
}
