import Networks
import Sizes
import Testing

@testable import Metrics

/// Every metric on small transformers of every kind.
@Suite struct TransformerMetricTests {
  private static let ids = MetricCatalog.all.filter { !$0.isLayered }.map(\.id)

  /// A value, or a reason in words; the same alone and together.
  @Test(arguments: NumericPrecision.allCases) func metricsDoNotTouchOneAnother(_ precision: NumericPrecision) throws {
    for architecture in try SmallTransformers.all() {
      let together = try SmallTransformers.measure(architecture, Self.ids, precision: precision)
      for id in Self.ids {
        let alone = try SmallTransformers.measure(architecture, [id], precision: precision)[id]
        #expect(alone == together[id], "\(id) of \(architecture.kind.title)")
        #expect(alone?.value?.isFinite ?? (alone?.reason?.text.isEmpty == false))
      }
    }
  }

  /// Every proxy of a later paper has a value for every kind that it is defined for, but readings that say why not.
  @Test func laterProxiesHaveValues() throws {
    let later = [
      "neural-spectral-capacity", "zerolm", "zerolm-attention", "zerolm-feed-forward", "layer-parameters",
      "non-embedding-parameters", "zico", "nasi-trace", "linear-regions", "linear-regions-tokens", "swap", "meco",
      "az-nas-expressivity", "az-nas-trainability", "ntk-condition-number",
    ]
    for architecture in try SmallTransformers.all() {
      let found = try SmallTransformers.measure(architecture, later)
      for id in later { #expect(found[id]?.value != nil, "\(id) of \(architecture.kind.title): \(found[id] as Any)") }
    }
  }

  /// Without a word the loss of the kind; recurrent cells have none.
  @Test func lossesArePreferredWhereTheSourceHasThem() throws {
    let description = ZiCo().description
    for kind in ArchitectureKind.allCases {
      func cotangent(_ name: String) -> Cotangent? {
        MetricSelection(name, in: [description])?.choice(for: kind, prefersLoss: description.prefersLoss).cotangent
      }
      #expect(cotangent("zico") == kind.loss ?? .ones)
      #expect(cotangent("zico-random") == .random)
    }
    let encoder = try SmallTransformers.encoder()
    let found = try SmallTransformers.measure(encoder, ["zico", "zico-masked-language-model", "zico-random"])
    #expect(found["zico"] == found["zico-masked-language-model"] && found["zico"] != found["zico-random"])
    let refused = try SmallTransformers.measure(encoder, ["zico-language-model"])["zico-language-model"]
    #expect(refused?.reason?.text.contains("language-model") == true)
  }

  /// No measurement takes more than was asked for beforehand.
  @Test func needsBoundPeaks() throws {
    for architecture in try SmallTransformers.all() {
      let request = MeasurementRequest(
        architecture: architecture, metrics: Self.ids, tokens: try SmallTransformers.tokens())
      let peak = try MeasurementWorker().measure(request).peakBytes
      let need = try MemoryNeed.bytes(of: request, parts: request.tokens.batchSize)
      #expect(peak <= need, "\(architecture.kind.title): \(peak) of \(need)")
    }
  }
}
