import Auditing
import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Sections
import Specs

/// Makes the tables of a report: those of parts, and those that are of no part.
struct AnalysisTables {
  let resolved: ResolvedAnalysis
  /// The claims; nil when there are none.
  let judged: JudgedClaims?
  let audit: AuditTables
  let tables: ReportTables
  private let inputs: StepInputs

  typealias Cell = ReportTable.Cell
  typealias Header = ReportTable.Column

  private var results: JSONValue { tables.results }

  init(
    resolved: ResolvedAnalysis, results: JSONValue, judged: JudgedClaims?, inputs: StepInputs
  ) {
    self.resolved = resolved
    self.judged = judged
    audit = AuditTables(resolved.audited)
    self.inputs = inputs
    tables = ReportTables(tables: resolved.tables.map(\.known), results: results, inputs: inputs)
  }

  func table(_ spec: TableSpec, caption: MarkdownText?) throws(Reason) -> ReportTable {
    let from = spec.from.value
    var table: ReportTable
    if from == "data" {
      table = data()
    } else if from == ClaimsStep.stepName {
      table = try audit.claims(judged)
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

  func count(_ value: JSONValue?) -> Cell { tables.count(value) }

  private func data() -> ReportTable {
    let tables = resolved.tables.filter { if case .measured(_, isRuns: true) = $0.source { false } else { true } }
    let rows = tables.map { table -> [Cell] in
      let value = results[table.name]
      func notes(_ key: String) -> [String] {
        (value?[key]?.elements ?? []).map {
          "\($0["count"]?.int ?? 0) \(key == "missing" ? "" : "\(key): ")\($0["reason"]?.string ?? "")"
        }
      }
      let joins = (value?["joins"]?.members ?? []).compactMap { join -> String? in
        guard let count = join.value["unmatched"]?.int, count > 0 else { return nil }
        let fate = join.value["kept"] == .bool(true) ? "kept" : "left out"
        return "\(NumberText.grouped(Double(count)) ?? "") without a partner in \(join.key), \(fate)"
      }
      let file = value?["file"]?.string ?? ""
      return [
        Cell(value?["title"]?.string ?? table.name), Cell(file), count(value?["rows-read"]),
        count(value?["skipped-count"]),
        count(value?["rows"]), count(value?["clusters"]),
        Cell((notes("skipped") + notes("repaired") + notes("missing") + joins).joined(separator: "; ")),
      ]
    }
    return ReportTable(
      name: "data", caption: "Data: rows read, left out and used.",
      columns: [
        Header("Dataset"), Header("File"), Header("Rows read", isNumeric: true), Header("Left out", isNumeric: true),
        Header("Used", isNumeric: true), Header("Clusters", isNumeric: true), Header("Remarks"),
      ], rows: rows)
  }
}
