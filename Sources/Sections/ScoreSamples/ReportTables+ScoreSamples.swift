import Documents
import Figures
import Reports
import Specs

/// The table of architectures compared by samples of scores.
extension ReportTables {
  func scoreSamples(_ part: ScoreSamplesPart) -> ReportTable {
    var headers = [
      Header("Metric"), .used("architectures"), Header("scores each", isNumeric: true),
      Header("pairs", isNumeric: true), Header("decided", isNumeric: true), Header("unbeaten", isNumeric: true),
    ]
    if let target = part.target {
      headers += [
        Header("decided as \(target.title.lowercasedFirst)", isNumeric: true),
        Header("all pairs as \(target.title.lowercasedFirst)", isNumeric: true),
      ]
    }
    let rows = part.columns.map { column -> [Cell] in
      let value = results[part.name]?[column.name]
      let (used, total) = (value?["architectures"]?.int ?? 0, value?["total"]?.int ?? 0)
      let (fewest, most) = (value?["fewest-scores"]?.int ?? 0, value?["most-scores"]?.int ?? 0)
      let cells = [
        Cell(column.displayTitle), .used(used, of: total, "architectures") { String($0) },
        Cell(
          fewest == most ? "\(most)" : "\(fewest)–\(most)", value: .integer(fewest),
          details: fewest == most ? [] : [.init("most", .integer(most))]), pairCount(value?["pairs"]),
        share(value?["decided-share"]), pairCount(value?["unbeaten"]),
      ]
      return part.target == nil ? cells : cells + [share(value?["agreement"]), share(value?["agreement-of-all"])]
    }
    return ReportTable(
      name: part.name, caption: "\(part.title): architectures compared pair by pair by samples of scores.",
      columns: headers, rows: rows,
      notes: [
        "One-sided Mann–Whitney tests in both orders of each pair, \(part.spec.adjustment.label) over all of them; a pair is decided at p ≤ \(NumberText.compact(part.spec.alpha)). Unbeaten: architectures to which no other is decided to be better."
          + (part.target == nil
            ? ""
            : " As the target: share of the pairs, decided ones or all with a direction, that the scores order as the target does, pairs with equal targets left out.")
      ])
  }

  private func pairCount(_ value: JSONValue?) -> Cell {
    if let reason = value?["undefined"]?.string { return .undefined(reason) }
    return count(value)
  }

  private func share(_ value: JSONValue?) -> Cell {
    if let reason = value?["undefined"]?.string { return .undefined(reason) }
    guard let number = value?["value"]?.double else { return Cell("–", value: .null) }
    return Cell(NumberText.fixed(number * 100, decimals: 1) + " %", value: .finite(number))
  }
}
