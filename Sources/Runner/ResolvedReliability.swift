import Specs
import Tables

/// A reliability with the columns it judges.
public struct ResolvedReliability: Sendable {
  /// How the spec describes it.
  public var spec: ReliabilitySpec
  /// The columns judged, in order.
  public var columns: [ColumnSchema]

  /// The name for people.
  public var title: String { spec.title ?? spec.name.value }
  /// The form with what the raters are, such as `ICC(2,1) over seed`.
  func label(_ table: ResolvedTable?) -> String {
    let raters = spec.rater.map { table?.column($0.value)?.displayTitle.lowercased() ?? $0.value }
    return "ICC(\(spec.form.rawValue)) over \(raters.joined(separator: " and "))"
  }
}

/// A comparison with the titles of its pairs.
public struct ResolvedComparison: Sendable {
  /// How the spec describes it.
  public var spec: ComparisonSpec
  /// The titles of the pairs, in order.
  public var titles: [String]

  /// The name for people.
  public var title: String { spec.title ?? spec.name.value }
}
