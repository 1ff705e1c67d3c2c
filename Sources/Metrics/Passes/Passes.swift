import Networks
import Outcomes
import Sizes
import Tensors

/// The passes over one architecture with one seed, shared by the metrics that were asked for. Metrics say what they want to
/// read; `run` then makes each pass that is wanted once, and gives its memory back before the next.
///
/// What is differentiated is a `Cotangent`: as a rule a sum over the outputs of the last layer [T·B, h], since the released
/// code takes no step through the decoder.
package final class Passes<Element: TensorElement> {
  /// The kind of network.
  package let kind: ArchitectureKind
  /// The version of the released code whose definitions of the metrics are followed.
  package let protocolName: MetricProtocol
  /// L.
  package let layerCount: Int
  /// The needs of all readings asked for so far; `trainfree metrics` lists them for one metric.
  package internal(set) var needs: Set<MetricNeed> = []

  private let architectures = Readers<(architecture: any Architecture, tokens: TokenBatch)>()
  private let inputs = Readers<(input: NetworkInput<Element>, workspace: Workspace)>()
  private var plain: ForwardPass<Element>?
  private var noised: [Double: ForwardPass<Element>] = [:]
  private var ofMagnitudes: [MagnitudeReading: ForwardPass<Double>] = [:]
  private var samples: [SamplePasses<Element>] = []
  private var shared: [AnyHashable: AnyObject] = [:]

  /// Passes that nothing is wanted of as yet.
  package init(_ kind: ArchitectureKind, protocolName: MetricProtocol, layerCount: Int) {
    self.kind = kind
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

  /// The pass of the network of the weights' magnitudes over one sequence of ones, in double precision whatever the network's.
  package func magnitudes(_ reading: MagnitudeReading = .linearised) -> ForwardPass<Double> {
    if let pass = ofMagnitudes[reading] { return pass }
    let pass = ForwardPass<Double> { [unowned self] _ in needs.insert(.magnitudeNetwork) }
    ofMagnitudes[reading] = pass
    return pass
  }

  /// The scope of what is summed over matrices: of recurrent cells the matrices inside the layers stand for the weights, since no
  /// embedding is read.
  package func matrices(of choice: MetricChoice) -> ParameterScope {
    kind == .recurrentCell && choice.scope == .weights ? .matrices : choice.scope
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

  /// The passes over parts of the batch for a wish.
  func samples(_ wish: SamplePasses<Element>.Wish) -> SamplePasses<Element> {
    if let passes = samples.first(where: { $0.wish == wish }) { return passes }
    let passes = SamplePasses<Element>(wish)
    samples.append(passes)
    return passes
  }

  // MARK: Running

  /// True when something is wanted that takes a network; what is read of the architecture alone does not.
  var needsNetwork: Bool { !needs.isSubset(of: [.architecture]) }

  /// The most parts of a batch that have passes of their own.
  func partCount(_ tokens: TokenBatch) -> Int {
    samples.map { $0.wish.parts == .sequences ? tokens.batchSize : 2 }.max() ?? 0
  }

  private var wantsGradients: Bool {
    !ofMagnitudes.isEmpty || !noised.isEmpty || !samples.isEmpty || plain?.wantsGradients == true
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
      plain?.run(network, input, cotangentSeed: request.cotangentSeed, workspace)
      if !noised.isEmpty {
        let noised = NoisedInput(input, noise.normal(seed: seed, count: input.embedded.count), workspace)
        for (size, pass) in self.noised.sorted(by: { $0.key < $1.key }) {
          pass.run(network, noised.input(size), cotangentSeed: request.cotangentSeed, workspace)
        }
      }
    }
    for passes in samples {
      passes.run(network, request.tokens, cotangentSeed: request.cotangentSeed, workspace)
    }
    for (reading, pass) in ofMagnitudes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard network.magnitudeReadings.contains(reading) else {
        pass.refuse(Reason("\(kind.title) have no network of magnitudes read as \(reading.rawValue)"))
        continue
      }
      let mark = workspace.mark()
      let magnitudes = network.magnitudes(reading)
      pass.run(
        magnitudes, magnitudes.ones(sequenceLength: request.tokens.sequenceLength),
        cotangentSeed: request.cotangentSeed, workspace)
      workspace.giveBack(since: mark)
    }
  }
}
