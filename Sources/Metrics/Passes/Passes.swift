import Networks
import Outcomes
import Sizes
import Tensors

/// The passes over one architecture with one seed, shared by the metrics that were asked for. Metrics say what they want to
/// read; `run` then makes each pass that is wanted once, and gives its memory back before the next.
///
/// The objective is Σ y, or Σ y²/2, y the outputs of the last layer [T·B, h]: the released code takes no step through the
/// decoder.
package final class Passes<Element: TensorElement> {
  /// The version of the released code whose definitions of the metrics are followed.
  package let protocolName: MetricProtocol
  /// L.
  package let layerCount: Int
  /// The needs of all readings asked for so far; `trainfree metrics` lists them for one metric.
  private(set) package var needs: Set<MetricNeed> = []

  private let architectures = Readers<(architecture: any Architecture, tokens: TokenBatch)>()
  private let inputs = Readers<(input: NetworkInput<Element>, workspace: Workspace)>()
  private var plain: ForwardPass<Element>?
  private var noised: [Double: ForwardPass<Element>] = [:]
  private var ofMagnitudes: ForwardPass<Element>?
  private var shared: [AnyHashable: AnyObject] = [:]

  /// Passes that nothing is wanted of as yet.
  package init(protocolName: MetricProtocol, layerCount: Int) {
    self.protocolName = protocolName
    self.layerCount = layerCount
  }

  // MARK: What can be read

  /// Reads the architecture, which takes no network.
  package func architecture<Value>(
    _ body: @escaping (_ architecture: any Architecture, _ tokens: TokenBatch) throws(Reason) -> Value
  ) -> Reading<Value> {
    needs.insert(.architecture)
    return architectures.add { (source) throws(Reason) in try body(source.architecture, source.tokens) }
  }

  /// Reads the embedded tokens [T·B, e], which take no pass.
  package func input<Value>(
    _ body: @escaping (_ input: NetworkInput<Element>, _ workspace: Workspace) throws(Reason) -> Value
  ) -> Reading<Value> {
    needs.insert(.embeddings)
    return inputs.add { (source) throws(Reason) in try body(source.input, source.workspace) }
  }

  /// The pass over the tokens.
  package var forward: ForwardPass<Element> {
    if let plain { return plain }
    let pass = ForwardPass<Element> { [unowned self] in needs.insert($0) }
    plain = pass
    return pass
  }

  /// The pass over the tokens with noise: embedded + size · Var(embedded) · n, n standard normal, the variance over the
  /// sequences of the batch with B in the denominator. The sum is rounded to single precision in both precisions.
  package func noised(_ size: Double) -> ForwardPass<Element> {
    if let pass = noised[size] { return pass }
    let pass = ForwardPass<Element> { [unowned self] _ in needs.insert(.noisedInputGradients) }
    noised[size] = pass
    return pass
  }

  /// The pass of the network of the weights' magnitudes, without biases, over one sequence of ones.
  package var magnitudes: ForwardPass<Element> {
    if let ofMagnitudes { return ofMagnitudes }
    let pass = ForwardPass<Element> { [unowned self] _ in needs.insert(.magnitudeNetwork) }
    ofMagnitudes = pass
    return pass
  }

  /// The gradients of the pass over the tokens; see `ForwardPass.gradients`.
  package func gradients(_ cotangent: Cotangent) -> GradientPass<Element> { forward.gradients(cotangent) }

  /// An object that several metrics share, by key: made when it is first asked for.
  package func shared<Value: AnyObject>(_ key: some Hashable, _ make: () -> Value) -> Value {
    if let value = shared[key] as? Value { return value }
    let value = make()
    shared[key] = value
    return value
  }

  // MARK: Running

  /// True when something is wanted that takes a network; what is read of the architecture alone does not.
  var needsNetwork: Bool { !needs.isSubset(of: [.architecture]) }

  private var wantsGradients: Bool {
    ofMagnitudes != nil || !noised.isEmpty || plain?.wantsGradients == true
  }

  /// Runs the passes.
  func run(_ request: MeasurementRequest, seed: UInt32, noise: NoiseCache, workspace: Workspace) {
    architectures.show((request.architecture, request.tokens))
    guard needsNetwork else { return }
    let network = request.architecture.network(
      of: Element.self, seed: seed, wantsGradients: wantsGradients, workspace: workspace)
    if !inputs.isEmpty || plain != nil || !noised.isEmpty {
      let input = network.input(request.tokens)
      inputs.show((input, workspace))
      plain?.run(network, input, workspace)
      if !noised.isEmpty {
        let noised = NoisedInput(input, noise.normal(seed: seed, count: input.embedded.count), workspace)
        for (size, pass) in self.noised.sorted(by: { $0.key < $1.key }) {
          pass.run(network, noised.input(size), workspace)
        }
      }
    }
    if let ofMagnitudes {
      let mark = workspace.mark()
      let magnitudes = network.magnitudes()
      ofMagnitudes.run(magnitudes, magnitudes.ones(sequenceLength: request.tokens.sequenceLength), workspace)
      workspace.giveBack(since: mark)
    }
  }
}
