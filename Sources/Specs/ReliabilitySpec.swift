/// Intraclass correlations of repeated measurements.
package struct ReliabilitySpec: Sendable, Hashable {
  /// Forms of Shrout & Fleiss (1979).
  package enum Form: String, Sendable, Hashable, CaseIterable {
    /// One-way, one rater.
    case oneWay = "1,1"
    /// Two-way random, one rater, absolute agreement.
    case twoWayRandom = "2,1"
    /// Two-way fixed, one rater, consistency.
    case twoWayFixed = "3,1"
    /// One-way, mean of the raters.
    case oneWayMean = "1,k"
    /// Two-way random, mean of the raters.
    case twoWayRandomMean = "2,k"
    /// Two-way fixed, mean of the raters.
    case twoWayFixedMean = "3,k"
  }

  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The dataset's name in the analysis.
  package var dataset: Located<String>
  /// Columns that tell the subjects apart.
  package var subject: [Located<String>]
  /// Columns that tell the raters apart, such as the seed.
  package var rater: [Located<String>]
  /// The columns judged; every one of role `metric` for all.
  package var columns: MetricSelection
  /// The form; `2,1` by default.
  package var form: Form
  /// Coverage of the intervals; 0.95 by default.
  package var level: Double
}
