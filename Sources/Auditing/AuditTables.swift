import Documents
import Figures
import Outcomes
import Reports
import Sections
import Specs
import Statistics

/// The tables of claims and of printed numbers, and the cards of claims.
package struct AuditTables: Sendable {
  private let audited: AuditedAnalysis

  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  package init(_ audited: AuditedAnalysis) { self.audited = audited }

  /// A claim as it was judged.
  private func judgement(_ claim: ResolvedClaim, _ judged: JudgedClaims?) throws(Reason) -> JudgedClaim {
    guard let found = judged?.claims[claim.name] else { throw Reason("the claim \(claim.name) was not judged") }
    return found
  }

  /// Every claim of the analysis, in order.
  package func claims(_ judged: JudgedClaims?) throws(Reason) -> ReportTable {
    let shown = Set(audited.analysis.report.compactMap { if case .claim(let name) = $0 { name.value } else { nil } })
    var rows: [[Cell]] = []
    var unknown: [String] = []
    for claim in audited.claims {
      let value = try judgement(claim, judged)
      let links = ClaimEvidence(claim, in: audited).links
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
    let secondary = audited.claims.filter { $0.source?.isSecondary == true }.map(\.title)
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
  package func card(_ claim: ResolvedClaim, _ judged: JudgedClaims?) throws(Reason) -> ReportClaim {
    let value = try judgement(claim, judged)
    let evidence = ClaimEvidence(claim, in: audited)
    var notes = claim.notes
    if claim.source?.isSecondary == true {
      notes.insert("The claimed value is known from another text than the publication itself.", at: 0)
    }
    return ReportClaim(
      name: claim.name, title: claim.title, statement: claim.statement, quote: claim.source?.quote,
      reference: claim.source?.reference.value, locator: claim.source?.locator, verdicts: value.verdicts,
      lines: value.lines, links: evidence.links,
      command: evidence.command(folder: evidence.folder), query: evidence.query, notes: notes)
  }

  /// Printed numbers beside the recomputed ones.
  package func published(_ spec: PublishedTable, _ results: PublishedResults) -> ReportTable {
    let rows = results.values.map { item -> [Cell] in
      [
        Cell(quantity(item.of)), Cell((item.magnitude ? "|·| = " : "") + item.printed),
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
