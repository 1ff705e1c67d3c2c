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
    if let caption {
      if let problem = CaptionCoefficients(of: table).problem(in: caption.source), let place = spec.caption?.location {
        throw Reason("\(place): \(problem)")
      }
      table.caption = caption
    }
    return table.leavingOutUndefinedRows.notingMissingIntervals
  }

  /// A row for each table that is read or measured; rows read are those left out and those used. A table whose title is also
  /// another's has the analysis' name of it beside the title.
  private func data() -> ReportTable {
    let shown = records.filter { $0.record.origin != .runs }
    let titles = shown.map { $0.record.source.title ?? $0.table.name }
    let counts = Dictionary(titles.map { ($0, 1) }, uniquingKeysWith: +)
    return ReportTable(
      name: "data", caption: "Data: rows read, left out and used.",
      columns: [
        Header("Dataset"), Header("File"), Header("Rows read", isNumeric: true), Header("Left out", isNumeric: true),
        Header("Used", isNumeric: true), Header("Units drawn together"), Header("Remarks"),
      ],
      rows: zip(shown, titles).map { entry, title in
        let isShared = (counts[title] ?? 1) > 1
        return Self.row(isShared ? "\(title) (\(entry.table.name))" : title, entry.table, entry.record)
      })
  }

  private static func row(_ title: String, _ table: ResolvedTable, _ record: TableRecord) -> [Cell] {
    let remarks: [String] =
      switch record.origin {
      case .read(let report):
        notes(report.skipped, "skipped: ") + notes(report.repaired, "repaired: ") + notes(report.missing)
      case .measured(let report): notes(report.skipped, "skipped: ") + notes(report.missing)
      case .runs: []
      }
    let joins = (record.joins?.entries ?? []).compactMap { name, join -> String? in
      guard join.unmatched > 0 else { return nil }
      let fate = join.kept ? "kept" : "left out"
      return "\(NumberText.grouped(join.unmatched)) without a partner in \(name), \(fate)"
    }
    let conditions = zip(table.use?.rows ?? [], record.conditions ?? []).filter { $1.leftOut > 0 }.map {
      condition, record in
      let rows = condition.complement(table.column(condition.column.value)?.displayTitle.lowercasedFirst)
      return "\(NumberText.grouped(record.leftOut)) \(rows), left out by the analysis"
    }
    let repeats = record.repeatedRows.map { count in
      ["\(NumberText.grouped(count)) repeat all metrics of another row, and rows are drawn one by one"]
    }
    let guessed = record.source.guessed.map { [$0.sentence] + $0.notes }
    let made = record.source.report.map { analysis in
      let (spec, version) = (record.source.specSha256 ?? "", record.source.trainfree ?? "")
      return "measured by \(analysis), spec SHA-256 \(spec.prefix(12))…, trainfree \(version)"
    }
    let links = record.source.report.map { [ReportLink(record.source.file ?? "", toReportOf: $0)] }
    let units = record.clusters.map { count in
      Cell((table.unit ?? .cluster).text(count), value: .integer(count))
    }
    return [
      Cell(title), Cell(record.source.file ?? "", links: links ?? []), .count(record.origin.rowsRead),
      .count(record.leftOut),
      .count(record.rows), units ?? .dash,
      Cell(
        ((made.map { [$0] } ?? guessed ?? []) + remarks + joins + conditions + (repeats ?? [])).joined(separator: "; ")),
    ]
  }

  private static func notes(_ items: [ImportReport.Item], _ kind: String = "") -> [String] {
    items.map { "\(NumberText.grouped($0.count)) \(kind)\($0.reason)" }
  }
}

extension RowCondition {
  /// The rows that do not meet the condition, in words that follow their number, such as `without a value of loss`.
  ///
  /// - Parameter title: The column's title; its name when nil.
  fileprivate func complement(_ title: String?) -> String {
    let title = title ?? column.value
    return switch tests.first {
    case .defined(true), nil: "without a value of \(title)"
    case .defined(false): "with a value of \(title)"
    case .oneOf(let values): "whose \(title) is not \(values.joined(separator: " or "))"
    case .atLeast(let bound): "whose \(title) is not at least \(bound.canonical.text())"
    case .atMost(let bound): "whose \(title) is not at most \(bound.canonical.text())"
    }
  }
}
