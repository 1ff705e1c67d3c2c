import Documents
import Specs
import Tables

/// A search for rules that keep the best architectures, judged on those that the search has not seen.
package struct RuleSearchSpec: ComputedSection, Keyed {
  /// The score that the search makes as large as it can.
  package enum Objective: String, FieldWord {
    /// The largest share of the top among rules that keep at most a share of the rows.
    case recall
    /// The best mean target.
    case mean
    /// The largest recall over the share of the rows kept.
    case enrichment
  }

  /// The words of `content` in the specs of its tables; without one, `rules`.
  enum Content: String, CaseIterable {
    case rules, splits, front
  }

  /// The largest number of feature columns.
  static let greatestFeatures = 200

  package var name = Located<String>.unread
  package var title: String?
  package var target: TargetUse?
  package var features: [Located<String>] = []
  package var conjuncts = 3
  package var objective = Objective.recall
  package var share = 0.25
  package var top = 0.1
  package var minimumSize = 0.02
  package var splits = 20
  package var trainingShare = 0.5
  package var seed = Seed()
  package var cuts = 32
  package var limit = 50_000_000
  package var beam = 200

  package init() {}

  package static let kind = SectionKind(
    "rule-search", noun: "rule search", "Searches for rules, by name.", contents: Content.allCases.map(\.rawValue),
    figures: RuleSearchPart.figures.map(\.kind))
  package static let definition = "rule-search"
  package static let summary = "A search for rules, judged on architectures that it has not seen."
  package static let fields: [Field<RuleSearchSpec>] = [
    .title(\.title),
    .optional("target", \.target, "The target; the analysis' when left out."),
    .identifiers("features", \.features, "Columns that conditions are about.", isRequired: true),
    .optional("conjuncts", \.conjuncts, "Most conditions of a rule.", .integer(1...6)),
    .optional("objective", \.objective, "The score that the search maximises."),
    .optional(
      "share", \.share, "Share of the rows that a rule may keep, for recall.", .number(0...1, exclusive: true)),
    .optional("top", \.top, "The top of the ranking: a count, or below 1 a share.", TopSpec.size),
    .optional(
      "minimum-size", \.minimumSize, "Fewest rows that a rule keeps: a count, or below 1 a share.", TopSpec.size),
    .optional("splits", \.splits, "Number of random splits.", .integer(1...1000)),
    .optional(
      "training-share", \.trainingShare, "Share of the rows that a split's search sees.",
      .number(0...1, exclusive: true)),
    .optional("seed", \.seed, "Seed of the splits."),
    .optional("cuts", \.cuts, "Most cut points of a numeric column for each of >= and <=.", .integer(1...1000)),
    .optional("limit", \.limit, "Most conjunctions gone through one by one.", .integer(0...1_000_000_000)),
    .optional("beam", \.beam, "Width of the beam when there are more.", .integer(1...10_000)),
  ]

  package func check(_ checks: inout AnalysisChecks) {
    checks.checkTarget(target, of: name)
    checks.checkFeatureCount(features, of: name, greatest: Self.greatestFeatures)
    if objective == .recall, minimumSize < 1, minimumSize > share {
      checks.report(
        "no-room", name, "rules of \(name.value) keep at least \(minimumSize) of the rows and at most \(share)",
        fix: "lower `minimum-size`, or raise `share`")
    }
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let (target, table) = lookup.target(target) else { return nil }
    return RuleSearchPart(
      spec: self, target: target, features: lookup.features(features, of: target, in: table),
      unit: table.unit)
  }
}
