import Datasets
import Diagnostics
import Measurements
import Specs
import Tables

/// Looks the names of an analysis up in the catalogue: datasets, columns, their types. Needs no data.
package struct AnalysisResolver {
  let catalog: Catalog
  /// What measures architectures; nil when nothing does.
  let engine: (any ArchitectureMeasuring)?
  /// The claims files that the analysis uses.
  let library: ClaimsLibrary
  private var problems: [Diagnostic] = []

  private init(catalog: Catalog, engine: (any ArchitectureMeasuring)?, library: ClaimsLibrary) {
    self.catalog = catalog
    self.engine = engine
    self.library = library
  }

  /// Resolves an analysis.
  ///
  /// - Parameters:
  ///   - analysis: The analysis.
  ///   - catalog: The data catalogue.
  ///   - engine: What measures architectures; analyses that measure need it.
  ///   - library: The claims files that the analysis uses.
  /// - Throws: `DiagnosticsError` with every unknown or unsuitable name.
  package static func resolve(
    _ analysis: Analysis, catalog: Catalog, engine: (any ArchitectureMeasuring)? = nil,
    library: ClaimsLibrary = ClaimsLibrary()
  ) throws(DiagnosticsError) -> ResolvedAnalysis {
    var resolver = AnalysisResolver(catalog: catalog, engine: engine, library: library)
    if engine == nil, !analysis.measures.isEmpty { throw noEngine(analysis) }
    let (tables, measures) = resolver.tables(of: analysis)
    let parts = resolver.parts(of: analysis, tables: tables)
    resolver.checkFigures(of: analysis, tables: tables, parts: parts)
    let claims = resolver.claims(of: analysis, parts: parts)
    resolver.checkProse(of: analysis, tables: tables, parts: parts)
    guard resolver.problems.isEmpty else { throw DiagnosticsError(resolver.problems) }
    return ResolvedAnalysis(analysis: analysis, tables: tables, measures: measures, parts: parts, claims: claims)
  }

  private mutating func parts(of analysis: Analysis, tables: [ResolvedTable]) -> [any AnalysisPart] {
    checkSummaries(of: analysis, tables: tables)
    return analysis.summaries.map { ResolvedSummary(spec: $0) } + families(of: analysis, tables: tables)
      + reliabilities(of: analysis, tables: tables) + comparisons(of: analysis, tables: tables)
      + effects(of: analysis, tables: tables) + ruleSearches(of: analysis, tables: tables)
      + reductions(of: analysis, tables: tables)
      + forensics(of: analysis, tables: tables)
      + differences(of: analysis, tables: tables) + strata(of: analysis, tables: tables)
      + scoreSamples(of: analysis, tables: tables)
  }

  /// The datasets in order, each after the measurements that it may join; then the measured tables.
  private mutating func tables(of analysis: Analysis) -> ([ResolvedTable], [ResolvedMeasure]) {
    var resolved: [ResolvedTable] = []
    var measures: [ResolvedMeasure] = []
    for use in analysis.datasets {
      measures += self.measures(of: analysis, tables: resolved, except: Set(measures.map(\.name)))
      let measured = measures.flatMap { Self.tables(of: $0) }
      guard let dataset = catalog.dataset(use.use.value) else {
        report(
          use.use, id: "unknown-dataset", "there is no dataset \(use.use.value) in the catalogue",
          known: catalog.datasets.map(\.id), list: "trainfree data list")
        continue
      }
      // Columns that need no join come before it, so that they can be its keys.
      let early = derive(use.derive, from: dataset.columns, isLast: use.join.isEmpty)
      var columns = early.columns
      for join in use.join { columns = joined(columns, join, tables: resolved + measured) }
      let late = derive(early.left, from: columns, isLast: true)
      let table = ResolvedTable(
        name: use.name.value, source: .dataset(use), columns: late.columns, clusterColumns: nil,
        derivedBeforeJoins: early.made, derivedAfterJoins: late.made, dataset: dataset,
        file: catalog.file(dataset.file))
      for condition in use.rows { checkColumn(condition.column, in: table) }
      resolved.append(clustered(table, use))
    }
    measures += self.measures(of: analysis, tables: resolved, except: Set(measures.map(\.name)))
    let order = analysis.measures.map(\.name.value)
    measures.sort { (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0) }
    return (resolved + measures.flatMap { Self.tables(of: $0) }, measures)
  }

  private mutating func joined(
    _ columns: [ColumnSchema], _ join: JoinSpec, tables: [ResolvedTable]
  ) -> [ColumnSchema] {
    guard let other = tables.first(where: { $0.name == join.dataset.value }) else { return columns }
    for key in join.on {
      checkColumn(key, in: other)
      if !columns.contains(where: { $0.name == key.value }) {
        report(
          key, id: "unknown-column", "the dataset that is joined has no column \(key.value)",
          known: columns.map(\.name), list: nil)
      }
    }
    for column in join.columns { checkColumn(column, in: other) }
    let keys = Set(join.on.map(\.value))
    let names =
      join.columns.isEmpty ? other.columns.map(\.name).filter { !keys.contains($0) } : join.columns.map(\.value)
    var all = columns
    for name in names {
      guard var schema = other.column(name) else { continue }
      schema.name = (join.prefix ?? "") + name
      // Two columns of one title could not be told apart.
      if let prefix = join.prefix?.trimmingSuffix("-"), !prefix.isEmpty {
        schema.title = "\(schema.displayTitle) (\(prefix))"
      }
      if all.contains(where: { $0.name == schema.name }) {
        report(
          join.dataset, id: "duplicate-column", "the join makes a second column \(schema.name)", known: [],
          list: nil, fix: "name the columns to take under `columns`, or give a `prefix`")
      } else {
        all.append(schema)
      }
    }
    return all
  }

  private mutating func clustered(_ table: ResolvedTable, _ use: DatasetUse) -> ResolvedTable {
    var table = table
    switch use.clusterBy {
    case .none: break
    case .metricVector:
      table.clusterColumns = table.columns.filter { $0.role == .metric }.map(\.name)
      if table.clusterColumns?.isEmpty == true {
        report(
          use.name, id: "no-metrics", "\(table.name) has no column of role metric to make clusters of", known: [],
          list: nil, fix: "name the columns: `cluster-by: [column, …]`")
      }
    case .columns(let names):
      for name in names { checkColumn(name, in: table) }
      table.clusterColumns = names.map(\.value)
    }
    return table
  }

  private mutating func families(of analysis: Analysis, tables: [ResolvedTable]) -> [ResolvedFamily] {
    analysis.correlations.compactMap { family($0, of: analysis, tables: tables) }
  }

  /// A family with its target and members.
  mutating func family(
    _ family: CorrelationFamily, of analysis: Analysis, tables: [ResolvedTable]
  ) -> ResolvedFamily? {
    guard let (target, table) = resolved(family.target, of: analysis, tables: tables) else { return nil }
    let members = metrics(family.metrics, of: family.name, in: table) + baselines(family.baselines, in: table)
    checkDuplicates(members, of: family.name)
    for name in family.given { checkColumn(name, in: table, numeric: true) }
    return ResolvedFamily(
      name: family.name.value, title: family.title ?? family.name.value, target: target, members: members,
      spec: family, isClustered: table.clusterColumns != nil && family.interval?.clustered != false)
  }

  /// The column that metrics are held against; nil when it is none of numbers, or nothing says which end is better.
  mutating func target(_ target: TargetUse, in table: ResolvedTable) -> ResolvedTarget? {
    guard let schema = checkColumn(target.column, in: table, numeric: true) else { return nil }
    let better = target.better.map { $0 == .higher ? Direction.higher : .lower } ?? schema.better
    guard let better else {
      report(
        target.column, id: "no-direction", "the catalogue does not say which end of \(schema.name) is better",
        known: [], list: nil, fix: "add `better: higher` or `better: lower` to the target")
      return nil
    }
    return ResolvedTarget(dataset: table.name, column: schema.name, title: schema.displayTitle, better: better)
  }

  /// The metrics that a part selects.
  mutating func metrics(
    _ selection: MetricSelection, of part: Located<String>, in table: ResolvedTable
  ) -> [FamilyMember] {
    switch selection {
    case .all:
      let all = table.columns.filter { $0.role == .metric && $0.type != .text }
      if all.isEmpty {
        report(
          part, id: "no-metrics", "\(table.name) has no column of role metric", known: [], list: nil,
          fix: "name the columns: `metrics: [column, …]`")
      }
      return all.map { Self.member($0, isBaseline: false) }
    case .columns(let names):
      return names.compactMap { checkColumn($0, in: table, numeric: true).map { Self.member($0, isBaseline: false) } }
    }
  }

  /// The trivial baselines that a part names.
  mutating func baselines(_ baselines: [BaselineSpec], in table: ResolvedTable) -> [FamilyMember] {
    baselines.compactMap { baseline -> FamilyMember? in
      switch baseline {
      case .column(let name):
        return checkColumn(name, in: table, numeric: true).map { Self.member($0, isBaseline: true) }
      case .lexicographic(let name, let title, let columns):
        for column in columns { checkColumn(column, in: table, numeric: true) }
        return FamilyMember(
          name: name.value, title: title ?? columns.map(\.value).joined(separator: ", then "), isBaseline: true,
          better: .higher, source: .lexicographic(columns.map(\.value)))
      }
    }
  }

  private static func member(_ schema: ColumnSchema, isBaseline: Bool) -> FamilyMember {
    FamilyMember(
      name: schema.name, title: schema.displayTitle, isBaseline: isBaseline, better: schema.better,
      source: .column(schema.name))
  }

  mutating func checkDuplicates(_ members: [FamilyMember], of part: Located<String>) {
    var seen: Set<String> = []
    for member in members where !seen.insert(member.name).inserted {
      report(
        part, id: "duplicate-member", "\(member.name) stands twice among metrics and baselines", known: [],
        list: nil, fix: "name it once, as a metric or as a baseline")
    }
  }

  private mutating func checkSummaries(of analysis: Analysis, tables: [ResolvedTable]) {
    for summary in analysis.summaries {
      guard let table = tables.first(where: { $0.name == summary.dataset.value }) else { continue }
      for name in summary.groupBy { checkColumn(name, in: table) }
      for name in summary.columns { checkColumn(name, in: table, numeric: true) }
    }
  }

  private mutating func checkFigures(of analysis: Analysis, tables: [ResolvedTable], parts: [any AnalysisPart]) {
    for cell in analysis.report {
      guard case .figure(let figure) = cell else { continue }
      if let part = parts.first(where: { $0.name == figure.from.value }) {
        guard let (what, known) = part.figureColumns else {
          for column in figure.columns.prefix(1) {
            report(
              column, id: "no-columns", "a figure of \(part.name) takes no columns", known: [], list: nil,
              fix: "take `columns` out")
          }
          continue
        }
        for column in figure.columns where !known.contains(column.value) {
          report(
            column, id: "unknown-\(what == "column" ? "column" : "metric")",
            "\(figure.from.value) has no \(what) \(column.value)", known: known, list: nil)
        }
        if let name = figure.groupBy, let family = part as? ResolvedFamily,
          let table = tables.first(where: { $0.name == family.target.dataset })
        {
          checkColumn(name, in: table)
        }
      } else if let table = tables.first(where: { $0.name == figure.from.value }) {
        for name in figure.columns { checkColumn(name, in: table, numeric: true) }
        for name in [figure.x, figure.y].compactMap({ $0 }) { checkColumn(name, in: table, numeric: true) }
        if let name = figure.groupBy { checkColumn(name, in: table) }
      }
    }
  }

  @discardableResult
  mutating func checkColumn(
    _ name: Located<String>, in table: ResolvedTable, numeric: Bool = false
  ) -> ColumnSchema? {
    guard let schema = table.column(name.value) else {
      report(
        name, id: "unknown-column", "dataset \(table.name) has no column \(name.value)",
        known: table.columns.map(\.name), list: nil)
      return nil
    }
    if numeric, schema.type == .text {
      report(
        name, id: "not-a-number", "column \(name.value) of \(table.name) holds text, not numbers", known: [],
        list: nil, fix: "name a column of numbers")
      return nil
    }
    return schema
  }

  mutating func report(
    _ name: Located<String>, id: String, _ message: String, known: [String], list: String?, fix: String? = nil
  ) {
    var advice = fix
    if advice == nil, let close = Suggestion.closest(to: name.value, in: known) { advice = "did you mean \(close)?" }
    if advice == nil, let list { advice = "`\(list)` shows what there is" }
    if advice == nil, !known.isEmpty {
      advice = "there are: \(known.prefix(40).joined(separator: ", "))\(known.count > 40 ? ", …" : "")"
    }
    append(Diagnostic(id: id, location: name.location, message: message, fix: advice))
  }

  mutating func append(_ problem: Diagnostic) { problems.append(problem) }

  /// Whether anything has been found.
  var hasProblems: Bool { !problems.isEmpty }
}

extension String {
  /// The text without a character at its end, if it is there.
  fileprivate func trimmingSuffix(_ suffix: Character) -> String { last == suffix ? String(dropLast()) : self }
}
