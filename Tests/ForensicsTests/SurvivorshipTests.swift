import Documents
import Outcomes
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
    #expect(finding["superiority"]?.double == 1)
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

  /// The chance has the value of its definition inside a bootstrap interval over keys.
  @Test func superiorityHasAnInterval() {
    let keys = (0..<40).map { "k\($0)" }
    let losses = (0..<40).map { (index: Int) -> Double in Double((index * 17) % 40 + (index % 3 == 0 ? 6 : 0)) }
    let logs = table(column("log", texts: keys), column("loss", losses, role: .target))
    let others = table(column("log", texts: keys.enumerated().filter { $0.offset % 3 != 0 }.map(\.element)))
    let check = SurvivorshipCheck {
      $0.keys = ["log"]; $0.target = "loss"
    }
    guard case .estimated(let share)? = check.finding(ForensicTables(logs, against: others))["superiority"] else {
      Issue.record("there is no interval")
      return
    }
    let missing = losses.indices.filter { $0 % 3 == 0 }.map { losses[$0] }
    let present = losses.indices.filter { $0 % 3 != 0 }.map { losses[$0] }
    #expect(abs(share.value - (SurvivorshipCheck.superiority(missing, present) ?? 0)) < 1e-12 && share.n == 40)
    let (lower, upper) = (share.lower ?? 1, share.upper ?? 0)
    #expect(0 < lower && lower < share.value && share.value < upper && upper < 1)
  }

  /// Repeats of a key that are drawn with it say nothing new: value and interval stay. Drawn apart, they make it look surer.
  @Test func superiorityDrawsWholeClusters() throws {
    let losses = (0..<30).map { (index: Int) -> Double in Double((index * 17) % 30 + (index % 3 == 0 ? 6 : 0)) }
    func share(repeats: Int, isClustered: Bool) throws -> EstimatedShare {
      let rows = losses.indices.flatMap { index in (0..<repeats).map { (index, "k\(index)-\($0)") } }
      let (keys, targets) = (
        column("log", texts: rows.map(\.1)), column("loss", rows.map { losses[$0.0] }, role: .target)
      )
      let logs =
        isClustered
        ? table(keys, targets, column("cluster", integers: rows.map(\.0))) : table(keys, targets)
      let others = table(column("log", texts: rows.filter { $0.0 % 3 != 0 }.map(\.1)))
      let check = SurvivorshipCheck {
        $0.keys = ["log"]; $0.target = "loss"
      }
      guard case .estimated(let share)? = check.finding(ForensicTables(logs, against: others))["superiority"] else {
        throw Reason("there is no interval")
      }
      return share
    }
    let (single, whole) = (try share(repeats: 1, isClustered: false), try share(repeats: 4, isClustered: true))
    #expect(abs(single.value - whole.value) < 1e-12 && whole.n == 120)
    let (lower, upper) = (try #require(single.lower), try #require(single.upper))
    let (wholeLower, wholeUpper) = (try #require(whole.lower), try #require(whole.upper))
    #expect(abs(wholeLower - lower) < 1e-9 && abs(wholeUpper - upper) < 1e-9)
    #expect(single.method.hasSuffix("of keys") && whole.method.hasSuffix("of clusters of keys"))
    let apart = try share(repeats: 4, isClustered: false)
    let (apartLower, apartUpper) = (try #require(apart.lower), try #require(apart.upper))
    #expect(apartUpper - apartLower < 0.7 * (upper - lower))
  }

  @Test func superiorityIsItsDefinition() {
    let (x, y): ([Double], [Double]) = ([3, 1, 4, 1, 5, 9, 2, 6], [5, 3, 5, 8, 9, 7, 9])
    var sum = 0.0
    for x in x { for y in y { sum += x > y ? 1 : x == y ? 0.5 : 0 } }
    #expect(SurvivorshipCheck.superiority(x, y) == sum / 56)
    #expect(SurvivorshipCheck.superiority([1], [1]) == 0.5 && SurvivorshipCheck.superiority([], [1]) == nil)
  }
}
