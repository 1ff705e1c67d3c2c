import Diagnostics

/// Checks of feature effects and rule searches.
extension AnalysisChecks {
  mutating func checkEffects(_ effects: EffectsSpec) {
    checkTarget(effects.target, of: effects.name)
    let features = effects.features
    if features.isEmpty {
      report(
        "no-features", effects.name, "\(effects.name.value) looks at no features",
        fix: "add `features: [column, …]` or `groups: {name: [column, …]}`")
    }
    checkFeatureCount(features, of: effects.name, greatest: EffectsSpec.greatestFeatures)
    for group in effects.groups {
      if features.contains(where: { $0.value == group.name.value }) {
        report(
          "duplicate-name", group.name, "the group \(group.name.value) has the name of a feature",
          reason: "results are addressed by these names", fix: "choose another name for the group")
      }
    }
    let known = Set(features.map(\.value))
    for column in effects.byLevel where !known.contains(column.value) {
      unknown("feature", column, known: KnownNames(features.map(\.value)))
    }
    if features.count + effects.groups.count > 0, known.isSubset(of: effects.strata.map(\.value)) {
      report(
        "features-are-strata", effects.name, "every feature of \(effects.name.value) is one of its strata",
        reason: "no feature varies within a stratum that it makes", fix: "add other features, or take strata out")
    }
  }

  mutating func checkRuleSearch(_ search: RuleSearchSpec) {
    checkTarget(search.target, of: search.name)
    checkFeatureCount(search.features, of: search.name, greatest: RuleSearchSpec.greatestFeatures)
    if search.objective == .recall, search.minimumSize < 1, search.minimumSize > search.share {
      report(
        "no-room", search.name,
        "rules of \(search.name.value) keep at least \(search.minimumSize) of the rows and at most \(search.share)",
        fix: "lower `minimum-size`, or raise `share`")
    }
  }

  private mutating func checkFeatureCount(_ features: [Located<String>], of name: Located<String>, greatest: Int) {
    if features.count > greatest {
      report(
        "too-many", name, "\(name.value) has \(features.count) features", reason: "at most \(greatest)",
        fix: "name fewer columns")
    }
  }
}
