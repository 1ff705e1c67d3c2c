import Documents
import Figures
import Reports
import Specs

/// The table of claims, and the cards.
extension AnalysisTables {
  /// Every claim of the analysis, in order.
  func claims() -> ReportTable {
    let shown = Set(resolved.analysis.report.compactMap { if case .claim(let name) = $0 { name.value } else { nil } })
    let rows = resolved.claims.map { claim -> [Cell] in
      let value = results[ClaimsStep.stepName]?[claim.name] ?? .null
      let text = ClaimText(value)
      let links = ClaimEvidence(claim, in: resolved).links
      return [
        Cell(
          claim.title, links: shown.contains(claim.name) ? [ReportLink(claim.title, to: "claim-\(claim.name)")] : []),
        Cell(text.claimed),
        // A reason stands below the table, where it does not stretch the column.
        value["computed"]?["undefined"] == nil
          ? Cell(text.recomputed, value: value["computed"]?.double.map { .finite($0) }) : Cell("–", value: .null),
        interval(value, text), count(value["n"]), Cell(text.reproduction),
        Cell(text.verdict("inference")), Cell(claim.claim.severity.rawValue),
        Cell(links.map(\.text).joined(separator: ", "), links: links),
      ]
    }
    let unknown = resolved.claims.compactMap { claim in
      results[ClaimsStep.stepName]?[claim.name]?["computed"]?["undefined"]?.string.map { "\(claim.title): \($0)" }
    }
    let secondary = resolved.claims.filter { $0.source?.isSecondary == true }.map(\.title)
    return ReportTable(
      name: ClaimsStep.stepName, caption: "Claims and verdicts.",
      columns: [
        Header("Claim"), Header("Claimed"), Header("Recomputed", isNumeric: true), Header("Interval", isNumeric: true),
        Header("n", isNumeric: true), Header("Reproduced"), Header("Inference"), Header("Severity"),
        Header("Evidence"),
      ], rows: rows,
      notes: [
        "Reproduced: the recomputed number rounds to the printed one, at a half away from zero or to even. Inference: supported when the interval lies inside the claimed region, refuted when it lies outside, inconclusive otherwise; without an interval the value is judged."
      ]
        + (unknown.isEmpty ? [] : ["Without a recomputed value: \(unknown.joined(separator: " "))"])
        + (secondary.isEmpty
          ? []
          : [
            "Known from another text than the publication itself: \(secondary.joined(separator: "; "))."
          ]))
  }

  private func interval(_ claim: JSONValue, _ text: ClaimText) -> Cell {
    if let lower = claim["lower"]?.double, let upper = claim["upper"]?.double {
      return Cell(
        text.interval, details: [.init("lower", .finite(lower)), .init("upper", .finite(upper))])
    }
    if let reason = claim["interval-undefined"]?.string { return Cell("[–]", value: .null, missing: .interval(reason)) }
    return Cell(text.interval, value: .null)
  }

  /// A claim's card.
  func card(_ claim: ResolvedClaim) -> ReportClaim {
    let value = results[ClaimsStep.stepName]?[claim.name] ?? .null
    let text = ClaimText(value)
    let evidence = ClaimEvidence(claim, in: resolved)
    var notes = claim.notes
    if claim.source?.isSecondary == true {
      notes.insert("The claimed value is known from another text than the publication itself.", at: 0)
    }
    return ReportClaim(
      name: claim.name, title: claim.title, statement: claim.statement, quote: claim.source?.quote,
      reference: claim.source?.reference.value, locator: claim.source?.locator, verdicts: text.verdicts,
      lines: text.lines, links: evidence.links,
      command: evidence.command(folder: "reports/\(resolved.analysis.id.value)"), query: evidence.query, notes: notes)
  }
}
