import Datasets
import Metrics

extension KnownMetrics {
  /// The metrics of this build.
  static let catalogue = KnownMetrics(
    MetricCatalog.all.map {
      KnownMetric(
        id: $0.id, title: $0.title, better: $0.better, isBaseline: MetricCatalog.sizes.contains($0.id))
    })
}
