/// A cell of the report, in notebook order.
package enum ReportCell: Sendable, Hashable {
  /// Markdown with `{{ path | format }}` references to computed values.
  case text(Located<String>)
  /// A figure.
  case figure(FigureSpec)
  /// A table.
  case table(TableSpec)
  /// A claim with its verdicts, by name.
  case claim(Located<String>)
}

/// What a table shows of its source.
package enum TableContent: String, Sendable, Hashable, CaseIterable {
  /// Coefficients with intervals and counts of a correlation family, or those that differences compare.
  case coefficients
  /// Top-of-the-ranking measures of a family.
  case top
  /// Partial coefficients of a family.
  case partial
  /// Coefficients at each truncation of a family.
  case truncation
  /// Coefficients under the policies for missing values of a family.
  case missing
  /// Groups of a summary.
  case summary
  /// Intraclass correlations with intervals.
  case reliability
  /// Errors and rank agreement of computed and published columns.
  case comparison
  /// Variance that features and groups explain.
  case explained
  /// Variance that groups explain in each stratum.
  case strata
  /// Means and differences of the levels of features.
  case levels
  /// How frequent levels are in the top of the ranking.
  case frequency
  /// The rules that a search chose.
  case rules
  /// The rule of each split of a search.
  case splits
  /// The rules that no other beats in both size and recall.
  case front
  /// Size and target of each reduction.
  case reductions
  /// What each reduction keeps of the top.
  case recall
  /// Reductions beside the tops of other rankings at the same size.
  case sameSize = "same-size"
  /// Correlations inside each reduction.
  case inside
  /// The expected best of some draws from each reduction.
  case bestOf = "best-of"
  /// The verdict and the numbers of a forensic check.
  case finding
  /// The numbers of a forensic check by case.
  case details
  /// The verdicts of every forensic check.
  case findings
  /// Differences between metrics with intervals and tests.
  case differences
  /// Coefficients inside strata, pooled, beside those of all rows.
  case within
  /// Coefficients in each stratum.
  case eachStratum = "each-stratum"
  /// Reliability of the target and noise ceiling in each stratum.
  case replicates
  /// Pairs of architectures that are decided by samples of scores.
  case scoreSamples = "score-samples"
  /// Printed against recomputed numbers.
  case published
  /// Rows read, left out and used of each dataset.
  case data
  /// Claims with their verdicts.
  case claims
}

/// A table of the report.
package struct TableSpec: Sendable, Hashable {
  /// Kebab-case name, unique among the report's tables; names the files.
  package var name: Located<String>
  /// The part or published table, `data`, `claims` or `forensics`.
  package var from: Located<String>
  /// What is shown; by default what the source is.
  package var content: TableContent?
  /// Which details of a forensic check are shown; the first when nil.
  package var section: Located<String>?
  /// Caption, with references; made from the source when nil.
  package var caption: Located<String>?
}

/// The kinds of figure.
package enum FigureKind: String, Sendable, Hashable, CaseIterable {
  /// One scatter panel per metric of a family, against its target; hexagonal bins for large n.
  case smallMultiples = "small-multiples"
  /// One column against another, from a dataset.
  case scatter
  /// Notched box plots of repeated measurements, a panel per column, a box per group.
  case boxPlots = "box-plots"
  /// Lines over an ordered column, one per group, the mean in bold.
  case lines
  /// Metric × metric agreement, clustered.
  case heatMap = "heat-map"
  /// Coefficients of a family, differences between metrics, coefficients inside strata, or intraclass correlations of a
  /// reliability, with their intervals.
  case forest
  /// Coefficient against the share of the ranking kept.
  case truncation
  /// Top-of-the-ranking measure of each metric.
  case top
  /// Group means with their spread, from a summary.
  case groups
  /// Ranks by a computed column against ranks by its published one, a panel for each pair of a comparison.
  case rankRank = "rank-rank"
  /// Variance that features and groups explain, beside what they explain by chance.
  case explained
  /// Mean target at each level, a panel for each feature.
  case levelMeans = "level-means"
  /// Difference of each level from the others within strata, a panel for each feature.
  case levelDifferences = "level-differences"
  /// Share of the rows kept against recall, of the best rules of every size.
  case front = "pareto-front"
  /// What reductions keep of the top, beside random subsets and other rankings of the same size.
  case recall
  /// The target inside reductions and in the whole space.
  case distributions
  /// Correlations with the target inside reductions and in the whole space.
  case inside
}

extension FigureKind {
  /// Whether `x` and `y` name its columns.
  var hasColumnAxes: Bool { self == .scatter || self == .lines }

  /// Whether `group-by` names the column of its groups.
  var hasGroups: Bool { hasColumnAxes || self == .boxPlots || self == .smallMultiples }

  /// What it draws, in a sentence.
  var summary: String {
    switch self {
    case .smallMultiples: "One scatter panel for each metric of a family, against its target."
    case .scatter: "One column of a dataset against another."
    case .boxPlots: "Notched box plots of repeated measurements: a panel for each column, a box for each group."
    case .lines: "A line over an ordered column for each group, the mean in bold."
    case .heatMap: "Agreement of every pair of metrics of a family, clustered."
    case .forest:
      "Coefficients of a family or inside strata, differences, or intraclass correlations, with their intervals."
    case .truncation: "Coefficients against the share of the ranking kept."
    case .top: "Measures of the top of the ranking."
    case .groups: "Group means with their spread."
    case .recall:
      "Share of the top that reductions keep, beside random subsets and other rankings of the same size."
    case .distributions: "Distribution of the target inside reductions and in the whole space."
    case .inside: "Correlations with the target inside reductions and in the whole space."
    case .rankRank: "Ranks by computed columns against ranks by published ones, a panel for each pair of a comparison."
    case .explained: "Variance that features and groups explain, beside what they explain by chance."
    case .levelMeans: "Mean target at each level, a panel for each feature."
    case .levelDifferences: "Difference of each level from the others within strata, a panel for each feature."
    case .front: "Share of the rows kept against recall, of the best rules of every size."
    }
  }
}

/// How large samples are drawn.
package enum LargeSampleRule: String, Sendable, Hashable, CaseIterable {
  /// Points up to 5,000, hexagonal bins above.
  case automatic
  /// Hexagonal bins.
  case hexbin
  /// Points, rasterised above 5,000.
  case points
}

/// A figure of the report.
package struct FigureSpec: Sendable, Hashable {
  /// Kebab-case name, unique among the report's figures; names the files.
  package var name: Located<String>
  /// The kind.
  package var kind: FigureKind
  /// The part or dataset it is drawn from.
  package var from: Located<String>
  /// Caption, with references; made from the numbers when nil.
  package var caption: Located<String>?
  /// Panels or series: metrics of the family, or columns of the dataset; all when empty.
  package var columns: [Located<String>]
  /// Panels in a row; chosen from their number when nil.
  package var perRow: Int?
  /// Width: `column` 3.3 in, `text` 6.8 in (ACL), or others by name.
  package var width: FigureWidth
  /// x column, for `scatter` and `lines`.
  package var x: Located<String>?
  /// y column, for `scatter` and `lines`.
  package var y: Located<String>?
  /// Column that makes the groups of `box-plots` and `lines`, or colours the points of a scatter.
  package var groupBy: Located<String>?
  /// The coefficient of `forest`, `heat-map`, `truncation`; τ-b when nil.
  package var coefficient: CoefficientName?
  /// Whether the target's axis runs backwards; true when smaller is better.
  package var reversed: Bool?
  /// Axes on a logarithmic scale.
  package var logarithmic: Set<FigureAxis>
  /// How large samples are drawn.
  package var largeSamples: LargeSampleRule
}

/// An axis of a figure.
package enum FigureAxis: String, Sendable, Hashable, CaseIterable {
  /// The horizontal axis.
  case x
  /// The vertical axis.
  case y
}

/// Named widths of figures, in inches.
package enum FigureWidth: String, Sendable, Hashable, CaseIterable {
  /// ACL column, 3.3 in.
  case column
  /// ACL text, 6.8 in.
  case text
  /// ICML column, 3.25 in.
  case icmlColumn = "icml-column"
  /// ICML text, 6.75 in.
  case icmlText = "icml-text"
  /// NeurIPS and ICLR text, 5.5 in.
  case neurips
  /// JMLR text, 6.0 in.
  case jmlr
}
