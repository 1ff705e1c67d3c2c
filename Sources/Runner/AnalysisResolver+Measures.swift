import Diagnostics
import Documents
import Files
import Measurements
import Sections
import Specs
import Tables

/// Looks up what measurements name.
extension AnalysisResolver {
  /// The measurements that read none of the datasets that are still to come, with their tables.
  mutating func measures(
    of analysis: Analysis, tables: [ResolvedTable], except done: Set<String>
  ) -> [ResolvedMeasure] {
    analysis.measures.filter { !done.contains($0.name.value) }.compactMap { spec -> ResolvedMeasure? in
      switch spec.architectures {
      case .sample: return resolved(spec, in: nil, of: analysis)
      case .dataset(let columns):
        guard let table = tables.first(where: { $0.name == columns.dataset.value }) else { return nil }
        return resolved(spec, in: table, of: analysis)
      }
    }
  }

  /// The findings on the measurements of an analysis where there is no engine.
  static func noEngine(_ analysis: Analysis) -> DiagnosticsError {
    DiagnosticsError(
      analysis.measures.map {
        Diagnostic(
          id: "no-engine", location: $0.name.location, message: "there is nothing to measure with",
          reason: "this build has no engine", fix: "take `measure` out")
      })
  }

  private mutating func resolved(
    _ spec: MeasureSpec, in table: ResolvedTable?, of analysis: Analysis
  ) -> ResolvedMeasure? {
    guard let engine else { return nil }
    let settings = MeasureSettings(
      spec, metrics: metricIDs(of: spec, engine), base: FileSystem.folder(of: analysis.file))
    let metrics = engine.metricColumns(of: settings)
    let metricNames = Set(metrics.map(\.name))
    var measure = ResolvedMeasure(
      spec: spec, settings: settings,
      features: spec.features ? engine.featureColumns(of: settings).filter { !metricNames.contains($0.name) } : [],
      metrics: metrics)
    checkProxies(spec, metrics: metrics, features: measure.features, engine)
    do throws(DiagnosticsError) {
      measure.tokens = try engine.tokenFiles(of: settings, catalog: catalog)
    } catch {
      for problem in error.diagnostics {
        var problem = problem
        problem.location = spec.tokens.use.location
        append(problem)
      }
    }
    if let table, case .dataset(let columns) = spec.architectures {
      checkSource(columns, in: table)
      measure.id = checkColumn(columns.id, in: table)
      measure.kept = columns.keep.compactMap { checkColumn($0, in: table) }.filter { $0.name != columns.id.value }
      for index in measure.kept.indices where measure.kept[index].role == .metric {
        // The metrics of a measured table are those measured here.
        measure.kept[index].role = .other
      }
      let taken = checkUnique(measure, columns)
      measure.kept.removeAll { taken.contains($0.name) }
    }
    return measure
  }

  /// Reports proxies whose names are those of metrics, or of other columns of the measured tables.
  private mutating func checkProxies(
    _ spec: MeasureSpec, metrics: [ColumnSchema], features: [ColumnSchema], _ engine: any ArchitectureMeasuring
  ) {
    let own = Set(spec.proxies.map(\.name.value))
    let others = Set(
      [ResolvedMeasure.architecture, ResolvedMeasure.seed, ResolvedMeasure.batch, ResolvedMeasure.recipe].map(\.name)
        + metrics.map(\.name).filter { !own.contains($0) } + features.map(\.name) + [ColumnSchema.cluster.name])
    for proxy in spec.proxies {
      let name = proxy.name.value
      let isTwice = metrics.count { $0.name == name } > 1
      guard engine.isMetric(name) || others.contains(name) || isTwice else { continue }
      report(
        proxy.name, id: "duplicate-column",
        engine.isMetric(name) ? "there is a metric \(name)" : "the measured table would have two columns \(name)",
        fix: "give the proxy another name")
    }
  }

  private mutating func metricIDs(of spec: MeasureSpec, _ engine: any ArchitectureMeasuring) -> [String] {
    let known = engine.metricIDs(of: spec.network.kind)
    guard case .columns(let names) = spec.metrics else { return known }
    for name in names where !engine.isMetric(name.value) {
      report(
        name, id: "unknown-metric", "there is no metric \(name.value)", known: known, list: "trainfree metrics list")
    }
    return names.map(\.value).filter { engine.isMetric($0) }
  }

  private mutating func checkSource(_ columns: ArchitectureColumns, in table: ResolvedTable) {
    if let recipe = checkColumn(columns.recipe, in: table), recipe.type != .text {
      report(
        columns.recipe, id: "not-text", "column \(recipe.name) of \(table.name) holds no text",
        fix: "name the column with the recipes")
    }
    if let select = columns.select { checkColumn(select.column, in: table, numeric: true) }
  }

  /// Reports columns of the dataset whose names are taken in the measured tables, and returns all such names.
  private mutating func checkUnique(
    _ measure: ResolvedMeasure, _ columns: ArchitectureColumns
  ) -> Set<String> {
    let others = Set(
      [ResolvedMeasure.architecture, ResolvedMeasure.seed, ResolvedMeasure.batch].map(\.name)
        + (measure.features + measure.metrics).map(\.name) + [ColumnSchema.cluster.name])
    for name in columns.keep + [columns.id] where others.contains(name.value) {
      if name == columns.id, name.value == ResolvedMeasure.architecture.name { continue }
      report(
        name, id: "duplicate-column", "the measured table would have two columns \(name.value)",
        fix: "leave it out, and join it under a `prefix` where it is needed")
    }
    return others
  }

  /// The tables of a measurement; the runs of an architecture are one unit.
  static func tables(of measure: ResolvedMeasure) -> [ResolvedTable] {
    [false, true].map { isRuns in
      ResolvedTable(
        known: KnownTable(
          name: isRuns ? measure.spec.runsName : measure.name, columns: measure.columns(ofRuns: isRuns),
          unit: isRuns ? UnitNoun("architecture") : nil),
        source: .measured(measure.name, isRuns: isRuns))
    }
  }
}
