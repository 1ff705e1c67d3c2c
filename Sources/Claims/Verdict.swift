/// The two verdicts on a claim. They are never merged: a number can be met and what is concluded from it wrong, and the
/// other way round.
public struct Verdict: Sendable, Hashable {
  /// Whether the printed number was met.
  public var reproduction: Reproduction
  /// Whether the data bear the region out.
  public var inference: Inference
  /// What the inference was judged on; nil when it was not.
  public var basis: Inference.Basis?
  /// The p-value adjusted over the claim's family; nil when none is.
  public var adjustedPValue: Double?

  /// Creates a verdict.
  public init(
    reproduction: Reproduction, inference: Inference, basis: Inference.Basis? = nil, adjustedPValue: Double? = nil
  ) {
    self.reproduction = reproduction
    self.inference = inference
    self.basis = basis
    self.adjustedPValue = adjustedPValue
  }
}
