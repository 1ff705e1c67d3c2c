import Networks
import Outcomes
import Tensors

/// Head confidence (Serianni & Kalita 2023, after Voita et al. 2019): how large the projections become at some token.
struct HeadConfidence: Metric {
  let description: MetricDescription
  /// The values.
  let kind: ProbeKind

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.forward.read(kind) { (values) throws(Reason) in
        var sum = TensorSum()
        for probe in values.probes {
          let value = values.trace.tape.value(probe.variable).doubled(values.workspace)
          defer { values.workspace.giveBack(value) }
          sum.add(Self.meanOfMaxima(value, values.trace.layout))
        }
        return try sum.reduced(choice.reduction, otherwise: "the network has no \(kind.rawValue)")
      }
    ]
  }

  /// The mean over sequences and channels of the largest value of a token.
  private static func meanOfMaxima(_ value: Tensor<Double>, _ layout: RowLayout) -> Double {
    var total = 0.0
    var maxima = [Double](repeating: 0, count: value.columns)
    for sequence in 0..<layout.batchSize {
      let rows = value.rows(layout.rows(ofSequence: sequence))
      for channel in maxima.indices { maxima[channel] = -.infinity }
      for step in 0..<rows.rows {
        let row = rows.pointer + step * rows.stride
        for channel in maxima.indices where row[channel] > maxima[channel] { maxima[channel] = row[channel] }
      }
      for maximum in maxima { total += maximum }
    }
    return total / Double(layout.batchSize * value.columns)
  }

  /// Of the projections, as published.
  static let projections = HeadConfidence(
    description: MetricDescription(
      id: "head-confidence", title: "Head confidence",
      summary: "The largest values that queries, keys, values and their like take, averaged over channels.",
      formula:
        "Σ over the outputs [B, S, ·] of query, key, value, input and weight layers of the mean over sequences and channels of the maximum over tokens",
      reference: "voita2019", options: [.reduction], kinds: [.encoder]), kind: .projection)

  /// Of all linear layers, as LPZero's code has it for GPT-2.
  static let allMatrices = HeadConfidence(
    description: MetricDescription(
      id: "all-matrices-confidence", title: "Confidence of all matrices",
      summary: "Head confidence summed over all linear layers, as LPZero's code has it for GPT-2.",
      formula:
        "Σ over the outputs [B, S, ·] of all linear layers inside the layers of the mean over sequences and channels of the maximum over tokens",
      reference: "dong2024lpzero", options: [.reduction], kinds: [.encoder, .gpt2]), kind: .linear)
}

/// Softmax confidence (Serianni & Kalita 2023): how sure the surest head is.
struct SoftmaxConfidence: Metric {
  let description = MetricDescription(
    id: "softmax-confidence", title: "Softmax confidence",
    summary: "The largest probability that any head gives, averaged over places.",
    formula:
      "Σ over layers of the mean over places of the maximum over heads of the attention [B, H, S, S]; of linear transforms that of the softmax over d of their output [B, H, S, d], which the network does not compute",
    reference: "serianni2023", options: [.reduction], kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.forward.read(.attention) { (values) throws(Reason) in
        let attentions = Dictionary(grouping: values.probes, by: \.label.layer)
        let transforms = Dictionary(grouping: values.trace.probes(.transform), by: \.label.layer)
        var sum = TensorSum()
        for layer in 0..<passes.layerCount {
          if let probes = attentions[layer] {
            sum.add(Self.meanOfMaxima(probes, values))
          } else if let probe = transforms[layer]?.first {
            sum.add(Self.meanOfTransform(probe, values))
          }
        }
        return try sum.reduced(choice.reduction, otherwise: "the network has no attentions")
      }
    ]
  }

  /// The mean over sequences and places of the maximum over heads.
  private static func meanOfMaxima<Element>(_ probes: [Probe], _ values: ForwardValues<Element>) -> Double {
    var (total, count) = (0.0, 0)
    for (_, heads) in Dictionary(grouping: probes, by: { $0.label.sequence ?? 0 }).sorted(by: { $0.key < $1.key }) {
      let matrices = heads.map { values.trace.tape.value($0.variable).doubled(values.workspace) }
      total += sumOfMaxima(matrices)
      count += matrices.first?.count ?? 0
      for matrix in matrices { values.workspace.giveBack(matrix) }
    }
    return total / Double(max(1, count))
  }

  /// The same of the softmax over the columns of each head of a transform.
  private static func meanOfTransform<Element>(_ probe: Probe, _ values: ForwardValues<Element>) -> Double {
    let output = values.trace.tape.value(probe.variable).doubled(values.workspace)
    defer { values.workspace.giveBack(output) }
    let heads = max(1, probe.label.head ?? 1)
    let width = output.columns / heads
    let matrices = (0..<heads).map { output.columns($0 * width..<($0 + 1) * width) }
    for matrix in matrices { Double.softmax(matrix, into: matrix) }
    return sumOfMaxima(matrices) / Double(max(1, output.rows * width))
  }

  /// The sum over places of the largest element of some matrices of one shape.
  private static func sumOfMaxima(_ matrices: [Tensor<Double>]) -> Double {
    guard let first = matrices.first else { return 0 }
    var total = 0.0
    for row in 0..<first.rows {
      let rows = matrices.map { $0.pointer + row * $0.stride }
      for column in 0..<first.columns {
        var largest = -Double.infinity
        for row in rows where row[column] > largest { largest = row[column] }
        total += largest
      }
    }
    return total
  }
}
