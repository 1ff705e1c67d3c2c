import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct SurvivorshipTests {
  private let logs = table(
    column("log", texts: ["a", "b", "c", "c", "d", "e", nil]),
    column("loss", [1, 4, 2, 2, nil, 6, 1], role: .target),
    column("kind", texts: ["t", "s", "t", "t", "s", "s", "t"], role: .feature))
  private let results = table(column("log", texts: ["a", "c", "z"]))

  @Test func whoIsMissing() {
    let check = SurvivorshipCheck {
      $0.keys = ["log"]; $0.target = "loss"; $0.by = ["kind"]
    }
    let finding = check.finding(ForensicTables(logs, against: results))
    #expect(finding.verdict == .found && finding.count("rows") == 6 && finding.count("keys") == 5)
    #expect(finding.count("incomplete") == 1 && finding.count("survivors") == 2 && finding.count("missing") == 3)
    #expect(finding.count("strangers") == 1 && finding.count("repeated") == 1)
    #expect(finding.count("rows-without-target") == 1 && finding.count("keys-without-target") == 1)
    #expect(finding.count("missing-with-target") == 2 && finding.number("missing-mean") == 5)
    #expect(finding.number("present-mean") == 1.5 && finding.number("difference") == 3.5)
    #expect(finding.number("superiority") == 1)
    #expect(finding.row("reasons", "none")?.count("rows") == 1)
    #expect(finding.section("groups-kind")?.rows.map(\.key) == ["s", "t"])
    #expect(finding.row("groups-kind", "s")?.number("share") == 1)
    #expect(finding.row("groups-kind", "t")?.count("keys") == 2)
  }

  @Test func nobodyIsMissing() {
    let finding = SurvivorshipCheck {
      $0.keys = ["log"]; $0.target = "loss"
    }.finding(ForensicTables(logs, against: logs))
    #expect(finding.verdict == .notFound && finding.count("missing") == 0)
    #expect(finding["superiority"] == .undefined("no such key has a target"))
    #expect(SurvivorshipCheck { $0.keys = ["log"] }.finding(logs).reason == "there is no second table")
  }

  @Test func superiorityIsItsDefinition() {
    let (x, y): ([Double], [Double]) = ([3, 1, 4, 1, 5, 9, 2, 6], [5, 3, 5, 8, 9, 7, 9])
    var sum = 0.0
    for x in x { for y in y { sum += x > y ? 1 : x == y ? 0.5 : 0 } }
    #expect(SurvivorshipCheck.superiority(x, y) == sum / 56)
    #expect(SurvivorshipCheck.superiority([1], [1]) == 0.5 && SurvivorshipCheck.superiority([], [1]) == nil)
  }
}
