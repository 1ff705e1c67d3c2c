import Documents
import Figures
import Specs

/// Figures of feature effects and rule searches.
extension FigureSource {
  private func isWanted(_ name: String) -> Bool {
    spec.columns.isEmpty || spec.columns.contains { $0.value == name }
  }

  private func levels(
    _ effects: EffectsPart, _ json: JSONValue, _ key: String, _ test: String
  ) -> [LevelDots.Feature] {
    effects.features.filter { isWanted($0.name) }.map { feature in
      let value = json[feature.name]
      let levels = (value?["levels"]?.members ?? []).map { level -> LevelDots.Level in
        let made = level.value[key]
        var interval: (lower: Double, upper: Double)?
        if let lower = made?["lower"]?.double, let upper = made?["upper"]?.double { interval = (lower, upper) }
        return LevelDots.Level(
          label: GroupLabel.shown(level.value["label"]?.string ?? level.key), value: made?["value"]?.double,
          interval: interval,
          count: level.value["n"]?.int ?? 0)
      }
      return LevelDots.Feature(title: feature.displayTitle, subtitle: Self.test(value?[test]), levels: levels)
    }
  }

  /// `R² .004, p .79`.
  private static func test(_ value: JSONValue?) -> String {
    guard let share = value?["value"]?.double, let p = value?["p-value"]?.double else { return "" }
    func number(_ value: Double) -> String {
      value < 0.0005 ? "< .001" : NumberText.fixed(value, decimals: 3, leadingZero: false)
    }
    return "R^{2} \(number(share)), p \(number(p))"
  }

  private func intervalTitle(_ effects: EffectsPart) -> String {
    effects.spec.interval.map { " with \(NumberText.compact($0.level * 100)) % intervals" } ?? ""
  }

  func levelMeans(_ effects: EffectsPart, _ json: JSONValue) -> ResolvedFigure {
    let features = levels(effects, json, "mean", "alone")
    // Of a feature that every row has, the levels' means make the mean of all.
    let whole = features.max { $0.levels.reduce(0) { $0 + $1.count } < $1.levels.reduce(0) { $0 + $1.count } }
    let count = whole?.levels.reduce(0) { $0 + Double($1.count) } ?? 0
    let mean = whole?.levels.reduce(0) { $0 + ($1.value ?? 0) * Double($1.count) / max(1, count) }
    return LevelDots.figure(
      features,
      title: "Mean \(effects.target.title.lowercasedFirst) by level\(intervalTitle(effects)): \(effects.title)",
      axis: effects.target.title, reference: mean,
      isReversed: spec.reversed ?? (effects.target.better == .lower), perRow: spec.perRow,
      width: spec.width.points)
  }

  func levelDifferences(_ effects: EffectsPart, _ json: JSONValue) -> ResolvedFigure {
    // A feature that makes the strata has no differences within them.
    let features = levels(effects, json, "difference", "given-strata").filter { feature in
      !spec.columns.isEmpty || feature.levels.contains { $0.value != nil }
    }
    let within = effects.strata.isEmpty ? "" : " at equal \(effects.strataTitle)"
    return LevelDots.figure(
      features, title: "Level less other levels\(within)\(intervalTitle(effects)): \(effects.title)",
      axis: "Δ \(effects.target.title)", reference: 0,
      isReversed: spec.reversed ?? (effects.target.better == .lower), perRow: spec.perRow,
      width: spec.width.points)
  }

  func explained(_ effects: EffectsPart, _ json: JSONValue) -> ResolvedFigure {
    let keys = effects.strata.isEmpty ? ["alone"] : ["alone", "given-strata"]
    let rows = effects.entries.filter { isWanted($0.name) }.map { entry in
      ExplainedDots.Row(
        label: entry.title, isGroup: entry.isGroup,
        shares: keys.map { key in
          let value = json[entry.name]?[key]
          guard let share = value?["value"]?.double else { return nil }
          return ExplainedDots.Share(
            value: share, chance: value?["chance"]?.double ?? 0, chanceUpper: value?["chance-upper"]?.double ?? 0,
            pValue: value?["adjusted-p-value"]?.double)
        })
    }
    return ExplainedDots.figure(
      rows, panels: keys.map { $0 == "alone" ? "Alone" : "Given \(effects.strataTitle)" },
      title: "Variance explained: \(effects.title)", width: spec.width.points)
  }

  func front(_ search: RuleSearchPart, _ json: JSONValue) -> ResolvedFigure {
    let found = (json["front"]?.elements ?? []).map {
      RecallFront.Place(
        share: $0["share"]?.double ?? 0, recall: $0["recall"]?.double ?? 0, rule: $0["rule"]?.string ?? "")
    }
    let splits = json["front-of-splits"]?.elements ?? []
    func averages(_ part: String) -> [RecallFront.Place] {
      var places: [RecallFront.Place] = []
      for value in splits {
        guard let share = value["\(part)-share"]?["value"]?.double,
          let recall = value["\(part)-recall"]?["value"]?.double
        else { continue }
        if let last = places.last, last.share == share, last.recall == recall { continue }
        places.append(RecallFront.Place(share: share, recall: recall))
      }
      return places
    }
    let count = NumberText.grouped(Double(search.spec.splits)) ?? ""
    return RecallFront.figure(
      [
        .init(name: "all architectures (post hoc)", places: found, isStepped: true),
        .init(name: "what the search saw, mean of \(count) splits", places: averages("training"), isStepped: false),
        .init(name: "unseen, mean of \(count) splits", places: averages("unseen"), isStepped: false),
      ], title: "Size against recall: \(search.title)", top: search.topTitle, width: spec.width.points)
  }
}
