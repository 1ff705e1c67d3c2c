import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Sections
import Specs
import Statistics

/// Makes the tables of a report: those of parts, and those that are of no part.
struct AnalysisTables {
  let resolved: ResolvedAnalysis
  /// The claims; nil when there are none.
  let judged: JudgedClaims?
  let tables: ReportTables
  private let inputs: StepInputs

  typealias Cell = ReportTable.Cell
  typealias Header = ReportTable.Column

  var results: JSONValue { tables.results }

  init(
    resolved: ResolvedAnalysis, results: JSONValue, judged: JudgedClaims?, inputs: StepInputs
  ) {
    self.resolved = resolved
    self.judged = judged
    self.inputs = inputs
    tables = ReportTables(tables: resolved.tables.map(\.known), results: results, inputs: inputs)
  }

  func table(_ spec: TableSpec, caption: MarkdownText?) throws(Reason) -> ReportTable {
    let from = spec.from.value
    var table: ReportTable
    if from == "data" {
      table = data()
    } else if from == ClaimsStep.stepName {
      table = try claims()
    } else if let part = resolved.part(from) {
      table = try part.table(spec, tables)
    } else if let overview = try SectionCatalog.overview(from, of: resolved.parts, tables) {
      table = overview
    } else if let printed = resolved.analysis.published.first(where: { $0.name.value == from }) {
      table = published(printed, try inputs.output(of: PublishedStep(table: printed)))
    } else {
      throw Reason("there is no part \(from)")
    }
    table.name = spec.name.value
    if let caption { table.caption = caption }
    return table.notingMissingIntervals
  }

  func count(_ value: JSONValue?) -> Cell { tables.count(value) }

  /// Printed numbers beside the recomputed ones.
  private func published(_ spec: PublishedTable, _ results: PublishedResults) -> ReportTable {
    let rows = results.values.map { item -> [Cell] in
      [
        Cell(quantity(item.of)), Cell((item.magnitude ? "|·| = " : "") + item.printed),
        item.computed.map {
          Cell(
            abs($0) < 2
              ? NumberText.fixed($0, decimals: 4, leadingZero: false)
              : NumberText.compact($0, digits: 6).filter { $0 != "{" && $0 != "}" },
            value: .finite($0))
        } ?? .dash,
        Cell([item.verdict, item.rounding].compactMap { $0 }.joined(separator: ", ")), Cell(item.note),
      ]
    }
    var caption: MarkdownText = "\(spec.title ?? spec.name.value)"
    switch (spec.reference?.value, spec.locator) {
    case (let key?, let locator?): caption += " (\(MarkdownText(source: "[@\(key)]")), \(locator))"
    case (let key?, nil): caption += " (\(MarkdownText(source: "[@\(key)]")))"
    case (nil, let locator?): caption += " (\(locator))"
    case (nil, nil): break
    }
    return ReportTable(
      name: spec.name.value, caption: caption + ".",
      columns: [
        Header("Quantity"), Header("Printed", isNumeric: true), Header("Recomputed", isNumeric: true),
        Header("Verdict"), Header("Note"),
      ], rows: rows,
      notes: ["\(results.reproduced) of \(results.total) printed numbers are met to their printed digits."])
  }

  /// "main.head-confidence.kendall-tau-b" → "Head confidence, Kendall τ-b".
  private func quantity(_ path: String) -> String {
    let parts = path.split(separator: ".").map(String.init)
    guard parts.count >= 3, let family = (resolved.part(parts[0]) as? any MetricPart),
      let member = family.members.first(where: { $0.name == parts[1] })
    else { return path }
    let rest = parts.dropFirst(2).map {
      Coefficient(rawValue: $0)?.title ?? $0.split(separator: "-").joined(separator: " ")
    }
    return "\(member.title), \(rest.joined(separator: ", "))"
  }

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
