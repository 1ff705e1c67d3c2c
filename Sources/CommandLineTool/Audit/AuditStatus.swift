import ArgumentParser
import Reports

/// The exit status of an audit: the most severe of all that happened.
struct AuditStatus {
  /// From the most severe on.
  private static let order = [
    ExitStatus.inner, ExitStatus.usage, ExitStatus.inputOutput, ExitStatus.missingInput, ExitStatus.badInput,
    ExitStatus.stepFailed, ExitStatus.claimFailed,
    ExitStatus.stale, ExitStatus.undecided,
  ]

  private(set) var code: ExitCode?

  /// Keeps the more severe.
  mutating func add(_ other: ExitCode) {
    let rank = { (code: ExitCode) in Self.order.firstIndex(of: code) ?? 0 }
    if code.map({ rank(other) < rank($0) }) ?? true { code = other }
  }

  /// What the verdicts come to.
  mutating func add(_ report: AuditReport) {
    if report.claims.contains(where: \.fails) { add(ExitStatus.claimFailed) }
    if report.claims.contains(where: { $0.staleness != nil }) { add(ExitStatus.stale) }
    if report.isStrict, report.claims.contains(where: \.isUndecided) { add(ExitStatus.undecided) }
  }
}
