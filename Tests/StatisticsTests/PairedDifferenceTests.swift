import Outcomes
import Testing

@testable import Statistics

@Suite struct PairedDifferenceTests {
  private func resampled(
    _ coefficient: Coefficient, _ sample: PairedSample, _ settings: BootstrapSettings
  ) throws -> ResampledValue {
    try #require(Bootstrap.resampled([coefficient], sample: sample, settings: settings).first).get()
  }

  @Test func agreesWithSciPyWithinMonteCarloError() throws {
    let fixture = try ComparisonFixture.load().difference
    let settings = BootstrapSettings(resamples: 9999)
    let first = try resampled(.kendallTauB, PairedSample(x: fixture.first, y: fixture.target), settings)
    let second = try resampled(.kendallTauB, PairedSample(x: fixture.second, y: fixture.target), settings)
    let difference = try first.minus(second)
    #expect(abs(difference.value - fixture.value) < 1e-14)
    let interval = try difference.interval().get()
    #expect(abs(interval.lower - fixture.lower) < 0.01 && abs(interval.upper - fixture.upper) < 0.01)
    #expect(abs(interval.standardError - fixture.error) < 0.002)
  }

  /// The difference of two metrics is, resample by resample, what evaluating both on the drawn rows gives.
  @Test(arguments: [nil, 4])
  func resamplesAreShared(_ clusterSize: Int?) throws {
    let one = try tiedSample(48, seed: 5, clusterSize: clusterSize)
    let other = try PairedSample(x: one.x.map { -($0 * $0) }, y: one.y, clusters: one.clusters)
    let settings = BootstrapSettings(resamples: 40, seed: 6)
    let difference = try resampled(.spearman, one, settings).minus(resampled(.spearman, other, settings))
    for resample in 0..<40 {
      var generator = SeededGenerator(seed: 6, stream: UInt64(resample))
      var drawn = [Int](repeating: 0, count: one.unitCount)
      for _ in drawn.indices { drawn[generator.next(below: one.unitCount)] += 1 }
      let rows = (0..<one.count).flatMap { Array(repeating: $0, count: drawn[one.clusters?[$0] ?? $0]) }
      let expected =
        try Coefficient.spearman.value(one.selecting(rows)) - Coefficient.spearman.value(other.selecting(rows))
      #expect(try abs(#require(difference.replicates[resample]) - expected) < 1e-12)
    }
    let rest = (0..<one.count).filter { (one.clusters?[$0] ?? $0) != 2 }
    let expected =
      try Coefficient.spearman.value(one.selecting(rest)) - Coefficient.spearman.value(other.selecting(rest))
    #expect(try abs(#require(difference.jackknife[2]) - expected) < 1e-12)
  }

  /// A metric and a monotone copy of it differ by nothing in every resample.
  @Test func copiesDoNotDiffer() throws {
    let sample = try tiedSample(60, seed: 9)
    let copy = try PairedSample(x: sample.x.map { 3 * $0 + 1 }, y: sample.y)
    let settings = BootstrapSettings(resamples: 199)
    let difference = try resampled(.kendallTauB, sample, settings).minus(resampled(.kendallTauB, copy, settings))
    #expect(difference.value == 0)
    #expect(try difference.pValue() == PValue(1))
    #expect(throws: Reason("every resample gives the same value")) { try difference.interval().get() }
  }

  /// 2 (1 + the smaller count)/(B + 1); zeros count for both sides.
  @Test func pValuesAreTheirFormula() throws {
    func pValue(_ replicates: [Double?]) throws -> PValue {
      try ResampledValue(
        value: 1, replicates: replicates, jackknife: [],
        settings: BootstrapSettings(method: .percentile, resamples: replicates.count)
      ).pValue()
    }
    #expect(try pValue(Array(repeating: 1, count: 99)) == PValue(0.02, isFloor: true))
    #expect(try pValue(Array(repeating: 1, count: 96) + [-1, 0, -2]) == PValue(0.08))
    #expect(try pValue(Array(repeating: 0, count: 99)) == PValue(1))
    let some = [Double?](repeating: 1, count: 199) + [nil]
    #expect(try pValue(some).value == 0.01)
    #expect(throws: Reason("undefined in 3 of 100 resamples")) {
      try pValue([Double?](repeating: 1, count: 97) + [nil, nil, nil])
    }
  }

  /// When 0 is the end of the percentile interval of level 1 − p, p is the p-value, but for the one that is added.
  @Test func pValuesTurnPercentileIntervalsRound() throws {
    let replicates = (0..<9999).map { Double($0) - 150 }
    let value = ResampledValue(
      value: 4849, replicates: replicates, jackknife: [], settings: BootstrapSettings(method: .percentile))
    let p = try value.pValue().value
    let interval = try value.interval(level: 1 - p).get()
    #expect(abs(interval.lower) <= 2)
  }

  @Test func orientationsAreWhatTheySay() throws {
    let settings = BootstrapSettings(method: .percentile, resamples: 3)
    let value = ResampledValue(value: -0.4, replicates: [-0.5, nil, 0.1], jackknife: [-0.3], settings: settings)
    #expect(Orientation.declared.applied(to: value, isPromisedPositive: true) == value)
    let flipped = Orientation.declared.applied(to: value, isPromisedPositive: false)
    #expect(flipped.value == 0.4 && flipped.replicates == [0.5, nil, -0.1] && flipped.jackknife == [0.3])
    let magnitude = Orientation.magnitude.applied(to: value, isPromisedPositive: true)
    #expect(magnitude.value == 0.4 && magnitude.replicates == [0.5, nil, 0.1])
    #expect(Orientation.magnitude.sign(of: -0.4, isPromisedPositive: true) == -1)
    #expect(Orientation.declared.sign(of: -0.4, isPromisedPositive: true) == 1)
    #expect(Orientation.declared.sign(of: -0.4, isPromisedPositive: false) == -1)
  }

  @Test func valuesOfOtherResamplesAreNotSubtracted() throws {
    let sample = try tiedSample(30, seed: 2)
    let one = try resampled(.kendallTauB, sample, BootstrapSettings(resamples: 50, seed: 1))
    let other = try resampled(.kendallTauB, sample, BootstrapSettings(resamples: 50, seed: 2))
    let smaller = try resampled(.kendallTauB, tiedSample(29, seed: 2), BootstrapSettings(resamples: 50, seed: 1))
    for wrong in [other, smaller] {
      #expect(throws: Reason("the two values come from different resamples")) { try one.minus(wrong) }
    }
  }

  @Test func onlyCompleteRowsAreCompared() throws {
    let columns = try ComparedColumns(
      metrics: [[1, 2, nil, 4, 5], [5, nil, 3, 2, 1]], target: [1, 2, 3, nil, 5], clusters: [7, 7, 8, 8, 9])
    #expect(columns.rows == [0, 4])
    let sample = try columns.sample(1)
    #expect(sample.x == [5, 1] && sample.y == [1, 5] && sample.clusters == [0, 1])
    #expect(try columns.coefficient(.spearman, of: 0, and: 1) == -1)
    #expect(throws: Reason.self) { try columns.sample(2) }
    #expect(throws: Reason.self) { try columns.coefficient(.pearson, of: -1, and: 0) }
    #expect(throws: Reason.self) { try ComparedColumns(metrics: [[1]], target: [1, 2], clusters: nil) }
  }
}
