/// What a metric is computed from.
package enum MetricNeed: String, Sendable, Hashable, CaseIterable {
  /// Hidden states of a forward pass.
  case hiddenStates = "hidden states"
  /// Outputs of activations of a forward pass.
  case activations
  /// The embedded tokens.
  case embeddings
  /// The gradient of the summed outputs with regard to the embedded tokens.
  case inputGradient = "input gradient"
  /// The same with noise of three sizes added to the embedded tokens.
  case noisedInputGradients = "noised input gradients"
  /// Gradients with regard to weights, first-listed inputs of linear nodes left out.
  case laterWeightGradients = "gradients of later weights"
  /// Gradients with regard to all weights.
  case weightGradients = "weight gradients"
  /// Gradients with regard to hidden states.
  case hiddenGradients = "hidden-state gradients"
  /// Gradients with regard to outputs of activations.
  case activationGradients = "activation gradients"
  /// Gradients whose cotangent is the output itself.
  case outputCotangent = "gradients weighted by the output"
  /// A Hessian-vector product.
  case hessianVectorProduct = "Hessian-vector product"
  /// Weight gradients of each column of the batch.
  case sampleGradients = "weight gradients of each sample"
  /// The network with the magnitudes of its weights, on an input of ones.
  case magnitudeNetwork = "network of weight magnitudes"
  /// The architecture alone.
  case architecture
}
