import Outcomes
import Statistics
import Tables
import Testing

@testable import Reductions

@Suite struct FeatureEffectTests {
  private func settings(_ groups: [[Int]] = [], byLevel: Set<Int> = [], topSizes: [Double] = [0.1])
    -> FeatureEffects.Settings
  {
    .init(
      groups: groups, byLevel: byLevel, permutation: .init(permutations: 199), interval: .init(resamples: 200),
      topSizes: topSizes)
  }

  /// Width explains the target once depth is known, operation and noise do not, depth explains it alone and cannot vary
  /// within itself.
  @Test func findsWhatIsThere() throws {
    let space = try SampleSpace.sample(200, seed: 11)
    let made = try FeatureEffects(space, settings([[1, 2], [2, 3]]))
    #expect(made.rowCount == 200 && made.unitCount == 200 && made.stratumCount == 2)
    let given = made.features.map(\.explained.givenStrata)
    #expect(given[0] == .failure(Reason("no feature varies within the strata")))
    #expect(try given[1].get().pValue == PValue(1.0 / 200, isFloor: true) && given[1].get().share > 0.5)
    #expect(try given[2].get().pValue.value > 0.05 && given[3].get().pValue.value > 0.05)
    #expect(try given[2].get().rank == 2)
    #expect(try made.features[0].explained.alone.get().share > 0.9)
    #expect(try made.groups[0].explained.givenStrata.get().pValue.value == 1.0 / 200)
    #expect(try made.groups[1].explained.givenStrata.get().pValue.value > 0.05)
    #expect(made.groups.allSatisfy { $0.withinStrata.count == 2 })
    let deep = try #require(try made.features[0].effects[1].mean.get().interval).get()
    #expect(deep.lower > 10 && deep.upper < 12.5)
    let wide = try made.features[1].effects[4].difference.get()
    #expect(wide.value > 1 && wide.value < 2)
    // The best tenth is deep and wide.
    #expect(try made.features[0].top[0][1].get().shareInTop == 1)
    #expect(try made.features[1].top[0][0].get().countInTop == 0)
  }

  /// A step at one level is not a straight line.
  @Test func levelsFitWhatLinesDoNot() throws {
    var space = try SampleSpace.sample(150, seed: 12)
    let levels = FeatureLevels(space.features[1])
    space.target = levels.numbers.enumerated().map { ($1 == 2 ? 3 : 0) + Double($0 % 7) / 10 }
    let line = try FeatureEffects(space, settings()).features[1].explained.givenStrata.get()
    let step = try FeatureEffects(space, settings(byLevel: [1])).features[1].explained.givenStrata.get()
    #expect(line.rank == 1 && line.share < 0.1)
    #expect(step.rank == 4 && step.share > 0.9)
  }

  /// A column that only some architectures have counts as a level of its own where it is missing.
  @Test func missingValuesAreTestedAsALevel() throws {
    var space = try SampleSpace.sample(80, seed: 13)
    space.features.append(
      FeatureColumn(
        name: "gap", title: "Gap",
        values: .numbers((0..<80).map { (row: Int) -> Double? in row % 4 == 0 ? nil : Double(row % 3) })))
    let made = try FeatureEffects(space, settings()).features[4]
    #expect(made.levels.missing == 20 && made.levels.levels.count == 3)
    #expect(try made.explained.alone.get().rank == 2)
    #expect(made.effects.reduce(0) { $0 + $1.count } == 60)
  }

  @Test func clustersAreTestedAsOne() throws {
    let space = try SampleSpace.sample(60, seed: 14)
    let three = Array(0..<180).map { $0 / 3 }
    let repeated = try FeatureSample(
      features: space.features.map { $0.selecting(rows: three) }, target: three.map { space.target[$0] },
      higherIsBetter: true, strata: three.map { space.strata[$0] }, clusters: three)
    let (once, again) = (try FeatureEffects(space, settings()), try FeatureEffects(repeated, settings()))
    #expect(again.unitCount == 60 && again.rowCount == 180)
    for (one, other) in zip(once.features, again.features) {
      #expect(one.top == other.top)
      guard case .success(let first) = one.explained.alone else { continue }
      #expect(try abs(first.share - other.explained.alone.get().share) < 1e-12)
      #expect(try first.pValue == other.explained.alone.get().pValue)
    }
    var torn = repeated
    torn.features[2] = torn.features[2].selecting(rows: Array(1..<180) + [0])
    let made = try FeatureEffects(torn, settings())
    #expect(made.features.map(\.variesWithinUnits) == [false, false, true, false])
    // The others are as they were; what differs within units is tested by its means, and in no top.
    #expect(made.features[0].explained == again.features[0].explained)
    #expect(try made.features[2].explained.alone.get().share != again.features[2].explained.alone.get().share)
    #expect(made.features[2].top[0][0].reason == Reason("rows of one unit differ in the feature"))
    torn.strata = Array(0..<180).map { $0 % 2 }
    let apart = try FeatureEffects(torn, settings()).features[0].explained
    #expect(apart.alone == made.features[0].explained.alone)
    #expect(apart.givenStrata == .failure(Reason("rows of one unit lie in several strata")))
  }

  /// Features that differ within units and tell nothing are found as often as the level says: targets go from unit to unit whole.
  @Test func whatDiffersWithinUnitsIsTestedAtItsLevel() throws {
    var generator = SeededGenerator(seed: 5)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    var found = 0
    for _ in 0..<400 {
      let clusters = (0..<40).flatMap { unit in Array(repeating: unit, count: 1 + unit % 3) }
      let cells = (0..<40).map { _ in (target: uniform(), feature: uniform()) }
      let sample = try FeatureSample(
        features: [
          FeatureColumn(
            name: "x", title: "X",
            values: .numbers(clusters.map { cells[$0].feature + 0.3 * uniform() }))
        ], target: clusters.map { cells[$0].target + 0.1 * uniform() }, higherIsBetter: true, clusters: clusters)
      let made = try FeatureEffects(
        sample, FeatureEffects.Settings(permutation: .init(permutations: 199, seed: 3), interval: nil))
      if try made.features[0].explained.alone.get().pValue.value <= 0.05 { found += 1 }
    }
    // Within four standard deviations of 5 % of 400.
    #expect((4...37).contains(found))
  }

  @Test func manyValuesComeInQuarters() {
    let feature = FeatureColumn(name: "x", title: "X", values: .numbers((0..<40).map { Double($0) / 2 } + [nil]))
    let levels = FeatureLevels(feature)
    #expect(levels.levels.map(\.label) == ["0 – 4.5", "5 – 9.5", "10 – 14.5", "15 – 19.5"])
    #expect(levels.levels.map(\.quarter) == [1, 2, 3, 4])
    #expect(levels.numbers.prefix(40).allSatisfy { $0 >= 0 } && levels.numbers[40] == -1 && levels.missing == 1)
    // Three quarters of the values are one.
    let uneven = FeatureLevels(
      FeatureColumn(name: "x", title: "X", values: .numbers((0..<80).map { $0 < 60 ? 1 : Double($0) })))
    #expect(uneven.levels.map(\.label) == ["1", "60 – 79"])
  }

  @Test func columnsBecomeFeatures() {
    func column(_ type: ColumnType, _ storage: Column.Storage) -> FeatureColumn.Values {
      FeatureColumn(
        Column(schema: ColumnSchema(name: "x", type: type), storage: storage, undefined: [1: "no such layer"])
      ).values
    }
    #expect(column(.integer, .integer([3, 0])) == .numbers([3, nil]))
    #expect(column(.text, .text(["a", ""])) == .texts(["a", nil]))
    #expect(column(.boolean, .boolean([true, false])) == .truths([true, nil]))
  }

  @Test func badInputIsUndefined() throws {
    let space = try SampleSpace.sample(10, seed: 1)
    #expect(throws: Reason("a group names a feature that is not there")) {
      try FeatureEffects(space, settings([[4]]))
    }
    var many = try SampleSpace.sample(101, seed: 1)
    many.features = [FeatureColumn(name: "id", title: "Id", values: .texts((0..<101).map { "\($0)" }))]
    #expect(throws: Reason("id has 101 levels, over 100")) { try FeatureEffects(many, settings()) }
    #expect(throws: Reason("no rows")) { try FeatureSample(features: [], target: [], higherIsBetter: true) }
    #expect(throws: Reason("the columns differ in length")) {
      try FeatureSample(features: space.features, target: [1], higherIsBetter: true)
    }
    #expect(throws: Reason("a target is not finite")) {
      try FeatureSample(features: [], target: [.nan], higherIsBetter: true)
    }
  }
}
