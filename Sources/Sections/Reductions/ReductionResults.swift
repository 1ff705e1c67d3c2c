import Documents
import Outcomes
import Reductions
import Statistics

/// Mean, median, extremes and standard deviation of the target inside a space.
struct ReducedLocation: Codable, Sendable, Equatable {
  /// The mean; of ties at a cut, by expectation.
  var mean: Estimate
  var median: Estimate
  var minimum: Double
  var maximum: Double
  /// Standard deviation; nil for one row.
  @Nullable var sd: Double?
}

/// Correlations and reliability of the target inside a space, reduced or not, where the analysis asks for them.
struct InsideResults: Codable, Sendable, Equatable {
  /// The correlation of a metric or baseline with the target.
  struct Association: Codable, Sendable, Equatable {
    var role: FamilyMember.Role
    /// Rows that have a value.
    var n: Int
    var kendallTauB: Estimate
  }

  /// The reliability of the target from replicates, and so the most that a correlation with it can be; see
  /// `ReplicateReliability`.
  struct Replicates: Codable, Sendable, Equatable {
    var groups: Int
    /// Groups of more than one row.
    var replicated: Int
    /// Rows in all groups.
    var n: Int
    var reliability: Estimate
    /// The intraclass correlation with its interval from the F distribution.
    var icc: Estimate
    /// Standard deviation of the noise, in units of the target.
    var errorSd: Double
    /// The largest Pearson correlation that an errorless metric can be expected to reach.
    var noiseCeiling: Estimate
    /// The largest τ-b that an errorless metric can be expected to reach.
    var kendallNoiseCeiling: Estimate
  }

  /// Metrics, then baselines, by name; nil when they are not asked for.
  var inside: NamedValues<Association>?
  /// Reliability from replicates; nil when the spec names none, and for the whole space.
  var replicates: Outcome<Replicates>?
}

/// The space that is not reduced.
struct WholeSpaceResults: Codable, Sendable, Equatable {
  /// The target, and the expected best of draws.
  struct Described: Codable, Sendable, Equatable {
    @Inlined var location: ReducedLocation
    /// The expected best of some draws, by their number.
    @Inlined var bestOf: BestOfValues<Outcome<Double>>
  }

  /// Rows with a target.
  var size: Int
  /// Rows without a target, which are left out.
  var missingTarget: Int
  /// Number of rows behind values that have no `n` of their own: all with a target.
  var n: Int
  @Inlined var described: Outcome<Described>
  @Inlined var inside: InsideResults
}

/// A reduced space, judged by the target. It is written as one object: the numbers of rows, then the measures.
struct ReductionResults: Codable, Sendable, Equatable {
  /// Numbers of rows: kept, with a target, and left out.
  struct Kept: Codable, Sendable, Equatable {
    /// Rows that could not be judged for one reason.
    struct Unjudged: Codable, Sendable, Equatable {
      var reason: String
      var count: Int
    }

    /// Rows kept.
    var size: Int
    /// Rows with a target.
    var total: Int
    /// The share of the rows with a target that is kept.
    var share: Double
    var missingTarget: Int
    /// Rows for which the rule is undefined or the ranking has no score; they are left out.
    var unjudged: Int
    /// The reasons, most frequent first.
    var unjudgedReasons: [Unjudged]
    /// Number of rows behind values that have no `n` of their own: those kept.
    var n: Int
  }

  /// The numbers of rows; nil when the ranking has too few rows.
  var kept: Kept?
  var measures: Outcome<Measures>

  init(_ kept: Kept?, _ measures: Outcome<Measures>) { (self.kept, self.measures) = (kept, measures) }

  private enum Keys: String, CodingKey { case size }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    kept = container.contains(.size) ? try Kept(from: decoder) : nil
    measures = try Outcome(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    try kept?.encode(to: encoder)
    try measures.encode(to: encoder)
  }

  /// Measures of the rows kept, by the target; see `ReductionEvaluation`.
  struct Measures: Codable, Sendable, Equatable {
    @Inlined var location: ReducedLocation
    /// Mean target of the rows left out.
    var outsideMean: Outcome<Double>
    /// Best target kept.
    var best: Double
    /// Best target of all rows less the best kept, turned so that it is at least 0; in units of the target.
    var regret: Double
    /// The mean less that of all, in standard errors of the mean of random subsets.
    var standardScore: Outcome<Double>
    /// The expected best of draws, by their number.
    @Inlined var bestOf: BestOfValues<BestOf>
    /// Recall and enrichment of each top, by its size.
    @Inlined var top: TopValues<Outcome<Top>>
    /// Random subsets of the same size.
    var random: Random
    /// The reduction among the best rows, by their share of the ranking: `50-percent`.
    var truncation: NamedValues<Truncated>
    /// The measures over ways to break ties; nil when no rows are tied at the cut.
    var ties: Ties?
    /// The tops of metrics and baselines of the same size, by name.
    var sameSize: NamedValues<Rival>
    @Inlined var inside: InsideResults
  }

  /// The expected best of some draws without replacement.
  struct BestOf: Codable, Sendable, Equatable {
    /// Expected best of the rows drawn from the reduced space.
    @Inlined var value: Estimate
    /// Expected best of as many drawn from all rows.
    var whole: Outcome<Double>
  }

  /// The share of a top that is kept, beside that of random subsets of the same size.
  struct Top: Codable, Sendable, Equatable {
    /// Rows in the top.
    var size: Int
    /// Rows tied at its edge.
    var tied: Int
    /// Units with a row in the top; nil when every row stands by itself.
    var units: Int?
    /// The share of the top that is kept; of ties, by expectation. Its interval is that of `RecallResamples`, its `chance` the
    /// two-sided probability that a random subset keeps a share as far from what random subsets keep.
    var recall: Estimate
    /// Recall over the share of all rows that is kept.
    var enrichment: Double
    /// Recall of random subsets of the same size.
    var random: Estimate
    /// The probability that a random subset keeps at least as much.
    var chance: PValue
    /// The probability that a random subset keeps at most as much.
    var chanceOfAtMost: PValue
    /// Random subsets that were drawn; nil where the probabilities are exact.
    var draws: Int?
    /// Rows that recall and chance are computed from: all with a target.
    var n: Int
  }

  /// Random subsets of the same size, of whole units where there are some; see `RandomSubsets`.
  struct Random: Codable, Sendable, Equatable {
    /// The mean, with its standard error: by the finite-population formula, or over the draws.
    var mean: Estimate
    var best: Estimate
    var regret: Double
  }

  /// The reduction among the best rows alone; see `TruncatedMeasures`.
  struct Truncated: Codable, Sendable, Equatable {
    /// The share of the ranking, best first, in (0, 1].
    var share: Double
    /// Rows in this share of the ranking.
    var n: Int
    /// Rows of the reduction among them; of ties, the expected number.
    var inside: Double
    var shareInside: Double
    /// Mean target of the rows of the reduction among them.
    var mean: Outcome<Double>
    var meanOfAll: Double
    /// Enrichment of each top among these rows, by its size.
    var enrichment: TopValues<Outcome<Double>>
  }

  /// Least and greatest of a measure over ways to break ties.
  struct Range: Codable, Sendable, Equatable {
    var lower: Double
    var upper: Double
  }

  /// The measures over seeded ways to break the ties at a cut.
  struct Ties: Codable, Sendable, Equatable {
    /// Rows tied at the cut.
    var tied: Int
    /// Number of the tied rows that are kept.
    var places: Int
    /// Number of ways tried.
    var draws: Int
    var mean: Range
    var regret: Range
    /// Least and greatest recall of each top, by its size.
    @Inlined var top: TopValues<Outcome<Range>>
  }

  /// The top of a metric or baseline, of the reduction's size.
  struct Rival: Codable, Sendable, Equatable {
    /// Measures of its rows, by the target.
    struct Measures: Codable, Sendable, Equatable {
      var mean: Double
      var best: Double
      var regret: Double
      /// Rows tied at its cut.
      var tied: Int
      /// The share of each top that is kept, by its size, as for the reduction.
      @Inlined var recall: TopValues<Estimate>
      /// The measures over ways to break ties; nil when no rows are tied at the cut.
      var ties: Ties?
    }

    var role: FamilyMember.Role
    @Inlined var measures: Outcome<Measures>
  }
}
