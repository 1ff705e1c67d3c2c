import Figures
import Outcomes
import Pipeline
import Specs

extension EffectsPart {
  static let figures: [PartFigure<EffectsPart>] = [
    PartFigure(.explained, draw: EffectsPart.explained),
    PartFigure(.levelMeans, draw: EffectsPart.levelMeans),
    PartFigure(.levelDifferences, draw: EffectsPart.levelDifferences),
  ]

  private func isWanted(_ name: String, _ figure: FigureSpec) -> Bool {
    figure.columns.isEmpty || figure.columns.contains { $0.value == name }
  }

  /// The levels of the features that a figure shows.
  private func levels(
    _ results: EffectsStep.Output, _ figure: FigureSpec, _ value: (EffectsResult.Level.Location) -> Estimate,
    tested: (EffectsResult) -> Outcome<EffectsResult.Explained>
  ) -> [LevelDots.Feature] {
    features.filter { isWanted($0.name, figure) }.map { feature in
      let result = results[feature.name]
      let levels = (result?.levels?.entries ?? []).map { level -> LevelDots.Level in
        let location = level.value.location
        let made = value(location)
        return LevelDots.Level(
          label: GroupLabel.shown(location.label), value: made.value.value,
          interval: made.ends.map { ($0.lower, $0.upper) }, count: location.n)
      }
      return LevelDots.Feature(
        title: feature.displayTitle, subtitle: Self.test(result.flatMap { tested($0).value }), levels: levels)
    }
  }

  /// The subtitle with the result of a test, `R² .004, p .79`; empty without a result.
  private static func test(_ made: EffectsResult.Explained?) -> String {
    guard let made else { return "" }
    func number(_ value: Double) -> String {
      value < 0.0005 ? "< .001" : NumberText.fixed(value, decimals: 3, leadingZero: false)
    }
    return "R^{2} \(number(made.value)), p \(made.pValue.text(number))"
  }

  private var intervalTitle: String {
    spec.interval.map { " with \($0.percent) % intervals" } ?? ""
  }

  /// Mean target at each level, beside the mean of all rows.
  private func levelMeans(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (results, figure) = (try inputs.output(of: step), source.spec)
    let features = levels(results, figure, \.mean, tested: \.alone)
    // Of a feature that every row has, the levels' means make the mean of all.
    let whole = features.max { $0.levels.reduce(0) { $0 + $1.count } < $1.levels.reduce(0) { $0 + $1.count } }
    let count = whole?.levels.reduce(0) { $0 + Double($1.count) } ?? 0
    let mean = whole?.levels.reduce(0) { $0 + ($1.value ?? 0) * Double($1.count) / max(1, count) }
    return LevelDots.figure(
      features, title: "Mean \(target.title.lowercasedFirst) by level\(intervalTitle): \(title)", axis: target.title,
      reference: mean, isReversed: figure.reversed ?? (target.better == .lower), perRow: figure.perRow,
      width: figure.width.points)
  }

  /// Mean at each level less that of the other levels.
  private func levelDifferences(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (results, figure) = (try inputs.output(of: step), source.spec)
    // A feature that makes the strata has no differences within them.
    let features = levels(results, figure, \.difference, tested: \.givenStrata).filter { feature in
      !figure.columns.isEmpty || feature.levels.contains { $0.value != nil }
    }
    let within = strata.isEmpty ? "" : " at equal \(strataTitle)"
    return LevelDots.figure(
      features, title: "Level less other levels\(within)\(intervalTitle): \(title)", axis: "Δ \(target.title)",
      reference: 0, isReversed: figure.reversed ?? (target.better == .lower), perRow: figure.perRow,
      width: figure.width.points)
  }

  /// Variance explained, beside its mean and 95 % quantile over the permutations.
  private func explained(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (results, figure) = (try inputs.output(of: step), source.spec)
    func share(_ made: Outcome<EffectsResult.Explained>?) -> ExplainedDots.Share? {
      (made?.value).map {
        .init(
          value: $0.value, chance: $0.chance, chanceUpper: $0.chanceUpper, pValue: $0.adjustedPValue?.value,
          isFloor: $0.adjustedPValue?.isFloor ?? false)
      }
    }
    let rows = entries.filter { isWanted($0.name, figure) }.map { entry in
      let result = results[entry.name]
      return ExplainedDots.Row(
        label: entry.title, isGroup: entry.isGroup,
        shares: [share(result?.alone)] + (strata.isEmpty ? [] : [share(result?.givenStrata)]))
    }
    return ExplainedDots.figure(
      rows, panels: strata.isEmpty ? ["Alone"] : ["Alone", "Given \(strataTitle)"],
      title: "Variance explained: \(title)", width: figure.width.points)
  }
}

extension FigureKind {
  /// Variance that features and groups explain, beside what they explain by chance.
  package static let explained = FigureKind(
    "explained", "Variance that features and groups explain, beside what they explain by chance.")
  /// Mean target at each level, a panel for each feature.
  package static let levelMeans = FigureKind("level-means", "Mean target at each level, a panel for each feature.")
  /// Difference of each level from the others within strata, a panel for each feature.
  package static let levelDifferences = FigureKind(
    "level-differences", "Difference of each level from the others within strata, a panel for each feature.")
}
