import Networks
import Sizes

/// Every metric, in the order in which they are listed.
package enum MetricCatalog {
  /// The metrics.
  package static let metrics: [any Metric] = [
    HiddenCovariance(), JacobianCovariance(), JacobianCosine(), SmallNoiseJacobian(), LargeNoiseJacobian(),
    MoreNoisedJacobian(), SmallNoiseJacobianCosine(), LargeNoiseJacobianCosine(), MoreNoisedJacobianCosine(),
    ActivationDistance(), SynapticSaliency(), HiddenSynapticSaliency(), EmbeddingCovariance(), Parameters(),
    FloatingPointOperations(), GradientNorm(), SNIP(), Plain(), Fisher(), GraSP(), SynFlow(), LogSynFlow(), NASWOT(),
    NTKTrace(), NTKConditionNumber(),
  ]

  /// The metrics in words.
  package static let all: [MetricDescription] = metrics.map(\.description)

  /// The metrics of Serianni & Kalita (2023).
  package static let published: [String] = [
    "hidden-covariance", "jacobian-covariance", "jacobian-cosine", "small-noise-jacobian", "large-noise-jacobian",
    "more-noised-jacobian", "small-noise-jacobian-cosine", "large-noise-jacobian-cosine",
    "more-noised-jacobian-cosine", "activation-distance", "synaptic-saliency", "hidden-synaptic-saliency",
    "embedding-covariance", "parameters",
  ]

  /// What is no more than a size of the network: a baseline.
  package static let sizes = MeasurementSizes.countMetrics

  /// The metric of an id.
  package static func metric(_ id: String) -> (any Metric)? { metrics.first { $0.description.id == id } }

  /// The description of an id.
  package static func description(of id: String) -> MetricDescription? { metric(id)?.description }

  /// The columns that metrics give for a network, in the order of the ids; unknown ids give none.
  package static func columns(for ids: [String], settings: LanguageModelSettings) -> [MetricColumn] {
    ids.compactMap { description(of: $0) }.flatMap { metric -> [MetricColumn] in
      guard metric.isLayered else {
        return [MetricColumn(name: metric.id, title: metric.title, better: metric.better, metric: metric.id)]
      }
      return (1...settings.layerCount).map { layer in
        MetricColumn(
          name: "layer-\(layer)-\(metric.id)", title: "Layer \(layer) \(metric.title.lowercased())",
          better: metric.better, metric: metric.id)
      }
    }
  }
}
