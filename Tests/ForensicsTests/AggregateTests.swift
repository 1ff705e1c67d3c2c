import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct AggregateTests {
  private let scores = table(
    column("cola", [10, 20, 30, nil]), column("rte", [30, 40, 50, 4]),
    column("mean", [20, 60, 40.00001, 4]), column("sum", [40, 60, 80, 4]), column("product", [300, 800, 1500, 4]),
    column("id", integers: [7, 11, 12, 13]), column("steps", integers: [0, 5, 5, 5]))

  @Test func meanSumProduct() {
    let mean = AggregateCheck {
      $0.column = "mean"; $0.parts = ["cola", "rte"]; $0.statistic = .mean; $0.id = "id"; $0.by = "steps"
    }
    .finding(scores)
    #expect(mean.verdict == .found && mean.count("rows") == 3 && mean.count("incomplete") == 1)
    #expect(mean.count("inconsistent") == 1 && mean.count("consistent") == 2 && mean.number("median-factor") == 2)
    #expect(mean.number("median-excess") == 30 && mean.count("inconsistent-records") == 1)
    #expect(mean.section("records")?.rows.map(\.key) == ["11"])
    #expect(mean.row("groups", "5")?.count("rows") == 2 && mean.row("groups", "5")?.count("inconsistent") == 1)
    for (column, statistic) in [("sum", AggregateCheck.Statistic.sum), ("product", .product)] {
      let finding = AggregateCheck {
        $0.column = .init(stringLiteral: column); $0.parts = ["cola", "rte"]; $0.statistic = statistic
      }.finding(scores)
      #expect(finding.verdict == .notFound && finding["median-factor"] == .undefined("no row is inconsistent"))
    }
  }

  @Test func aSumPrintedAsAMeanIsOffByTheNumberOfParts() {
    let finding = AggregateCheck {
      $0.column = "sum"; $0.parts = ["cola", "rte"]; $0.statistic = .mean
    }.finding(scores)
    #expect(finding.number("least-factor") == 2 && finding.number("greatest-factor") == 2)
    #expect(finding.count("inconsistent") == 3)
  }

  @Test func strictToleranceSeesRounding() {
    let finding = AggregateCheck {
      $0.column = "mean"; $0.parts = ["cola", "rte"]; $0.statistic = .mean; $0.tolerance = 0
    }
    .finding(scores)
    #expect(finding.count("inconsistent") == 2)
  }
}
