import Gradients
import Networks
import Outcomes
import Tensors

/// A reverse sweep over a forward pass. Sums over values inside the network are added up as the sweep passes by, so that
/// their gradients need not be kept; what remains at its end can be read then.
package final class GradientPass<Element: TensorElement> {
  /// The products cotangentᵀ·input that the gradient of a weight is the sum of: cotangents [n·B, outputs], inputs
  /// [n·B, inputs], rows step by step.
  package typealias Products = [(cotangent: Tensor<Element>, input: Tensor<Element>)]

  private let note: (MetricNeed) -> Void
  private var wanted = ForwardRequest<Element>()
  private var visitors: [(kind: ProbeKind, body: (_ value: Tensor<Element>, _ gradient: Tensor<Element>) -> Void)] = []
  private var productVisitors: [(Gradients<Element>, Products) -> Void] = []
  private let readers = Readers<Gradients<Element>>()
  private var hessians: [ParameterScope: Readers<HessianProducts>] = [:]
  private typealias HessianProducts = [(gradient: Tensor<Element>, product: Tensor<Element>)]

  /// Creates a sweep that nothing is wanted of.
  ///
  /// - Parameter note: Called with what is asked for, in words.
  init(note: @escaping (MetricNeed) -> Void) { self.note = note }

  // MARK: What can be read

  /// Reads the gradient with regard to the embedded tokens [T·B, e].
  ///
  /// The reading's reason is that of the function, or that the gradient is zero.
  package func input<Value>(
    _ body: @escaping (_ gradient: Tensor<Element>, _ gradients: Gradients<Element>) throws(Reason) -> Value
  ) -> Reading<Value> {
    note(.inputGradient)
    wanted.inputGradient = true
    return readers.add { (gradients) throws(Reason) in
      guard let gradient = gradients.input else { throw Reason("the gradient is zero") }
      return try body(gradient, gradients)
    }
  }

  /// Σ over the parameters of a scope of a function of value and gradient; a parameter whose gradient is zero adds nothing.
  ///
  /// - Parameters:
  ///   - scope: The parameters.
  ///   - isJoined: True when parameters that lie next to one another are summed as one matrix: fewer calls, and the same sum
  ///     but for rounding, of functions that add up over the numbers of a matrix.
  ///   - reduction: What becomes of the sum; the number of tensors of a mean takes in those whose gradient is zero.
  ///   - body: The function.
  package func sum(
    over scope: ParameterScope, isJoined: Bool = false, _ reduction: Reduction = .sum,
    _ body: @escaping (_ weight: Tensor<Element>, _ gradient: Tensor<Element>) -> Double
  ) -> Reading<Double> {
    note(scope == .saliency ? .laterWeightGradients : .weightGradients)
    wanted.gradients.insert(scope)
    return readers.add { (gradients) throws(Reason) in
      let parameters = gradients.trace.parameters(in: scope)
      let sum = (isJoined ? Parameter.joined(parameters) : parameters).reduce(0) { sum, parameter in
        guard let gradient = gradients.gradient(parameter) else { return sum }
        return sum + body(parameter.value(gradients.trace.tape), gradient)
      }
      guard reduction == .mean else { return sum }
      guard !parameters.isEmpty else { throw Reason("there are no such parameters") }
      return sum / Double(parameters.count)
    }
  }

  /// Σ over the values of a kind inside the network of a function of value and gradient; the reason may be that the network
  /// has none.
  package func sum(
    over kind: ProbeKind, _ body: @escaping (_ value: Tensor<Element>, _ gradient: Tensor<Element>) -> Double
  ) -> Reading<Double> {
    note(kind.gradientNeed)
    wanted.probeGradients.insert(kind)
    let kept = Kept<Double>()
    visitors.append((kind, { kept.value = (kept.value ?? 0) + body($0, $1) }))
    return readers.add { (gradients) throws(Reason) in
      try gradients.trace.checkHas(kind)
      return kept.value ?? 0
    }
  }

  /// Reads what the products of the gradients of all matrices of the layers add up to, from the last matrix to the first:
  /// gradients of single sequences are made from them.
  ///
  /// - Parameters:
  ///   - make: Makes what is added to.
  ///   - add: Adds the products of one matrix or of several that lie together.
  ///   - body: Reads the whole.
  package func matrixProducts<Sum: AnyObject, Value>(
    into make: @escaping (Gradients<Element>) -> Sum, add: @escaping (Sum, Products) -> Void,
    _ body: @escaping (Sum) throws(Reason) -> Value
  ) -> Reading<Value> {
    note(.sampleGradients)
    wanted.gradients.insert(.matrices)
    let kept = Kept<Sum>()
    productVisitors.append { gradients, products in
      let sum = kept.value ?? make(gradients)
      kept.value = sum
      add(sum, products)
    }
    return readers.add { (gradients) throws(Reason) in try body(kept.value ?? make(gradients)) }
  }

  /// Σ over the weights θ of a scope of a function of the gradient g and of H·θ, H the Hessian with regard to them; everything
  /// else is held fixed.
  ///
  /// θᵀ·H·g is gᵀ·(H·θ): a product with the weights themselves as the vector, whose tangents cost one product where others
  /// cost two.
  package func hessianSum(
    over scope: ParameterScope = .weights,
    _ body: @escaping (_ gradient: Tensor<Element>, _ product: Tensor<Element>) -> Double
  ) -> Reading<Double> {
    note(.hessianVectorProduct)
    wanted.gradients.insert(scope)
    let readers = hessians[scope] ?? Readers()
    hessians[scope] = readers
    return readers.add { (pairs) throws(Reason) in pairs.reduce(0) { $0 + body($1.gradient, $1.product) } }
  }

  // MARK: Running

  /// True when a gradient is wanted: of the embedded tokens, of parameters, or of values inside the network.
  var isWanted: Bool { wanted.inputGradient || !wanted.gradients.isEmpty || !wanted.probeGradients.isEmpty }

  /// Adds what is wanted of the forward pass.
  func add(to request: inout ForwardRequest<Element>) {
    request.inputGradient = request.inputGradient || wanted.inputGradient
    request.gradients.formUnion(wanted.gradients)
    request.probeGradients.formUnion(wanted.probeGradients)
  }

  /// Runs the sweep.
  func run(
    _ cotangent: Cotangent, _ trace: NetworkTrace<Element>, cotangentSeed: UInt64, _ workspace: Workspace
  ) {
    let start: (variable: Variable, cotangent: Tensor<Element>)
    do throws(Reason) {
      start = try cotangent.start(trace, seed: cotangentSeed, workspace)
    } catch {
      return refuse(error)
    }
    let sweep = ReverseSweep(trace.tape)
    for probe in trace.probes {
      for (kind, body) in visitors where kind == probe.label.kind {
        let visit = { (gradient: Tensor<Element>) in body(trace.tape.value(probe.variable), gradient) }
        if let end = probe.end {
          sweep.visit(probe.variable, after: end, visit)
        } else {
          sweep.visit(probe.variable, visit)
        }
      }
    }
    sweep.seed(start.variable, start.cotangent)
    let gradients = Gradients(trace, sweep, workspace)
    if wanted.inputGradient { sweep.visit(trace.input) { [unowned gradients] in gradients.keepInput($0) } }
    if !productVisitors.isEmpty {
      sweep.visitProducts { [productVisitors, unowned gradients] products in
        for visitor in productVisitors { visitor(gradients, products) }
      }
    }
    // The first sweep of tangents goes beside the sweep itself; one of another scope needs a sweep of its own.
    for (index, scope) in ParameterScope.allCases.filter({ hessians[$0] != nil }).enumerated() {
      var own = gradients
      if index > 0 {
        let again = ReverseSweep(trace.tape)
        again.seed(start.variable, start.cotangent)
        own = Gradients(trace, again, workspace)
      }
      hessians[scope]?.show(Self.hessianProducts(own, scope))
    }
    if hessians.isEmpty { sweep.run() }
    readers.show(gradients)
  }

  /// Gives every reading the reason why there is no sweep.
  func refuse(_ reason: Reason) {
    readers.refuse(reason)
    for readers in hessians.values { readers.refuse(reason) }
  }

  /// Runs a sweep together with the sweep of its tangents, and pairs gradients with H·θ.
  private static func hessianProducts(
    _ gradients: Gradients<Element>, _ scope: ParameterScope
  ) -> HessianProducts {
    let tape = gradients.trace.tape
    let parameters = Parameter.joined(gradients.trace.parameters(in: scope))
    let tangents = TangentSweep(tape)
    for variable in Set(parameters.map(\.variable)) { tangents.seed(variable, tape.value(variable)) }
    tangents.run()
    let second = ReverseSweep(tape)
    gradients.sweep.run(tangents: tangents, second: second)
    return parameters.compactMap { parameter in
      guard let gradient = gradients.gradient(parameter), let product = second.cotangent(parameter.variable) else {
        return nil
      }
      return (gradient, parameter.gradient(product))
    }
  }
}

/// The gradients that a reverse sweep has computed, to be read at its end.
package final class Gradients<Element: TensorElement> {
  /// The trace that it went over.
  package let trace: NetworkTrace<Element>
  /// Memory for what is computed; it is given back with the pass's.
  package let workspace: Workspace
  fileprivate let sweep: ReverseSweep<Element>
  /// Gradients that were looked up, by name.
  private var lookedUp: [String: Tensor<Element>] = [:]

  fileprivate init(_ trace: NetworkTrace<Element>, _ sweep: ReverseSweep<Element>, _ workspace: Workspace) {
    self.trace = trace
    self.sweep = sweep
    self.workspace = workspace
  }

  /// The gradient with regard to the embedded tokens [T·B, e]; nil when it is zero.
  package var input: Tensor<Element>? { keptInput ?? sweep.cotangent(trace.input) }
  private var keptInput: Tensor<Element>?

  /// Keeps the gradient of embedded tokens that the tape computed: as theirs is no leaf's, the sweep gives its memory back.
  fileprivate func keepInput(_ gradient: Tensor<Element>) {
    let kept: Tensor<Element> = workspace.tensor(gradient.rows, gradient.columns)
    kept.copy(from: gradient)
    keptInput = kept
  }

  /// ∂W of a parameter; nil when it is zero.
  package func gradient(_ parameter: Parameter<Element>) -> Tensor<Element>? {
    if let gradient = lookedUp[parameter.name] { return gradient }
    guard let cotangent = sweep.cotangent(parameter.variable) else { return nil }
    let gradient = parameter.gradient(cotangent)
    if case .lookup = parameter.place { lookedUp[parameter.name] = gradient }
    return gradient
  }
}
