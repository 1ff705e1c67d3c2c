import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct ReplicatesTests {
  /// Two groups of replicates: 1, 3 and 10, 14, and a row alone at 7: WMS = (2 + 8)/2 = 5, mean 7, s² = (36+16+9+49)/4.
  private let records = table(
    column("net", texts: ["a", "a", "b", "b", "c", nil, "d"]),
    column("op", texts: ["s", "t", "s", "s", "s", "s", "s"]),
    column("depth", integers: [2, 2, 4, 4, 4, 4, 4]),
    column("glue", [1, 3, 10, 14, 7, 3, nil], role: .target), column("id", integers: [0, 1, 2, 3, 4, 5, 6]))

  @Test func spreadWithinGroups() throws {
    let finding = ReplicatesCheck {
      $0.keys = .named(["net"]); $0.target = "glue"; $0.strata = ["depth"]; $0.id = "id"
    }.finding(records)
    #expect(finding.verdict == .found && finding.count("rows") == 5 && finding.count("incomplete") == 2)
    #expect(finding.count("distinct") == 3 && finding.count("groups") == 2 && finding.count("grouped-rows") == 4)
    let (within, total) = (5.0, 27.5)
    let reliability: Double = 1 - within / total
    let expected: [(String, Double)] = [
      ("within-deviation", within.squareRoot()), ("total-deviation", total.squareRoot()), ("reliability", reliability),
      ("ceiling", reliability.squareRoot()),
    ]
    for (name, value) in expected {
      let found: Double = try #require(finding.number(name))
      #expect(abs(found - value) < 1e-14, "\(name)")
    }
    // The groups deviate by √2 and √8.
    #expect(try abs(#require(finding.number("median-deviation")) - 1.5 * 2.squareRoot()) < 1e-14)
    #expect(
      finding["best-half-deviation"] == .undefined("the catalogue does not say which end of glue is better"))
    #expect(finding.number("median-range") == 3 && finding.number("largest-range") == 4)
    let stratum = try #require(finding.row("strata", "4"))
    #expect(stratum.count("rows") == 3 && stratum.count("groups") == 1)
    // 10, 14 and 7: WMS = 8, s² = (1/9 + 121/9 + 100/9)/2 = 37/3.
    let inside: Double = try #require(stratum.number("reliability"))
    #expect(abs(inside - 13.0 / 37) < 1e-14)
    #expect(finding.row("strata", "2")?["reliability"] == .undefined("fewer than two groups"))
    let backwards = ReplicatesCheck {
      $0.keys = .named(["net"]); $0.target = "glue"; $0.strata = ["depth"]
    }
    .finding(records.selecting(rows: (0..<7).reversed()))
    #expect(backwards.section("strata")?.rows.map(\.key) == ["2", "4"])
  }

  /// Of medians 2, 12, 5 and 30, the better half by lower are the groups of 1, 3 and 4, 5, 6: (2 + 2)/(1 + 2).
  @Test func theBetterHalfDeviatesByItself() throws {
    let losses = table(
      column("net", texts: ["a", "a", "b", "b", "c", "c", "c", "d", "d", "e"]),
      Column(
        schema: ColumnSchema(name: "loss", type: .real, role: .target, better: .lower),
        storage: .real([1, 3, 10, 14, 4, 5, 6, 20, 40, 0])))
    let finding = ReplicatesCheck {
      $0.keys = .named(["net"]); $0.target = "loss"
    }.finding(losses)
    #expect(try abs(#require(finding.number("best-half-deviation")) - (4.0 / 3).squareRoot()) < 1e-14)
    #expect(try abs(#require(finding.number("median-deviation")) - (2.0.squareRoot() + 8.0.squareRoot()) / 2) < 1e-14)
  }

  @Test func groupsMustDifferWhereTheyAreAskedTo() {
    let finding = ReplicatesCheck {
      $0.keys = .named(["net"]); $0.target = "glue"; $0.differs = ["op"]
    }.finding(records)
    #expect(finding.count("groups") == 1 && finding.number("largest-range") == 2)
    let none = ReplicatesCheck {
      $0.keys = .named(["net", "op"]); $0.target = "glue"; $0.differs = ["op"]
    }.finding(records)
    #expect(none.verdict == .notFound && none["reliability"] == .undefined("no group has two values"))
  }

  @Test func noiseLargerThanTheSpreadHasNoCeiling() {
    let noisy = table(column("k", texts: ["a", "a", "b", "b"]), column("t", [0, 4, 1, 3], role: .target))
    let finding = ReplicatesCheck {
      $0.keys = .named(["k"]); $0.target = "t"
    }.finding(noisy)
    #expect((finding.number("reliability") ?? 1) < 0)
    #expect(finding["ceiling"] == .undefined("the reliability is not positive"))
  }
}
