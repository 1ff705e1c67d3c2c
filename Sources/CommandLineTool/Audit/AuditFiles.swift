import Diagnostics
import Documents
import Files
import Reports

/// The files that an audit writes, each to a temporary file that is then renamed.
struct AuditFiles {
  /// `-` for standard output.
  let json: String?
  let junit: String?
  let summary: String?
  /// True when the summary goes to the end of the file that GITHUB_STEP_SUMMARY names.
  let appendsStepSummary: Bool

  /// True when the JSON goes to standard output, in place of the table.
  var takesStandardOutput: Bool { json == "-" }

  /// - Throws: `FileFailure`, and `DiagnosticsError` when there is no step summary to write to.
  func write(_ report: AuditReport, _ console: Console) throws {
    if let json {
      if json == "-" {
        console.data(report.json)
      } else {
        try FileSystem.write(Array(report.json.text(indent: 2).utf8), to: json)
      }
    }
    if let junit { try FileSystem.write(Array(report.junit.utf8), to: junit) }
    if let summary { try FileSystem.write(Array(report.markdown.utf8), to: summary) }
    if appendsStepSummary {
      guard let path = Environment.value("GITHUB_STEP_SUMMARY") else {
        throw DiagnosticsError([
          Diagnostic(
            id: "no-step-summary", message: "GITHUB_STEP_SUMMARY is not set", fix: "use --summary with a file's name")
        ])
      }
      let before = FileSystem.exists(path) ? try FileSystem.read(path, limit: ReportWriter.summaryLimit) : []
      try FileSystem.write(before + Array(report.markdown.utf8), to: path)
    }
  }
}
