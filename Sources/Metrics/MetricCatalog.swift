import Networks
import Sizes

/// Every metric, in the order in which they are listed.
package enum MetricCatalog {
  /// The metrics.
  package static let metrics: [any Metric] = [
    HiddenCovariance(), JacobianMetric.covariance, JacobianMetric.cosine,
    NoisedJacobianChange.smallNoise, NoisedJacobianChange.largeNoise, NoisedJacobianProduct.moreNoised,
    NoisedJacobianChange.smallNoiseCosine, NoisedJacobianChange.largeNoiseCosine,
    NoisedJacobianProduct.moreNoisedCosine, ActivationDistance(), SynapticSaliency(), HiddenSynapticSaliency(),
    EmbeddingCovariance(), Parameters(), FloatingPointOperations(), GradientNorm(), SNIP(), Plain(), Fisher(), GraSP(),
    SynFlow(), LogSynFlow(), NASWOT(), NTKTrace(), NTKConditionNumber(),
    // Of later papers.
    NeuralSpectralCapacity.published, NeuralSpectralCapacity.merged, NeuralSpectralCapacity.perHead,
    NeuralSpectralCapacity.stacked, NeuralSpectralCapacity.xavier, NeuralSpectralCapacity.kaiming,
    NeuralSpectralCapacity.constant, ZeroLM.attention, ZeroLM.feedForward, ZeroLM.both, LayerParameters(),
    NonEmbeddingParameters(), ZiCo(), NASITrace(), LinearRegions.sequences, LinearRegions.tokens, SWAP(), MeCo(),
    AZNASExpressivity(), AZNASTrainability(),
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

  /// Ids of the metrics that are no more than a size of the network: baselines.
  package static let sizes = MeasurementSizes.countMetrics

  /// The metric of an id.
  package static func metric(_ id: String) -> (any Metric)? { metrics.first { $0.description.id == id } }

  /// The description of an id.
  package static func description(of id: String) -> MetricDescription? { metric(id)?.description }

  /// A metric with its choices by name, such as `snip-all`; nil when there is none.
  package static func selection(_ name: String) -> MetricSelection? { MetricSelection(name, in: all) }

  /// The columns that metrics give for networks of so many layers, in the order of the names; unknown names give none.
  package static func columns(for names: [String], layerCount: Int) -> [MetricColumn] {
    names.compactMap { selection($0) }.flatMap { selection in
      description(of: selection.id)?.columns(layerCount: layerCount, selection) ?? []
    }
  }

  /// The needs of a metric in any of some protocols, for any kind of network, in a fixed order: those that it notes on passes that are never run.
  package static func needs(
    of id: String, in protocols: [MetricProtocol] = MetricProtocol.allCases
  ) -> [MetricNeed] {
    guard let metric = metric(id) else { return [] }
    var needs: Set<MetricNeed> = []
    for protocolName in protocols {
      for kind in metric.description.kinds {
        let passes = Passes<Float>(kind, protocolName: protocolName, layerCount: 1)
        _ = metric.values(passes, MetricChoice(kind, prefersLoss: metric.description.prefersLoss))
        needs.formUnion(passes.needs)
      }
    }
    return MetricNeed.allCases.filter { needs.contains($0) }
  }
}
