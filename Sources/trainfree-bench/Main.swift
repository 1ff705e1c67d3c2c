import Diagnostics
import Foundation
import Metrics

@main
enum Main {
  static func main() async {
    if let reason = MeasurementWorker.kernelsRefused { end(64, "trainfree-bench: \(reason)\n") }
    do {
      try await Benchmarks.run(BenchmarkRequest(Array(CommandLine.arguments.dropFirst())))
    } catch let problem as BenchmarkRequest.UsageProblem {
      end(64, "trainfree-bench: \(problem.message)\n\(BenchmarkRequest.usage)\n")
    } catch let error as DiagnosticsError {
      end(Int32(error.kind.rawValue), error.diagnostics.text)
    } catch {
      end(70, "trainfree-bench: \(ConsoleWriter.visible("\(error)"))\n")
    }
  }

  private static func end(_ status: Int32, _ message: String) -> Never {
    FileHandle.standardError.write(Data(message.utf8))
    exit(status)
  }
}
