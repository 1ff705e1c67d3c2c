import ElementaryFunctions
import Networks
import Outcomes
import Tensors

/// The entropy of attention (Clark et al. 2019): how widely tokens look.
struct AttentionEntropy: Metric {
  let description: MetricDescription
  let probe: ProbeKind

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let layers = passes.entropies(of: probe)
    guard description.isLayered else {
      return [
        layers.map { (layers) throws(Reason) in
          guard !layers.isEmpty else { throw Reason("no layer has \(probe.rawValue)") }
          return layers.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } / Double(layers.count)
        }
      ]
    }
    return (0..<passes.layerCount).map { layer in
      layers.map { (layers) throws(Reason) in
        guard let entropy = layers[layer] else { throw Reason("the layer has no \(probe.rawValue)") }
        return entropy
      }
    }
  }

  /// The mean over layers.
  static let attention = AttentionEntropy(
    description: MetricDescription(
      id: "attention-entropy", title: "Attention entropy",
      summary: "How widely tokens look, averaged over the layers that attend.",
      formula: "mean over layers with attention of the mean over sequences, heads and tokens of −Σ p ln p",
      reference: "clark2019", kinds: .transformers), probe: .attention)

  /// Of each layer.
  static let heads = AttentionEntropy(
    description: MetricDescription(
      id: "head-entropy", title: "Head entropy",
      summary: "How widely the tokens of a layer look.",
      formula: "of a layer the mean over sequences, heads and tokens of −Σ p ln p, p the attention of a token",
      reference: "clark2019", isLayered: true, kinds: .transformers), probe: .attention)

  /// Of the kernels of dynamic convolutions.
  static let kernels = AttentionEntropy(
    description: MetricDescription(
      id: "kernel-entropy", title: "Kernel entropy",
      summary: "How widely the convolution kernels of a layer look.",
      formula: "of a layer the mean over sequences, heads and tokens of −Σ κ ln κ, κ the convolution kernel of a token",
      reference: "clark2019", isLayered: true, kinds: [.encoder]), probe: .kernel)
}

extension Passes {
  /// By layer, the mean entropy of the probabilities of a kind, computed once for all that ask.
  fileprivate func entropies(of kind: ProbeKind) -> Reading<[Int: Double]> {
    shared(kind) { SharedEntropies(forward, kind) }.reading
  }
}

private final class SharedEntropies<Element: TensorElement> {
  let reading: Reading<[Int: Double]>

  init(_ pass: ForwardPass<Element>, _ kind: ProbeKind) {
    reading = pass.read(kind) { (values) throws(Reason) in
      var sums: [Int: (total: Double, rows: Int)] = [:]
      for probe in values.probes {
        let value = values.trace.tape.value(probe.variable).doubled(values.workspace)
        defer { values.workspace.giveBack(value) }
        let heads = kind == .kernel ? max(1, probe.label.head ?? 1) : 1
        sums[probe.label.layer, default: (0, 0)].total += Self.entropy(value)
        sums[probe.label.layer]?.rows += value.rows * heads
      }
      return sums.mapValues { $0.total / Double(max(1, $0.rows)) }
    }
  }

  /// −Σ p ln p over all elements.
  private static func entropy(_ probabilities: Tensor<Double>) -> Double {
    var total = 0.0
    for row in 0..<probabilities.rows {
      let values = probabilities.pointer + row * probabilities.stride
      var sum = 0.0
      for column in 0..<probabilities.columns where values[column] > 0 {
        sum += values[column] * Elementary.log(values[column])
      }
      total -= sum
    }
    return total
  }
}
