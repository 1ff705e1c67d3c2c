import Gradients
import Networks
import Outcomes
import Sizes
import Tensors

/// A reverse sweep over a forward pass. Sums over values inside the network are added up as the sweep passes by, so that
/// their gradients need not be kept; what remains at its end can be read then.
package final class GradientPass<Element: TensorElement> {
  /// The products cotangentᵀ·input that the gradient of a weight is the sum of: cotangents [n·B, outputs], inputs
  /// [n·B, inputs], rows step by step.
  package typealias Products = [(cotangent: Tensor<Element>, input: Tensor<Element>)]

  private let note: (MetricNeed) -> Void
  private var wanted = ForwardRequest<Element>()
  private var visitors: [(kind: ProbeKind, body: (ProbeGradient<Element>) -> Void)] = []
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
      let parameters = gradients.parameters(in: scope)
      let sum = (isJoined ? Parameter.joined(parameters) : parameters).reduce(0) { sum, parameter in
        guard let gradient = gradients.gradient(parameter) else { return sum }
        return sum + body(parameter.value(gradients.trace.tape), gradient)
      }
      guard reduction == .mean else { return sum }
      guard !parameters.isEmpty else { throw Reason("there are no such parameters") }
      return sum / Double(parameters.count)
    }
  }

  /// Reads the parameters of a scope with their gradients, in the order of the network.
  ///
  /// The reading's reason is that of the function, or that there are no such parameters.
  package func parameters<Value>(
    in scope: ParameterScope,
    _ body: @escaping ([ParameterGradient<Element>], _ gradients: Gradients<Element>) throws(Reason) -> Value
  ) -> Reading<Value> {
    note(scope == .saliency ? .laterWeightGradients : .weightGradients)
    wanted.gradients.insert(scope)
    return readers.add { (gradients) throws(Reason) in
      let parameters = gradients.parameters(in: scope).map { parameter in
        ParameterGradient(
          name: parameter.name, weight: parameter.value(gradients.trace.tape), gradient: gradients.gradient(parameter))
      }
      guard !parameters.isEmpty else { throw Reason("there are no such parameters") }
      return try body(parameters, gradients)
    }
  }

  /// Σ over the values of a kind inside the network of a function of value and gradient; the reason may be that the network
  /// has none.
  package func sum(
    over kind: ProbeKind, _ body: @escaping (_ value: Tensor<Element>, _ gradient: Tensor<Element>) -> Double
  ) -> Reading<Double> {
    sum(overEach: kind) { body($0.value, $0.gradient) }
  }

  /// As `sum(over:_:)` of a function that reads where the value stands too.
  package func sum(
    overEach kind: ProbeKind, _ body: @escaping (_ probe: ProbeGradient<Element>) -> Double
  ) -> Reading<Double> {
    note(kind.gradientNeed)
    wanted.probeGradients.insert(kind)
    let kept = Kept<Double>()
    visitors.append((kind, { kept.value = (kept.value ?? 0) + body($0) }))
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
        let visit = { (gradient: Tensor<Element>) in
          body(
            ProbeGradient(
              label: probe.label, layout: trace.layout, value: trace.tape.value(probe.variable), gradient: gradient,
              workspace: workspace))
        }
        if let end = probe.end {
          sweep.visit(probe.variable, after: end, visit)
        } else {
          sweep.visit(probe.variable, visit)
        }
      }
    }
    sweep.seed(start.variable, start.cotangent)
    let gradients = Gradients(trace, sweep, cotangent, workspace)
    if wanted.inputGradient {
      // What is computed loses its cotangent once the sweep has passed it; a leaf keeps it and is not visited.
      sweep.visit(trace.input) { [unowned gradients] cotangent in
        let copy: Tensor<Element> = workspace.tensor(cotangent.rows, cotangent.columns)
        copy.copy(from: cotangent)
        gradients.passedInput = copy
      }
    }
    if !productVisitors.isEmpty {
      sweep.visitProducts { [productVisitors, unowned gradients] products in
        for visitor in productVisitors { visitor(gradients, products) }
      }
    }
    // The sweep of tangents of one scope goes beside the sweep itself; those of others need sweeps of their own.
    let scopes = ParameterScope.allCases.filter { hessians[$0] != nil }
    for scope in scopes.dropFirst() {
      let mark = workspace.mark()
      let again = ReverseSweep(trace.tape)
      again.seed(start.variable, start.cotangent)
      hessians[scope]?.show(Self.hessianProducts(Gradients(trace, again, cotangent, workspace), scope))
      workspace.giveBack(since: mark)
    }
    if let scope = scopes.first {
      hessians[scope]?.show(Self.hessianProducts(gradients, scope))
    } else {
      sweep.run()
    }
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
    let parameters = Parameter.joined(gradients.parameters(in: scope))
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

/// A value inside a network with its gradient, as a reverse sweep passes it.
package struct ProbeGradient<Element: TensorElement> {
  /// What it is.
  package let label: ProbeLabel
  /// The order of its rows.
  package let layout: RowLayout
  /// The value.
  package let value: Tensor<Element>
  /// Its gradient.
  package let gradient: Tensor<Element>
  /// Memory for what is computed.
  package let workspace: Workspace
}

/// A parameter with its gradient.
package struct ParameterGradient<Element: TensorElement> {
  /// Its name in the framework that the network comes from.
  package let name: String
  /// W.
  package let weight: Tensor<Element>
  /// ∂W; nil when it is zero.
  package let gradient: Tensor<Element>?
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

  /// The objective.
  private let cotangent: Cotangent

  fileprivate init(
    _ trace: NetworkTrace<Element>, _ sweep: ReverseSweep<Element>, _ cotangent: Cotangent, _ workspace: Workspace
  ) {
    self.trace = trace
    self.cotangent = cotangent
    self.sweep = sweep
    self.workspace = workspace
  }

  /// The gradient with regard to the embedded tokens, where these are computed.
  fileprivate var passedInput: Tensor<Element>?

  /// The gradient with regard to the embedded tokens [T·B, e]; nil when it is zero.
  package var input: Tensor<Element>? { passedInput ?? sweep.cotangent(trace.input) }

  /// The parameters of a scope that the objective can depend on: those of a loss are none of a sum of outputs, whether or not
  /// somebody asks for the loss too.
  package func parameters(in scope: ParameterScope) -> [Parameter<Element>] {
    let hasOwn = cotangent.loss != nil || cotangent == .flow
    return trace.parameters(in: scope).filter { hasOwn || !$0.isOfObjective }
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
