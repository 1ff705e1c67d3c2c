import Networks

/// Which end of a metric is declared to be better.
package enum MetricDirection: String, Sendable, Hashable {
  /// Larger values are better.
  case higher
  /// Smaller values are better.
  case lower
}

/// A metric in words.
package struct MetricDescription: Sendable, Hashable {
  /// Kebab-case name.
  package let id: String
  /// The name for people.
  package let title: String
  /// One sentence.
  package let summary: String
  /// The definition, as plain text.
  package let formula: String
  /// Which end its source declares to be better.
  package let better: MetricDirection
  /// The publication, a key of `data/references.yaml`.
  package let reference: String
  /// What it is computed from.
  package let needs: Set<MetricNeed>
  /// How the two protocols differ, or nil when they do not.
  package let protocols: String?
  /// Whether there is a value for each layer.
  package let isLayered: Bool

  /// Describes a metric.
  package init(
    id: String, title: String, summary: String, formula: String, better: MetricDirection = .higher,
    reference: String, needs: Set<MetricNeed>, protocols: String? = nil, isLayered: Bool = false
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.formula = formula
    self.better = better
    self.reference = reference
    self.needs = needs
    self.protocols = protocols
    self.isLayered = isLayered
  }
}

extension MetricDescription {
  /// What it is computed from, in a fixed order.
  package var sortedNeeds: [MetricNeed] { MetricNeed.allCases.filter { needs.contains($0) } }
}

/// A column of values that a metric gives.
package struct MetricColumn: Sendable, Hashable {
  /// Kebab-case name: the metric's id, or `layer-1-` … before it.
  package let name: String
  /// The name for people.
  package let title: String
  /// Which end is declared to be better.
  package let better: MetricDirection
  /// The metric's id.
  package let metric: String
}
