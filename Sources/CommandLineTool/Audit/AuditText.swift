import Reports

/// An audit for a terminal.
enum AuditText {
  /// A table for each analysis, then how often each verdict was given.
  static func table(_ report: AuditReport) -> String {
    let parts = report.analyses.map { analysis -> String in
      let head = "\(analysis.id): \(analysis.folder)/index.html\n"
      if analysis.failure != nil { return "\(analysis.id): failed\n" }
      let rows = analysis.claims.map { claim in
        [
          claim.name, short(claim.claimed), short(claim.recomputed), claim.interval, claim.count,
          claim.verdict("reproduced"),
          claim.verdict("inference"), mark(claim), claim.anchors.map { "#\($0)" }.joined(separator: " "),
        ]
      }
      return head + AlignedText.table([header] + rows)
    }
    return parts.map { $0 + "\n" }.joined() + report.tally + "\n"
  }

  /// A line for each verdict that is not as expected, not decided or stale.
  static func remarks(_ report: AuditReport) -> [String] {
    report.analyses.flatMap { analysis in
      analysis.claims.flatMap { claim in
        let place = "\(analysis.id), \(claim.name)"
        if let staleness = claim.staleness { return ["\(place): stale: \(staleness)"] }
        return claim.axes.filter { $0.standing != .met }.map { axis in
          let value =
            axis.name == "reproduced"
            ? "claimed \(claim.claimed), recomputed \(claim.recomputed)"
            : "claimed \(claim.claimed), interval \(claim.interval)"
          return "\(place): \(axis.verdict): \(axis.reason ?? value)"
        }
      }
    }
  }

  /// The beginning of a text that would stretch its column.
  private static func short(_ text: String) -> String { text.count > 32 ? "\(text.prefix(31))…" : text }

  private static let header = [
    "claim", "claimed", "recomputed", "interval", "n", "reproduced", "inference", "severity", "evidence",
  ]

  /// The severity, with what the claim comes to.
  private static func mark(_ claim: AuditReport.Claim) -> String {
    claim.axes.contains { $0.standing == .failed } && claim.staleness == nil
      ? "\(claim.severity)!" : claim.severity
  }
}
