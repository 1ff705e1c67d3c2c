import Networks
import Outcomes
import Proxies
import Sizes
import Tensors

/// The matrices of a pass as formulas of proxies read them, made when they are asked for, one at a time.
///
/// - `weight`: the matrices of linear layers inside the layers (`ParameterScope.layers`; of recurrent cells `.matrices`), as stored.
/// - `gradient`: of the objective with regard to each, zeros where it does not depend on it.
/// - `activation`: every output of an activation, [B, S, F]; of recurrent cells [T, B, h].
/// - `head`: of encoders the outputs of `query`, of linear transforms those of `input`; of decoders those of the attention
///   projection, queries, keys and values side by side (`attn.c_attn`, `qkv_net`). [B, S, width].
/// - `softmax`: the attention probabilities of a layer, [B, H, S, keys].
///
/// Layers count from 1.
struct TraceMatrices<Element: TensorElement>: ProxySource {
  private let trace: NetworkTrace<Element>
  private let workspace: Workspace
  /// Of weights, and of their gradients where the program reads some.
  private let weights: [ParameterGradient<Element>]

  init(_ trace: NetworkTrace<Element>, weights: [ParameterGradient<Element>], _ workspace: Workspace) {
    self.trace = trace
    self.weights = weights
    self.workspace = workspace
  }

  /// The scope of weights and gradients.
  static func scope(of kind: ArchitectureKind) -> ParameterScope { kind == .recurrentCell ? .matrices : .layers }

  func modules(of input: ProxyInput) throws(Reason) -> [ProxyModule] {
    switch input {
    case .weight, .gradient: return weights.map { Self.module(of: $0.name) }
    case .activation:
      try trace.checkHas(.activation)
      var counts: [Int: Int] = [:]
      return trace.probes(.activation).map { probe in
        let number = counts[probe.label.layer, default: 0] + 1
        counts[probe.label.layer] = number
        return ProxyModule(layer: probe.label.layer + 1, name: "activation \(number)")
      }
    case .head: return heads.map { ProxyModule(layer: $0.label.layer + 1, name: $0.label.name) }
    case .softmax:
      try trace.checkHas(.attention)
      return attentions.map { ProxyModule(layer: $0[0].label.layer + 1, name: "attention") }
    }
  }

  func tensor(of input: ProxyInput, at place: Int) throws(Reason) -> ProxyTensor {
    switch input {
    case .weight:
      let weight = weights[place].weight
      return try tensor([weight.rows, weight.columns], [weight])
    case .gradient:
      let weight = weights[place].weight
      guard let gradient = weights[place].gradient else {
        return try ProxyTensor(
          shape: [weight.rows, weight.columns], values: Array(repeating: 0, count: weight.count))
      }
      return try tensor([gradient.rows, gradient.columns], [gradient])
    case .activation: return try tensor(ofTokens: trace.probes(.activation)[place])
    case .head: return try tensor(ofTokens: heads[place])
    case .softmax:
      let values = attentions[place].map { trace.tape.value($0.variable) }
      let sequences = Set(attentions[place].map { $0.label.sequence ?? 0 }).count
      return try tensor([sequences, values.count / max(1, sequences), values[0].rows, values[0].columns], values)
    }
  }

  // MARK: Probes

  /// The module of a parameter's name, such as `encoder.layer.0.output.dense.weight`: the first number is that of its layer.
  private static func module(of name: String) -> ProxyModule {
    let parts = name.split(separator: ".")
    guard let place = parts.firstIndex(where: { Int($0) != nil }), let layer = Int(parts[place]) else {
      return ProxyModule(layer: 1, name: name)
    }
    let rest = parts[(place + 1)...]
    return ProxyModule(layer: layer + 1, name: (rest.last == "weight" ? rest.dropLast() : rest).joined(separator: "."))
  }

  private var heads: [Probe] {
    let ofEncoders = trace.probes(.projection).filter { ["query", "input"].contains($0.label.name) }
    return ofEncoders.isEmpty
      ? trace.probes(.linear).filter { ["attn.c_attn", "qkv_net"].contains($0.label.name) } : ofEncoders
  }

  /// The attentions of each layer that has some, by sequence and head.
  private var attentions: [[Probe]] {
    Dictionary(grouping: trace.probes(.attention), by: \.label.layer).sorted { $0.key < $1.key }.map { _, probes in
      probes.sorted {
        ($0.label.sequence ?? 0, $0.label.head ?? 0) < ($1.label.sequence ?? 0, $1.label.head ?? 0)
      }
    }
  }

  /// A value with rows by token, the slower of the two axes first.
  private func tensor(ofTokens probe: Probe) throws(Reason) -> ProxyTensor {
    let value = trace.tape.value(probe.variable)
    let outer = trace.layout.order == .sequences ? trace.batchSize : trace.sequenceLength
    guard outer > 0, value.rows % outer == 0 else { return try tensor([value.rows, value.columns], [value]) }
    return try tensor([outer, value.rows / outer, value.columns], [value])
  }

  /// Matrices one after another in double precision.
  private func tensor(_ shape: [Int], _ parts: [Tensor<Element>]) throws(Reason) -> ProxyTensor {
    var values: [Double] = []
    values.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts {
      let copy = part.doubled(workspace)
      values += copy.elements
      workspace.giveBack(copy)
    }
    return try ProxyTensor(shape: shape, values: values)
  }
}

extension Passes {
  /// Reads the matrices that formulas of some inputs are of.
  ///
  /// - Parameters:
  ///   - inputs: What the formulas read.
  ///   - cotangent: The objective whose gradients are `gradient`.
  func networkMatrices<Value>(
    of inputs: [ProxyInput], _ cotangent: Cotangent,
    _ body: @escaping (TraceMatrices<Element>) throws(Reason) -> Value
  ) -> Reading<Value> {
    let scope = TraceMatrices<Element>.scope(of: kind)
    for need in inputs.compactMap(\.need) { needs.insert(need) }
    // Recurrent cells keep activations for gradients alone.
    guard inputs.contains(.gradient) || kind == .recurrentCell && inputs.contains(.activation) else {
      return forward.whole { (trace, workspace) throws(Reason) in
        let weights = trace.parameters(in: scope).map {
          ParameterGradient<Element>(name: $0.name, weight: $0.value(trace.tape), gradient: nil)
        }
        return try body(TraceMatrices(trace, weights: weights, workspace))
      }
    }
    return gradients(cotangent).parameters(in: scope) { (parameters, gradients) throws(Reason) in
      try body(TraceMatrices(gradients.trace, weights: parameters, gradients.workspace))
    }
  }
}

extension ProxyInput {
  /// The need that is noted when values of a forward pass are read; nil for gradients, which note their own.
  fileprivate var need: MetricNeed? {
    switch self {
    case .weight: .weights
    case .gradient: nil
    case .activation, .head: .activations
    case .softmax: .attentions
    }
  }
}
