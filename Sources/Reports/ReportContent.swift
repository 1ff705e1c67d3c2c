/// A cell of a report.
package enum ReportContent: Sendable {
  /// Markdown.
  case prose(String)
  /// A figure.
  case figure(ReportFigure)
  /// A table.
  case table(ReportTable)
  /// A claim with its verdicts.
  case claim(ReportClaim)
}
