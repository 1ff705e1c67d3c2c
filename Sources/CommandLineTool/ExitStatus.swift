import ArgumentParser
import Diagnostics

/// The tool's exit statuses.
enum ExitStatus {
  static let stepFailed = ExitCode(1)
  static let claimFailed = ExitCode(3)
  static let undecided = ExitCode(4)
  static let stale = ExitCode(5)
  static let badInput = ExitCode(65)
  static let missingInput = ExitCode(66)
  static let inner = ExitCode(70)
  static let interrupted = ExitCode(130)

  static func of(_ kind: FailureKind) -> ExitCode { kind == .missingInput ? missingInput : badInput }
}
