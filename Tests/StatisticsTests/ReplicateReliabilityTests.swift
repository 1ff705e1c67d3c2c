import Outcomes
import Testing

@testable import Statistics

@Suite struct ReplicateReliabilityTests {
  @Test func agreesWithTheReference() throws {
    for fixture in try ComparisonFixture.load().replicates {
      let made = try ReplicateReliability(fixture.groups)
      #expect(abs(made.effectiveSize - fixture.size) < 1e-12)
      #expect(abs(made.intraclassCorrelation - fixture.icc) < 1e-12)
      #expect(abs(made.reliability - fixture.reliability) < 1e-12)
      #expect(abs(made.errorDeviation - fixture.error) < 1e-12)
      let interval = try made.interval.get()
      #expect(abs(interval.lower - fixture.lower) < 1e-9 && abs(interval.upper - fixture.upper) < 1e-9)
    }
  }

  /// Groups of one size are form 1,1 of Shrout & Fleiss (1979), with its interval.
  @Test func equalGroupsAreTheOneWayForm() throws {
    let ratings: [[Double]] = [
      [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
    ]
    let made = try ReplicateReliability(ratings)
    let form = try IntraclassCorrelation(ratings, form: .oneWay)
    #expect(abs(made.effectiveSize - 4) < 1e-14 && abs(made.intraclassCorrelation - form.value) < 1e-14)
    let (one, other) = (try made.interval.get(), try form.interval.get())
    #expect(abs(one.lower - other.lower) < 1e-10 && abs(one.upper - other.upper) < 1e-10)
    #expect(made.groupCount == 6 && made.replicatedCount == 6 && made.count == 24)
  }

  @Test(arguments: [(1e-300, 0.0), (1e200, 0.0), (-3.0, 1e6)])
  func scaleAndOffsetDoNotMatter(_ scale: Double, _ offset: Double) throws {
    let groups: [[Double]] = [[1, 2, 1.5], [4, 5], [9], [7, 6.5]]
    let plain = try ReplicateReliability(groups)
    let moved = try ReplicateReliability(groups.map { $0.map { $0 * scale + offset } })
    #expect(abs(moved.reliability - plain.reliability) < 1e-9)
    #expect(abs(moved.errorDeviation / abs(scale) - plain.errorDeviation) < 1e-9)
  }

  @Test func ceilings() throws {
    // Within 0.5 (1 degree of freedom each), all values 0, 1, 10, 11: s² = 101/3, reliability 1 − 1.5/101.
    let made = try ReplicateReliability([[0, 1], [10, 11]])
    #expect(abs(made.reliability - (1 - 1.5 / 101)) < 1e-14)
    #expect(try abs(made.noiseCeiling() - (1 - 1.5 / 101).squareRoot()) < 1e-14)
    #expect(abs(Greiner.kendall(0.5) - 1.0 / 3) < 1e-15 && Greiner.kendall(-1) == -1)
    let noise = try ReplicateReliability([[0, 10], [1, 9], [2, 8]])
    #expect(noise.reliability < 0)
    #expect(throws: Reason("the reliability is not positive")) { try noise.noiseCeiling() }
  }

  /// The intraclass correlation lies inside its interval at any level, whatever the sizes of the groups.
  @Test func valuesLieInsideTheirIntervals() throws {
    var generator = SeededGenerator(seed: 3)
    for level in [0.05, 0.5, 0.95] {
      for round in 0..<40 {
        let groups = (0..<(3 + round)).map { (group: Int) -> [Double] in
          (0..<(1 + generator.next(below: 2 + group % 9))).map { _ in
            Double((group % 4 == 0 ? 20 : 1) * generator.next(below: 100))
          }
        }
        let made = try ReplicateReliability(groups + [[0, 1]], level: level)
        let interval = try made.interval.get()
        #expect(interval.lower <= made.intraclassCorrelation + 1e-12)
        #expect(made.intraclassCorrelation <= interval.upper + 1e-12)
      }
    }
  }

  @Test func exactReplicatesAreFullyReliable() throws {
    let made = try ReplicateReliability([[0.1, 0.1, 0.1], [0.7, 0.7], [0.3]])
    #expect(made.reliability == 1 && made.intraclassCorrelation == 1 && made.errorDeviation == 0)
    #expect(throws: Reason("the values of no group differ")) { try made.interval.get() }
  }

  @Test func whatHasNoValueSaysWhy() {
    let cases: [([[Double]], String)] = [
      ([], "fewer than two groups"), ([[1, 2], []], "fewer than two groups"),
      ([[1], [2], [3]], "no group has two values"),
      ([[1, .nan], [2]], "a value is not finite"), ([[5, 5], [5]], "every value is the same"),
    ]
    for (groups, reason) in cases { #expect(throws: Reason(reason)) { try ReplicateReliability(groups) } }
  }
}
