import Documents
import Outcomes
import Pipeline
import Reductions
import Specs
import Statistics
import Tables

/// The results of a feature or a group of features: variance explained, and the target at each level.
struct EffectsResult: Codable, Sendable, Equatable {
  enum Role: String, Codable, Sendable {
    case feature, group
  }

  /// Variance explained, beside what features without any effect explain; see `VarianceExplained`.
  struct Explained: Codable, Sendable, Equatable {
    /// R², given the strata a partial one.
    var value: Double
    /// Degrees of freedom of the test.
    var rank: Int
    /// Mean of R² over the permutations.
    var chance: Double
    /// The value that R² exceeds in 5 % of the permutations.
    var chanceUpper: Double
    var pValue: PValue
    /// The p-value adjusted for all features and groups; nil within a stratum.
    @Nullable var adjustedPValue: PValue?
  }

  /// The target at one level of a feature. It is written as one object, with a member for each size of the top.
  struct Level: Codable, Sendable, Equatable {
    /// Rows, mean and difference of the target at the level, which do not depend on the size of a top.
    struct Location: Codable, Sendable, Equatable {
      /// The value, or the ends of a quarter, for people.
      var label: String
      /// Rows at the level.
      var n: Int
      /// Clusters with a row at the level; rows without clusters.
      var units: Int
      var mean: Estimate
      /// Standard deviation; nil for fewer than two rows.
      @Nullable var sd: Double?
      /// Mean less that of the other levels, within strata; see `LevelEffect`.
      var difference: Estimate
    }

    @Inlined var location: Location
    /// The level's frequency in each top, by the size of the top.
    @Inlined var top: TopValues<Outcome<Frequency>>
  }

  /// The frequency of a level in the top of the ranking, against that among all rows; see `TopFrequency`.
  struct Frequency: Codable, Sendable, Equatable {
    /// Rows in the top.
    var size: Int
    /// Rows of the level in the top; of ties at its edge, the expected number.
    var count: Double
    /// Their share of the top.
    var share: Double
    /// The share of the level among all rows.
    var shareOfAll: Double
    /// The share in the top over that of all; nil without a row of the level.
    @Nullable var enrichment: Double?
    var pValue: PValue
    /// The p-value adjusted for the levels of all features at this size.
    @Nullable var adjustedPValue: PValue?
  }

  /// The variance that a group explains within one stratum. It is written as one object.
  struct Stratum: Codable, Sendable, Equatable {
    /// The values that make the stratum.
    var group: [String]
    @Inlined var explained: Outcome<Explained>
  }

  var role: Role
  /// Rows with a target.
  var n: Int
  /// Rows without a target, which are left out.
  var missingTarget: Int
  /// Rows without a value of the feature.
  var missing: Int
  /// Number of clusters, or of rows when there are no clusters.
  var units: Int
  var strataCount: Int
  /// True when rows of one unit differ in it, so that its means over the rows of units were tested; nil otherwise.
  var variesWithinUnits: Bool?
  /// Variance explained without regard to strata.
  var alone: Outcome<Explained>
  var givenStrata: Outcome<Explained>
  /// The levels of a feature, by keys made of their labels; nil for a group.
  var levels: NamedValues<Level>?
  /// The columns of a group; nil for a feature.
  var features: [String]?
  /// A group within each stratum, in ascending order; nil for a feature.
  var strata: NamedValues<Stratum>?
}

/// Level means and differences, variance explained and frequencies in the top, of features and groups.
struct EffectsStep: ResultStep {
  typealias Output = NamedValues<EffectsResult>

  let effects: EffectsPart
  let kind = StepKind("effects", version: 7)

  private var spec: EffectsSpec { effects.spec }

  var name: String { "effects/\(effects.name)" }

  var inputs: [StepInput] { [.table(effects.target.dataset)] }

  var parameters: JSONValue {
    .record([
      "target": .string(effects.target.column), "target-better": .string(effects.target.better.rawValue),
      "settings": spec.canonical(except: ["target", "replicates"]), "clustered": UnitNoun.parameter(effects.unit),
    ])
  }

  private var settings: FeatureEffects.Settings {
    let places = Dictionary(
      effects.features.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    return FeatureEffects.Settings(
      groups: spec.groups.map { $0.features.compactMap { places[$0.value] } },
      byLevel: Set(spec.byLevel.compactMap { places[$0.value] }),
      permutation: .init(permutations: spec.permutations, seed: spec.seed.bits),
      interval: spec.interval.map(\.settings), topSizes: spec.top?.sizes ?? [])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> NamedValues<EffectsResult> {
    let rows = try FeatureRows(
      inputs.table("table"), target: effects.target, features: effects.features, strata: effects.strata,
      isClustered: effects.unit != nil)
    let made = try FeatureEffects(rows.sample, settings)
    let explained = try explained(made)
    let top = try frequencies(made)
    let varying = Set(made.features.indices.filter { made.features[$0].variesWithinUnits })
    let groups = settings.groups
    func result(_ role: EffectsResult.Role, _ place: Int, missing: Int) -> EffectsResult {
      let parts = place < made.features.count ? [place] : groups[place - made.features.count]
      return EffectsResult(
        role: role, n: made.rowCount, missingTarget: rows.missing, missing: missing, units: made.unitCount,
        strataCount: made.stratumCount, variesWithinUnits: varying.isDisjoint(with: parts) ? nil : true,
        alone: explained[place].alone, givenStrata: explained[place].givenStrata)
    }
    var entries: [(name: String, value: EffectsResult)] = []
    for (place, feature) in made.features.enumerated() {
      var value = result(.feature, place, missing: feature.levels.missing)
      value.levels = levels(feature, top[place])
      entries.append((effects.features[place].name, value))
    }
    for (group, found) in zip(spec.groups, made.groups) {
      var value = result(.group, entries.count, missing: 0)
      value.features = group.features.map(\.value)
      value.strata = strata(found, rows.strataLabels)
      entries.append((group.name.value, value))
    }
    return NamedValues(entries)
  }

  /// Variance explained by features, then groups, p-values adjusted for all of them: alone, and given the strata.
  private func explained(
    _ made: FeatureEffects
  ) throws(Reason) -> [(alone: Outcome<EffectsResult.Explained>, givenStrata: Outcome<EffectsResult.Explained>)] {
    func adjusted(_ results: [Outcome<VarianceExplained>]) throws(Reason) -> [Outcome<EffectsResult.Explained>] {
      let all = try AdjustedPValues(of: results.map { $0.value?.pValue }, method: spec.adjustment).adjusted
      return zip(results, all).map { result, adjusted in result.map { .init($0, adjusted: adjusted) } }
    }
    let all = made.features.map(\.explained) + made.groups.map(\.explained)
    let (alone, given) = (try adjusted(all.map(\.alone)), try adjusted(all.map(\.givenStrata)))
    return zip(alone, given).map { ($0, $1) }
  }

  /// The frequencies in the tops, by feature, level and size, p-values adjusted for all levels of a size.
  private func frequencies(_ made: FeatureEffects) throws(Reason) -> [[TopValues<Outcome<EffectsResult.Frequency>>]] {
    let sizes = spec.top?.sizes ?? []
    var found = made.features.map { $0.levels.levels.map { _ in [Outcome<EffectsResult.Frequency>]() } }
    for place in sizes.indices {
      let all = made.features.flatMap { $0.top[place] }
      let pValues = try AdjustedPValues(
        of: all.map { made in (made.value?.pValue).map { PValue(exact: $0) } }, method: spec.adjustment
      ).adjusted
      var next = zip(all, pValues).makeIterator()
      for feature in found.indices {
        for level in found[feature].indices {
          guard let (frequency, adjusted) = next.next() else { continue }
          found[feature][level].append(frequency.map { .init($0, adjusted: adjusted) })
        }
      }
    }
    return found.map { levels in levels.map { values in TopValues(sizes) { values[$0] } } }
  }

  private func levels(
    _ feature: FeatureEffects.Feature, _ top: [TopValues<Outcome<EffectsResult.Frequency>>]
  ) -> NamedValues<EffectsResult.Level> {
    let levels = zip(feature.levels.levels, zip(feature.effects, top)).map { level, made in
      let (effect, top) = made
      let basis =
        spec.interval?.basis(
          n: effect.count, clusters: effects.unit != nil ? effect.unitCount : nil, unit: effects.unit)
        ?? Estimate.Basis(n: effect.count)
      return EffectsResult.Level(
        location: .init(
          label: level.label, n: effect.count, units: effect.unitCount, mean: Estimate(effect.mean, basis),
          sd: effect.standardDeviation, difference: Estimate(effect.difference, basis)), top: top)
    }
    return NamedValues(zip(Self.keys(feature.levels), levels).map { ($0, $1) })
  }

  private func strata(_ group: FeatureEffects.Group, _ parts: [[String]]) -> NamedValues<EffectsResult.Stratum> {
    let labels = parts.map { GroupLabel($0) }
    let places = labels.indices.sorted { labels[$0] == labels[$1] ? $0 < $1 : labels[$0] < labels[$1] }
    let keys = GroupLabel.uniqueKeys(places.map { labels[$0] })
    return NamedValues(
      zip(places, keys).filter { $0.0 < group.withinStrata.count }.map { place, key in
        (key, .init(group: labels[place].parts, explained: group.withinStrata[place].map { .init($0, adjusted: nil) }))
      })
  }

  /// The levels' names in results: their labels as keys of groups, `quarter-1` for a quarter.
  static func keys(_ levels: FeatureLevels) -> [String] {
    GroupLabel.uniqueKeys(
      levels.levels.map { level in
        let key = level.quarter.map { "quarter-\($0)" } ?? GroupLabel([level.label]).key
        return (key, level.quarter == nil ? level.label : key)
      })
  }
}

extension EffectsResult.Explained {
  fileprivate init(_ made: VarianceExplained, adjusted: PValue?) {
    self.init(
      value: made.share, rank: made.rank, chance: made.chanceMean, chanceUpper: made.chanceUpper, pValue: made.pValue,
      adjustedPValue: adjusted)
  }
}

extension EffectsResult.Frequency {
  fileprivate init(_ made: TopFrequency, adjusted: PValue?) {
    self.init(
      size: made.size, count: made.countInTop, share: made.shareInTop, shareOfAll: made.share,
      enrichment: made.enrichment, pValue: PValue(exact: made.pValue), adjustedPValue: adjusted)
  }
}

extension Estimate {
  fileprivate init(_ made: Outcome<LevelEffect.Estimate>, _ basis: Basis) {
    self.init(made.map(\.value), interval: made.value?.interval, basis: basis)
  }
}
