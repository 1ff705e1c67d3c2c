import Figures
import Forensics
import Outcomes
import Reports
import Specs

/// Tables of forensic checks.
extension ForensicPart {
  /// The verdict and the numbers of a check, then its examples.
  static func finding(_ record: FindingRecord, of part: ForensicPart) -> ReportTable {
    let found = record.finding
    var rows: [[ReportTable.Cell]] = [[.init("Verdict"), .init(verdict(found))]]
    rows += found.numbers.map { [.init($0.title), cell($0.value)] }
    rows += found.examples.map { [.init("Example: \($0.title)"), .init($0.text)] }
    return ReportTable(
      name: part.name, caption: "\(part.title).", columns: [.init("Quantity"), .init("Value", isNumeric: true)],
      rows: rows, notes: ["Found means: \(record.meaning.lowercasedFirst)"])
  }

  /// The numbers of a check by case: of the section of a name, or of the first.
  static func details(_ record: FindingRecord, of part: ForensicPart, section name: String?) -> ReportTable {
    let section = name.map { record.finding.section($0) } ?? record.finding.sections.first
    let rows = section?.rows ?? []
    let headers = (rows.first?.numbers ?? []).map { number -> ReportTable.Column in
      if case .text = number.value { .init(number.title) } else { .init(number.title, isNumeric: true) }
    }
    let omitted = section?.omitted ?? 0
    return ReportTable(
      name: part.name, caption: "\(part.title): \((section?.title ?? "nothing to list").lowercasedFirst).",
      columns: [.init(section?.rowTitle ?? "Case")] + headers,
      rows: rows.map { row in [.init(row.title)] + row.numbers.map { cell($0.value, isOfColumn: true) } },
      notes: omitted > 0 ? ["\(NumberText.grouped(omitted)) more are not listed."] : [])
  }

  /// The verdict of every check with the numbers that tell it.
  static func findings(_ parts: [ForensicPart], _ context: ReportTables) throws(Reason) -> ReportTable {
    var rows: [[ReportTable.Cell]] = []
    for part in parts {
      let record = try part.record(context)
      let headline = record.finding.headline.compactMap { key -> String? in
        guard let number = record.finding.numbers.first(where: { $0.key == key }) else { return nil }
        if case .undefined = number.value { return nil }
        return "\(number.title.lowercasedFirst): \(cell(number.value).text)"
      }
      rows.append([
        .init(part.title), .init(part.spec.check.dataset.value), .init(record.kind), .init(verdict(record.finding)),
        .init(headline.joined(separator: "; ")),
      ])
    }
    return ReportTable(
      name: "forensics", caption: "Forensic checks.",
      columns: [.init("Check"), .init("Dataset"), .init("Kind"), .init("Verdict"), .init("Evidence")], rows: rows)
  }

  private static func verdict(_ finding: Finding) -> String {
    let verdict = finding.verdict.rawValue
    return finding.reason.map { "\(verdict): \($0)" } ?? verdict
  }

  /// A number of a finding; `isOfColumn` where those above and below are of one kind, and written alike.
  private static func cell(_ value: FindingValue, isOfColumn: Bool = false) -> ReportTable.Cell {
    switch value {
    case .undefined(let reason): return .undefined(reason)
    case .text(let text): return .init(text)
    case .count(let count): return .count(count)
    case .share(let share): return .share(share)
    case .estimated(let share):
      guard let lower = share.lower, let upper = share.upper else { return .share(share.value) }
      func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 1) }
      return .init(
        "\(percent(share.value)) % [\(percent(lower)), \(percent(upper))]", value: .finite(share.value),
        details: [.init("lower", .finite(lower)), .init("upper", .finite(upper))])
    case .small(let number):
      return .init(
        number == 0 ? "0" : NumberText.compact(number, digits: 2).superscripted, value: .finite(number))
    case .probability(let probability):
      return .probability(probability) { NumberText.compact($0, digits: 2).superscripted }
    case .number(let number):
      // Four decimals below 1, five digits above.
      let text =
        (0.01..<1).contains(abs(number)) ? NumberText.fixed(number, decimals: 4) : NumberText.compact(number, digits: 5)
      return .init(text.superscripted, value: .finite(number), quantity: isOfColumn ? .init(number) : nil)
    }
  }
}
