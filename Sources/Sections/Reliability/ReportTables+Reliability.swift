import Documents
import Figures
import Reports
import Specs

/// Tables of repeated measurements and of comparisons with published columns.
extension ReportTables {
  func reliability(_ reliability: ReliabilityPart) -> ReportTable {
    let name = reliability.spec.name.value
    let label = reliability.label
    let rows = reliability.columns.map { column -> [Cell] in
      let value = results[name]?[column.name]
      let (used, total) = (value?["subjects"]?.int ?? 0, value?["total"]?.int ?? 0)
      return [
        Cell(column.displayTitle), number(value?["icc"], interval: true),
        .used(used, of: total, "subjects") { NumberText.grouped(Double($0)) ?? "" }, count(value?["raters"]),
      ]
    }
    let level = NumberText.fixed(reliability.spec.level * 100, decimals: 0)
    return ReportTable(
      name: name, caption: "\(reliability.title): \(label).",
      columns: [
        Header("Metric"), Header("ICC(\(reliability.spec.form.rawValue))", isNumeric: true),
        .used("subjects"), Header("repetitions", isNumeric: true),
      ], rows: rows,
      notes: [
        "Intraclass correlation of Shrout and Fleiss (1979); brackets: \(level) % intervals from the F distribution. Subjects with an undefined repetition are left out."
      ])
  }

  func comparison(_ comparison: ComparisonPart) -> ReportTable {
    let name = comparison.spec.name.value
    let rows = zip(comparison.spec.pairs, comparison.titles).map { pair, title -> [Cell] in
      let value = results[name]?[pair.name.value]
      if let reason = value?["undefined"]?.string {
        return [Cell(title), count(value?["n"])]
          + Array(repeating: Cell.undefined(reason), count: 5)
      }
      return [
        Cell(title), count(value?["n"]), error(value?["median-relative-error"]),
        error(value?["maximum-relative-error"]),
        value?["share-within-tolerance"]?.double.map {
          Cell(NumberText.fixed($0 * 100, decimals: 1, leadingZero: true) + " %", value: .finite($0))
        } ?? Cell("–", value: .null), number(value?["kendall-tau-b"]), number(value?["spearman"]),
      ]
    }
    return ReportTable(
      name: name, caption: "\(comparison.title): computed against published values.",
      columns: [
        Header("Column"), Header("n", isNumeric: true), Header("median relative error", isNumeric: true),
        Header("largest", isNumeric: true), Header("within 0.1 %", isNumeric: true), Header("τ-b", isNumeric: true),
        Header("Spearman ρ", isNumeric: true),
      ], rows: rows)
  }

  private func error(_ value: JSONValue?) -> Cell {
    guard let number = value?.double else { return Cell("–", value: .null) }
    return Cell(NumberText.compact(number, digits: 2).superscripted, value: .finite(number))
  }
}
