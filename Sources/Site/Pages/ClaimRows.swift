import Claims
import Reports

/// Claims as pages of a site show them.
struct ClaimRows {
  let input: SiteInput
  /// The way to the top of the site.
  let root: String
  /// The changes of all reports, the newest first.
  let changes: [SiteChange]

  /// A word with the colour of a verdict.
  static func chip(_ verdict: StatementVerdict?, words: String? = nil) -> String {
    guard let verdict else { return "–" }
    return "<span class=\"chip \(tone(verdict))\">\(PageParts.text(words ?? verdict.rawValue))</span>"
  }

  static func tone(_ verdict: StatementVerdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .doesNotHold: "fails"
    case .cannotBeTold: "open"
    case .notCheckable: "unchecked"
    }
  }

  /// The link to a claim in its report.
  static func link(_ claim: SiteClaim, _ report: SiteReport, root: String) -> String {
    "<a href=\"\(root)r/\(report.id)/index.html\(report.anchor(claim.anchor))\">\(PageParts.text(claim.title))</a>"
  }

  /// The publications that claims are of, by key, in the order of their names.
  var publications: [String] {
    Set(input.reports.flatMap { $0.claims.compactMap(\.reference) })
      .sorted { (input.shortName($0), $0) < (input.shortName($1), $1) }
  }

  /// A table of claims.
  func table(id: String, caption: String, _ rows: [(report: SiteReport, claim: SiteClaim)]) -> SiteTable {
    var table = SiteTable(
      id: id, caption: caption,
      columns: [
        ("Claim", false), ("Paper", false), ("Printed", false), ("Here", true), ("n", true), ("Verdict", false),
        ("Report", false), ("Since", false),
      ])
    for (report, claim) in rows {
      let paper = claim.reference ?? ""
      let verdict = claim.verdict?.rawValue ?? ""
      let reading = [claim.reading, claim.compared].compactMap(\.self).map {
        "<br><small>\(PageParts.text($0))</small>"
      }
      table.add(
        [
          .init(Self.link(claim, report, root: root) + reading.joined()),
          .init(text: paper.isEmpty ? "our prediction" : input.shortName(paper)), .init(text: claim.claimed),
          .init(PageParts.text(claim.valueText), value: claim.value.double),
          .init(claim.count.map { SiteNumber.text(Double($0)) } ?? "–", value: claim.count.map(Double.init)),
          .init(Self.chip(claim.verdict)),
          .init("<a href=\"\(root)r/\(report.id)/index.html\">\(PageParts.text(report.id))</a>"),
          .init(since(claim, report)),
        ],
        attributes: " data-paper=\"\(PageParts.text(paper))\" data-verdict=\"\(PageParts.text(verdict))\""
          + " data-metrics=\"\(PageParts.text(metrics(of: claim).joined(separator: " ")))\"")
    }
    return table
  }

  /// The ids of the metrics whose values a claim is on.
  func metrics(of claim: SiteClaim) -> [String] {
    var ids: [String] = []
    for path in claim.paths {
      let parts = path.split(separator: ".").map(String.init)
      guard parts.count > 1 else { continue }
      for column in Self.columns(parts[1]) {
        if let id = input.metricOfColumn(column) ?? known(column), !ids.contains(id) { ids.append(id) }
      }
    }
    return ids
  }

  /// A column that has a page of its own.
  private func known(_ column: String) -> String? { input.metrics.contains { $0.id == column } ? column : nil }

  /// The columns of a comparison `one-minus-other`, or the column itself.
  private static func columns(_ name: String) -> [String] {
    guard let minus = name.firstRange(of: "-minus-") else { return [name] }
    return [String(name[..<minus.lowerBound]), String(name[minus.upperBound...])]
  }

  /// When the verdict became what it is: the edition, or the day of its last change.
  private func since(_ claim: SiteClaim, _ report: SiteReport) -> String {
    for change in changes where change.report == report.id {
      guard let verdict = change.verdicts.first(where: { $0.claim == claim.name }) else { continue }
      let was = verdict.before.isEmpty ? "new" : "was “\(verdict.before)”"
      return "changed \(PageParts.text(change.date)), \(PageParts.text(was))"
    }
    return PageParts.text(report.edition.prefix { $0 != "-" }.description)
  }

  /// The bar of verdicts on statements: a drawing, and the counts in words below it.
  static func bar(_ statements: [StatementParts]) -> String {
    let verdicts = statements.map(\.verdict)
    let partly = statements.count { $0.isPartly }
    let strip = StatementTally(verdicts, partly: partly).strip
    guard !verdicts.isEmpty else { return "" }
    var parts = ""
    var start = 0.0
    let width = 300.0 / Double(verdicts.count)
    for (verdict, isPartly) in [
      (StatementVerdict.holds, false), (.holds, true), (.doesNotHold, false), (.cannotBeTold, false),
      (.notCheckable, false),
    ] {
      let count = statements.count { $0.verdict == verdict && $0.isPartly == isPartly }
      guard count > 0 else { continue }
      let end = start + width * Double(count)
      let tone = isPartly ? "partly" : tone(verdict)
      parts += "<rect class=\"\(tone)\" x=\"\(tenths(start))\" y=\"0\" width=\"\(tenths(end - start))\" height=\"10\"/>"
      start = end
    }
    return "<svg class=\"verdicts\" role=\"img\" aria-label=\"\(PageParts.text(strip))\" viewBox=\"0 0 300 10\""
      + " preserveAspectRatio=\"none\" width=\"300\" height=\"10\">\(parts)</svg>\n<p class=\"strip\">\(PageParts.text(strip))</p>"
  }

  private static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
