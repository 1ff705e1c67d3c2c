import Datasets
import Documents
import Outcomes
import Sections
import Statistics
import Tables

/// How the metrics of a file rank by its target, as `rank --json` writes it.
struct RankAnswer: Codable, Sendable, Equatable {
  /// The file that was read.
  struct File: Codable, Sendable, Equatable {
    var path: String
    var sha256: String
    /// Rows read, and those of them that were kept.
    var rowsRead: Int
    var rows: Int
    /// The form of the file, its columns, what was left out.
    var guessed: GuessedColumns
  }

  /// What metrics are held against.
  struct Target: Codable, Sendable, Equatable {
    var name: String
    var title: String
    var better: Direction
  }

  /// The settings of everything that is computed.
  struct Settings: Codable, Sendable, Equatable {
    /// Always `somers-d`: concordant less discordant pairs over the pairs that differ in the target, ties of the metric as coin flips.
    var coefficient: String
    var level: Double
    var resamples: Int
    var seed: Int
    /// The share of the rows that each ranking keeps.
    var keep: Double
  }

  /// A metric or a baseline held against the target.
  struct Row: Codable, Sendable, Equatable {
    var name: String
    var title: String
    /// `metric` or `baseline`.
    var role: ColumnRole
    /// The end that is taken to be better.
    var better: Direction
    /// Rows with a value of it and of the target.
    var n: Int
    /// Units that these rows are of; nil where every row stands by itself.
    var units: Int?
    /// Somers' d, positive where the better end goes with the target's.
    var coefficient: Estimate
    /// The share of the best rows that is kept; nil where it is not computed.
    var recall: Estimate?
    /// The coefficient less that of each baseline, on the rows that all have, by the baseline's name; with adjusted p-values.
    var differences: NamedValues<Estimate>?
    /// The p-value of the coefficient adjusted over all metrics, where there is no baseline.
    var adjustedPValue: PValue?
    /// True when it is shown to rank better than every baseline.
    var isAhead: Bool?
  }

  /// The baseline whose coefficient is largest, among how many.
  struct Strongest: Codable, Sendable, Equatable {
    var name: String
    var among: Int
  }

  /// The answer for all rows, or for those of one group.
  struct Group: Codable, Sendable, Equatable {
    /// The value of the column that groups; nil where nothing does.
    var value: String?
    var rows: Int
    /// Rows that all metrics and baselines have, which differences are of; nil without differences.
    var sharedRows: Int?
    /// The best rows that should be kept: a count, or a share below 1; nil where recall is not computed.
    var top: Double?
    /// Metrics, then baselines, each from the largest coefficient to the smallest, those without one last.
    var metrics: [Row]
    var baselines: [Row]
    var strongest: Strongest?
    /// Pairs of a metric and a baseline whose p-values are adjusted together, or metrics where there is no baseline.
    var comparisons: Int
    /// The answer in words.
    var sentence: String
  }

  var file: File
  var target: Target
  /// Columns by which rows are of one unit; nil where every row stands by itself.
  var unitColumns: [String]?
  /// The column that groups; nil for none.
  var groupedBy: String?
  var settings: Settings
  var groups: [Group]
  /// What a reader should look at.
  var notes: [String]
}
