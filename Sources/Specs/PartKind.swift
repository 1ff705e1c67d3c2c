/// The kinds of part that compute the values of an analysis: each is a section of the spec.
package enum PartKind: String, Sendable, Hashable, CaseIterable {
  /// Group summaries.
  case summary = "summaries"
  /// Correlation families.
  case correlations
  /// Intraclass correlations.
  case reliability
  /// Computed columns held against published ones.
  case comparison = "comparisons"
  /// What features tell about a target.
  case effects
  /// Searches for rules.
  case ruleSearch = "rule-search"
  /// Reduced search spaces.
  case reductions
  /// Forensic checks.
  case forensics
  /// Differences between metrics.
  case differences
  /// Coefficients inside strata.
  case strata
  /// Architectures compared by samples of scores.
  case scoreSamples = "score-samples"

  /// What one of them is called.
  var noun: String {
    switch self {
    case .summary: "summary"
    case .correlations: "correlation family"
    case .reliability: "reliability"
    case .comparison: "comparison"
    case .effects: "feature effects"
    case .ruleSearch: "rule search"
    case .reductions: "reductions part"
    case .forensics: "forensic check"
    case .differences: "differences part"
    case .strata: "strata part"
    case .scoreSamples: "score-samples part"
    }
  }

  /// What a table of it can show, the default first.
  var tableContents: [TableContent] {
    switch self {
    case .summary: [.summary]
    case .correlations: [.coefficients, .missing, .top, .partial, .truncation]
    case .reliability: [.reliability]
    case .comparison: [.comparison]
    case .effects: [.explained, .strata, .levels, .frequency]
    case .ruleSearch: [.rules, .splits, .front]
    case .reductions: [.reductions, .recall, .sameSize, .inside, .bestOf, .truncation]
    case .forensics: [.finding, .details]
    case .differences: [.differences, .coefficients]
    case .strata: [.within, .eachStratum, .replicates]
    case .scoreSamples: [.scoreSamples]
    }
  }

  /// The figures that can be drawn from it.
  var figureKinds: [FigureKind] {
    switch self {
    case .summary: [.groups]
    case .correlations: [.smallMultiples, .heatMap, .forest, .truncation, .top]
    case .reliability: [.forest]
    case .comparison: [.rankRank]
    case .effects: [.explained, .levelMeans, .levelDifferences]
    case .ruleSearch: [.front]
    case .reductions: [.recall, .distributions, .inside]
    case .forensics: []
    case .differences, .strata: [.forest]
    case .scoreSamples: []
    }
  }
}

extension Analysis {
  /// The names of the parts of a kind, in order.
  package func names(of kind: PartKind) -> [Located<String>] {
    switch kind {
    case .summary: summaries.map(\.name)
    case .correlations: correlations.map(\.name)
    case .reliability: reliabilities.map(\.name)
    case .comparison: comparisons.map(\.name)
    case .effects: effects.map(\.name)
    case .ruleSearch: ruleSearches.map(\.name)
    case .reductions: reductions.map(\.name)
    case .forensics: forensics.map(\.name)
    case .differences: differences.map(\.name)
    case .strata: strata.map(\.name)
    case .scoreSamples: scoreSamples.map(\.name)
    }
  }
}
