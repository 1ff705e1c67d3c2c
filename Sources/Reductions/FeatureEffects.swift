import Outcomes
import Statistics

/// Effects of features on a target, one at a time and jointly: level means, frequencies in the top, variance explained.
package struct FeatureEffects: Sendable, Hashable {
  /// The groups, tests, intervals and sizes that are computed.
  package struct Settings: Sendable, Hashable {
    /// Features tested jointly, by their places in the sample.
    package var groups: [[Int]]
    /// Numeric features that are tested by level rather than as a straight line, by their places in the sample.
    package var byLevel: Set<Int>
    /// The permutation tests.
    package var permutation: VarianceExplained.Settings
    /// The settings of intervals; nil for none.
    package var interval: BootstrapSettings?
    /// Sizes of the top of the ranking: below 1 a share, otherwise a count.
    package var topSizes: [Double]

    package init(
      groups: [[Int]] = [], byLevel: Set<Int> = [], permutation: VarianceExplained.Settings = .init(),
      interval: BootstrapSettings? = BootstrapSettings(), topSizes: [Double] = []
    ) {
      self.groups = groups
      self.byLevel = byLevel
      self.permutation = permutation
      self.interval = interval
      self.topSizes = topSizes
    }
  }

  /// A feature by itself.
  package struct Feature: Sendable, Hashable {
    package var levels: FeatureLevels
    /// The target at each level.
    package var effects: [LevelEffect]
    /// The frequency of each level in the top, for each size and level. Counted over clusters when there are any.
    package var top: [[Outcome<TopFrequency>]]
    /// The variance that it explains.
    package var explained: Explained
    /// True when rows of one unit differ in it, so that its means over the rows of units were tested.
    package var variesWithinUnits: Bool
  }

  /// The variance that a feature or a group explains.
  package struct Explained: Sendable, Hashable {
    /// Variance explained without regard to strata, tested by free permutations.
    package var alone: Outcome<VarianceExplained>
    /// Of the variance left within the strata, permuted within them.
    package var givenStrata: Outcome<VarianceExplained>
  }

  /// A group of features.
  package struct Group: Sendable, Hashable {
    /// The variance that its features explain together.
    package var explained: Explained
    /// The variance explained in each stratum by itself, in order of first occurrence; empty with one stratum.
    package var withinStrata: [Outcome<VarianceExplained>]
  }

  /// The most levels of a feature that is no number.
  package static let greatestLevels = 100

  /// The features, in the sample's order.
  package let features: [Feature]
  /// The groups, in the order of the settings.
  package let groups: [Group]
  package let rowCount: Int
  /// Clusters; rows without them.
  package let unitCount: Int
  /// Number of strata.
  package let stratumCount: Int

  /// Computes the effects. Means and differences weigh rows; tests and frequencies count a cluster once, with its mean
  /// target and the means of its features. See `LevelEffects`, `VarianceExplained` and `TopFrequency`.
  ///
  /// - Throws: `Reason` when a feature has over 100 levels, a group names no feature of the sample, or the target is too
  ///   wide.
  package init(_ sample: FeatureSample, _ settings: Settings) throws(Reason) {
    let levels = sample.features.map { FeatureLevels($0) }
    for (feature, levels) in zip(sample.features, levels) where levels.levels.count > Self.greatestLevels {
      throw Reason("\(feature.name) has \(levels.levels.count) levels, over \(Self.greatestLevels)")
    }
    guard settings.groups.allSatisfy({ $0.allSatisfy(sample.features.indices.contains) }) else {
      throw Reason("a group names a feature that is not there")
    }
    let strata = Strata(sample.strata)
    let effects = try LevelEffects.estimates(
      levels.map(\.numbers), target: sample.target, strata: strata, clusters: sample.clusters,
      settings: settings.interval)
    let tests = FeatureTests(sample, levels, settings)
    let isConstant = sample.units.isConstant
    features = sample.features.indices.map { index in
      Feature(
        levels: levels[index], effects: effects[index], top: tests.frequencies(of: index),
        explained: tests.explained[index], variesWithinUnits: !isConstant[index])
    }
    groups = settings.groups.indices.map { index in
      Group(
        explained: tests.explained[sample.features.count + index], withinStrata: tests.withinStrata[index])
    }
    rowCount = sample.target.count
    unitCount = sample.clusters.map { Strata($0).count } ?? rowCount
    stratumCount = strata.count
  }
}

/// Permutation tests of features and groups, and frequencies of levels, on units of rows that stand by themselves.
///
/// The target of a unit is the mean of its rows, and so are the columns of a feature: its value where it is the same in all rows of
/// the unit, otherwise its mean, or the shares of its levels. Targets are permuted among whole units, so that the test is exact when
/// units are exchangeable, whatever differs within them.
struct FeatureTests {
  /// Variance explained by each feature, then by each group.
  let explained: [FeatureEffects.Explained]
  /// Variance explained by each group in each stratum.
  let withinStrata: [[Outcome<VarianceExplained>]]
  private let scores: [Double]
  private let levels: [FeatureLevels]
  private let isConstant: [Bool]
  private let sizes: [Double]

  /// Tests the features of a sample whose levels are known.
  init(_ sample: FeatureSample, _ levels: [FeatureLevels], _ settings: FeatureEffects.Settings) {
    let units = sample.units
    sizes = settings.topSizes
    isConstant = units.isConstant
    self.levels = levels.map { $0.selecting(rows: units.firsts) }
    scores = units.target.map { sample.higherIsBetter ? $0 : -$0 }
    let columns = sample.features.indices.map { index in
      FeatureDesign.columns(
        sample.features[index], levels[index], byLevel: settings.byLevel.contains(index)
      ).map { units.means($0) }
    }
    let grouped = settings.groups.map { group in group.flatMap { columns[$0] } }
    let designs = columns + grouped
    func tests(_ designs: [[[Double]]], _ target: [Double], _ strata: Strata) -> [Outcome<VarianceExplained>] {
      VarianceExplained.tests(of: designs, target: target, strata: strata, settings: settings.permutation)
    }
    let alone = tests(designs, units.target, Strata(rowCount: units.target.count))
    switch units.strata {
    case .success(let numbers):
      let strata = Strata(numbers)
      let given = strata.count > 1 ? tests(designs, units.target, strata) : alone
      explained = zip(alone, given).map { FeatureEffects.Explained(alone: $0, givenStrata: $1) }
      let byStratum = (strata.count > 1 ? strata.members : []).map { rows in
        tests(
          grouped.map { design in design.map { column in rows.map { column[$0] } } }, rows.map { units.target[$0] },
          Strata(rowCount: rows.count))
      }
      withinStrata = settings.groups.indices.map { group in byStratum.map { $0[group] } }
    case .failure(let reason):
      explained = alone.map { FeatureEffects.Explained(alone: $0, givenStrata: .failure(reason)) }
      withinStrata = settings.groups.map { _ in [] }
    }
  }

  /// The frequency of each level of a feature in the top, by size and level.
  func frequencies(of feature: Int) -> [[Outcome<TopFrequency>]] {
    let levels = self.levels[feature]
    let isConstant = self.isConstant[feature]
    return sizes.map { size in
      levels.levels.indices.map { level in
        .of { () throws(Reason) in
          guard isConstant else { throw Reason("rows of one unit differ in the feature") }
          return try TopFrequency(
            of: levels.numbers.map { $0 == level }, scores: scores, size: TopSize.count(size, of: scores.count))
        }
      }
    }
  }
}
