import Documents
import Outcomes
import Reductions
import Specs
import Statistics

/// Feature effects as a document: a member for each feature and each group.
struct EffectsRecord {
  private let effects: EffectsPart
  private let rows: FeatureRows
  private let made: FeatureEffects
  /// Adjusted p-values of features, then groups: alone, and given the strata.
  private let adjusted: (alone: [Double?], given: [Double?])
  /// Adjusted p-values of the levels of all features, by size, feature and level.
  private let adjustedTop: [[[Double?]]]

  init(_ effects: EffectsPart, _ rows: FeatureRows, _ made: FeatureEffects) throws(Reason) {
    self.effects = effects
    self.rows = rows
    self.made = made
    let method = effects.spec.adjustment
    let explained = made.features.map(\.explained) + made.groups.map(\.explained)
    func adjust(_ results: [Result<VarianceExplained, Reason>]) throws(Reason) -> [Double?] {
      try AdjustedPValues(results.map { (try? $0.get())?.pValue }, method: method).values
    }
    adjusted = (try adjust(explained.map(\.alone)), try adjust(explained.map(\.givenStrata)))
    var top: [[[Double?]]] = []
    for size in (effects.spec.top?.sizes ?? []).indices {
      let values = made.features.map { feature in feature.top[size].map { (try? $0.get())?.pValue } }
      var all = try AdjustedPValues(values.flatMap(\.self), method: method).values[...]
      top.append(
        values.map { levels in
          defer { all = all.dropFirst(levels.count) }
          return Array(all.prefix(levels.count))
        })
    }
    adjustedTop = top
  }

  /// The document.
  var value: JSONValue {
    let features = made.features.indices.map { index in
      JSONMember(key: effects.features[index].name, value: feature(index))
    }
    let groups = made.groups.indices.map { index in
      JSONMember(key: effects.spec.groups[index].name.value, value: group(index))
    }
    return .object(features + groups)
  }

  private func head(_ entry: Int, missing: Int) -> [JSONMember] {
    let isGroup = effects.entries[entry].isGroup
    let explained = isGroup ? made.groups[entry - made.features.count].explained : made.features[entry].explained
    return [
      JSONMember(key: "role", value: isGroup ? "group" : "feature"),
      JSONMember(key: "n", value: .integer(made.rowCount)),
      JSONMember(key: "missing-target", value: .integer(rows.missing)),
      JSONMember(key: "missing", value: .integer(missing)),
      JSONMember(key: "units", value: .integer(made.unitCount)),
      JSONMember(key: "strata-count", value: .integer(made.stratumCount)),
      JSONMember(key: "alone", value: Self.json(explained.alone, adjusted: adjusted.alone[entry])),
      JSONMember(key: "given-strata", value: Self.json(explained.givenStrata, adjusted: adjusted.given[entry])),
    ]
  }

  private func feature(_ index: Int) -> JSONValue {
    let feature = made.features[index]
    let keys = Self.keys(feature.levels)
    let levels = keys.indices.map { level -> JSONMember in
      let effect = feature.effects[level]
      var members: [JSONMember] = [
        JSONMember(key: "label", value: .string(feature.levels.levels[level].label)),
        JSONMember(key: "n", value: .integer(effect.count)),
        JSONMember(key: "units", value: .integer(effect.unitCount)),
        JSONMember(key: "mean", value: Self.json(effect.mean)),
        JSONMember(key: "sd", value: effect.standardDeviation.map { .finite($0) } ?? .null),
        JSONMember(key: "difference", value: Self.json(effect.difference)),
      ]
      for (place, size) in (effects.spec.top?.sizes ?? []).enumerated() {
        members.append(
          JSONMember(
            key: TopStep.key(size),
            value: Self.json(feature.top[place][level], adjusted: adjustedTop[place][index][level])))
      }
      return JSONMember(key: keys[level], value: .object(members))
    }
    return .object(
      head(index, missing: feature.levels.missing) + [JSONMember(key: "levels", value: .object(levels))])
  }

  private func group(_ index: Int) -> JSONValue {
    let group = made.groups[index]
    let names = effects.spec.groups[index].features.map(\.value)
    let labels = rows.strataLabels.map { GroupLabel($0) }
    let places = labels.indices.sorted { labels[$0] == labels[$1] ? $0 < $1 : labels[$0] < labels[$1] }
    let keys = GroupLabel.uniqueKeys(places.map { labels[$0] })
    let strata = zip(places, keys).filter { $0.0 < group.withinStrata.count }.map { place, key in
      var members = Self.json(group.withinStrata[place], adjusted: nil).members ?? []
      members.insert(JSONMember(key: "group", value: .array(labels[place].parts.map { .string($0) })), at: 0)
      return JSONMember(key: key, value: .object(members))
    }
    return .object(
      head(made.features.count + index, missing: 0) + [
        JSONMember(key: "features", value: .array(names.map { .string($0) })),
        JSONMember(key: "strata", value: .object(strata)),
      ])
  }

  /// The levels' names in results: their labels as keys of groups, `quarter-1` for a quarter.
  static func keys(_ levels: FeatureLevels) -> [String] {
    GroupLabel.uniqueKeys(
      levels.levels.map { level in
        let key = level.quarter.map { "quarter-\($0)" } ?? GroupLabel([level.label]).key
        return (key, level.quarter == nil ? level.label : key)
      })
  }

  private static func json(_ result: Result<VarianceExplained, Reason>, adjusted: Double?) -> JSONValue {
    switch result {
    case .success(let made):
      .record([
        "value": .finite(made.share), "rank": .integer(made.rank), "chance": .finite(made.chanceMean),
        "chance-upper": .finite(made.chanceUpper), "p-value": .finite(made.pValue),
        "adjusted-p-value": adjusted.map { .finite($0) } ?? .null,
      ])
    case .failure(let undefined): ["undefined": .string(undefined.text)]
    }
  }

  private static func json(_ result: Result<LevelEffect.Estimate, Reason>) -> JSONValue {
    switch result {
    case .success(let estimate): .estimate(estimate.value, estimate.interval)
    case .failure(let undefined): ["undefined": .string(undefined.text)]
    }
  }

  private static func json(_ result: Result<TopFrequency, Reason>, adjusted: Double?) -> JSONValue {
    switch result {
    case .success(let made):
      .record([
        "size": .integer(made.size), "count": .finite(made.countInTop), "share": .finite(made.shareInTop),
        "share-of-all": .finite(made.share), "enrichment": made.enrichment.map { .finite($0) } ?? .null,
        "p-value": .finite(made.pValue), "adjusted-p-value": adjusted.map { .finite($0) } ?? .null,
      ])
    case .failure(let undefined): ["undefined": .string(undefined.text)]
    }
  }
}
