/// The objective whose gradients are taken, by what it is or by its gradient with regard to the outputs y [T·B, h] of the last
/// layer, from which a reverse sweep starts.
package enum Cotangent: String, Sendable, Hashable, CaseIterable {
  /// 1: the objective is Σ y. Behind a layer normalisation with its first gains and biases that is a constant: every gradient
  /// below is rounding noise.
  case ones
  /// y itself: the objective is Σ y²/2.
  case output
  /// Random numbers c, 2u − 1 of a documented generator, one after another over sequences, steps and units: the objective is
  /// Σ c ⊙ y.
  case random
  /// The loss of encoders.
  case maskedLanguageModel = "masked-language-model"
  /// The loss of decoders.
  case languageModel = "language-model"
  /// What SynFlow differentiates.
  case flow

  /// Those that a metric can be asked for with.
  package static let choices: [Cotangent] = [.random, .ones, .output, .maskedLanguageModel, .languageModel]
}
