import ElementaryFunctions
import Networks
import Outcomes
import Sizes
import Tensors

/// SynFlow (Tanaka et al. 2020).
struct SynFlow: Metric {
  let description: MetricDescription
  let reading: MagnitudeReading

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    // A blend can make gradients negative.
    [passes.flow(reading, choice) { Double.magnitudeProductSum($0, $1) }]
  }

  /// One for each reading.
  static let all = MagnitudeReading.allCases.map { reading in
    SynFlow(
      description: MetricDescription(
        id: "synflow" + reading.suffix, title: "SynFlow" + reading.words,
        summary: "Synaptic flow through the magnitudes of the weights\(reading.clause).",
        formula: "Σ ||W| ⊙ ∂R/∂|W||\(reading.network)", reference: "tanaka2020", options: [.scope],
        kinds: reading.kinds), reading: reading)
  }
}

/// Log-SynFlow (Cavagnero et al. 2023).
struct LogSynFlow: Metric {
  let description: MetricDescription
  let reading: MagnitudeReading

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.flow(reading, choice) { Double.magnitudeLogProductSum($0, $1) }]
  }

  /// One for each reading.
  static let all = MagnitudeReading.allCases.map { reading in
    LogSynFlow(
      description: MetricDescription(
        id: "log-synflow" + reading.suffix, title: "Log-SynFlow" + reading.words,
        summary: "Synaptic flow with the logarithm of the gradients\(reading.clause).",
        formula: "Σ |W| ⊙ ln(1 + |∂R/∂|W||)\(reading.network)", reference: "cavagnero2023", options: [.scope],
        kinds: reading.kinds), reading: reading)
  }
}

/// The form of log-SynFlow in LPZero's code (Dong et al. 2024): the magnitude of the logarithm.
struct AbsoluteLogSynFlow: Metric {
  let description: MetricDescription
  let reading: MagnitudeReading

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.flow(reading, choice) { Self.sum($0, $1) }]
  }

  /// Σ |w|·|ln|g|| over the elements with g ≠ 0.
  private static func sum(_ weight: Tensor<Double>, _ gradient: Tensor<Double>) -> Double {
    var total = 0.0
    for row in 0..<weight.rows {
      let (w, g) = (weight.rows(row..<row + 1).pointer, gradient.rows(row..<row + 1).pointer)
      var sum = 0.0
      for column in 0..<weight.columns where g[column] != 0 { sum += abs(w[column] * Elementary.log(abs(g[column]))) }
      total += sum
    }
    return total
  }

  /// One for each reading.
  static let all = MagnitudeReading.allCases.map { reading in
    AbsoluteLogSynFlow(
      description: MetricDescription(
        id: "abslog-synflow" + reading.suffix, title: "Abslog-SynFlow" + reading.words,
        summary:
          "Synaptic flow with the magnitude of the gradients' logarithm, as LPZero's code has it\(reading.clause).",
        formula: "Σ |W| ⊙ |ln |∂R/∂|W||| over the gradients that are not 0\(reading.network)",
        reference: "dong2024lpzero", options: [.scope], kinds: reading.kinds), reading: reading)
  }
}

extension Passes {
  /// Σ over the weights of a function of |W| and ∂R/∂|W|, in double precision: R is a product of as many magnitudes as there are
  /// layers, and leaves the range of single precision in deep decoders.
  fileprivate func flow(
    _ reading: MagnitudeReading, _ choice: MetricChoice,
    _ body: @escaping (_ weight: Tensor<Double>, _ gradient: Tensor<Double>) -> Double
  ) -> Reading<Double> {
    magnitudes(reading).gradients(.flow).sum(over: matrices(of: choice), isJoined: true, .sum, body)
      .finite(otherwise: "the product of magnitudes is not finite")
  }
}

extension MagnitudeReading {
  /// What it adds to a metric's name.
  var suffix: String { self == .linearised ? "" : "-\(rawValue)" }

  /// What it adds to a title.
  var words: String {
    switch self {
    case .linearised: ""
    case .kept: " with its nonlinear parts"
    case .flippedMask: " with its mask turned over"
    }
  }

  /// What it adds to a sentence.
  var clause: String {
    switch self {
    case .linearised: ", everything else being linear"
    case .kept: ", normalisation, softmax and activation staying as they are"
    case .flippedMask: ", all else staying and tokens attending to those that follow, as in released code"
    }
  }

  /// R and the weights in a formula.
  var network: String {
    switch self {
    case .linearised:
      " over the weights (recurrent cells: the matrices of linear nodes), R = Σy (decoders: Σ of the logits of the first cluster) of the network of magnitudes on one sequence of ones, without biases; normalisations are x·|γ| + |β|, softmax is uniform, activations of transformers are the identity, transforms have the magnitudes of their matrices; in double precision"
    case .kept:
      " over the weights, R = Σ c ⊙ y with random c (decoders: Σ of the logits of the first cluster) of the network with |θ| for θ on one sequence of ones, to which |position| is added; in double precision"
    case .flippedMask:
      " over the weights, R = Σ of the logits of the first cluster of the network with |θ| for θ and +10⁴ for −10⁴ at masked places, on one sequence of ones, to which |position| is added; in double precision"
    }
  }

  /// The kinds of networks that have it.
  var kinds: Set<ArchitectureKind> {
    switch self {
    case .linearised: Set(ArchitectureKind.allCases)
    case .kept: [.encoder, .gpt2]
    case .flippedMask: [.gpt2]
    }
  }
}
