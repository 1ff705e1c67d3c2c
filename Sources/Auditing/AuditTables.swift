import Claims
import Documents
import Figures
import Outcomes
import Reports
import Sections
import Specs
import Statistics

/// The tables of printed numbers, and the log of changes.
package struct AuditTables: Sendable {
  private let audited: AuditedAnalysis

  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  package init(_ audited: AuditedAnalysis) { self.audited = audited }

  /// What an earlier version said otherwise, a line of Markdown for each change: the newest day or version first, those of one in
  /// their order in the file, in which what is referred to comes first.
  ///
  /// - Parameter resolved: Fills values into a text of a change, which is Markdown.
  package func changeLines(_ resolved: (Located<String>) -> String) -> [MarkdownText] {
    let titles = Dictionary(audited.judged.map { ($0.name, $0.title) }) { first, _ in first }
    var groups: [[ChangeSpec]] = []
    for change in audited.analysis.changes {
      if groups.last?.first?.label == change.label {
        groups[groups.count - 1].append(change)
      } else {
        groups.append([change])
      }
    }
    return groups.reversed().joined().map { change in
      let name = change.subject?.value ?? ""
      return "\(change.label), *\(titles[name] ?? name)*: we said “\(change.from.value)”, and say now “"
        + MarkdownText(source: resolved(change.to)) + "”. " + MarkdownText(source: resolved(change.why))
    }
  }

  /// Printed numbers beside the recomputed ones.
  package func published(_ spec: PublishedTable, _ results: PublishedResults) -> ReportTable {
    let rows = results.values.map { item -> [Cell] in
      [
        Cell(quantity(item.of)),
        Cell(
          Claim.words(printed: item.printed.replacing("-", with: "−"), isMagnitude: item.magnitude),
          value: .string(item.printed)),
        item.computed.map {
          Cell(
            abs($0) < 2
              ? NumberText.fixed($0, decimals: 4, leadingZero: false)
              : NumberText.compact($0, digits: 6).withoutBraces,
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

  /// What a value is by the last key of its path, as it stands before the value: `Pearson r`, `reliability`, `difference in
  /// Somers' d`; nil for a value that is all that its title says.
  static func valueTitle(_ path: String, in audited: AuditedAnalysis) -> String? {
    var keys = path.split(separator: ".")
    if keys.last == "value" { keys.removeLast() }
    guard keys.count > 1, let last = keys.last.map(String.init) else { return nil }
    if let coefficient = Coefficient(rawValue: last) { return coefficient.title }
    if let title = audited.part(String(keys[0]))?.valueTitle(at: Array(keys.dropFirst())) { return title }
    if ["verdict", "title", "name", "column"].contains(last) { return nil }
    if let symbol = ["n": "n", "p-value": "p", "icc": "ICC"][last] { return symbol }
    let words = last.split(separator: "-").joined(separator: " ")
    return last.hasPrefix("top-") ? "recall of the \(words)" : words
  }

  /// "main.head-confidence.kendall-tau-b" → "Head confidence, Kendall τ-b".
  private func quantity(_ path: String) -> String {
    let parts = path.split(separator: ".").map(String.init)
    guard parts.count >= 3, let family = (audited.part(parts[0]) as? any MetricPart),
      let member = family.members.first(where: { $0.name == parts[1] })
    else { return path }
    let rest = parts.dropFirst(2).map {
      Coefficient(rawValue: $0)?.title ?? $0.split(separator: "-").joined(separator: " ")
    }
    return "\(member.title), \(rest.joined(separator: ", "))"
  }
}
