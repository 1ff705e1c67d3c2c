import Claims
import Diagnostics
import Documents

/// Checks of claims, and of the cells that show them.
extension AnalysisChecks {
  /// Names that no claim can have, since the results have other values under them in `claims`.
  static let reservedClaims = ["totals", "findings"]

  mutating func checkClaims() {
    for claim in analysis.claims { checkClaim(claim) }
    let claims = Dictionary(analysis.claims.map { ($0.name.value, $0.name) }) { first, _ in first }
    for finding in analysis.findings {
      checkClaim(finding, isFinding: true)
      checkText(finding.statement)
      guard let claim = claims[finding.name.value] else { continue }
      report(
        "duplicate-name", finding.name, "the name \(finding.name.value) is taken at line \(claim.location.line)",
        reason: "claims and findings share one set of names", fix: "choose another name")
    }
    if let first = analysis.firstResult { checkRegistration(first) }
    checkChanges()
  }

  private mutating func checkClaim(_ claim: ClaimSpec, isFinding: Bool = false) {
    if Self.reservedClaims.contains(claim.name.value) {
      report("reserved-name", claim.name, "\(claim.name.value) is a reserved name", fix: "choose another name")
    }
    var checks = ClaimChecks()
    if let use = claim.use {
      if ClaimUse(use.value) == nil {
        report(
          "bad-use", use, "\(use.value) is not a claim of a claims file",
          fix: "write the file's name and the claim's, such as serianni2023#hidden-covariance")
      }
      checks.checkNumbers(claim)
    } else {
      checks.checkStatement(claim, isFinding: isFinding)
    }
    for problem in checks.list.findings { append(problem) }
    checkPaths(of: claim, isFinding: isFinding)
    if let registered = claim.registered { checkRegistration(registered) }
    if let statement = claim.statementOf { checkStatement(statement, of: claim) }
    if let family = claim.family, !claimFamilies.contains(family.value) {
      unknown("claim family", family, known: claimFamilies)
    }
    if let reference = claim.source?.reference, !references.contains(reference.value) {
      report(
        "unlisted-reference", reference, "\(reference.value) is not among the analysis' references",
        fix: "add it to `references`")
    }
  }

  private mutating func checkRegistration(_ registration: RegistrationSpec) {
    checkDate(registration.date)
    if let commit = registration.commit, !isCommit(commit.value) {
      report(
        "bad-commit", commit, "\(commit.value) is not a commit", fix: "write 7 to 40 hexadecimal digits, in quotes")
    }
  }

  private func isCommit(_ text: String) -> Bool {
    (7...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// Reports a text that is not a day.
  mutating func checkDate(_ date: Located<String>) {
    if CalendarDate(date.value) == nil {
      report("bad-date", date, "\(date.value) is not a day", fix: "write year, month and day, such as 2026-11-24")
    }
  }

  /// Reports a statement of another claim that is none of its own.
  private mutating func checkStatement(_ name: Located<String>, of claim: ClaimSpec) {
    let known = KnownNames(analysis.claims.filter { $0.statementOf == nil }.map(\.name.value))
    if name.value == claim.name.value || !known.contains(name.value) {
      unknown("claim with a statement of its own", name, known: known)
    }
  }

  private mutating func checkPaths(of claim: ClaimSpec, isFinding: Bool) {
    if claim.notCheckable != nil {
      for path in claim.paths {
        report(
          "unfitting-key", path, "\(claim.name.value) has a path and is said to be not checkable",
          fix: "take one of the two out")
      }
      return
    }
    let parts = [claim.value.map { ("value", $0.of) }, claim.region.map { ("region", $0.of) }].compactMap { $0 }
    for (part, path) in parts where path == nil && claim.of == nil {
      report(
        "missing-key", claim.name, "\(part) of \(claim.name.value) names no value", reason: "a verdict needs a number",
        fix: "add `of:` with a path such as main.parameters.kendall-tau-b, to it or to the claim")
    }
    if claim.use != nil || isFinding, parts.isEmpty, claim.of == nil {
      report(
        "missing-key", claim.name, "\(claim.name.value) names no value", reason: "a verdict needs a number",
        fix: "add `of:` with a path such as main.parameters.kendall-tau-b")
    }
    for path in claim.paths { checkPath(path) }
  }

  private mutating func checkPath(_ path: Located<String>) {
    guard TextTemplate.isPath(path.value) else {
      return report(
        "bad-path", path, "\(path.value) is not the path of a value",
        fix: "write part.member.value, such as main.parameters.kendall-tau-b")
    }
    let root = String(path.value.prefix { $0 != "." })
    guard !parts.contains(root) else { return }
    unknown("part", Located(root, at: path.location), known: parts)
  }

  /// Reports a cell of a claim or a finding that there is not, and the second of one.
  mutating func checkClaimCell(
    _ name: Located<String>, isFinding: Bool = false, shown: inout Set<String>
  ) {
    let noun = isFinding ? "finding" : "claim"
    let known = KnownNames((isFinding ? analysis.findings : analysis.claims).map(\.name.value))
    guard known.contains(name.value) else { return unknown(noun, name, known: known) }
    if !shown.insert(name.value).inserted {
      report("duplicate-name", name, "the \(noun) \(name.value) is shown twice", fix: "keep one")
    }
  }
}

/// Checks of a claim by itself: it claims something, its numbers can be read, its ends are in order.
struct ClaimChecks {
  var list = DiagnosticList()

  /// Reports a claim that is written out with neither a printed number nor a region, then checks its numbers.
  ///
  /// - Parameter isFinding: True for a finding, which need not claim anything.
  mutating func checkStatement(_ claim: ClaimSpec, isFinding: Bool = false) {
    if claim.value == nil, claim.region == nil, !isFinding, !claim.statement.value.isEmpty {
      report(
        "claims-nothing", claim.name.location, "\(claim.name.value) has neither a value nor a region",
        reason: "there is nothing to judge", fix: "add `value: {printed: …}`, `region: {above: …}`, or both")
    }
    checkNumbers(claim)
  }

  /// Reports a printed number that cannot be read, and ends of `between` that are not two in order.
  mutating func checkNumbers(_ claim: ClaimSpec) {
    if let printed = claim.value?.printed, PrintedNumber(printed.value) == nil {
      report(
        "bad-number", printed.location, "\(printed.value) is not a number in decimal notation",
        reason: "its digits say to which place the recomputed number is rounded",
        fix: "write it as printed, in quotes, such as \".37\"")
    }
    guard let region = claim.region else { return }
    guard let ends = region.between else { return }
    if ends.count != 2 {
      report(
        "bad-region", region.location, "between has \(ends.count) numbers", fix: "write two, the smaller one first")
    } else if ends[0] > ends[1] {
      report(
        "bad-region", region.location, "no number is between \(ends[0]) and \(ends[1])",
        fix: "write the smaller one first")
    }
  }

  mutating func report(
    _ id: String, _ location: SourceLocation, _ message: String, reason: String? = nil, fix: String
  ) {
    list.append(Diagnostic(id: id, location: location, message: message, reason: reason, fix: fix))
  }
}
