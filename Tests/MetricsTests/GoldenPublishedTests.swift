import Documents
import Metrics
import Networks
import Sizes
import TestSupport
import Testing

/// The metrics of Serianni & Kalita (2023) for transformers, by sum and by mean, against a second file of recorded values.
@Suite(.serialized, .needsRecordedNetworks) struct GoldenPublishedTests {
  /// The metric, its key, and its tolerance in double precision.
  private static let keys = [
    ("synaptic-diversity", "synaptic_diversity", 1e-11), ("synaptic-saliency", "synaptic_saliency", 1e-11),
    ("activation-distance", "activation_distance", 0), ("head-importance", "head_importance", 1e-11),
    ("head-importance-32", "head_importance_thr32", 1e-11), ("head-confidence", "head_confidence", 1e-11),
    ("softmax-confidence", "softmax_confidence", 1e-11),
  ]

  /// The recorded models, which are four of those of the other files.
  static let models: [(model: GoldenTransformer, node: DocumentNode)] = {
    guard let folder = goldenFolder, let file = try? golden("transformers.json", in: folder) else { return [] }
    return GoldenTransformer.encoders.compactMap { model in
      file["archs"]?[model.name].map { (model, $0) }
    }
  }()

  @Test func randomCotangent() throws {
    #expect(Self.models.count == 4)
    for (model, node) in Self.models {
      let recorded = try #require(node["lcg_lcgcot"])
      var all = GoldenExpectations(.float64)
      for (id, key, tolerance) in Self.keys {
        let sum = try #require(recorded[key]?.double)
        let count = try #require(recorded["\(key)_count"]?.double)
        all.add(id, value: count > 0 ? sum : nil, key, exact: tolerance, single: 0)
        all.add("\(id)-mean", value: count > 0 ? sum / count : nil, "\(key) mean", exact: tolerance, single: 0)
        if let mean = recorded["\(key)_normalized"]?.double, count > 0 {
          all.add("\(id)-mean", value: mean, "\(key)_normalized", exact: max(tolerance, 1e-15), single: 0)
        }
      }
      try all.add("jacobian-covariance", recorded, "jacobian_score_512rows_as_implemented", exact: 1e-8, single: 0)
      try all.add("jacobian-cosine", recorded, "jacobian_cosine_512rows_as_implemented", single: 0)
      try all.check(model)
      #expect(Set(MetricCatalog.publishedTransformers).isSubset(of: all.metrics + ["parameters"]))
    }
  }

  /// With the published cotangent of ones every gradient is rounding: of the order of the recorded rounding, nothing more.
  @Test(arguments: [NumericPrecision.float64]) func cotangentOfOnes(_ precision: NumericPrecision) throws {
    for (model, node) in Self.models {
      let recorded = try #require(node["lcg_lcgcot"])
      let names = ["synaptic-diversity", "synaptic-saliency", "head-importance-32"]
      let found = try model.measure(names.map { "\($0)-ones" }, precision)
      for (name, key) in zip(names, ["synaptic_diversity", "synaptic_saliency", "head_importance_thr32"]) {
        let (value, random) = (try #require(found["\(name)-ones"]?.value), try #require(recorded[key]?.double))
        #expect(value >= 0 && value < 1e-12 * random, "\(model) \(name)")
      }
    }
  }
}
