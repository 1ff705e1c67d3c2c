/// A search for rules that keep the best architectures, judged on those that the search has not seen.
public struct RuleSearchSpec: Sendable, Hashable {
  /// What is looked for.
  public enum Objective: String, Sendable, Hashable, CaseIterable {
    /// The largest share of the top among rules that keep at most a share of the rows.
    case recall
    /// The best mean target.
    case mean
    /// The largest recall over the share of the rows kept.
    case enrichment
  }

  /// Numbers of conditions of a rule.
  public static let conjunctCounts = 1...6
  /// Numbers of splits.
  public static let splitCounts = 1...1000
  /// Numbers of cut points.
  public static let cutCounts = 1...1000
  /// Numbers of conjunctions that may be gone through one by one.
  public static let limits = 0...1_000_000_000
  /// Widths of the beam.
  public static let beamWidths = 1...10_000
  /// The most columns.
  public static let greatestFeatures = 200

  /// The name; results are addressed by it.
  public var name: Located<String>
  /// The name for people.
  public var title: String?
  /// The target; the analysis' when nil.
  public var target: TargetUse?
  /// The columns that conditions are about.
  public var features: [Located<String>]
  /// The most conditions of a rule; 3 by default.
  public var conjuncts: Int
  /// What is looked for; recall by default.
  public var objective: Objective
  /// The share of the rows that a rule may keep, for recall; 0.25 by default.
  public var share: Double
  /// The top of the ranking: below 1 a share, otherwise a count; 0.1 by default.
  public var top: Double
  /// The fewest rows that a rule keeps: below 1 a share, otherwise a count; 0.02 by default.
  public var minimumSize: Double
  /// Number of random splits; 20 by default.
  public var splits: Int
  /// The share of the rows that a split's search sees; 0.5 by default.
  public var trainingShare: Double
  /// Seed of the splits; 1 by default.
  public var seed: Seed
  /// The most cut points of a numeric column for each of `>=` and `<=`; 32 by default.
  public var cuts: Int
  /// The most conjunctions that are gone through one by one; 50,000,000 by default.
  public var limit: Int
  /// The width of the beam when there are more; 200 by default.
  public var beam: Int
}
