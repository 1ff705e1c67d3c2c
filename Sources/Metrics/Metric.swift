/// A training-free metric.
package protocol Metric: Sendable {
  /// The metric in words.
  var description: MetricDescription { get }

  /// What the values of one protocol are computed from; by default all that the description names.
  func needs(in protocolName: MetricProtocol) -> Set<MetricNeed>

  /// The values, one for each column: one, or one for each layer when it is layered.
  func evaluate(_ quantities: Quantities, _ request: MeasurementRequest) -> [MetricOutcome]
}

extension Metric {
  /// All that the description names.
  package func needs(in protocolName: MetricProtocol) -> Set<MetricNeed> { description.needs }
}
