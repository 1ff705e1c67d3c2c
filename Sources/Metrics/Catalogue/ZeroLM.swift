import Networks
import Outcomes
import Tensors

/// ZeroLM (Chen et al. 2025) as others read it: the authors' code is not public, and the formula is that of the released code of
/// Neural Spectral Capacity (Zhu, Zhao & Lu 2026), which compares with it.
///
/// Of independent entries of standard deviation s the expected S is s²·max(m, n): a count of widths, whatever the seed. The score
/// is α·attention + (1 − α)·feed-forward with an α from −1.5 … 1.5 that is chosen by trained scores, so that it has seen labels;
/// the README of the module has the columns of a spec that sweep it.
struct ZeroLM: Metric {
  let description: MetricDescription
  /// The weights of both parts.
  private let attentionWeight: Double
  private let feedForwardWeight: Double

  private static func formula(_ sum: String) -> String {
    "third-party reading: \(sum), S(W) = ‖W‖²_F / min(m, n) of the weights [m, n] as they are drawn"
  }

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let parts = [(ParameterScope.diversity, attentionWeight), (.saliency, feedForwardWeight)].filter { $0.1 != 0 }
    return [
      .sum(
        of: parts.map { scope, weight in
          passes.forward.sum(over: scope) { Element.squareSum($0) / Double(max(1, min($0.rows, $0.columns))) }
            .map { (sum) throws(Reason) in weight * sum }
        })
    ]
  }

  /// α = 1.
  static let attention = ZeroLM(
    description: MetricDescription(
      id: "zerolm-attention", title: "ZeroLM (third-party reading), attention",
      summary: "The mean squared singular values of the matrices of attention, as others read ZeroLM.",
      formula: formula("Σ S(W) over the matrices of attention, or of what stands in its place"),
      reference: "chen2025zerolm", kinds: .transformers), attentionWeight: 1, feedForwardWeight: 0)

  /// α = 0.
  static let feedForward = ZeroLM(
    description: MetricDescription(
      id: "zerolm-feed-forward", title: "ZeroLM (third-party reading), feed-forward",
      summary: "The mean squared singular values of the feed-forward matrices, as others read ZeroLM.",
      formula: formula("Σ S(W) over the feed-forward matrices"),
      reference: "chen2025zerolm", kinds: .transformers), attentionWeight: 0, feedForwardWeight: 1)

  /// α = ½.
  static let both = ZeroLM(
    description: MetricDescription(
      id: "zerolm", title: "ZeroLM (third-party reading)",
      summary: "The mean squared singular values of all matrices of the layers, as others read ZeroLM, with α = ½.",
      formula: formula("½·attention + ½·feed-forward, each Σ S(W) over its matrices; no α is chosen"),
      reference: "chen2025zerolm", kinds: .transformers), attentionWeight: 0.5, feedForwardWeight: 0.5)
}
