import Tensors
import TestSupport
import Testing

@testable import Gradients

/// What a sweep shows while it goes on, and the memory it leaves behind.
@Suite struct SweepTests {
  private let workspace = Workspace()

  /// y = x², then z = y·y + y, each 1 × 1.
  private func chain(
    _ x: Double
  ) -> (tape: Tape<Double>, x: Variable, y: Variable, z: Variable, mark: TapeMark) {
    let tape = Tape<Double>(workspace)
    func single() -> Variable { tape.variable(workspace.matrix(1, 1)) }
    let leaf = tape.leaf(workspace.matrix(1, 1, [x]), gradient: .all)
    let (y, product, z) = (single(), single(), single())
    tape.multiply(leaf, leaf, into: y)
    tape.multiply(y, y, into: product)
    let mark = tape.mark()
    tape.combine([product, y], into: z)
    return (tape, leaf, y, z, mark)
  }

  @Test func visitorsSeeCompleteCotangentsAndMarksParts() {
    let (tape, x, y, z, mark) = chain(3)
    let sweep = ReverseSweep(tape)
    var seen: [String] = []
    sweep.visit(y) { seen.append("y \($0[0, 0])") }
    sweep.visit(z) { seen.append("z \($0[0, 0])") }
    sweep.visit(y, after: mark) { seen.append("y after mark \($0[0, 0])") }
    sweep.visit(x, after: mark) { _ in seen.append("x after mark") }
    sweep.seed(z, workspace.matrix(1, 1, [1]))
    sweep.run()
    // ∂z/∂y = 2y + 1 = 19, of which the sum has 1.
    #expect(seen == ["z 1.0", "y after mark 1.0", "y 19.0"])
    #expect(sweep.cotangent(x)?.elements == [114])
    #expect(sweep.cotangent(y) == nil, "what was passed is given back")
  }

  @Test func marksAtTheEndsOfATape() {
    let tape = Tape<Double>(workspace)
    let x = tape.leaf(workspace.matrix(1, 1, [3]), gradient: .all)
    let y = tape.variable(workspace.matrix(1, 1))
    let start = tape.mark()
    tape.multiply(x, x, into: y)
    let sweep = ReverseSweep(tape)
    var seen: [String] = []
    sweep.visit(y, after: tape.mark()) { seen.append("end \($0[0, 0])") }
    sweep.visit(x, after: start) { seen.append("start \($0[0, 0])") }
    sweep.seed(y, workspace.matrix(1, 1, [1]))
    sweep.run()
    #expect(seen == ["end 1.0", "start 6.0"])
  }

  /// After a sweep only the gradients of leaves are left, after a pass of tangents nothing more than the tangents.
  @Test(arguments: 0..<60) func memoryComesBack(_ seed: Int) {
    var numbers = SampleNumbers(seed + 4000)
    let values = (0..<RandomProgram.leafCount).map { _ in numbers.next(16) }
    let program = RandomProgram(seed, values)
    let workspace = program.workspace
    let before = workspace.bytesInUse
    let mark = workspace.mark()
    let sweep = ReverseSweep(program.tape)
    for result in program.results {
      let value = program.tape.value(result)
      let seed: Tensor<Double> = workspace.zeros(value.rows, value.columns)
      sweep.seed(result, seed)
      workspace.giveBack(seed)
    }
    sweep.run()
    let gradients = program.leaves.compactMap { sweep.cotangent($0) }
    for gradient in gradients { workspace.giveBack(gradient) }
    #expect(workspace.bytesInUse == before)
    workspace.giveBack(since: mark)
    #expect(workspace.bytesInUse == before)
  }

  /// The sweep of tangents lends cotangents of the first sweep; all come back.
  @Test(arguments: 0..<60) func memoryOfBothSweepsComesBack(_ seed: Int) {
    var numbers = SampleNumbers(seed + 4000)
    let values = (0..<RandomProgram.leafCount).map { _ in numbers.next(16) }
    let program = RandomProgram(seed, values)
    let (tape, workspace) = (program.tape, program.workspace)
    let tangents = TangentSweep(tape)
    for leaf in program.leaves { tangents.seed(leaf, tape.value(leaf)) }
    tangents.run()
    let (primal, second) = (ReverseSweep(tape), ReverseSweep(tape))
    let before = workspace.bytesInUse
    for result in program.results {
      let value = tape.value(result)
      let seed: Tensor<Double> = workspace.zeros(value.rows, value.columns)
      primal.seed(result, seed)
      workspace.giveBack(seed)
    }
    primal.run(tangents: tangents, second: second)
    for leaf in program.leaves {
      for gradient in [primal, second].compactMap({ $0.cotangent(leaf) }) { workspace.giveBack(gradient) }
    }
    #expect(workspace.bytesInUse == before)
  }
}
