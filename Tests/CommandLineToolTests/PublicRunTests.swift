import Foundation
import TestSupport
import Testing

/// Published facts, as whole runs on the public data print them.
@Suite(.needsPublicData("serianni2023")) struct PublicRunTests {
  private func fixture(_ name: String) -> String { "\(checkout)/Tests/CommandLineToolTests/Fixtures/\(name).yaml" }

  @Test func theBenchmarkHasItsCoefficients() throws {
    let tool = try Tool()
    let result = try tool.run(["run", fixture("released")])
    #expect(result.status == 0, "\(result.errors)")
    let report = try tool.text("reports/released/report.md")
    #expect(report.contains("GLUE score of\n500 architectures"), "\(report)")
  }

  @Test func publishedNumbersAreReproduced() throws {
    let tool = try Tool()
    let result = try tool.run(["audit", fixture("claims"), "--strict"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(".4544") && result.output.contains("3 claims; 3 reproduced; 1 supported"))
    let report = try tool.text("reports/claims-fixture/report.md")
    #expect(report.contains("Head confidence is supported, n 500; 3 claims."))
  }
}
