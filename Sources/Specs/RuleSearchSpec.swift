/// A search for rules that keep the best architectures, judged on those that the search has not seen.
package struct RuleSearchSpec: Sendable, Hashable {
  /// What is looked for.
  package enum Objective: String, Sendable, Hashable, CaseIterable {
    /// The largest share of the top among rules that keep at most a share of the rows.
    case recall
    /// The best mean target.
    case mean
    /// The largest recall over the share of the rows kept.
    case enrichment
  }

  /// Numbers of conditions of a rule.
  package static let conjunctCounts = 1...6
  /// Numbers of splits.
  package static let splitCounts = 1...1000
  /// Numbers of cut points.
  package static let cutCounts = 1...1000
  /// Numbers of conjunctions that may be gone through one by one.
  package static let limits = 0...1_000_000_000
  /// Widths of the beam.
  package static let beamWidths = 1...10_000
  /// The most columns.
  package static let greatestFeatures = 200

  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The target; the analysis' when nil.
  package var target: TargetUse?
  /// The columns that conditions are about.
  package var features: [Located<String>]
  /// The most conditions of a rule; 3 by default.
  package var conjuncts: Int
  /// What is looked for; recall by default.
  package var objective: Objective
  /// The share of the rows that a rule may keep, for recall; 0.25 by default.
  package var share: Double
  /// The top of the ranking: below 1 a share, otherwise a count; 0.1 by default.
  package var top: Double
  /// The fewest rows that a rule keeps: below 1 a share, otherwise a count; 0.02 by default.
  package var minimumSize: Double
  /// Number of random splits; 20 by default.
  package var splits: Int
  /// The share of the rows that a split's search sees; 0.5 by default.
  package var trainingShare: Double
  /// Seed of the splits; 1 by default.
  package var seed: Seed
  /// The most cut points of a numeric column for each of `>=` and `<=`; 32 by default.
  package var cuts: Int
  /// The most conjunctions that are gone through one by one; 50,000,000 by default.
  package var limit: Int
  /// The width of the beam when there are more; 200 by default.
  package var beam: Int
}
