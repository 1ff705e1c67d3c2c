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
    #expect(try made.kendallNoiseCeiling() < made.noiseCeiling())
    // φ's interval is F over and times quantiles; reliability and intraclass correlation are two readings of it.
    let (ends, icc) = (try made.reliabilityInterval.get(), try made.interval.get())
    for (reliability, correlation) in [(ends.lower, icc.lower), (ends.upper, icc.upper)] {
      let ratio = (1 + correlation) / (1 - correlation)
      #expect(abs(reliability - (1 - 3 / (ratio + 2))) < 1e-12)
    }
    #expect(try abs(made.noiseCeilingInterval.get().upper - ends.upper.squareRoot()) < 1e-15)
    #expect(try made.noiseCeilingInterval.get().lower == max(0, ends.lower).squareRoot())
    #expect(abs(Greiner.kendall(0.5) - 1.0 / 3) < 1e-15 && Greiner.kendall(-1) == -1)
    let noise = try ReplicateReliability([[0, 10], [1, 9], [2, 8]])
    #expect(noise.reliability < 0)
    #expect(throws: Reason("the reliability is not positive")) { try noise.noiseCeiling() }
  }

  /// The share of the sums of squares inside strata that is not error, by hand.
  @Test func strataArePooled() throws {
    let strata: [[[Double]]] = [[[0, 1], [10, 11]], [[103, 105, 104], [101], [110, 111]]]
    let parts = try strata.map { try ReplicateReliability($0) }
    let made = try PooledReliability(parts)
    // Sums of squares 101 and 79 1/3; of groups of one size 1 less 1/2 over 101/3 is reliable.
    let totals = (101.0, 238.0 / 3)
    let expected = totals.0 * (1 - 1.5 / 101) + totals.1 * parts[1].reliability
    #expect(abs(made.value - expected / (totals.0 + totals.1)) < 1e-13)
    #expect(made.count == 10 && made.strataCount == 2)
    #expect(try abs(made.noiseCeiling() * made.noiseCeiling() - made.value) < 1e-13)
    // One stratum has its own interval; more have a narrower one than their sum.
    let own = try PooledReliability([parts[0]]).interval.get()
    #expect(try abs(own.lower - parts[0].reliabilityInterval.get().lower) < 1e-12)
    let ends = try made.interval.get()
    #expect(ends.lower < made.value && made.value < ends.upper && ends.upper <= 1)
    // A stratum that is all noise takes its share, and not more.
    let noisy = try ReplicateReliability([[0, 100], [100, 0], [0, 100]])
    let mixed = try PooledReliability(parts + [noisy])
    #expect(mixed.value < noisy.reliability / 2 + 0.5 && noisy.reliability < 0)
    #expect(throws: Reason("the reliability is not positive")) { try PooledReliability([noisy]).noiseCeiling() }
    #expect(throws: Reason("no stratum has replicates")) { try PooledReliability([]) }
  }

  /// Every value lies inside its interval, whatever the sizes of the groups, also where noisy groups have most of the values.
  @Test func valuesLieInsideTheirIntervals() throws {
    var generator = SeededGenerator(seed: 3)
    for level in [0.05, 0.5, 0.95] {
      for round in 0..<40 {
        let strata = try (0..<3).map { stratum in
          let groups = (0..<(3 + round)).map { (group: Int) -> [Double] in
            let size = 1 + Int(generator.next(below: 2 + group % 9))
            let scale = Double((1 + stratum) * (group % 4 == 0 ? 20 : 1))
            return (0..<size).map { _ in scale * Double(generator.next(below: 100)) }
          }
          return try ReplicateReliability(groups + [[0, 1]], level: level)
        }
        for made in strata {
          #expect(try made.reliabilityInterval.get().contains(made.reliability))
          #expect(try made.interval.get().contains(made.intraclassCorrelation))
          guard let ceiling = try? made.noiseCeiling() else { continue }
          #expect(try made.noiseCeilingInterval.get().contains(ceiling))
        }
        let pooled = try PooledReliability(strata)
        #expect(try pooled.interval.get().contains(pooled.value))
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

extension Interval {
  /// True when it has a number within it; an end that is the number may differ from it by rounding.
  fileprivate func contains(_ number: Double) -> Bool { lower <= number + 1e-12 && number <= upper + 1e-12 }
}
