import Outcomes
import Statistics

/// What features tell about a target, one at a time and jointly: a qualitative look at a search space, in numbers.
package struct FeatureEffects: Sendable, Hashable {
  /// What is computed.
  package struct Settings: Sendable, Hashable {
    /// Features tested jointly, by their places in the sample.
    package var groups: [[Int]]
    /// Numeric features that are tested by level rather than as a straight line, by their places in the sample.
    package var byLevel: Set<Int>
    /// The permutation tests.
    package var permutation: VarianceExplained.Settings
    /// The intervals; nil for none.
    package var interval: BootstrapSettings?
    /// Sizes of the top of the ranking: below 1 a share, otherwise a count.
    package var topSizes: [Double]

    /// Creates settings.
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
    /// Its levels.
    package var levels: FeatureLevels
    /// The target at each level.
    package var effects: [LevelEffect]
    /// How frequent each level is in the top, for each size and level. Counted over clusters when there are any.
    package var top: [[Result<TopFrequency, Reason>]]
    /// The variance that it explains.
    package var explained: Explained
  }

  /// The variance that a feature or a group explains.
  package struct Explained: Sendable, Hashable {
    /// Without regard to strata, permuted freely.
    package var alone: Result<VarianceExplained, Reason>
    /// Of the variance left within the strata, permuted within them.
    package var givenStrata: Result<VarianceExplained, Reason>
  }

  /// A group of features.
  package struct Group: Sendable, Hashable {
    /// The variance that its features explain together.
    package var explained: Explained
    /// The same in each stratum by itself, in order of first occurrence; empty with one stratum.
    package var withinStrata: [Result<VarianceExplained, Reason>]
  }

  /// The most levels of a feature that is no number.
  package static let greatestLevels = 100

  /// The features, in the sample's order.
  package let features: [Feature]
  /// The groups, in the order of the settings.
  package let groups: [Group]
  /// Rows.
  package let rowCount: Int
  /// Clusters; rows without them.
  package let unitCount: Int
  /// Strata.
  package let stratumCount: Int

  /// Computes the effects. Means and differences weigh rows; tests and frequencies count a cluster once, with its mean
  /// target. See `LevelEffects`, `VarianceExplained` and `TopFrequency`.
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
    features = sample.features.indices.map { index in
      Feature(
        levels: levels[index], effects: effects[index], top: tests.frequencies(of: index),
        explained: tests.explained[index])
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
