import Claims
import Diagnostics
import Documents

/// Checks of claims, and of the cells that show them.
extension AnalysisChecks {
  /// Names that no claim can have, since the results have other values under them in `claims`.
  static let reservedClaims = ["totals"]

  mutating func checkClaims() {
    for claim in analysis.claims { checkClaim(claim) }
  }

  private mutating func checkClaim(_ claim: ClaimSpec) {
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
      checks.checkStatement(claim)
    }
    for problem in checks.list.findings { append(problem) }
    checkPaths(of: claim)
    if let family = claim.family, !claimFamilies.contains(family.value) {
      unknown("claim family", family, known: claimFamilies)
    }
    if let reference = claim.source?.reference, !references.contains(reference.value) {
      report(
        "unlisted-reference", reference, "\(reference.value) is not among the analysis' references",
        fix: "add it to `references`")
    }
  }

  private mutating func checkPaths(of claim: ClaimSpec) {
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
    if claim.use != nil, parts.isEmpty, claim.of == nil {
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

  mutating func checkClaimCell(_ name: Located<String>, shown: inout Set<String>) {
    let known = KnownNames(analysis.claims.map(\.name.value))
    guard known.contains(name.value) else { return unknown("claim", name, known: known) }
    if !shown.insert(name.value).inserted {
      report("duplicate-name", name, "the claim \(name.value) is shown twice", fix: "keep one")
    }
  }
}

/// Checks of a claim by itself: it claims something, its numbers can be read, its ends are in order.
struct ClaimChecks {
  var list = DiagnosticList()

  /// Reports a claim that is written out with neither a printed number nor a region, then checks its numbers.
  mutating func checkStatement(_ claim: ClaimSpec) {
    if claim.value == nil, claim.region == nil, !claim.statement.isEmpty {
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
