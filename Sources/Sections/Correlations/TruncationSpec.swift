import Documents
import Specs
import Statistics

/// Coefficients on the best shares of the ranking: a list of shares, or that with settings.
package struct TruncationSpec: Keyed {
  /// The ranking of which the best share is kept.
  package enum Ranking: String, FieldWord {
    /// By the target, as in a space from which bad rows were taken out.
    case target
    /// By the metric in its declared direction, as in a search that keeps the best by the metric.
    case metric

    /// The column of a sample of metric and target.
    var order: Truncation.Order { self == .target ? .bySecond : .byFirst }
  }

  /// Shares of the ranking kept, best first, in (0, 1].
  package var shares: [Double] = []
  package var by = Ranking.allCases
  /// Resamples of the intervals among the best shares; as many as of the others when nil.
  package var resamples: Int?

  package init() {}

  /// The settings of intervals among the best shares, from those of all rows: percentiles, which cover the true value at least as
  /// often as they say; BCa intervals of cut rankings do so less often where rows come in clusters (`trainfree-bench coverage`).
  func interval(_ whole: IntervalSpec) -> IntervalSpec {
    var changed = whole.with(resamples: resamples)
    changed.method = .percentile
    return changed
  }

  package static let definition = "truncation"
  package static let summary = "Coefficients on the best shares of the ranking."
  package static let fields: [Field<TruncationSpec>] = [
    .required("shares", \.shares, "Shares of the ranking kept, best first.", list),
    .optional("by", \.by, "The rankings that are cut: by the target, by the metric in its declared direction."),
    .optional(
      "resamples", \.resamples,
      "Resamples of the intervals among the best shares; as many as of all rows when left out.",
      .integer(100...1_000_000)),
  ]

  private static let list = Schema.list(.number(0.001...1, exclusive: false), minimum: 1)

  package static var schema: Schema { .either([list, .object(keys.object)]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> TruncationSpec? {
    guard node.elements != nil else { return keys.read(node, reading) }
    return TruncationSpec { $0.shares = Array.read(node, as: list, reading) ?? [] }
  }
}

/// The rows that count as failed, such as trainings that diverged: a rule, or that with settings.
package struct FailedSpec: Keyed {
  package var rule: LocatedExpression?
  /// A name for such rows, such as `failed trainings`.
  package var title: String?
  /// Resamples of the intervals among the other rows; as many as of all rows when nil.
  package var resamples: Int?

  package init() {}

  package static let definition = "failed"
  package static let summary = "The rows that count as failed."
  package static let fields: [Field<FailedSpec>] = [
    .required("rule", \.rule, "Expression that is true for rows that failed, such as loss > 5.8.", .text),
    .title(\.title),
    .optional(
      "resamples", \.resamples,
      "Resamples of the intervals among the other rows; as many as of all rows when left out.",
      .integer(100...1_000_000)),
  ]

  package static var schema: Schema { .either([.text, .object(keys.object)]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> FailedSpec? {
    guard node.entries == nil else { return keys.read(node, reading) }
    return FailedSpec { $0.rule = LocatedExpression.read(node, as: .text, reading) }
  }

  /// The name of such rows for people.
  var displayTitle: String { title ?? "failed" }
}

extension IntervalSpec {
  /// The settings with another number of resamples, where one is given.
  func with(resamples: Int?) -> IntervalSpec {
    var changed = self
    if let resamples { changed.resamples = resamples }
    return changed
  }
}
