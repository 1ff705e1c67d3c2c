import Documents
import Figures
import Reports
import Specs

/// Tables of forensic checks.
extension ReportTables {
  /// The verdict and the numbers of a check, then its examples.
  func finding(_ forensic: ForensicPart) -> ReportTable {
    let record = results[forensic.name]?["record"]
    var rows = [[Cell("Verdict"), Cell(verdict(record))]]
    rows += (record?["numbers"]?.elements ?? []).map { [Cell($0["title"]?.string ?? ""), cell($0)] }
    rows += (record?["examples"]?.elements ?? []).map {
      [Cell("Example: \($0["title"]?.string ?? "")"), Cell($0["text"]?.string ?? "")]
    }
    let meaning = record?["meaning"]?.string.map { ["Found means: \($0.lowercasedFirst)"] as [MarkdownText] } ?? []
    return ReportTable(
      name: forensic.name, caption: "\(forensic.title).",
      columns: [Header("Quantity"), Header("Value", isNumeric: true)], rows: rows, notes: meaning)
  }

  /// The numbers of a check by case.
  func details(_ forensic: ForensicPart, section name: String?) -> ReportTable {
    let sections = results[forensic.name]?["record"]?["sections"]?.elements ?? []
    let section = name.map { name in sections.first { $0["key"]?.string == name } } ?? sections.first
    let rows = section?["rows"]?.elements ?? []
    let headers = (rows.first?["numbers"]?.elements ?? []).map {
      Header($0["title"]?.string ?? "", isNumeric: $0["form"]?.string != "text")
    }
    let omitted = section?["omitted"]?.int ?? 0
    return ReportTable(
      name: forensic.name,
      caption: "\(forensic.title): \((section?["title"]?.string ?? "nothing to list").lowercasedFirst).",
      columns: [Header(section?["row-title"]?.string ?? "Case")] + headers,
      rows: rows.map { row in [Cell(row["title"]?.string ?? "")] + (row["numbers"]?.elements ?? []).map(cell) },
      notes: omitted > 0 ? ["\(NumberText.grouped(Double(omitted)) ?? "Further") more are not listed."] : [])
  }

  /// The verdict of every check with the numbers that tell it.
  func findings(_ parts: [any AnalysisPart]) -> ReportTable {
    let rows = parts.compactMap { $0 as? ForensicPart }.map { forensic -> [Cell] in
      let record = results[forensic.name]?["record"]
      let numbers = record?["numbers"]?.elements ?? []
      let headline = (record?["headline"]?.elements ?? []).compactMap { key in
        numbers.first { $0["key"] == key && $0["form"]?.string != "undefined" }.map {
          "\(($0["title"]?.string ?? "").lowercasedFirst): \(cell($0).text)"
        }
      }
      return [
        Cell(forensic.title), Cell(forensic.spec.check.dataset.value), Cell(record?["kind"]?.string ?? ""),
        Cell(verdict(record)), Cell(headline.joined(separator: "; ")),
      ]
    }
    return ReportTable(
      name: "forensics", caption: "Forensic checks.",
      columns: [Header("Check"), Header("Dataset"), Header("Kind"), Header("Verdict"), Header("Evidence")], rows: rows)
  }

  private func verdict(_ record: JSONValue?) -> String {
    let verdict = record?["verdict"]?.string ?? "–"
    return record?["reason"]?.string.map { "\(verdict): \($0)" } ?? verdict
  }

  private func cell(_ number: JSONValue) -> Cell {
    let value = number["value"]
    if let reason = value?["undefined"]?.string { return .undefined(reason) }
    if let text = value?.string { return Cell(text) }
    guard let double = value?.double else { return Cell("–", value: .null) }
    switch number["form"]?.string {
    case "count": return count(value)
    case "share": return Cell(NumberText.fixed(double * 100, decimals: 1) + " %", value: value)
    case "small":
      return Cell(double == 0 ? "0" : NumberText.compact(double, digits: 2).superscripted, value: value)
    default:
      // Four decimals below 1, five digits above.
      let text =
        (0.01..<1).contains(abs(double)) ? NumberText.fixed(double, decimals: 4) : NumberText.compact(double, digits: 5)
      return Cell(text.superscripted, value: value)
    }
  }
}
