/// A training-free metric.
public protocol Metric: Sendable {
  /// The metric in words.
  var description: MetricDescription { get }

  /// The values, one for each column: one, or one for each layer when it is layered.
  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome]
}
