import ArgumentParser
import Diagnostics
import Figures
import Files
import Reports
import Store

/// Turns errors into messages and exit statuses.
enum Failure {
  /// Runs an action; what it throws is shown and becomes an exit status.
  static func handled(_ console: Console, _ action: () async throws -> Void) async throws {
    do {
      try await action()
    } catch let error as DiagnosticsError {
      console.report(error.diagnostics)
      throw ExitStatus.of(error.kind)
    } catch let error as StoreError {
      console.error("\(error)")
      throw status(of: error)
    } catch let error as ReportError {
      console.error("\(error)")
      throw ExitStatus.badInput
    } catch FigureRenderingError.fontMissing(let font) {
      console.error("the font \(font) is not installed; `apt-get install fonts-dejavu-core` brings it")
      throw ExitStatus.missingInput
    } catch let error as FigureRenderingError {
      console.error("\(error)")
      throw status(of: error)
    } catch let error as FileFailure {
      console.error("\(error)")
      throw status(of: error)
    } catch let error as ExitCode {
      throw error
    } catch {
      console.error("\(error)")
      throw ExitStatus.inner
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
