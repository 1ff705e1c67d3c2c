import Outcomes
import Reports
import Specs

/// The sections there are. A new one is a type that conforms to `ComputedSection`, and a line here.
package enum SectionCatalog {
  /// The sections in the order of the documentation.
  package static let all: [any ComputedSection.Type] = [
    SummarySpec.self, CorrelationsSpec.self, ReliabilitySpec.self, ComparisonSpec.self, EffectsSpec.self,
    RuleSearchSpec.self, ReductionSpec.self, ForensicSpec.self, DifferencesSpec.self, StrataSpec.self,
    EqualSizeSpec.self, ScoreSamplesSpec.self, SearchSpec.self,
  ]

  /// The language of specs with these sections.
  package static let language = SpecLanguage(all)

  /// The parts of an analysis with their columns looked up, in order; those that cannot be computed have been reported.
  package static func parts(of analysis: Analysis, _ lookup: inout ColumnLookup) -> [any AnalysisPart] {
    var parts: [any AnalysisPart] = []
    for spec in analysis.parts {
      lookup.checkColumns(of: spec)
      if let part = (spec as? any ComputedSection)?.part(&lookup) { parts.append(part) }
    }
    return parts
  }

  /// True when tables of these sources show a part: by its name, or with all parts of its section.
  package static func isShown(_ part: any AnalysisPart, in sources: [String]) -> Bool {
    sources.contains(part.name) || part is ForensicPart && sources.contains(ForensicSpec.kind.key)
  }

  /// The table of all parts of a section; nil for a key of no section that has one.
  package static func overview(
    _ key: String, of parts: [any AnalysisPart], _ tables: ReportTables
  ) throws(Reason) -> ReportTable? {
    key == ForensicSpec.kind.key ? try ForensicPart.findings(parts.compactMap { $0 as? ForensicPart }, tables) : nil
  }
}
