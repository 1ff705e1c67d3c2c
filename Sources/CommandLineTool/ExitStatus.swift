import ArgumentParser
import Diagnostics

/// The tool's exit statuses.
enum ExitStatus {
  static let stepFailed = ExitCode(1)
  static let claimFailed = ExitCode(3)
  static let undecided = ExitCode(4)
  static let stale = ExitCode(5)
  static let usage = ExitCode(64)
  static let badInput = ExitCode(65)
  static let missingInput = ExitCode(66)
  static let inner = ExitCode(70)
  static let inputOutput = ExitCode(74)
  static let interrupted = ExitCode(130)

  /// Every status with what it says, for the help; docs/analyses.md has them in these words.
  static let meanings: [(status: Int32, meaning: String)] = [
    (.success, "ok"), (stepFailed, "a step failed, or folders differ (diff)"), (claimFailed, "a claim failed (audit)"),
    (undecided, "a claim is not decided (audit --strict)"),
    (stale, "stale (plan --exit-code, run and audit --frozen)"), (usage, "usage"),
    (badInput, "bad spec, data or store"),
    (missingInput, "input missing"), (inner, "internal, or memory was refused"),
    (inputOutput, "reading or writing failed, standard output too"),
    (interrupted, "interrupted (INT, TERM, HUP, QUIT)"),
  ].map { (code: ExitCode, meaning: String) in (code.rawValue, meaning) }

  static func of(_ kind: FailureKind) -> ExitCode { ExitCode(Int32(kind.rawValue)) }
}
