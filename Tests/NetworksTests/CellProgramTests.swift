import SearchSpaces
import Tensors
import TestSupport
import Testing

@testable import Networks

/// How recipes are compiled.
@Suite struct CellProgramTests {
  private func program(_ text: String) throws -> (program: CellProgram, recipe: Recipe) {
    let recipe = try recipe(text)
    return (CellProgram(recipe), recipe)
  }

  /// The groups as `source: node.input node.input`, with a mark behind those known for all steps.
  private func groups(_ text: String) throws -> [String] {
    let (program, recipe) = try program(text)
    return program.groups.map { group in
      let parts = group.parts.map { "\(recipe.nodes[$0.node].name).\($0.position)" }.joined(separator: " ")
      let first = group.parts.count { $0.position == 0 }
      return "\(recipe.name(of: group.source)): \(parts), \(first)\(group.isTimeParallel ? " at once" : "")"
    }
  }

  private func names(_ instructions: [CellProgram.Instruction], _ recipe: Recipe) -> [String] {
    instructions.map { instruction in
      switch instruction {
      case .linear(let node, let parts, let activation, let target):
        let name = recipe.nodes[node].name
        return "\(name)/\(parts.count) \(activation)" + (node == target ? "" : " → \(recipe.nodes[target].name)")
      case .activation(let node, _, let activation): return "\(recipe.nodes[node].name) \(activation)"
      case .sum(let node, _): return "\(recipe.nodes[node].name) sum"
      case .product(let node, _): return "\(recipe.nodes[node].name) product"
      case .blend(let node, _): return "\(recipe.nodes[node].name) blend"
      }
    }
  }

  @Test func productsThatShareAnInputAreOne() throws {
    #expect(try groups(SampleCells.elman) == ["x: f.0, 1 at once", "h_prev_0: f.1, 0"])
    #expect(
      try groups(SampleCells.lstm) == ["x: i.0 j.0 f.0 o.0, 4 at once", "h_prev_0: i.1 j.1 f.1 o.1, 0"])
    #expect(
      try groups(SampleCells.gru) == ["x: r.0 z.0 c.0, 3 at once", "h_prev_0: r.1 z.1, 0", "rh: c.1, 0"])
  }

  @Test func firstInputsComeFirst() throws {
    // h_prev_0 is the second input of a, the first of b and, again, the third of c.
    let text = """
      a = linear x h_prev_0
      b = linear h_prev_0 x
      c = linear x x h_prev_0
      s = sum a b c
      h_new_0 = tanh s
      """
    #expect(try groups(text) == ["x: a.0 c.0 b.1 c.1, 2 at once", "h_prev_0: b.0 a.1 c.2, 1"])
  }

  @Test func activationsAreComputedWithTheirLinear() throws {
    let (lstm, recipe) = try program(SampleCells.lstm)
    #expect(lstm.timeParallel.isEmpty)
    #expect(
      names(lstm.sequential, recipe) == [
        "i/2 tanh → i_act", "j/2 sigmoid → j_act", "f/2 sigmoid → f_act", "o/2 tanh → o_act", "kept product",
        "fresh product", "h_new_1 sum", "memory tanh", "h_new_0 product",
      ])
    #expect(lstm.activations.count == 5)
  }

  @Test func linearsThatOthersReadStandAlone() throws {
    // l is read by an activation and a linear; h_new_1 is a state although an activation reads it.
    let (program, recipe) = try program(
      """
      l = linear x h_prev_0
      t = tanh l
      h_new_1 = linear t l
      s = sigmoid h_new_1
      m = linear s h_prev_1
      h_new_0 = leaky-relu m
      """)
    #expect(
      names(program.sequential, recipe) == [
        "l/2 identity", "t tanh", "h_new_1/2 identity", "s sigmoid", "m/2 leakyReLU → h_new_0",
      ])
  }

  @Test func whatNoStateReachesIsComputedForAllSteps() throws {
    let (program, recipe) = try program(SampleCells.mixed)
    #expect(names(program.timeParallel, recipe) == ["a/1 leakyReLU → b", "c/2 sigmoid → d"])
    #expect(names(program.sequential, recipe) == ["e/3 tanh → f", "g product", "h_new_0 sum", "h_new_1 blend"])
    #expect(
      try groups(SampleCells.mixed) == ["x: a.0 c.1, 1 at once", "b: c.0 e.1, 1 at once", "h_prev_0: e.0 e.2, 1"])
  }

  /// States are written step by step even when they depend on x alone, and so is what reads them in the same step.
  @Test func statesAreSequential() throws {
    let (program, recipe) = try program(
      """
      a = linear x
      h_new_0 = tanh a
      b = linear h_new_0 x
      c = tanh b
      d = linear x h_prev_1
      h_new_1 = sigmoid d
      """)
    #expect(program.timeParallel.isEmpty)
    #expect(
      names(program.sequential, recipe) == ["a/1 tanh → h_new_0", "b/2 tanh → c", "d/2 sigmoid → h_new_1"])
  }

  @Test(arguments: 0..<100) func everyNodeIsComputedOnceAfterWhatItReads(_ index: Int) throws {
    var sampler = RecipeSampler(seed: UInt64(index))
    let recipe = sampler.next()
    let program = CellProgram(recipe)
    var known: Set<Int> = []
    var fused: Set<Int> = []
    for instruction in program.timeParallel + program.sequential {
      var inputs: [RecipeInput] = []
      switch instruction {
      case .linear(let node, let parts, _, let target):
        inputs = recipe.nodes[node].inputs
        #expect(Set(parts).count == inputs.count)
        for slot in parts {
          let (group, part) = (program.groups[slot.group], program.groups[slot.group].parts[slot.part])
          #expect(part.node == node && group.source == inputs[part.position])
        }
        if node != target { fused.insert(node) }
      case .activation(_, let input, _): inputs = [input]
      case .sum(_, let all), .product(_, let all), .blend(_, let all): inputs = all
      }
      for case .node(let node) in inputs { #expect(known.contains(node)) }
      #expect(known.insert(instruction.target).inserted)
    }
    #expect(known.isDisjoint(with: fused) && known.union(fused) == Set(recipe.nodes.indices))
  }
}
