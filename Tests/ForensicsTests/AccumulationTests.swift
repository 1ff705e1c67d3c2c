import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct AccumulationTests {
  /// Three subjects of six runs: `piled` is t times a value that changes little, `noise` goes up and down.
  private let runs: Table = {
    let noise: [Double] = [3, 1, 2, 3, 1, 2]
    let rows = (0..<18).map { ($0 / 6, $0 % 6) }
    return table(
      column("piled", rows.map { row -> Double? in Double(row.1 + 1) * (10 + noise[row.1] / 100) }),
      column("noise", rows.map { noise[$1] }),
      column("terms", rows.map { Double($1 + 1) }, role: .feature),
      column("cell", integers: rows.map { $0.0 }), column("run", integers: rows.map { $0.1 }))
  }()

  @Test func sumsThatAreNeverSetBack() throws {
    let finding = AccumulationCheck {
      $0.subject = ["cell"]; $0.order = "run"
    }.finding(runs.selecting(rows: (0..<18).reversed()))
    #expect(finding.verdict == .found && finding.count("growing") == 1 && finding.count("examined") == 2)
    #expect(finding["steepest"] == .text("piled") && finding.count("increases") == 15 && finding.count("steps") == 15)
    let piled = try #require(finding.row("columns", "piled"))
    #expect(piled.count("steps") == 15 && piled.count("increases") == 15 && piled.number("share") == 1)
    let pValue: Double = try #require(piled.number("p-value"))
    let growth: Double = try #require(piled.number("growth"))
    #expect(abs(pValue * 0x1p15 - 1) < 1e-12 && abs(growth - 6 * 10.02 / 10.03) < 1e-12)
    let noise = try #require(finding.row("columns", "noise"))
    #expect(noise.count("increases") == 9 && noise.count("decreases") == 6)
    #expect(finding.examples == [FindingExample("piled", "15 of 15 steps go up")])
  }

  @Test func perTermNothingGrows() {
    let finding = AccumulationCheck {
      $0.columns = .named(["piled"]); $0.subject = ["cell"]; $0.order = "run"; $0.per = ["terms"]
    }.finding(runs)
    #expect(finding.verdict == .notFound && finding.row("columns", "piled")?.count("increases") == 9)
  }

  @Test func aFewStepsProveNothing() {
    let short = runs.selecting(rows: [0, 1, 2])
    let finding = AccumulationCheck {
      $0.columns = .named(["piled"]); $0.subject = ["cell"]; $0.order = "run"
    }.finding(short)
    #expect(finding.verdict == .notFound && finding.row("columns", "piled")?.number("share") == 1)
  }
}
