import Outcomes
import Reports
import Specs

/// The table of claims, and the cards.
extension AnalysisTables {
  /// A claim as it was judged.
  private func judgement(_ claim: ResolvedClaim) throws(Reason) -> JudgedClaim {
    guard let found = judged?.claims[claim.name] else { throw Reason("the claim \(claim.name) was not judged") }
    return found
  }

  /// Every claim of the analysis, in order.
  func claims() throws(Reason) -> ReportTable {
    let shown = Set(resolved.analysis.report.compactMap { if case .claim(let name) = $0 { name.value } else { nil } })
    var rows: [[Cell]] = []
    var unknown: [String] = []
    for claim in resolved.claims {
      let value = try judgement(claim)
      let links = ClaimEvidence(claim, in: resolved).links
      var recomputed = Cell.dash
      switch value.computed {
      case .number(let number): recomputed = Cell(value.recomputed, value: .finite(number))
      case .text: recomputed = Cell(value.recomputed)
      // A reason stands below the table, where it does not stretch the column.
      case .undefined(let reason): unknown.append("\(claim.title): \(reason)")
      }
      rows.append([
        Cell(
          claim.title, links: shown.contains(claim.name) ? [ReportLink(claim.title, to: "claim-\(claim.name)")] : []),
        Cell(value.claimed), recomputed, Self.interval(value), .count(value.n), Cell(value.reproduction),
        Cell(value.verdict(on: .inference)), Cell(claim.claim.severity.rawValue),
        Cell(links.map(\.text).joined(separator: ", "), links: links),
      ])
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

  private static func interval(_ claim: JudgedClaim) -> Cell {
    if let lower = claim.lower, let upper = claim.upper {
      return Cell(claim.interval, details: [.init("lower", .finite(lower)), .init("upper", .finite(upper))])
    }
    if let reason = claim.intervalUndefined { return Cell("[–]", value: .null, missing: .interval(reason)) }
    return Cell(claim.interval, value: .null)
  }

  /// A claim's card.
  func card(_ claim: ResolvedClaim) throws(Reason) -> ReportClaim {
    let value = try judgement(claim)
    let evidence = ClaimEvidence(claim, in: resolved)
    var notes = claim.notes
    if claim.source?.isSecondary == true {
      notes.insert("The claimed value is known from another text than the publication itself.", at: 0)
    }
    return ReportClaim(
      name: claim.name, title: claim.title, statement: claim.statement, quote: claim.source?.quote,
      reference: claim.source?.reference.value, locator: claim.source?.locator, verdicts: value.verdicts,
      lines: value.lines, links: evidence.links,
      command: evidence.command(folder: "reports/\(resolved.analysis.id.value)"), query: evidence.query, notes: notes)
  }
}
