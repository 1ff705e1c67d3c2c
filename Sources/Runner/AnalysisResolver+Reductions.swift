import Diagnostics
import Expressions
import Specs
import Tables

/// Looks up what derived columns and reductions name.
extension AnalysisResolver {
  /// Columns derived from those that are there, in the order of the spec, those that name others left for later.
  ///
  /// - Parameters:
  ///   - derived: The columns, in order.
  ///   - columns: The columns that are there.
  ///   - isLast: Whether no others will come, so that what is named has to be there.
  mutating func derive(
    _ derived: [DerivedSpec], from columns: [ColumnSchema], isLast: Bool
  ) -> (made: [DerivedColumn], columns: [ColumnSchema], left: [DerivedSpec]) {
    var columns = columns
    var made: [DerivedColumn] = []
    var left: [DerivedSpec] = []
    for spec in derived {
      guard let expression = spec.expression.expression else { continue }
      let names = Set(columns.map(\.name))
      let isReady =
        expression.columnNames.allSatisfy { names.contains($0) }
        && expression.layerNames.allSatisfy { names.contains(LayerColumns.name($0, layer: 1)) }
      guard isReady || isLast else {
        left.append(spec)
        continue
      }
      if names.contains(spec.name.value) {
        report(
          spec.name, id: "duplicate-column", "there is a column \(spec.name.value) already", known: [], list: nil,
          fix: "choose another name")
        continue
      }
      let problems = ExpressionChecker.problems(expression, columns: columns)
      for problem in problems { append(problem.diagnostic(at: spec.expression.location(of: problem))) }
      let column = DerivedColumn(
        name: spec.name.value, title: spec.title, role: ColumnRole(rawValue: spec.role.rawValue) ?? .feature,
        better: spec.better.map { $0 == .higher ? .higher : .lower }, expression: expression, columns: columns)
      if let column { made.append(column) }
      // What cannot be made keeps its name, so that what uses it is not reported too.
      columns.append(column?.schema ?? ColumnSchema(name: spec.name.value, type: .real, role: .feature))
    }
    return (made, columns, left)
  }

  mutating func reductions(of analysis: Analysis, tables: [ResolvedTable]) -> [ResolvedReductions] {
    analysis.reductions.compactMap { spec -> ResolvedReductions? in
      guard let use = spec.target ?? analysis.target,
        let table = tables.first(where: { $0.name == use.dataset.value })
      else { return nil }
      let target = self.target(use, in: table)
      let candidates = spec.candidates.map { candidate($0, in: table) }
      // All metrics, which need not be asked for, may be none.
      let hasMetrics = table.columns.contains { $0.role == .metric && $0.type != .text }
      let selection = spec.against.metrics.flatMap { $0 == .all && !hasMetrics ? nil : $0 }
      let metrics = selection.map { self.metrics($0, of: spec.name, in: table) } ?? []
      let members = metrics + baselines(spec.against.baselines, in: table)
      checkDuplicates(members, of: spec.name)
      for name in spec.replicates { checkColumn(name, in: table) }
      guard let target else { return nil }
      return ResolvedReductions(
        spec: spec, target: target, candidates: candidates, members: members,
        isClustered: table.clusterColumns != nil && spec.interval.clustered)
    }
  }

  private mutating func candidate(_ spec: ReductionCandidate, in table: ResolvedTable) -> ResolvedCandidate {
    if let rule = spec.rule, let expression = rule.expression {
      let problems = ExpressionChecker.problems(expression, columns: table.columns, wanted: .truth, what: "the rule")
      for problem in problems { append(problem.diagnostic(at: rule.location(of: problem))) }
    }
    let by = spec.by.enumerated().compactMap { index, name -> ResolvedCandidate.RankedColumn? in
      guard let schema = checkColumn(name, in: table, numeric: true) else { return nil }
      let declared = index == 0 ? spec.better.map { $0 == .higher ? Direction.higher : .lower } : nil
      if index == 0, declared == nil, schema.better == nil {
        report(
          name, id: "no-direction", "nothing says which end of \(schema.name) is better", known: [], list: nil,
          fix: "add `better: higher` or `better: lower`")
      }
      return .init(name: schema.name, title: schema.displayTitle, better: declared ?? schema.better ?? .higher)
    }
    var candidate = ResolvedCandidate(
      name: spec.name.value, title: "", rule: spec.rule?.expression, top: spec.top, by: by)
    candidate.title = spec.title ?? candidate.definition
    return candidate
  }
}
