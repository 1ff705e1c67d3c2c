import Datasets
import Diagnostics
import Documents
import Measurements
import Sections
import Specs
import Tables

/// The rule by which rows of a table are of one unit.
package enum UnitRule: Sendable, Hashable {
  /// The units of another dataset of the catalogue, which is read for them.
  package struct Partner: Sendable, Hashable {
    /// The other dataset.
    package var dataset: CatalogDataset
    /// Its file.
    package var file: CatalogFile
    /// Key columns, in both tables.
    package var keys: [String]

    /// The step that reads it.
    var stepName: String { "import/units/\(dataset.id)" }
  }

  /// Rows with the same values in these columns.
  case columns([String])
  /// Rows whose partners in another dataset of the catalogue are of one unit there; others stand by themselves.
  case partner(Partner)
  /// Rows whose partners in a table that is joined are of one unit there; others stand by themselves.
  case joined(table: String, keys: [String])
}

/// Looks up what is one unit of a table's rows.
extension AnalysisResolver {
  /// A table with the rule of its units: that of the spec; else what the catalogue says of its dataset; else the units of the
  /// first table joined that has some.
  mutating func united(_ table: ResolvedTable, _ use: DatasetUse, tables: [ResolvedTable]) -> ResolvedTable {
    var table = table
    let declared = declaredUnit(of: table, use, tables: tables)
    switch use.clusterBy.value {
    case .none: break
    case .metricVector:
      let metrics = table.columns.filter { $0.role == .metric }.map(\.name)
      if metrics.isEmpty {
        report(
          use.name, id: "no-metrics", "\(table.name) has no column of role metric to make clusters of",
          fix: "name the columns: `cluster-by: [column, …]`")
      }
      (table.unitRule, table.known.unit) = (.columns(metrics), noun(.metricVector, declared?.noun, table))
    case .columns(let names):
      for name in names { checkColumn(name, in: table) }
      let columns = names.map(\.value)
      (table.unitRule, table.known.unit) = (.columns(columns), noun(.columns(columns), declared?.noun, table))
    case .declared: (table.unitRule, table.known.unit) = (declared?.rule, declared?.noun)
    }
    return table
  }

  /// The noun of units that a spec makes: the catalogue's where its rule is the same, else `cluster`.
  private func noun(_ rule: CatalogUnit.Rule, _ noun: UnitNoun?, _ table: ResolvedTable) -> UnitNoun {
    noun.flatMap { table.dataset?.unit?.rule == rule ? $0 : nil } ?? .cluster
  }

  /// The units that a table has where its spec says nothing; nil when every row stands by itself.
  private func declaredUnit(
    of table: ResolvedTable, _ use: DatasetUse, tables: [ResolvedTable]
  ) -> (rule: UnitRule, noun: UnitNoun)? {
    if table.reported?.isRuns == true {
      return (.columns([ResolvedMeasure.architecture.name]), UnitNoun("architecture"))
    }
    guard let unit = table.dataset?.unit else {
      for join in use.join {
        guard let other = tables.first(where: { $0.name == join.dataset.value }), let noun = other.unit else {
          continue
        }
        return (.joined(table: other.name, keys: join.on.map(\.value)), noun)
      }
      return nil
    }
    if case .partner(let id, let keys) = unit.rule {
      guard let dataset = catalog.dataset(id), let file = catalog.file(dataset.file) else { return nil }
      return (.partner(.init(dataset: dataset, file: file, keys: keys)), unit.noun)
    }
    return table.dataset?.unitColumns.map { (.columns($0), unit.noun) }
  }

  /// Warnings of parts that draw rows of a table one by one, although its rows are known to be repeats.
  func unitWarnings(
    of analysis: Analysis, tables: [ResolvedTable], parts: [any AnalysisPart]
  ) -> [Diagnostic] {
    var warnings: [Diagnostic] = []
    func warn(_ location: SourceLocation, _ message: String, fix: String) {
      warnings.append(
        Diagnostic(
          id: "rows-drawn-apart", severity: .warning, location: location, message: message,
          reason: "repeats taken as independent make intervals too narrow and p-values too small", fix: fix))
    }
    let drawing = parts.filter { $0.drawnTable != nil }
    for table in tables {
      guard let use = table.use, case .none = use.clusterBy.value,
        let declared = declaredUnit(of: table, use, tables: tables)
      else { continue }
      let names = drawing.filter { $0.drawnTable == table.name }.map(\.name)
      guard !names.isEmpty else { continue }
      warn(
        use.clusterBy.location,
        "rows of \(table.name) are drawn one by one by \(names.joined(separator: ", ")), though they are repeats of \(declared.noun.plural)",
        fix: "take `cluster-by: none` out")
    }
    for part in drawing where part.ignoresUnits {
      guard let table = tables.first(where: { $0.name == part.drawnTable }), let noun = table.unit else { continue }
      warn(
        location(of: part.name, in: analysis),
        "\(part.name) draws rows of \(table.name) one by one, though they are repeats of \(noun.plural)",
        fix: "take `clustered: false` out of its interval")
    }
    return warnings
  }

  private func location(of part: String, in analysis: Analysis) -> SourceLocation {
    analysis.parts.first { $0.name.value == part }?.name.location ?? analysis.id.location
  }
}
