/// The two verdicts on a claim. They are never merged: a number can be met and what is concluded from it wrong, and the
/// other way round.
package struct Verdict: Sendable, Hashable {
  /// Whether the printed number was met.
  package var reproduction: Reproduction
  /// Whether the data bear the region out.
  package var inference: Inference
  /// What the inference was judged on; nil when it was not.
  package var basis: Inference.Basis?
  /// The p-value adjusted over the claim's family; nil when none is.
  package var adjustedPValue: Double?

  /// Creates a verdict.
  package init(
    reproduction: Reproduction, inference: Inference, basis: Inference.Basis? = nil, adjustedPValue: Double? = nil
  ) {
    self.reproduction = reproduction
    self.inference = inference
    self.basis = basis
    self.adjustedPValue = adjustedPValue
  }
}
