import Documents
import Gradients
import Networks
import Outcomes
import Sizes
import Tensors
import TestSupport
import Testing

@testable import Metrics

/// Products of the Hessian with the gradient, against values recorded in PyTorch: Σ g ⊙ H·g, which no weight is a factor of, and
/// −Σ W ⊙ H·g, which GraSP computes as −Σ g ⊙ H·W.
@Suite(.serialized, .needsRecordedNetworks) struct GoldenHessianTests {
  @Test(arguments: GoldenTransformer.all) func gradients(_ model: GoldenTransformer) throws {
    for cotangent in [Cotangent.random, model.architecture.kind == .encoder ? .maskedLanguageModel : .languageModel] {
      let key = cotangent == .random ? "cotangent" : model.loss.key
      let recorded = try #require(model.node["float64"]?[key])
      for scope in [ParameterScope.linear, .weights] {
        let sums = try products(model, cotangent, scope)
        for (value, name) in [(sums.square, "gHg"), (sums.weighted, "grasp")] {
          let expected = try #require(recorded["\(name)/\(scope.rawValue)"]?.double)
          #expect(abs(value - expected) <= 1e-10 * abs(expected), "\(model) \(key) \(name) \(scope)")
        }
      }
    }
  }

  private func products(
    _ model: GoldenTransformer, _ cotangent: Cotangent, _ scope: ParameterScope
  ) throws -> (square: Double, weighted: Double) {
    let workspace = Workspace()
    let network = model.architecture.network(
      of: Double.self, seed: 2023, wantsGradients: true, workspace: workspace)
    return try self.products(network, model.tokens, cotangent, scope, workspace)
  }

  private func products(
    _ network: any Network<Double>, _ tokens: TokenBatch, _ cotangent: Cotangent, _ scope: ParameterScope,
    _ workspace: Workspace
  ) throws -> (square: Double, weighted: Double) {
    var request = ForwardRequest<Double>(gradients: [scope])
    if let loss = cotangent.loss { request.losses.insert(loss) }
    let trace = network.forward(network.input(tokens), request)
    let start = try cotangent.start(trace, seed: 777, workspace)
    let parameters = trace.parameters(in: scope)
    let first = ReverseSweep(trace.tape)
    first.seed(start.variable, start.cotangent)
    first.run()
    let tangents = TangentSweep(trace.tape)
    var gradients: [Variable: Tensor<Double>] = [:]
    for parameter in parameters {
      guard let gradient = first.cotangent(parameter.variable) else { continue }
      gradients[parameter.variable] = gradient
      tangents.seed(parameter.variable, gradient)
    }
    tangents.run()
    let (again, second) = (ReverseSweep(trace.tape), ReverseSweep(trace.tape))
    again.seed(start.variable, start.cotangent)
    again.run(tangents: tangents, second: second)
    var sums = (square: 0.0, weighted: 0.0)
    for parameter in parameters {
      guard let product = second.cotangent(parameter.variable), let gradient = gradients[parameter.variable] else {
        continue
      }
      sums.square += Double.productSum(gradient, product)
      sums.weighted -= Double.productSum(parameter.value(trace.tape), product)
    }
    return sums
  }
}
