import Networks

/// Which end of a metric is declared to be better.
public enum MetricDirection: String, Sendable, Hashable {
  /// Larger values are better.
  case higher
  /// Smaller values are better.
  case lower
}

/// A metric in words.
public struct MetricDescription: Sendable, Hashable {
  /// Kebab-case name.
  public let id: String
  /// The name for people.
  public let title: String
  /// One sentence.
  public let summary: String
  /// The definition, as plain text.
  public let formula: String
  /// Which end its source declares to be better.
  public let better: MetricDirection
  /// The publication, a key of `data/references.bib`.
  public let reference: String
  /// What it is computed from.
  public let needs: Set<MetricNeed>
  /// How the two protocols differ, or nil when they do not.
  public let protocols: String?
  /// Whether there is a value for each layer.
  public let isLayered: Bool

  /// Describes a metric.
  public init(
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
  public var sortedNeeds: [MetricNeed] { MetricNeed.allCases.filter { needs.contains($0) } }
}

/// A column of values that a metric gives.
public struct MetricColumn: Sendable, Hashable {
  /// Kebab-case name: the metric's id, or `layer-1-` … before it.
  public let name: String
  /// The name for people.
  public let title: String
  /// Which end is declared to be better.
  public let better: MetricDirection
  /// The metric's id.
  public let metric: String
}
