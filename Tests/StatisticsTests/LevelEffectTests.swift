import Outcomes
import Testing

@testable import Statistics

@Suite struct LevelEffectTests {
  @Test func valuesAreThoseOfLeastSquares() throws {
    let sample = try EffectFixture.load().differences
    let made = try LevelEffects.estimates(
      [sample.levels], target: sample.target, strata: Strata(sample.strata), settings: nil)[0]
    #expect(made.count == sample.values.count)
    for (effect, expected) in zip(made, sample.values) {
      #expect(try abs(effect.mean.get().value - expected[0]) < 1e-10)
      #expect(try abs(effect.difference.get().value - expected[1]) < 1e-10)
      #expect(try effect.mean.get().interval == nil)
    }
    #expect(made.reduce(0) { $0 + $1.count } == sample.target.count)
  }

  private struct Sample {
    var levels: [Int] = []
    var strata: [Int] = []
    var target: [Double] = []
    var clusters: [Int] = []
  }

  private func sample(_ count: Int, clusterSize: Int) -> Sample {
    var generator = SeededGenerator(seed: 12)
    var sample = Sample()
    for row in 0..<count {
      sample.levels.append(generator.next(below: 4) - 1)
      sample.strata.append(generator.next(below: 3))
      sample.clusters.append(row / clusterSize)
      sample.target.append(Double(generator.next(below: 100)) + 20 * Double(sample.strata[row]))
    }
    return sample
  }

  /// Against a second implementation that writes every resample out row by row and takes means by definition.
  @Test(arguments: [1, 3]) func intervalsAreTheirDocumentation(_ clusterSize: Int) throws {
    let sample = sample(60, clusterSize: clusterSize)
    let settings = BootstrapSettings(resamples: 300, seed: 5, level: 0.9)
    let made = try LevelEffects.estimates(
      [sample.levels], target: sample.target, strata: Strata(sample.strata),
      clusters: clusterSize == 1 ? nil : sample.clusters, settings: settings)[0]
    let unitCount = 60 / clusterSize
    func rows(_ units: [Int]) -> [Int] { units.flatMap { unit in (0..<60).filter { $0 / clusterSize == unit } } }
    func difference(_ rows: [Int], _ level: Int) -> Double? {
      var (sum, weights) = (0.0, 0.0)
      for stratum in 0..<3 {
        let inside = rows.filter { sample.strata[$0] == stratum && sample.levels[$0] >= 0 }
        let (at, off) = (inside.filter { sample.levels[$0] == level }, inside.filter { sample.levels[$0] != level })
        guard !at.isEmpty, !off.isEmpty else { continue }
        let weight = Double(at.count * off.count) / Double(inside.count)
        let means = [at, off].map { part in part.reduce(0) { $0 + sample.target[$1] } / Double(part.count) }
        sum += weight * (means[0] - means[1])
        weights += weight
      }
      return weights > 0 ? sum / weights : nil
    }
    let resamples = (0..<settings.resamples).map { resample in
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      return rows((0..<unitCount).map { _ in generator.next(below: unitCount) })
    }
    for level in 0..<3 {
      let estimate = try #require(difference(Array(0..<60), level))
      #expect(try abs(made[level].difference.get().value - estimate) < 1e-10)
      let left = (0..<unitCount).map { unit in difference(rows((0..<unitCount).filter { $0 != unit }), level) }
      let expected = try Bootstrap.interval(
        estimate, resamples.compactMap { difference($0, level) }, jackknife: left, settings
      ).get()
      let interval = try #require(try made[level].difference.get().interval).get()
      #expect(abs(interval.lower - expected.lower) < 1e-9 && abs(interval.upper - expected.upper) < 1e-9)
      #expect(
        made[level].unitCount == Set((0..<60).filter { sample.levels[$0] == level }.map { $0 / clusterSize }).count)
    }
  }

  /// Repeats of the same rows as one cluster each change nothing but the counts; without clusters intervals shrink.
  @Test func repeatsInClustersAreNotEvidence() throws {
    let sample = sample(40, clusterSize: 1)
    let settings = BootstrapSettings(resamples: 400)
    let once = try LevelEffects.estimates(
      [sample.levels], target: sample.target, strata: Strata(sample.strata), settings: settings)[0]
    func three<Value>(_ values: [Value]) -> [Value] { values.flatMap { [$0, $0, $0] } }
    let (levels, target, strata) = (three(sample.levels), three(sample.target), Strata(three(sample.strata)))
    let clustered = try LevelEffects.estimates(
      [levels], target: target, strata: strata, clusters: three(Array(0..<40)), settings: settings)[0]
    let naive = try LevelEffects.estimates([levels], target: target, strata: strata, settings: settings)[0]
    for level in once.indices {
      let (first, other) = (try once[level].mean.get(), try clustered[level].mean.get())
      let (one, two) = (try #require(first.interval).get(), try #require(other.interval).get())
      #expect(abs(one.lower - two.lower) < 1e-9 && abs(one.upper - two.upper) < 1e-9)
      let narrow = try #require(try naive[level].mean.get().interval).get()
      #expect(narrow.upper - narrow.lower < 0.8 * (one.upper - one.lower))
      #expect(clustered[level].count == 3 * once[level].count && clustered[level].unitCount == once[level].unitCount)
    }
  }

  @Test func levelsWithoutRowsOrRivalsHaveNoValue() throws {
    let made = try LevelEffects.estimates(
      [[0, 0, 2, 2], [0, 1, 0, 1]], target: [1, 3, 5, 8], strata: Strata([0, 0, 1, 1]), settings: nil)
    #expect(made[0][1].count == 0 && made[0][1].mean == .failure(Reason("no row has the level")))
    #expect(made[0][0].difference == .failure(Reason("no stratum holds the level and another")))
    #expect(try made[1][1].difference.get().value == 2.5)
  }

  /// Huge and tiny targets keep their digits and never overflow.
  @Test(arguments: [1e300, 1e-300, 1.0]) func scaleDoesNotMatter(_ scale: Double) throws {
    let sample = sample(60, clusterSize: 1)
    let settings = BootstrapSettings(resamples: 200)
    func made(_ factor: Double) throws -> [LevelEffect] {
      try LevelEffects.estimates(
        [sample.levels], target: sample.target.map { $0 * factor }, strata: Strata(sample.strata), settings: settings)[
          0]
    }
    for (plain, scaled) in zip(try made(1), try made(scale)) {
      let (one, other) = (try plain.difference.get(), try scaled.difference.get())
      #expect(abs(one.value - other.value / scale) < 1e-9 * abs(one.value))
      let (first, second) = (try #require(one.interval).get(), try #require(other.interval).get())
      #expect(abs(first.lower - second.lower / scale) < 1e-9 * abs(first.lower))
    }
  }

  @Test func badInputIsUndefined() {
    func reason(_ levels: [Int], _ target: [Double]) -> Reason? {
      do throws(Reason) {
        _ = try LevelEffects.estimates([levels], target: target, strata: Strata([0, 0]), settings: nil)
        return nil
      } catch { return error }
    }
    #expect(reason([0], [1, 2]) == Reason("the columns differ in length"))
    #expect(reason([0, 1 << 40], [1, 2]) == Reason("a feature has too many levels"))
    #expect(reason([0, 1], [1, .infinity]) == Reason("a value is not finite"))
    #expect(reason([0, 1], [-1e308, 1e308]) == Reason("the range of the values is too large"))
  }
}
