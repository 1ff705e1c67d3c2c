import Outcomes
import Testing

@testable import Statistics

@Suite struct WithinStratumTests {
  private static let coefficients: [Coefficient] = [.kendallTauB, .spearman, .pearson]

  private func sample(_ pairs: PairedSample, _ strata: [Int]) throws -> StratifiedSample {
    try StratifiedSample(pairs, strata: strata)
  }

  @Test func agreesWithTheDefinitions() throws {
    for fixture in try ComparisonFixture.load().stratified {
      let sample = try sample(PairedSample(x: fixture.x, y: fixture.y), fixture.strata)
      let made = WithinStratum.associations(Self.coefficients, sample: sample, settings: nil)
      let expected = [fixture.values.kendall, fixture.values.spearman, fixture.values.pearson]
      for (association, value) in zip(made, expected) { #expect(try abs(association.pooled.get() - value) < 1e-12) }
      #expect(made[0].strata.count == fixture.values.strata.count && made[0].pooledResamples == nil)
      for (own, value) in zip(made[0].strata, fixture.values.strata) {
        if let value {
          #expect(try abs(own.get() - value) < 1e-12)
        } else {
          #expect(throws: Reason.self) { try own.get() }
        }
      }
    }
  }

  /// One stratum is the sample itself: value, resamples and jackknife.
  @Test(arguments: [nil, 3])
  func oneStratumIsThePlainCoefficient(_ clusterSize: Int?) throws {
    let pairs = try tiedSample(57, seed: 21, clusterSize: clusterSize)
    let settings = BootstrapSettings(resamples: 60, seed: 3)
    let plain = Bootstrap.resampled(Self.coefficients, sample: pairs, settings: settings)
    let made = WithinStratum.associations(
      Self.coefficients, sample: try sample(pairs, Array(repeating: 5, count: 57)), settings: settings)
    for (association, expected) in zip(made, plain) {
      let (value, other) = (try #require(association.pooledResamples).get(), try expected.get())
      #expect(abs(value.value - other.value) < 1e-13)
      for (one, two) in zip(value.replicates + value.jackknife, other.replicates + other.jackknife) {
        #expect(try abs(#require(one) - #require(two)) < 1e-13)
      }
      #expect(try #require(association.strataResamples)[0].get() == value)
    }
  }

  /// Moving whole strata changes nothing that is seen inside of them.
  @Test func differencesBetweenStrataDoNotMatter() throws {
    let pairs = try tiedSample(80, seed: 31)
    let strata = (0..<80).map { $0 % 3 }
    let moved = try PairedSample(
      x: strata.indices.map { pairs.x[$0] + [0, 1e6, -4e5][strata[$0]] },
      y: strata.indices.map { pairs.y[$0] + [7, -1e6, 2e5][strata[$0]] })
    let here = WithinStratum.associations(Self.coefficients, sample: try sample(pairs, strata), settings: nil)
    let there = WithinStratum.associations(Self.coefficients, sample: try sample(moved, strata), settings: nil)
    for (one, other) in zip(here, there) { #expect(try abs(one.pooled.get() - other.pooled.get()) < 1e-9) }
    #expect(try abs(Coefficient.pearson.value(moved)) > 0.9)
  }

  /// Each stratum is drawn from by itself, clusters whole; the jackknife leaves one of its units out.
  @Test func resamplesStayInsideStrata() throws {
    let pairs = try tiedSample(60, seed: 8, clusterSize: 2)
    // A cluster that lies in two strata is a unit in each.
    let strata = (0..<60).map { $0 < 25 ? 0 : 1 }
    let sample = try sample(pairs, strata)
    #expect(sample.unitCounts == [13, 18])
    let settings = BootstrapSettings(resamples: 30, seed: 2)
    let made = WithinStratum.associations([.kendallTauB], sample: sample, settings: settings)[0]
    let resamples = try #require(made.pooledResamples).get()
    for resample in 0..<30 {
      var generator = SeededGenerator(seed: 2, stream: UInt64(resample))
      var (rows, groups): ([Int], [Int]) = ([], [])
      for (stratum, members) in sample.strata.enumerated() {
        var drawn = [Int](repeating: 0, count: sample.unitCounts[stratum])
        for _ in drawn.indices { drawn[generator.next(below: drawn.count)] += 1 }
        for (row, unit) in zip(members, sample.units[stratum]) {
          rows += Array(repeating: row, count: drawn[Int(unit)])
          groups += Array(repeating: stratum, count: drawn[Int(unit)])
        }
      }
      let expected = try WithinStratum.associations(
        [.kendallTauB], sample: StratifiedSample(pairs.selecting(rows), strata: groups), settings: nil)[0].pooled.get()
      #expect(try abs(#require(resamples.replicates[resample]) - expected) < 1e-13)
    }
    #expect(resamples.jackknife.count == 31)
    let rest = (0..<60).filter { $0 >= 2 }
    let expected = try WithinStratum.associations(
      [.kendallTauB], sample: StratifiedSample(pairs.selecting(rest), strata: rest.map { strata[$0] }), settings: nil)[
        0
      ]
      .pooled.get()
    #expect(try abs(#require(resamples.jackknife[0]) - expected) < 1e-13)
  }

  @Test func strataThatSayNothing() throws {
    let pairs = try PairedSample(x: [1, 2, 3, 4, 4, 9], y: [1, 3, 2, 5, 6, 0])
    let sample = try sample(pairs, [0, 0, 0, 1, 1, 2])
    let made = WithinStratum.associations(
      [.kendallTauB, .tauAP], sample: sample, settings: BootstrapSettings(resamples: 50))
    // Of three pairs two are concordant and one is discordant; the pair in the second stratum is tied in x alone.
    #expect(try abs(made[0].pooled.get() - 1 / (3.0 * 4).squareRoot()) < 1e-15)
    #expect(throws: Reason("the metric does not vary in the stratum")) { try made[0].strata[1].get() }
    #expect(throws: Reason("fewer than two rows")) { try made[0].strata[2].get() }
    #expect(throws: Reason("τ_AP has no form that is pooled over strata")) { try made[1].pooled.get() }
    let apart = try StratifiedSample(pairs, strata: [0, 1, 2, 3, 4, 5])
    let none = WithinStratum.associations([.pearson], sample: apart, settings: BootstrapSettings(resamples: -1))[0]
    #expect(throws: Reason("in no stratum do both columns vary")) { try none.pooled.get() }
    #expect(throws: Reason.self) { try none.pooledResamples?.get() }
    #expect(throws: Reason.self) { try StratifiedSample(pairs, strata: [0]) }
  }

  /// What would take too much room is not kept; the pooled values stay.
  @Test func tooManyStrataHaveNoIntervalsOfTheirOwn() throws {
    let sample = try StratifiedSample(tiedSample(24, seed: 1), strata: (0..<24).map { $0 / 4 })
    func associations(_ greatestCount: Int) -> WithinStratum.Association {
      WithinStratum.associations(
        [.kendallTauB], sample: sample, settings: BootstrapSettings(method: .percentile, resamples: 20),
        greatestCount: greatestCount)[0]
    }
    let (few, enough) = (associations(119), associations(120))
    #expect(try few.pooledResamples?.get() == enough.pooledResamples?.get())
    #expect(try #require(enough.strataResamples)[0].get().replicates.count == 20)
    #expect(throws: Reason("too many strata for intervals of each")) { try few.strataResamples?[0].get() }
  }
}
