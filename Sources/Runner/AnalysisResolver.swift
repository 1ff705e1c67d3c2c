import Auditing
import Datasets
import Diagnostics
import Documents
import Measurements
import Sections
import Specs
import Tables

/// Looks the names of an analysis up in the catalogue: datasets, columns, their types. Needs no data.
package struct AnalysisResolver {
  let catalog: Catalog
  /// The engine that measures architectures; nil for a resolver without one.
  let engine: (any ArchitectureMeasuring)?
  /// The folders with the reports of other analyses.
  let reports: ReportFolders
  /// The folders with the user's own files.
  let files: OwnFolders
  /// The look-up of names in the tables, which also collects the findings.
  private var lookup: ColumnLookup
  /// What is wrong with the reports of other analyses and the user's own files, each problem once.
  private var unread: [Diagnostic] = []
  /// The kind of the first such failure.
  private var unreadKind: FailureKind?

  private init(
    catalog: Catalog, engine: (any ArchitectureMeasuring)?, reports: ReportFolders, files: OwnFolders,
    target: TargetUse?
  ) {
    self.catalog = catalog
    self.engine = engine
    self.reports = reports
    self.files = files
    lookup = ColumnLookup(target: target)
  }

  /// Resolves an analysis.
  ///
  /// - Parameters:
  ///   - analysis: The analysis.
  ///   - catalog: The data catalogue.
  ///   - engine: The engine that measures architectures; analyses that measure need it.
  ///   - library: The claims files that the analysis uses.
  ///   - reports: The folders with the reports of other analyses, of which those that the analysis names are held against their digests.
  ///   - files: The folders with the user's own files, of which those that the analysis names are read.
  /// - Throws: `DiagnosticsError` with every unknown or unsuitable name.
  package static func resolve(
    _ analysis: Analysis, catalog: Catalog, engine: (any ArchitectureMeasuring)? = nil,
    library: ClaimsLibrary = ClaimsLibrary(), reports: ReportFolders = ReportFolders(),
    files: OwnFolders = OwnFolders()
  ) throws(DiagnosticsError) -> ResolvedAnalysis {
    var resolver = AnalysisResolver(
      catalog: catalog, engine: engine, reports: reports, files: files, target: analysis.target)
    if engine == nil, !analysis.measures.isEmpty { throw noEngine(analysis) }
    let (tables, measures) = resolver.tables(of: analysis)
    // Without the columns of a report or a file, whatever uses them would be a finding too.
    if let kind = resolver.unreadKind { throw DiagnosticsError(resolver.unread, kind: kind) }
    resolver.lookup.tables = tables.map(\.known)
    let parts = SectionCatalog.parts(of: analysis, &resolver.lookup)
    resolver.checkFigures(of: analysis, tables: tables, parts: parts)
    let claims = resolver.lookup.claims(of: analysis, parts: parts, library: library)
    let findings = resolver.lookup.findings(of: analysis, parts: parts)
    resolver.checkProse(of: analysis, tables: tables, parts: parts)
    guard resolver.lookup.problems.isEmpty else { throw DiagnosticsError(resolver.lookup.problems) }
    return ResolvedAnalysis(
      analysis: analysis, tables: tables, measures: measures, parts: parts, claims: claims, findings: findings,
      remarks: library.remarks, warnings: resolver.unitWarnings(of: analysis, tables: tables, parts: parts))
  }

  /// The datasets in order, each after the measurements that it may join; then the measured tables.
  private mutating func tables(of analysis: Analysis) -> ([ResolvedTable], [ResolvedMeasure]) {
    var resolved: [ResolvedTable] = []
    var measures: [ResolvedMeasure] = []
    for use in analysis.datasets {
      measures += self.measures(of: analysis, tables: resolved, except: Set(measures.map(\.name)))
      let measured = measures.flatMap { Self.tables(of: $0) }
      guard var table = imported(use) else { continue }
      // Columns that need no join come before it, so that they can be its keys.
      let early = derive(use.derive, from: table.columns, isLast: use.join.isEmpty)
      var columns = early.columns
      for join in use.join { columns = joined(columns, join, tables: resolved + measured) }
      let late = derive(early.left, from: columns, isLast: true)
      table.known.columns = late.columns
      (table.derivedBeforeJoins, table.derivedAfterJoins) = (early.made, late.made)
      for condition in use.rows { checkColumn(condition.column, in: table) }
      resolved.append(united(table, use, tables: resolved + measured))
    }
    measures += self.measures(of: analysis, tables: resolved, except: Set(measures.map(\.name)))
    let order = analysis.measures.map(\.name.value)
    measures.sort { (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0) }
    return (resolved + measures.flatMap { Self.tables(of: $0) }, measures)
  }

  /// A dataset with the columns that are read: those of the catalogue, of a measurement in the report of another analysis, or of the
  /// user's own file.
  ///
  /// - Returns: nil for what there is not, which is reported.
  private mutating func imported(_ use: DatasetUse) -> ResolvedTable? {
    func makeTable(_ columns: [ColumnSchema]) -> ResolvedTable {
      ResolvedTable(known: KnownTable(name: use.name.value, columns: columns), source: .dataset(use))
    }
    if let id = use.use {
      guard let dataset = catalog.dataset(id.value) else {
        report(
          id, id: "unknown-dataset", "there is no dataset \(id.value) in the catalogue",
          known: catalog.datasets.map(\.id), list: "trainfree data list")
        return nil
      }
      var table = makeTable(dataset.columns)
      (table.dataset, table.file) = (dataset, catalog.file(dataset.file))
      return table
    }
    do throws(DiagnosticsError) {
      var table: ResolvedTable
      if let file = use.file {
        let own = try files.dataset(use, file: file)
        table = makeTable(own.columns)
        table.own = own
      } else if let measured = use.measured {
        guard let engine else {
          report(
            measured, id: "no-engine", "the columns of a measurement are not known", fix: "this build has no engine")
          return nil
        }
        let measurement = try reports.measurement(measured, catalog: catalog, engine: engine)
        table = makeTable(measurement.columns)
        table.reported = measurement
      } else {
        return nil
      }
      return table
    } catch {
      unreadKind = unreadKind ?? error.kind
      for problem in error.diagnostics where !unread.contains(problem) { unread.append(problem) }
      return nil
    }
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
          known: columns.map(\.name))
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
          join.dataset, id: "duplicate-column", "the join makes a second column \(schema.name)",
          fix: "name the columns to take under `columns`, or give a `prefix`")
      } else {
        all.append(schema)
      }
    }
    return all
  }

  private mutating func checkFigures(of analysis: Analysis, tables: [ResolvedTable], parts: [any AnalysisPart]) {
    for cell in analysis.report {
      guard case .figure(let figure) = cell else { continue }
      if let part = parts.first(where: { $0.name == figure.from.value }) {
        guard let (what, known) = part.figureColumns else {
          for column in figure.columns.prefix(1) {
            report(
              column, id: "no-columns", "a figure of \(part.name) takes no columns",
              fix: "take `columns` out")
          }
          continue
        }
        for column in figure.columns where !known.contains(column.value) {
          report(
            column, id: "unknown-\(what == "column" ? "column" : "metric")",
            "\(figure.from.value) has no \(what) \(column.value)", known: known)
        }
        if let name = figure.groupBy, let table = tables.first(where: { $0.name == part.groupedTable }) {
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
    lookup.checkColumn(name, in: table.known, numeric: numeric)
  }

  mutating func report(
    _ name: Located<some Hashable & Sendable>, id: String, _ message: String, known: [String] = [],
    list: String? = nil, fix: String? = nil
  ) {
    lookup.report(name, id: id, message, known: known, list: list, fix: fix)
  }

  mutating func append(_ problem: Diagnostic) { lookup.append(problem) }

  var hasProblems: Bool { !lookup.problems.isEmpty }
}

extension String {
  /// The text without a character at its end, if it is there.
  fileprivate func trimmingSuffix(_ suffix: Character) -> String { last == suffix ? String(dropLast()) : self }
}
