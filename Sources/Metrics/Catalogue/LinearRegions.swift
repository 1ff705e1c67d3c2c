import Networks
import Outcomes
import Tensors

/// The number of linear regions that samples fall into (Chen et al. 2021, TE-NAS): its expressivity. Its trainability is
/// `ntk-condition-number`; the two are combined by their ranks in a pool.
struct LinearRegions: Metric {
  let description: MetricDescription
  /// True when a token is a sample, false when a sequence is.
  private let isOfTokens: Bool

  private static func formula(_ samples: String) -> String {
    "number of distinct rows of A, A = 1[output > 0] of \(samples) · rectifiers of all layers, GELU among them"
  }

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    guard isOfTokens else {
      return [passes.sequencePatterns(countsColumns: false) { Double($0.distinctRows) }]
    }
    return [
      passes.forward.read(.activation) { (values) throws(Reason) in
        let patterns = SignPatterns(samples: values.trace.layout.rowCount, countsColumns: false)
        for probe in values.probes where probe.label.isRectifier {
          patterns.add(values.trace.tape.value(probe.variable))
        }
        guard patterns.neurons > 0 else { throw Reason("the network has no rectifier") }
        return Double(patterns.distinctRows)
      }
    ]
  }

  /// A sequence is a sample, and the rectifiers of every step are neurons: mostly the number of sequences.
  static let sequences = LinearRegions(
    description: MetricDescription(
      id: "linear-regions", title: "Linear regions",
      summary: "How many linear regions of rectifiers the sequences of the batch fall into, at most one each.",
      formula: formula("sequences · steps"), reference: "chen2021"), isOfTokens: false)

  /// A token is a sample, and the rectifiers that it passes are neurons.
  static let tokens = LinearRegions(
    description: MetricDescription(
      id: "linear-regions-tokens", title: "Linear regions of tokens",
      summary: "How many linear regions of rectifiers the tokens of the batch fall into, at most one each.",
      formula: formula("tokens"), reference: "chen2021", kinds: .transformers), isOfTokens: true)
}

/// The sample-wise activation patterns of SWAP (Peng et al. 2024): what TE-NAS counts by rows, by columns.
struct SWAP: Metric {
  let description = MetricDescription(
    id: "swap", title: "SWAP",
    summary:
      "How many patterns of signs the rectifiers show over the sequences of the batch, at most 2 to their number.",
    formula:
      "number of distinct columns of A, A = 1[output > 0] of sequences · (steps · rectifiers of all layers), GELU among them; without the factor of the model's size",
    reference: "peng2024")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.sequencePatterns(countsColumns: true) { Double($0.distinctColumns) }]
  }
}

extension Passes {
  /// Reads the signs of rectifiers with sequences as samples.
  fileprivate func sequencePatterns(
    countsColumns: Bool, _ body: @escaping (SignPatterns) -> Double
  ) -> Reading<Double> {
    forward.fold(
      over: .activation, into: { SignPatterns(samples: $0, countsColumns: countsColumns) },
      add: { if $1.isRectifier { $0.add($2) } }
    ).map { (patterns) throws(Reason) in
      guard patterns.neurons > 0 else { throw Reason("the network has no rectifier") }
      return body(patterns)
    }
  }
}
