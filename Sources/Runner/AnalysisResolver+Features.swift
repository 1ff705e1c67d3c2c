import Specs
import Tables

extension AnalysisResolver {
  /// A part's target, or that of the analysis, with its table; nil when it has been reported.
  mutating func resolved(
    _ target: TargetUse?, of analysis: Analysis, tables: [ResolvedTable]
  ) -> (target: ResolvedTarget, table: ResolvedTable)? {
    guard let use = target ?? analysis.target, let table = tables.first(where: { $0.name == use.dataset.value }),
      let target = self.target(use, in: table)
    else { return nil }
    return (target, table)
  }

  mutating func effects(of analysis: Analysis, tables: [ResolvedTable]) -> [ResolvedEffects] {
    analysis.effects.compactMap { spec -> ResolvedEffects? in
      guard let (target, table) = resolved(spec.target, of: analysis, tables: tables) else { return nil }
      for column in spec.byLevel { checkColumn(column, in: table, numeric: true) }
      return ResolvedEffects(
        spec: spec, target: target, features: features(spec.features, of: target, in: table),
        strata: spec.strata.compactMap { checkColumn($0, in: table) },
        isClustered: table.clusterColumns != nil && spec.interval?.clustered != false)
    }
  }

  mutating func ruleSearches(of analysis: Analysis, tables: [ResolvedTable]) -> [ResolvedRuleSearch] {
    analysis.ruleSearches.compactMap { spec -> ResolvedRuleSearch? in
      guard let (target, table) = resolved(spec.target, of: analysis, tables: tables) else { return nil }
      return ResolvedRuleSearch(
        spec: spec, target: target, features: features(spec.features, of: target, in: table),
        isClustered: table.clusterColumns != nil)
    }
  }

  private mutating func features(
    _ names: [Located<String>], of target: ResolvedTarget, in table: ResolvedTable
  ) -> [ColumnSchema] {
    names.compactMap { name in
      if name.value == target.column {
        report(
          name, id: "feature-is-target", "\(name.value) is the target, not a feature", known: [], list: nil,
          fix: "take it out")
        return nil
      }
      return checkColumn(name, in: table)
    }
  }
}
