import Outcomes
import Testing

@testable import Statistics

/// γ and Somers' d over pairs of about equal size.
@Suite struct EqualSizeTests {
  private func association(
    _ x: [Double], _ y: [Double], _ sizes: [Double], within: Double = 0.1, groups: [Int]? = nil,
    clusters: [Int]? = nil, settings: BootstrapSettings? = nil
  ) throws -> EqualSizeAssociation {
    try EqualSizePairs(sizes: [sizes], within: within, groups: groups)
      .associations(of: [x], target: y, clusters: clusters, settings: settings)[0]
  }

  /// 100 and 90 are not within 10 %: the bound itself is left out.
  @Test func closedForm() throws {
    let found = try association([1, 2, 2, 9], [1, 2, 3, 0], [100, 95, 90, 50])
    #expect(found.pairs == 2 && found.tiedMetric == 1 && found.tiedTarget == 0)
    #expect(try found.gamma.get() == 1 && found.somersD.get() == 0.5 && found.resamples == nil)
    let other = try association([3, 2, 1, 0], [1, 2, 2, 3], [1, 1, 1, 1], groups: [0, 0, 0, 1])
    #expect(other.pairs == 3 && other.tiedTarget == 1)
    #expect(try other.gamma.get() == -1 && other.somersD.get() == -1)
  }

  @Test func agreesWithTheDefinitions() throws {
    for fixture in try ComparisonFixture.load().equalSize {
      let pairs = try EqualSizePairs(sizes: fixture.sizes, within: fixture.within, groups: fixture.groups)
      let found = try pairs.associations(of: [fixture.x], target: fixture.y, settings: nil)[0]
      #expect(found.pairs == fixture.pairs && found.tiedMetric == fixture.tied && fixture.pairs > 5)
      #expect(try abs(found.gamma.get() - fixture.gamma) < 1e-14)
      #expect(try abs(found.somersD.get() - fixture.somersD) < 1e-14)
    }
  }

  /// One size is all pairs: value, resamples and jackknife are those of Somers' d.
  @Test(arguments: [nil, 3])
  func oneSizeIsPlainSomersD(_ clusterSize: Int?) throws {
    let sample = try tiedSample(57, seed: 21, clusterSize: clusterSize)
    let settings = BootstrapSettings(resamples: 60, seed: 3)
    let found = try association(
      sample.x, sample.y, [Double](repeating: 7, count: 57), clusters: sample.clusters, settings: settings)
    let plain = try Bootstrap.resampled([.somersD], sample: sample, settings: settings)[0].get()
    #expect(found.pairs == 57 * 56 / 2)
    let own = try #require(found.resamples).somersD.get()
    #expect(own == plain && own.jackknife.count == sample.unitCount)
    #expect(try found.somersD.get() == plain.value)
    #expect(try own.interval().get() == plain.interval().get())
  }

  /// Increasing changes of metric and target, and another unit of size, change nothing; a decreasing one turns the sign.
  @Test func onlyOrdersAndRatiosMatter() throws {
    let sample = try tiedSample(60, seed: 4)
    var generator = SeededGenerator(seed: 9)
    let sizes = sample.x.map { _ in Double(100 + generator.next(below: 60)) }
    let settings = BootstrapSettings(resamples: 30, seed: 2)
    let first = try association(sample.x, sample.y, sizes, settings: settings)
    let same = try association(
      sample.x.map { $0 * $0 * $0 }, sample.y.map { 5 * $0 - 3 }, sizes.map { $0 * 1024 }, settings: settings)
    let turned = try association(sample.x.map { -$0 }, sample.y, sizes, settings: settings)
    #expect(first.pairs == same.pairs && first.pairs > 100 && first.pairs < 1770)
    #expect(try #require(first.resamples).gamma.get() == #require(same.resamples).gamma.get())
    #expect(try #require(first.resamples).somersD.get() == #require(same.resamples).somersD.get())
    #expect(try turned.gamma.get() == -first.gamma.get() && turned.somersD.get() == -first.somersD.get())
    // Whoever stands beside a metric does not change it.
    let both = try EqualSizePairs(sizes: [sizes], within: 0.1)
      .associations(of: [sample.y, sample.x], target: sample.y, settings: settings)
    #expect(try #require(both[1].resamples).gamma.get() == #require(first.resamples).gamma.get())
    #expect(try both[0].gamma.get() == 1 && both[0].somersD.get() == 1)
  }

  /// A value of the jackknife is that of the rows which are left, a resample that of rows written as often as they came.
  @Test func weightsAreRepetitions() throws {
    let sample = try tiedSample(40, seed: 8, clusterSize: 2)
    let clusters = try #require(sample.clusters)
    var generator = SeededGenerator(seed: 5)
    let sizes = sample.x.map { _ in Double(100 + generator.next(below: 50)) }
    let settings = BootstrapSettings(resamples: 12, seed: 6)
    let found = try #require(
      try association(sample.x, sample.y, sizes, clusters: clusters, settings: settings).resamples)
    func value(_ rows: [Int]) throws -> (Double?, Double?) {
      let made = try association(rows.map { sample.x[$0] }, rows.map { sample.y[$0] }, rows.map { sizes[$0] })
      return (made.gamma.value, made.somersD.value)
    }
    for unit in 0..<sample.unitCount {
      let (gamma, somersD) = try value(clusters.indices.filter { clusters[$0] != unit })
      #expect(try found.gamma.get().jackknife[unit] == gamma && found.somersD.get().jackknife[unit] == somersD)
    }
    for resample in 0..<12 {
      var drawn = [Int32](repeating: 0, count: sample.unitCount)
      var generator = SeededGenerator(seed: 6, stream: UInt64(resample))
      Bootstrap.draw(&drawn, from: &generator)
      let (gamma, somersD) = try value(
        clusters.indices.flatMap { Array(repeating: $0, count: Int(drawn[clusters[$0]])) })
      #expect(try found.gamma.get().replicates[resample] == gamma)
      #expect(try found.somersD.get().replicates[resample] == somersD)
    }
  }

  @Test func whatIsUndefinedHasItsReason() throws {
    let settings = BootstrapSettings(resamples: 20)
    let none = try association([1, 2, 3], [1, 2, 3], [1, 10, 100], settings: settings)
    #expect(none.pairs == 0 && none.gamma.reason?.text == "no two rows are of equal size")
    #expect(try #require(none.resamples).somersD.reason?.text == "no two rows are of equal size")
    let flat = try association([5, 5, 5], [1, 2, 3], [1, 1, 1])
    #expect(flat.gamma.reason?.text == "every pair of equal size is tied in the metric or the target")
    #expect(try flat.somersD.get() == 0)
    let still = try association([1, 2, 3], [5, 5, 5], [1, 1, 1])
    #expect(still.somersD.reason?.text == "every pair of equal size is tied in the target")
    let few = try association([1, 2], [1, 2], [1, 1], settings: settings)
    #expect(try few.gamma.get() == 1 && #require(few.resamples).gamma.reason?.text == "fewer than three rows")
  }

  @Test func sizesThatAreNoneAreReported() {
    func reason(_ sizes: [[Double]], within: Double = 0.1, groups: [Int]? = nil) -> String? {
      Outcome.of { () throws(Reason) in try EqualSizePairs(sizes: sizes, within: within, groups: groups) }.reason?.text
    }
    #expect(reason([]) == "no size is named")
    #expect(reason([[1, 2], [1]]) == "the columns differ in length")
    #expect(reason([[1, 2]], groups: [0]) == "the columns differ in length")
    for wrong in [0, -1, .nan, .infinity] { #expect(reason([[1, wrong]]) == "a size is not a positive number") }
    for wrong in [0, 1, -0.5, .nan] { #expect(reason([[1, 2]], within: wrong) == "the share is not between 0 and 1") }
    let bounded = Outcome.of { () throws(Reason) in
      try EqualSizePairs(sizes: [[1, 1, 1, 1]], within: 0.1, groups: nil, greatestCount: 5)
    }
    #expect(bounded.reason?.text == "more than 5 pairs are of equal size")
    #expect(reason([[]]) == nil)
  }
}
