import ArgumentParser
import Diagnostics
import Figures
import Files
import Reports
import Store

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
    (interrupted, "interrupted (INT, TERM, HUP, QUIT); of preview, in a run"),
  ].map { (code: ExitCode, meaning: String) in (code.rawValue, meaning) }

  static func of(_ kind: FailureKind) -> ExitCode { ExitCode(Int32(kind.rawValue)) }
}

/// Turns errors into messages and exit statuses.
enum Failure {
  /// What an error comes to.
  struct Cause {
    /// The findings; none for an error of one text.
    var findings: [Diagnostic] = []
    /// The text of an error without findings.
    var text = ""
    var status: ExitCode

    /// The findings, or the text as one.
    var diagnostics: [Diagnostic] { text.isEmpty ? findings : [Diagnostic(id: "failed", message: text)] }

    /// Shows the error.
    func show(_ console: Console) {
      if text.isEmpty { console.report(findings) } else { console.error(text) }
    }
  }

  /// Runs an action; what it throws is shown and becomes an exit status.
  static func handled(_ console: Console, _ action: () async throws -> Void) async throws {
    do {
      try await action()
    } catch let error as ValidationError {
      throw error
    } catch let error as ExitCode {
      throw error
    } catch {
      let cause = cause(of: error)
      cause.show(console)
      throw cause.status
    }
  }

  /// What an error comes to, for people and for the exit status.
  static func cause(of error: any Error) -> Cause {
    switch error {
    case let error as DiagnosticsError: Cause(findings: error.diagnostics, status: ExitStatus.of(error.kind))
    case let error as StoreError: Cause(text: "\(error)", status: status(of: error))
    case let error as ReportError: Cause(text: "\(error)", status: ExitStatus.badInput)
    case FigureRenderingError.fontMissing(let font):
      Cause(
        text: "the font \(font) is not installed; `apt-get install fonts-dejavu-core` brings it",
        status: ExitStatus.missingInput)
    case let error as FigureRenderingError: Cause(text: "\(error)", status: status(of: error))
    case let error as FileFailure: Cause(text: "\(error)", status: status(of: error))
    default: Cause(text: "\(error)", status: ExitStatus.inner)
    }
  }

  private static func status(of error: FigureRenderingError) -> ExitCode {
    switch error {
    case .fontMissing: ExitStatus.missingInput
    case .outOfRange: ExitStatus.badInput
    case .library: ExitStatus.inner
    }
  }

  private static func status(of error: FileFailure) -> ExitCode {
    if case .notFound = error { return ExitStatus.missingInput }
    return error.isOfMachine ? ExitStatus.inputOutput : ExitStatus.badInput
  }

  private static func status(of error: StoreError) -> ExitCode {
    switch error {
    case .missing: ExitStatus.missingInput
    case .unusable: ExitStatus.usage
    case .foreign, .newer, .corrupt: ExitStatus.badInput
    case .unavailable: ExitStatus.inputOutput
    case .nondeterministic: ExitStatus.inner
    }
  }
}
