import Networks
import Outcomes
import Sizes
import Tensors

/// A forward pass that metrics read values of, and the reverse sweeps over it.
package final class ForwardPass<Element: TensorElement> {
  private let note: (MetricNeed) -> Void
  private let readers = Readers<(trace: NetworkTrace<Element>, workspace: Workspace)>()
  private var visitors: [Visitor] = []
  private var sweeps: [Cotangent: GradientPass<Element>] = [:]
  private var chains: [StateChain<Element>] = []

  /// Creates a pass that nothing is wanted of.
  ///
  /// - Parameter note: Called with what is asked for, in words.
  init(note: @escaping (MetricNeed) -> Void) { self.note = note }

  /// Reads the values of a kind when the pass has run; the reason may be that the network has none. Without a gradient being
  /// wanted, a pass keeps states alone.
  package func read<Value>(
    _ kind: ProbeKind, _ body: @escaping (ForwardValues<Element>) throws(Reason) -> Value
  ) -> Reading<Value> {
    note(kind.valueNeed)
    return readers.add { (source) throws(Reason) in
      try source.trace.checkHas(kind)
      return try body(
        ForwardValues(trace: source.trace, probes: source.trace.probes(kind), workspace: source.workspace))
    }
  }

  /// Reads the values of some kinds in the order in which they were computed; see `read(_:_:)`.
  package func read<Value>(
    _ kinds: [ProbeKind], _ body: @escaping (ForwardValues<Element>) throws(Reason) -> Value
  ) -> Reading<Value> {
    for kind in kinds { note(kind.valueNeed) }
    return readers.add { (source) throws(Reason) in
      for kind in kinds { try source.trace.checkHas(kind) }
      return try body(
        ForwardValues(
          trace: source.trace, probes: source.trace.probes.filter { kinds.contains($0.label.kind) },
          workspace: source.workspace))
    }
  }

  /// Reads the whole trace when the pass has run. What it is read for has to be noted by the caller.
  func whole<Value>(
    _ body: @escaping (NetworkTrace<Element>, Workspace) throws(Reason) -> Value
  ) -> Reading<Value> {
    readers.add { (source) throws(Reason) in try body(source.trace, source.workspace) }
  }

  /// Σ over the parameters of a scope of a function of their values; the reason may be that there are none.
  package func sum(over scope: ParameterScope, _ body: @escaping (Tensor<Element>) -> Double) -> Reading<Double> {
    note(.weights)
    return readers.add { (source) throws(Reason) in
      let parameters = source.trace.parameters(in: scope)
      guard !parameters.isEmpty else { throw Reason("there are no such parameters") }
      return parameters.reduce(0) { $0 + body($1.value(source.trace.tape)) }
    }
  }

  /// The scores of the links of a chain of values, each the next one's only way to the tokens, from the last to the first.
  ///
  /// - Parameters:
  ///   - kinds: The values, such as the residual stream after each part of a layer.
  ///   - score: Of a link, from a cotangent of ±1 at its end and the gradient that it gives at its start; nil leaves it out.
  package func chain(
    over kinds: [ProbeKind],
    _ score:
      @escaping (_ cotangent: Tensor<Element>, _ gradient: Tensor<Element>, Workspace) throws(Reason) -> Double?
  ) -> Reading<[Double]> {
    note(.stateTransport)
    let chain = StateChain(kinds, score)
    chains.append(chain)
    return chain.scores
  }

  /// Reads what the values of a kind add up to, as they are computed: they need not be kept.
  ///
  /// - Parameters:
  ///   - kind: The kind; see `ForwardRequest.visitor`.
  ///   - make: Makes what is added to, for B sequences.
  ///   - add: Adds a value.
  package func fold<Sum: AnyObject>(
    over kind: ProbeKind, into make: @escaping (_ batchSize: Int) -> Sum,
    add: @escaping (_ sum: Sum, _ label: ProbeLabel, _ value: Tensor<Element>) -> Void
  ) -> Reading<Sum> {
    note(kind.valueNeed)
    let kept = Kept<Sum>()
    visitors.append(
      Visitor(start: { kept.value = make($0) }) { label, value in
        if label.kind == kind, let sum = kept.value { add(sum, label, value) }
      })
    return readers.add { (source) throws(Reason) in
      try source.trace.checkHas(kind)
      guard let sum = kept.value else { preconditionFailure("a pass starts before it ends") }
      return sum
    }
  }

  /// The gradients of the outputs y summed with a cotangent.
  package func gradients(_ cotangent: Cotangent) -> GradientPass<Element> {
    if let pass = sweeps[cotangent] { return pass }
    let pass = GradientPass<Element> { [note] need in
      note(need)
      if let own = cotangent.need { note(own) }
    }
    sweeps[cotangent] = pass
    return pass
  }

  /// Gives every reading a reason in place of a value.
  func refuse(_ reason: Reason) {
    readers.refuse(reason)
    for sweep in sweeps.values { sweep.refuse(reason) }
    for chain in chains { chain.refuse(reason) }
  }

  /// True when one of the reverse sweeps over the pass is wanted.
  var wantsGradients: Bool { !chains.isEmpty || sweeps.values.contains { $0.isWanted } }

  /// Runs the pass and its sweeps.
  func run(
    _ network: any Network<Element>, _ input: NetworkInput<Element>, cotangentSeed: UInt64, _ workspace: Workspace
  ) {
    let mark = workspace.mark()
    defer { workspace.giveBack(since: mark) }
    var request = ForwardRequest<Element>()
    for (cotangent, sweep) in sweeps where sweep.isWanted {
      sweep.add(to: &request)
      if let loss = cotangent.loss { request.losses.insert(loss) }
      if cotangent == .flow { request.wantsFlow = true }
    }
    if !chains.isEmpty { request.inputGradient = true }
    for visitor in visitors { visitor.start(input.batchSize) }
    if !visitors.isEmpty {
      request.visitor = { [visitors] label, value in for visitor in visitors { visitor.visit(label, value) } }
    }
    let trace = network.forward(input, request)
    readers.show((trace, workspace))
    // Rows that are looked up take their memory when they are first read: here, not in a sweep whose memory goes back.
    for parameter in trace.parameters where !parameter.scopes.isDisjoint(with: request.gradients) {
      _ = parameter.value(trace.tape)
    }
    for cotangent in Cotangent.allCases {
      if let sweep = sweeps[cotangent], sweep.isWanted {
        let mark = workspace.mark()
        sweep.run(cotangent, trace, cotangentSeed: cotangentSeed, workspace)
        workspace.giveBack(since: mark)
      }
    }
    for chain in chains { chain.run(trace, cotangentSeed: cotangentSeed, workspace) }
  }

  private struct Visitor {
    var start: (_ batchSize: Int) -> Void
    var visit: (ProbeLabel, Tensor<Element>) -> Void
  }
}

/// A forward pass that has run: its trace, and its values of one kind.
package struct ForwardValues<Element: TensorElement> {
  /// The trace.
  package let trace: NetworkTrace<Element>
  /// The values of the kind.
  package let probes: [Probe]
  /// Memory for what is computed; it is given back with the pass's.
  package let workspace: Workspace
}

extension ProbeKind {
  /// The need that is noted when values of the kind are read.
  fileprivate var valueNeed: MetricNeed {
    switch self {
    case .states, .enteringState, .embedded, .normalisedStates, .middleStates: .hiddenStates
    case .activation, .preactivation, .projection, .linear, .transform: .activations
    case .attention, .kernel: .attentions
    }
  }

  /// The need that is noted when gradients with regard to values of the kind are read.
  var gradientNeed: MetricNeed {
    switch self {
    case .states, .enteringState, .embedded, .normalisedStates, .middleStates: .hiddenGradients
    case .activation, .preactivation, .projection, .linear, .transform, .attention, .kernel: .activationGradients
    }
  }
}
