import Claims
import Documents
import Figures
import Outcomes
import Reports
import Sections
import Specs

/// Claims and findings as a report shows them: what publications say and how it fared, and what the analysis found.
package struct AuditStatements: Sendable {
  private let audited: AuditedAnalysis
  private let judged: JudgedClaims?

  /// - Parameter judged: The judgements; nil when there are none.
  package init(_ audited: AuditedAnalysis, _ judged: JudgedClaims?) {
    self.audited = audited
    self.judged = judged
  }

  private func judgement(_ claim: ResolvedClaim) throws(Reason) -> JudgedClaim {
    guard let found = judged?.named(claim.name) else { throw Reason("\(claim.name) was not judged") }
    return found
  }

  /// Every claim: a row for each statement, by publication in the order of their first claims.
  ///
  /// - Throws: `Reason` for a claim that was not judged.
  package func claims() throws(Reason) -> ReportClaims {
    var predictions: [ReportStatement] = []
    var order: [String] = []
    var groups:
      [String: [(claims: [ResolvedClaim], verdict: StatementVerdict, isPartly: Bool, shown: ReportStatement)]] = [:]
    for claims in audited.statements {
      let (verdict, isPartly, shown) = try statement(claims)
      guard let key = shown.reference else {
        predictions.append(shown)
        continue
      }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append((claims, verdict, isPartly, shown))
    }
    let publications = order.map { key -> ReportClaims.Publication in
      let rows = groups[key] ?? []
      return .init(
        reference: key, strip: StatementTally(rows.map(\.verdict), partly: rows.count { $0.isPartly }).strip,
        secondHand: secondHand(key, rows.compactMap(\.claims.first)), statements: rows.map(\.shown))
    }
    var table = try table()
    table.caption =
      publications.count == 1
      ? "What the paper says, and how it fared."
      : publications.isEmpty
        ? "What this analysis predicted, and how it fared." : "What the papers say, and how they fared."
    return ReportClaims(publications: publications, predictions: predictions, table: table)
  }

  /// The warning that a publication's own text was not at hand; nil when all of it was.
  private func secondHand(_ key: String, _ statements: [ResolvedClaim]) -> String? {
    let numbers = statements.filter { $0.claim.printed != nil }
    let others = statements.filter { $0.claim.printed == nil }
    func part(_ claims: [ResolvedClaim], _ noun: String) -> String? {
      let count = claims.count { $0.source?.isSecondary == true }
      return count == 0 ? nil : "\(count) of \(claims.count) \(noun)\(claims.count == 1 ? "" : "s")"
    }
    let parts = [part(numbers, "number"), part(others, "other statement")].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    let what = parts.joined(separator: " and ")
    let isOne = parts.count == 1 && what.hasPrefix("1 ")
    let remark = audited.remarks[key].map { " \($0)" } ?? ""
    return "The paper's own text was not at hand: \(what) \(isOne ? "is" : "are") known from another text.\(remark)"
  }

  /// A claim by itself, with the statement it is of.
  ///
  /// - Throws: `Reason` for a claim that was not judged.
  package func card(_ claim: ResolvedClaim) throws(Reason) -> ReportStatement { try statement([claim]).shown }

  private func statement(
    _ claims: [ResolvedClaim]
  ) throws(Reason) -> (verdict: StatementVerdict, isPartly: Bool, shown: ReportStatement) {
    var checks: [ReportCheck] = []
    var judgements: [JudgedClaim] = []
    for claim in claims {
      let judgement = try judgement(claim)
      judgements.append(judgement)
      checks.append(check(claim, judgement))
    }
    let statement = JudgedStatement(judgements)
    let first = claims.first
    let shown = ReportStatement(
      verdict: ReportVerdict(statement.words, Self.tone(statement.verdict)), text: first?.statement.value ?? "",
      reference: first?.source?.reference.value, quote: first?.source?.quote, locator: first?.source?.locator,
      written: first?.source == nil ? first?.registration.words : nil, checks: checks)
    return (statement.verdict, statement.isPartly, shown)
  }

  private static func tone(_ verdict: StatementVerdict) -> ReportVerdict.Tone {
    switch verdict {
    case .holds: .holds
    case .doesNotHold: .fails
    case .cannotBeTold: .open
    case .notCheckable: .unchecked
    }
  }

  /// - Parameter isFinding: True for a finding, of which no verdict is shown.
  private func check(_ claim: ResolvedClaim, _ judged: JudgedClaim, isFinding: Bool = false) -> ReportCheck {
    let evidence = ClaimEvidence(claim, in: audited)
    let hasValue = !evidence.paths.isEmpty
    var reason = judged.verdict == .holds ? nil : judged.inferenceReason ?? judged.reproducedReason
    if isFinding { reason = judged.computed.undefinedReason }
    let titles = [judged.reading, judged.compared ?? judged.baseline.map { "against \($0)" }].compactMap(\.self)
    var lines = judged.lines
    if isFinding { lines.removeAll { ["Printed number", "Region"].contains($0.label) } }
    return ReportCheck(
      name: claim.name, title: claim.title, against: titles.isEmpty ? nil : titles.joined(separator: "; "),
      verdict: isFinding ? nil : judged.verdict.map { ReportVerdict($0.rawValue, Self.tone($0)) },
      claimed: judged.ownTest == true ? judged.printed ?? "" : judged.claimed,
      tested: judged.ownTest == true ? judged.region ?? "" : "",
      valueTitle: isFinding ? valueTitle(claim, judged) : nil,
      recomputed: judged.computed.undefinedReason == nil ? judged.recomputed : nil,
      interval: judged.lower == nil ? nil : judged.interval, bar: bar(claim, judged, isFinding: isFinding),
      count: judged.n.map { NumberText.grouped($0) } ?? "", reason: reason, lines: lines, links: evidence.links,
      command: hasValue ? evidence.command(folder: evidence.folder) : "", query: hasValue ? evidence.query : "",
      notes: claim.notes)
  }

  /// What the value of a finding is; nil for a text, and for a count, which its title names.
  private func valueTitle(_ claim: ResolvedClaim, _ judged: JudgedClaim) -> String? {
    if let title = claim.valueTitle { return title }
    guard case .number(let number) = judged.computed else { return nil }
    if judged.lower == nil, abs(number) > 1, number == number.rounded() { return nil }
    return (claim.valuePath ?? claim.regionPath).flatMap { AuditTables.valueTitle($0.value, in: audited) }
  }

  private func bar(_ claim: ResolvedClaim, _ judged: JudgedClaim, isFinding: Bool) -> IntervalBar? {
    guard let lower = judged.lower, let upper = judged.upper else { return nil }
    var value: Double?
    if case .number(let number) = judged.estimate ?? judged.computed { value = number }
    let region = isFinding ? nil : claim.claim.region
    var printed = isFinding ? nil : claim.claim.printed.map(\.number.value)
    if claim.claim.printed?.isMagnitude == true, let number = value, number < 0 { printed = printed.map { -$0 } }
    if case .differs(let other) = region { printed = printed ?? other }
    let held = judged.ownTest == true && judged.printed == nil ? judged.claimed : "claimed \(judged.claimed)"
    let claimed = isFinding ? "" : ", \(held)"
    return IntervalBar(
      value: value, lower: lower, upper: upper,
      region: region?.ends.map { IntervalBar.Region(lower: $0.lower, upper: $0.upper) }, printed: printed,
      words: "interval \(judged.interval)\(claimed)")
  }
}

extension RecomputedValue.Content {
  /// The reason for no value; nil when there is one.
  var undefinedReason: String? { if case .undefined(let reason) = self { reason } else { nil } }
}

/// Findings, and the tables behind the lists.
extension AuditStatements {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  /// Every finding, each with its sentence.
  ///
  /// - Parameter sentences: The sentences with values filled in, by the findings' names.
  /// - Throws: `Reason` for a finding that was not judged.
  package func findings(_ sentences: [String: String]) throws(Reason) -> ReportFindings {
    var findings: [ReportFinding] = []
    var rows: [[Cell]] = []
    for claim in audited.findings {
      findings.append(try finding(claim, sentences))
      let judgement = try judgement(claim)
      rows.append([
        Cell(claim.title), Self.value(judgement), .count(judgement.n),
        Cell(judgement.compared ?? judgement.baseline ?? ""),
        Cell(judgement.registration),
      ])
    }
    return ReportFindings(
      findings: findings,
      table: ReportTable(
        name: ClaimsStep.findingsName, caption: "What this audit found.",
        columns: [
          Header("Finding"), Header("Value", isNumeric: true), Header("n", isNumeric: true), Header("Comparison"),
          Header("Written"),
        ], rows: rows))
  }

  /// A finding by itself.
  ///
  /// - Throws: `Reason` for a finding that was not judged.
  package func finding(_ claim: ResolvedClaim, _ sentences: [String: String]) throws(Reason) -> ReportFinding {
    let judgement = try judgement(claim)
    return ReportFinding(
      sentence: MarkdownText(source: sentences[claim.name] ?? claim.statement.value),
      written: judgement.registration, check: check(claim, judgement, isFinding: true))
  }

  /// The claims as a table for files: a row each.
  private func table() throws(Reason) -> ReportTable {
    var rows: [[Cell]] = []
    for claims in audited.statements {
      for claim in claims {
        let judgement = try judgement(claim)
        rows.append([
          Cell(claims.first?.source?.reference.value ?? ""), Cell(claims.first?.statement.value ?? ""),
          Cell(claim.title),
          Cell(judgement.verdict?.rawValue ?? "–"), Cell(judgement.claimed), Self.value(judgement), .count(judgement.n),
          Cell(judgement.reproduction), Cell(judgement.verdict(on: .inference)),
          Cell(judgement.inferenceReason ?? judgement.reproducedReason ?? ""),
        ])
      }
    }
    return ReportTable(
      name: ClaimsStep.stepName, caption: "",
      columns: [
        Header("Publication"), Header("Statement"), Header("Check"), Header("Verdict"), Header("Claimed"),
        Header("Recomputed", isNumeric: true), Header("n", isNumeric: true), Header("Printed number"), Header("Region"),
        Header("Reason"),
      ], rows: rows)
  }

  /// The recomputed value with its interval.
  private static func value(_ judged: JudgedClaim) -> Cell {
    let text = judged.lower == nil ? judged.recomputed : "\(judged.recomputed) \(judged.interval)"
    switch judged.computed {
    case .number(let number):
      var details: [ReportTable.Detail] = []
      if let lower = judged.lower, let upper = judged.upper {
        details = [.init("lower", .finite(lower)), .init("upper", .finite(upper))]
      }
      return Cell(
        text, value: .finite(number), details: details, missing: judged.intervalUndefined.map { .interval($0) })
    case .text(let text): return Cell(text)
    case .undefined(let reason): return Cell("–", value: .null, missing: .value(reason))
    }
  }
}
