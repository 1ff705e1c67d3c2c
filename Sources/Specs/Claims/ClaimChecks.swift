import Diagnostics

/// Checks of a claim by itself: it claims something, its numbers can be read, its ends are in order.
struct ClaimChecks {
  var list = DiagnosticList()

  /// What a claim that is written out has to have.
  mutating func checkStatement(_ claim: ClaimSpec) {
    if claim.value == nil, claim.region == nil, !claim.statement.isEmpty {
      report(
        "claims-nothing", claim.name.location, "\(claim.name.value) has neither a value nor a region",
        reason: "there is nothing to judge", fix: "add `value: {printed: …}`, `region: {above: …}`, or both")
    }
    checkNumbers(claim)
  }

  /// Printed numbers and ends of regions.
  mutating func checkNumbers(_ claim: ClaimSpec) {
    if let printed = claim.value?.printed, !PrintedNotation.isNumber(printed.value) {
      report(
        "bad-number", printed.location, "\(printed.value) is not a number in decimal notation",
        reason: "its digits say to which place the recomputed number is rounded",
        fix: "write it as printed, in quotes, such as \".37\"")
    }
    guard let region = claim.region else { return }
    guard case .between(let ends) = region.bounds else { return }
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
