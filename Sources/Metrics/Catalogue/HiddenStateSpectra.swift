import ElementaryFunctions
import Networks
import Outcomes
import Sizes
import Tensors

/// Effective rank (Roy & Vetterli 2007) of hidden states, and its logarithm.
struct EffectiveRank: Metric {
  let description: MetricDescription
  let place: HiddenStatePlace
  let form: Form

  /// What is made of the singular values.
  enum Form: String, Sendable, CaseIterable {
    /// exp(−Σ p ln p).
    case rank
    /// The same of the states less their mean.
    case centredRank
    /// −Σ p ln p.
    case entropy
  }

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    place.layers(passes.layerCount).map { layer in
      let key = Key(place: place, layer: layer, isCentred: form == .centredRank)
      let entropy = passes.shared(key) { SharedEntropy(place, layer, isCentred: key.isCentred, passes.forward) }.reading
      return entropy.map { (entropy) throws(Reason) in form == .entropy ? entropy : Elementary.exp(entropy) }
    }
  }

  private struct Key: Hashable {
    var place: HiddenStatePlace
    var layer: Int
    var isCentred: Bool
  }

  /// One for each place and form.
  static let all = HiddenStatePlace.allCases.flatMap { place in
    Form.allCases.map { form in
      let (id, title, summary, formula) =
        switch form {
        case .rank:
          (
            "effective-rank", "Effective rank", "How many directions the hidden states have in effect",
            "exp(−Σ p ln p), p = σ/Σσ, σ the singular values of"
          )
        case .centredRank:
          (
            "centred-effective-rank", "Centred effective rank",
            "How many directions the hidden states have in effect about their mean",
            "exp(−Σ p ln p), p = σ/Σσ, σ the singular values, after the mean of each column is taken off, of"
          )
        case .entropy:
          (
            "spectral-entropy", "Spectral entropy", "The logarithm of the hidden states' effective rank",
            "−Σ p ln p, p = σ/Σσ, σ the singular values of"
          )
        }
      return EffectiveRank(
        description: MetricDescription(
          id: place.id(id), title: place.title(title), summary: "\(summary)\(place.clause).",
          formula: "\(formula) \(place.words) [tokens, h]", reference: "roy2007", isLayered: place == .layers,
          kinds: place.kinds), place: place, form: form)
    }
  }
}

/// Hidden states in places of a network that metrics have values for.
enum HiddenStatePlace: Sendable, Hashable, CaseIterable {
  /// The outputs of each layer.
  case layers
  /// What the first layer reads.
  case embedded
  /// The outputs of the normalisation after the last layer.
  case normalised

  var probe: ProbeKind {
    switch self {
    case .layers: .states
    case .embedded: .embedded
    case .normalised: .normalisedStates
    }
  }

  /// The layers that there is a value for; 0 for what is no layer's.
  func layers(_ count: Int) -> Range<Int> { self == .layers ? 0..<count : 0..<1 }

  /// The states of a layer.
  func states<Element>(_ layer: Int, _ values: ForwardValues<Element>) throws(Reason) -> Probe {
    guard let probe = values.probes.first(where: { self != .layers || $0.label.layer == layer }) else {
      throw Reason("the network has no layer \(layer + 1)")
    }
    return probe
  }

  func id(_ id: String) -> String {
    switch self {
    case .layers: id
    case .embedded: "embedded-\(id)"
    case .normalised: "normalised-\(id)"
    }
  }

  func title(_ title: String) -> String {
    switch self {
    case .layers: title
    case .embedded: "Embedded \(title.lowercased())"
    case .normalised: "Normalised \(title.lowercased())"
    }
  }

  /// The matrix in a formula.
  var words: String {
    switch self {
    case .layers: "the outputs of a layer"
    case .embedded: "what the first layer reads"
    case .normalised: "the outputs of the last normalisation"
    }
  }

  /// What it adds to a sentence.
  var clause: String {
    switch self {
    case .layers: ""
    case .embedded: " where the first layer reads them"
    case .normalised: " after the last normalisation"
    }
  }

  var kinds: Set<ArchitectureKind> {
    switch self {
    case .layers: Set(ArchitectureKind.allCases)
    case .embedded: .transformers
    case .normalised: [.gpt2]
    }
  }
}

/// The entropy of the singular values of some states, computed once.
private final class SharedEntropy<Element: TensorElement> {
  let reading: Reading<Double>

  init(_ place: HiddenStatePlace, _ layer: Int, isCentred: Bool, _ pass: ForwardPass<Element>) {
    reading = pass.read(place.probe) { (values) throws(Reason) in
      let states = values.trace.tape.value(try place.states(layer, values).variable)
      let copy: Tensor<Double> = values.workspace.tensor(states.rows, states.columns)
      defer { values.workspace.giveBack(copy) }
      if isCentred {
        var means = [Double](repeating: 0, count: states.columns)
        Element.centerColumns(states, into: copy, means: &means)
      } else {
        Element.convert(states, toDouble: copy)
      }
      let singular = try LinearAlgebra.singularValues(copy)
      let total = singular.reduce(0, +)
      guard total > 0 else { throw Reason("the states are all \(isCentred ? "equal" : "zero")") }
      return singular.reduce(0) { $1 > 0 ? $0 - $1 / total * Elementary.log($1 / total) : $0 }
    }
  }
}
