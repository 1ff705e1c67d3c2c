import Auditing
import Datasets
import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Sections
import Specs
import Tables

/// Makes the tables of a report: those of parts, and those that are of no part.
struct AnalysisTables {
  let resolved: ResolvedAnalysis
  let audit: AuditTables
  /// The claims and findings with their verdicts.
  let statements: AuditStatements
  let tables: ReportTables
  private let inputs: StepInputs
  /// The analysis' tables, each with its entry in the results.
  let records: [(table: ResolvedTable, record: TableRecord)]

  typealias Cell = ReportTable.Cell
  typealias Header = ReportTable.Column

  /// Reads the entries of the analysis' tables from the results.
  ///
  /// - Throws: `Reason` when an entry is missing or cannot be read.
  init(
    resolved: ResolvedAnalysis, results: JSONValue, judged: JudgedClaims?, inputs: StepInputs
  ) throws(Reason) {
    self.resolved = resolved
    audit = AuditTables(resolved.audited)
    statements = AuditStatements(resolved.audited, judged)
    self.inputs = inputs
    var records: [(table: ResolvedTable, record: TableRecord)] = []
    for table in resolved.tables { records.append((table, try (results[table.name] ?? .null).decoded())) }
    self.records = records
    let clusters = records.compactMap { entry in entry.record.clusters.map { (entry.table.name, $0) } }
    tables = ReportTables(
      tables: resolved.tables.map(\.known), clusters: Dictionary(clusters) { first, _ in first }, inputs: inputs)
  }

  func table(_ spec: TableSpec, caption: MarkdownText?) throws(Reason) -> ReportTable {
    let from = spec.from.value
    var table: ReportTable
    if from == "data" {
      table = data()
    } else if let part = resolved.part(from) {
      table = try part.table(spec, tables)
    } else if let overview = try SectionCatalog.overview(from, of: resolved.parts, tables) {
      table = overview
    } else if let printed = resolved.analysis.published.first(where: { $0.name.value == from }) {
      table = audit.published(printed, try inputs.output(of: PublishedStep(printed)))
    } else {
      throw Reason("there is no part \(from)")
    }
    table.name = spec.name.value
    if let caption { table.caption = caption }
    return table.notingMissingIntervals
  }

  private func data() -> ReportTable {
    ReportTable(
      name: "data", caption: "Data: rows read, left out and used.",
      columns: [
        Header("Dataset"), Header("File"), Header("Rows read", isNumeric: true), Header("Left out", isNumeric: true),
        Header("Used", isNumeric: true), Header("Units drawn together"), Header("Remarks"),
      ], rows: records.filter { $0.record.origin != .runs }.map(Self.row))
  }

  private static func row(_ table: ResolvedTable, _ record: TableRecord) -> [Cell] {
    let (read, leftOut, remarks): (Int?, Int?, [String]) =
      switch record.origin {
      case .read(let report):
        (
          report.rowsRead, report.skippedCount,
          notes(report.skipped, "skipped: ") + notes(report.repaired, "repaired: ") + notes(report.missing)
        )
      case .measured(let report):
        (report.rowsRead, report.skippedCount, notes(report.skipped, "skipped: ") + notes(report.missing))
      case .runs: (nil, nil, [])
      }
    let joins = (record.joins?.entries ?? []).compactMap { name, join -> String? in
      guard join.unmatched > 0 else { return nil }
      let fate = join.kept ? "kept" : "left out"
      return "\(NumberText.grouped(join.unmatched)) without a partner in \(name), \(fate)"
    }
    let repeats = record.repeatedRows.map { count in
      ["\(NumberText.grouped(count)) repeat all metrics of another row, and rows are drawn one by one"]
    }
    let units = record.clusters.map { count in
      Cell((table.unit ?? .cluster).text(count), value: .integer(count))
    }
    return [
      Cell(record.source.title ?? table.name), Cell(record.source.file ?? ""), .count(read), .count(leftOut),
      .count(record.rows),
      units ?? .dash, Cell((remarks + joins + (repeats ?? [])).joined(separator: "; ")),
    ]
  }

  private static func notes(_ items: [ImportReport.Item], _ kind: String = "") -> [String] {
    items.map { "\($0.count) \(kind)\($0.reason)" }
  }
}
