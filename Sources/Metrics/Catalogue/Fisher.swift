import Networks
import Outcomes
import Tensors

/// Fisher score (Theis et al. 2018; Turner et al. 2020), with what stands for a sample and a channel left open by its sources.
struct Fisher: Metric {
  let description: MetricDescription
  let form: Form

  /// What is squared, and over what.
  enum Form: Sendable {
    /// By kind of network: elements of recurrent cells, tokens of transformers.
    case standard
    /// Each element by itself: Σ (a ⊙ ∂a)².
    case elements
    /// A sequence is a sample: tokens are places of its channels.
    case channels
    /// A token is a sample, on the outputs of linear layers.
    case linear
    /// As `linear`, each term as often as its matrix has columns.
    case linearBroadcast
  }

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let gradients = passes.gradients(choice.cotangent)
    switch form {
    case .standard where passes.kind != .recurrentCell:
      return [gradients.sum(over: .activation) { Element.squareProductSum($0, $1) / Double(2 * $0.rows) }]
    case .standard, .elements: return [gradients.sum(over: .activation) { Element.squareProductSum($0, $1) }]
    case .channels: return [gradients.sum(overEach: .activation) { Self.ofChannels($0) }]
    case .linear:
      return [gradients.sum(over: .linear) { Element.squareProductSum($0, $1) / Double(2 * $0.rows) }]
    case .linearBroadcast:
      return [
        gradients.sum(overEach: .linear) { probe in
          Element.squareProductSum(probe.value, probe.gradient) / Double(2 * probe.value.rows)
            * Double(probe.label.weightColumns ?? 1)
        }
      ]
    }
  }

  /// Σ over channels of ½ · the mean over sequences of (Σ over tokens of a ⊙ ∂a)².
  private static func ofChannels<Element>(_ probe: ProbeGradient<Element>) -> Double {
    let totals: Tensor<Element> = probe.workspace.tensor(1, probe.value.columns)
    defer { probe.workspace.giveBack(totals) }
    var sum = 0.0
    for sequence in 0..<probe.layout.batchSize {
      let rows = probe.layout.rows(ofSequence: sequence)
      Element.productColumnTotals(probe.value.rows(rows), probe.gradient.rows(rows), into: totals, accumulate: false)
      sum += Element.squareSum(totals)
    }
    return sum / Double(2 * probe.layout.batchSize)
  }

  private static func make(
    _ form: Form, _ suffix: String, _ words: String, _ summary: String, _ formula: String,
    _ kinds: Set<ArchitectureKind> = .transformers
  ) -> Fisher {
    Fisher(
      description: MetricDescription(
        id: "fisher\(suffix)", title: "Fisher\(words)", summary: summary,
        formula: "\(formula); \(MetricDescription.objective)",
        reference: suffix.hasPrefix("-linear") ? "dong2024lpzero" : "turner2020", options: [.cotangent], kinds: kinds),
      form: form)
  }

  /// Every form.
  static let all = [
    make(
      .standard, "", "", "Squared products of activations and their gradients.",
      "recurrent cells: Σ (a ⊙ ∂L/∂a)² over the outputs of activation nodes; transformers: Σ over activations and channels of ½ · the mean over tokens of (a · ∂L/∂a)²",
      Set(ArchitectureKind.allCases)),
    make(
      .elements, "-elements", " by element", "Squared products of activations and their gradients, all added up.",
      "Σ (a ⊙ ∂L/∂a)² over the outputs of activations"),
    make(
      .channels, "-channels", " by channel", "Squared sums over tokens of products of activations and their gradients.",
      "Σ over activations and channels of ½ · the mean over sequences of (Σ over tokens of a · ∂L/∂a)²"),
    make(
      .linear, "-linear", " of linear layers", "Squared products of the outputs of linear layers and their gradients.",
      "Σ over linear layers inside the layers and their channels of ½ · the mean over tokens of (a · ∂L/∂a)², a their outputs"
    ),
    make(
      .linearBroadcast, "-linear-broadcast", " of linear layers, broadcast",
      "Fisher of linear layers, each as often as its matrix has columns, as LPZero's code sums it.",
      "Fisher of linear layers with each layer's term times the columns of its matrix as it is stored"),
  ]
}
