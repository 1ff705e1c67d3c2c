import Networks
import Sizes

/// Every metric, in the order in which they are listed.
package enum MetricCatalog {
  /// The metrics.
  package static let metrics: [any Metric] = join(
    [
      HiddenCovariance.ofUnits[0], JacobianMetric.covariance, JacobianMetric.cosine,
      NoisedJacobianChange.smallNoise, NoisedJacobianChange.largeNoise, NoisedJacobianProduct.moreNoised,
      NoisedJacobianChange.smallNoiseCosine, NoisedJacobianChange.largeNoiseCosine,
      NoisedJacobianProduct.moreNoisedCosine, ActivationDistance(), SynapticSaliency.published,
      HiddenSynapticSaliency(), EmbeddingCovariance(), Parameters(), FloatingPointOperations(), GradientNorm(), SNIP(),
      Plain(), Fisher.all[0], GraSP(), SynFlow.all[0], LogSynFlow.all[0], NASWOT(), NTKTrace(), NTKConditionNumber(),
      GlobalGradientNorm(), AbsoluteLogSynFlow.all[0],
    ], hiddenStates, attention, weights, lpzero, papers)

  private static let hiddenStates: [any Metric] = join(
    EffectiveRank.all, Array(HiddenCovariance.ofUnits.dropFirst()), HiddenCovariance.ofTokens)

  private static let attention: [any Metric] = [
    SynapticDiversity.operations, HeadImportance.published, HeadImportance.small, HeadConfidence.projections,
    SoftmaxConfidence(), DSS.network, TokenNASWOT(), AttentionEntropy.attention, AttentionEntropy.heads,
    AttentionEntropy.kernels,
  ]

  private static let weights: [any Metric] = join(
    Array(Fisher.all.dropFirst()), Array(SynFlow.all.dropFirst()), Array(LogSynFlow.all.dropFirst()),
    Array(AbsoluteLogSynFlow.all.dropFirst()), DSS.ofMagnitudes, PrincipalComponents.all, [BatchTokens()])

  private static let lpzero: [any Metric] = [
    EZNAS(), LPZeroGPT2(), LPZeroBERT.defined, LPZeroBERT.released, SynapticDiversity.allMatrices,
    SynapticSaliency.allMatrices, HeadImportance.allMatrices, HeadConfidence.allMatrices,
    AllMatricesActivationDistance(),
  ]

  /// Of later papers.
  private static let papers: [any Metric] = [
    NeuralSpectralCapacity.published, NeuralSpectralCapacity.merged, NeuralSpectralCapacity.perHead,
    NeuralSpectralCapacity.stacked, NeuralSpectralCapacity.xavier, NeuralSpectralCapacity.kaiming,
    NeuralSpectralCapacity.constant, ZeroLM.attention, ZeroLM.feedForward, ZeroLM.both, LayerParameters(),
    NonEmbeddingParameters(), ZiCo(), NASITrace(), LinearRegions.sequences, LinearRegions.tokens, SWAP(), MeCo(),
    AZNASExpressivity(), AZNASTrainability(),
  ]

  private static func join(_ lists: [any Metric]...) -> [any Metric] { lists.flatMap { $0 } }

  /// The metrics in words.
  package static let all: [MetricDescription] = metrics.map(\.description)

  /// The ids of the metrics that are defined for a kind of network.
  package static func ids(for kind: ArchitectureKind) -> [String] {
    all.filter { $0.kinds.contains(kind) }.map(\.id)
  }

  /// The metrics of Serianni & Kalita (2023) for recurrent cells.
  package static let published: [String] = [
    "hidden-covariance", "jacobian-covariance", "jacobian-cosine", "small-noise-jacobian", "large-noise-jacobian",
    "more-noised-jacobian", "small-noise-jacobian-cosine", "large-noise-jacobian-cosine",
    "more-noised-jacobian-cosine", "activation-distance", "synaptic-saliency", "hidden-synaptic-saliency",
    "embedding-covariance", "parameters",
  ]

  /// Their metrics for transformers, the nine that their table has, each of which it has by sum and by mean.
  package static let publishedTransformers: [String] = [
    "synaptic-diversity", "synaptic-saliency", "activation-distance", "jacobian-covariance", "jacobian-cosine",
    "parameters", "head-importance", "head-confidence", "softmax-confidence",
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

  /// The needs of a metric, by its name with choices or without, in any of some protocols and any kind of network, in a fixed
  /// order: those that it notes on passes that are never run.
  package static func needs(
    of name: String, in protocols: [MetricProtocol] = MetricProtocol.allCases
  ) -> [MetricNeed] {
    guard let selection = selection(name), let metric = metric(selection.id) else { return [] }
    var needs = Set<MetricNeed>()
    for protocolName in protocols {
      for kind in metric.description.kinds {
        let passes = Passes<Float>(kind, protocolName: protocolName, layerCount: 1)
        _ = metric.values(passes, selection.choice(for: kind, prefersLoss: metric.description.prefersLoss))
        needs.formUnion(passes.needs)
      }
    }
    return MetricNeed.allCases.filter { needs.contains($0) }
  }
}
