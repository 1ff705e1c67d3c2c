/// What metrics are computed from. A quantity that nobody needed is nil or empty.
public struct Quantities: Sendable {
  /// Covariance score and cosine score of a gradient's rows.
  public struct JacobianScores: Sendable, Hashable {
    /// S of the correlation matrix.
    public var covariance: MetricOutcome
    /// 1 − ½ · mean |cos|^(1/20).
    public var cosine: MetricOutcome
  }

  /// Σ |W ⊙ ∂W| with one cotangent.
  public struct Saliency: Sendable, Hashable {
    /// Over matrices of linear nodes that are not of the first-listed input.
    public var laterInputs: Double
    /// Over the decoder.
    public var decoder: Double
    /// Σ |h ⊙ ∂h| over the states that enter a step.
    public var hidden: Double
  }

  /// Sums over all weights W with gradients G.
  public struct WeightSums: Sendable, Hashable {
    /// Σ over matrices of ‖G‖₂.
    public var norm = 0.0
    /// Σ |W ⊙ G|.
    public var snip = 0.0
    /// Σ W ⊙ G.
    public var plain = 0.0
  }

  /// S of hidden state 0 of each layer.
  public var hiddenCovariance: [MetricOutcome] = []
  /// S of the embedded tokens, a row for each step.
  public var embeddingCovariance: MetricOutcome?
  /// Of the gradient with regard to the embedded tokens.
  public var jacobian: JacobianScores?
  /// The same with noise of 0.1, 10 and 100 variances.
  public var noisedJacobians: [JacobianScores] = []
  /// K over all activations.
  public var activationKernel: ActivationKernel?
  /// K over leaky rectifiers alone.
  public var rectifierKernel: ActivationKernel?
  /// With the cotangent 1.
  public var saliency: Saliency?
  /// With the output as cotangent.
  public var outputSaliency: Saliency?
  /// Σ |h ⊙ ∂h| of the noised passes.
  public var noisedHiddenSaliency: [Double] = []
  /// Over all weights.
  public var weightSums: WeightSums?
  /// Σ (a · ∂a)² over outputs of activations; nil when nobody asked.
  public var fisher: Double?
  /// θᵀ·H·g over all weights θ with gradient g.
  public var curvature: Double?
  /// Eigenvalues of the tangent kernel of the columns, ascending, or why there are none.
  public var tangentKernel: Result<[Double], MetricFailure>?
  /// Σ ||W| ⊙ ∂|W|| of the network of magnitudes; a blend can make gradients negative.
  public var synflow: MetricOutcome?
  /// Σ |W| ⊙ ln(1 + |∂|W||) of the network of magnitudes.
  public var logSynflow: MetricOutcome?
}

/// Why a quantity has no value.
public struct MetricFailure: Error, Sendable, Hashable {
  /// The reason.
  public let reason: String
}
