extension AuditReport {
  /// The audit as Markdown that stands alone: a table for each analysis, then what failed, within
  /// `ReportWriter.summaryLimit` bytes.
  package var markdown: String {
    var text = "# Audit\n\n\(Escape.markdown(tally, startsBlock: true))\n"
    for (index, analysis) in analyses.enumerated() {
      let part = section(analysis)
      guard text.utf8.count + part.utf8.count <= ReportWriter.summaryLimit - 200 else {
        return text + "\n_Shortened: \(analyses.count - index) analyses left out._\n"
      }
      text += part
    }
    return text
  }

  private func section(_ analysis: Analysis) -> String {
    var text = "\n## \(Escape.markdown(analysis.id))\n\n"
    if let failure = analysis.failure {
      text += "The analysis failed: \(Escape.markdown(String(failure.unicodeScalars.prefix(2000))))\n"
    }
    guard !analysis.claims.isEmpty else { return text }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    text += line(["Claim", "Claimed", "Recomputed", "Interval", "n", "Reproduced", "Inference", "Severity"])
    text += line(["---", "---", "---:", "---:", "---:", "---", "---", "---"])
    for claim in analysis.claims {
      let cells = [
        claim.title, claim.claimed, claim.recomputed, claim.interval, claim.count, claim.verdict("reproduced"),
        claim.verdict("inference"), claim.severity,
      ]
      text += line(
        cells.enumerated().map { index, cell in
          let isLoud = claim.fails && (5...6).contains(index) && cell != "–"
          return isLoud ? "**\(Escape.markdown(cell))**" : Escape.markdown(cell)
        })
    }
    let remarks = analysis.claims.flatMap { claim in
      claim.axes.filter { $0.standing != .met || claim.staleness != nil }.map { axis in
        let reason = claim.staleness.map { "stale: \($0)" } ?? axis.reason
        return "- \(Escape.markdown(claim.name)): \(Escape.markdown(axis.verdict))"
          + (reason.map { " (\(Escape.markdown($0)))" } ?? "") + "\n"
      }
    }
    return text + (remarks.isEmpty ? "" : "\n" + remarks.joined())
  }
}
