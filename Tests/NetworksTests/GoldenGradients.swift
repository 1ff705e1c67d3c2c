import Documents
import Gradients
import Tensors
import Testing

@testable import Networks

/// Compares a pass with what PyTorch recorded: sums of outputs, of hidden states, and of the gradient of every parameter.
struct GoldenGradients<Element: TensorElement> {
  let trace: NetworkTrace<Element>
  let workspace: Workspace
  /// What was recorded in the same precision.
  let recorded: DocumentNode
  /// What was recorded in double precision.
  let exact: DocumentNode
  /// Relative; twenty times that for biases in single precision, which may be differences of large numbers.
  let tolerance: Double

  private var isDouble: Bool { Element.self == Double.self }

  func isClose(_ value: Double, _ expected: Double?, of size: Double? = nil, factor: Double = 1) -> Bool {
    guard let expected else { return false }
    return abs(value - expected) <= factor * tolerance * max(abs(size ?? expected), 1e-300)
  }

  func magnitudeSum(_ x: Tensor<Element>) -> Double {
    let magnitude: Tensor<Element> = workspace.tensor(x.rows, x.columns)
    Element.magnitude(x, into: magnitude)
    return Element.sum(magnitude)
  }

  /// Sums of outputs and hidden states.
  func checkStates(_ kinds: [ProbeKind]) throws {
    let output = trace.tape.value(trace.output)
    #expect(isClose(magnitudeSum(output), (recorded["out_sum_abs"] ?? recorded["out_abs_sum"])?.double))
    let hidden = kinds.flatMap { trace.probes($0) }
    let sums = try #require(recorded["activation"]?["hidden_abs_sums"]?.elements).map(\.double)
    #expect(hidden.count == sums.count)
    for (probe, sum) in zip(hidden, sums) { #expect(isClose(magnitudeSum(trace.tape.value(probe.variable)), sum)) }
  }

  /// The gradients of the random cotangent and of a loss.
  func checkGradients(_ loss: Loss, key: String) throws {
    let output = trace.tape.value(trace.output)
    let cotangent: Tensor<Element> = workspace.tensor(output.rows, output.columns)
    var generator = DocumentedGenerator(seed: 777)
    generator.fill(cotangent, scale: 1)
    let one: Tensor<Element> = workspace.tensor(1, 1)
    one.fill(1)
    let variable = try #require(trace.losses[loss])
    #expect(isClose(Double(trace.tape.value(variable)[0, 0]), recorded[key]?["loss"]?.double))
    for (objective, start, seed) in [("cotangent", trace.output, cotangent), (key, variable, one)] {
      let sweep = ReverseSweep(trace.tape)
      sweep.seed(start, seed)
      sweep.run()
      let expected = try #require(recorded[objective]?["grad"]?.entries)
      var compared = 0
      for parameter in trace.parameters {
        guard let values = expected.first(where: { $0.key == parameter.name })?.value.elements?.map(\.double) else {
          continue
        }
        compared += 1
        let gradient = sweep.cotangent(parameter.variable)
        try compare(
          "\(objective) \(parameter.name)", (gradient.map { Element.sum($0) } ?? 0, gradient.map(magnitudeSum) ?? 0),
          (#require(values[0]), #require(values[1])),
          exact: exact[objective]?["grad"]?[parameter.name]?.elements?.last?.double ?? 0)
      }
      #expect(
        compared
          == expected.count { $0.value.elements?.last?.double != 0 || trace.parameters.map(\.name).contains($0.key) })
    }
  }

  private func compare(
    _ name: String, _ value: (sum: Double, magnitude: Double), _ expected: (sum: Double, magnitude: Double),
    exact: Double
  ) throws {
    // A softmax ignores a shift, so that the gradient of a key's bias is rounding. So are some others in some models.
    if name.hasSuffix("key.bias") || exact < 1e-12 || exact < 1e-9 && name.hasSuffix("bias") && !isDouble {
      #expect(value.magnitude < (isDouble ? 1e-9 : 1e-2), "\(name)")
      return
    }
    let factor: Double = name.hasSuffix("bias") && !isDouble ? 20 : 1
    #expect(
      isClose(value.magnitude, expected.magnitude, factor: factor), "\(name): \(value.magnitude), \(expected.magnitude)"
    )
    #expect(
      isClose(value.sum, expected.sum, of: expected.magnitude, factor: factor), "\(name): \(value.sum), \(expected.sum)"
    )
  }
}
