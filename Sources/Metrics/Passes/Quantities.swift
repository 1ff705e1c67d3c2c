import Outcomes

/// What metrics are computed from. A quantity that nobody needed is nil or empty.
package struct Quantities: Sendable {
  /// Covariance score and cosine score of a gradient's rows.
  package struct JacobianScores: Sendable, Hashable {
    /// S of the correlation matrix.
    package var covariance: MetricOutcome
    /// 1 − ½ · mean |cos|^(1/20).
    package var cosine: MetricOutcome
  }

  /// Σ |W ⊙ ∂W| with one cotangent.
  package struct Saliency: Sendable, Hashable {
    /// Over matrices of linear nodes that are not of the first-listed input.
    package var laterInputs: Double
    /// Over the decoder.
    package var decoder: Double
    /// Σ |h ⊙ ∂h| over the states that enter a step.
    package var hidden: Double
  }

  /// Sums over all weights W with gradients G.
  package struct WeightSums: Sendable, Hashable {
    /// Σ over matrices of ‖G‖₂.
    package var norm = 0.0
    /// Σ |W ⊙ G|.
    package var snip = 0.0
    /// Σ W ⊙ G.
    package var plain = 0.0
  }

  /// S of hidden state 0 of each layer.
  package var hiddenCovariance: [MetricOutcome] = []
  /// S of the embedded tokens, a row for each step.
  package var embeddingCovariance: MetricOutcome?
  /// Of the gradient with regard to the embedded tokens.
  package var jacobian: JacobianScores?
  /// The same with noise of 0.1, 10 and 100 variances.
  package var noisedJacobians: [JacobianScores] = []
  /// K over all activations.
  package var activationKernel: ActivationKernel?
  /// K over leaky rectifiers alone.
  package var rectifierKernel: ActivationKernel?
  /// With the cotangent 1.
  package var saliency: Saliency?
  /// With the output as cotangent.
  package var outputSaliency: Saliency?
  /// Σ |h ⊙ ∂h| of the noised passes.
  package var noisedHiddenSaliency: [Double] = []
  /// Over all weights.
  package var weightSums: WeightSums?
  /// Σ (a · ∂a)² over outputs of activations; nil when nobody asked.
  package var fisher: Double?
  /// θᵀ·H·g over all weights θ with gradient g.
  package var curvature: Double?
  /// Eigenvalues of the tangent kernel of the columns, ascending, or why there are none.
  package var tangentKernel: Result<[Double], Reason>?
  /// Σ ||W| ⊙ ∂|W|| of the network of magnitudes; a blend can make gradients negative.
  package var synflow: MetricOutcome?
  /// Σ |W| ⊙ ln(1 + |∂|W||) of the network of magnitudes.
  package var logSynflow: MetricOutcome?
}
