import Statistics

/// How good the rows that a rule keeps are, out of a part of the rows.
package struct RuleMeasure: Sendable, Hashable {
  /// Rows kept.
  package var size: Int
  /// Rows of the part.
  package var total: Int
  /// The share of the part's top that is kept; of rows tied at its edge, the expected share over all orders.
  package var recall: Double
  /// The mean target of the rows kept, with a minus sign where small targets are good; nil when none is kept.
  var goodness: Double?

  /// The share of the rows that is kept; also the recall of as many rows drawn at random.
  package var share: Double { Double(size) / Double(total) }

  /// Recall over the share kept; nil when no row is kept.
  package var enrichment: Double? { size > 0 ? recall / share : nil }

  /// The mean target of the rows kept; nil when none is kept.
  package func mean(higherIsBetter: Bool) -> Double? { goodness.map { higherIsBetter ? $0 : -$0 } }

  /// What a search makes as large as it can.
  ///
  /// - Returns: The score; nil when it needs rows and none is kept. That of `mean` has a minus sign where small targets are
  ///   good.
  package func score(_ objective: RuleObjective) -> Double? {
    switch objective {
    case .recall: recall
    case .enrichment: enrichment
    case .mean: goodness
    }
  }
}

/// What a rule search looks for.
package enum RuleObjective: Sendable, Hashable {
  /// The largest share of the top among rules that keep at most a share of the rows.
  case recall(share: Double)
  /// The best mean target.
  case mean
  /// The largest recall over the share of the rows kept.
  case enrichment
}
