import Figures
import Outcomes
import Pipeline
import Reductions
import Specs
import Statistics

extension ReductionsPart {
  /// The reductions that a figure shows.
  private func candidates(of figure: FigureSpec) -> [ResolvedCandidate] {
    guard !figure.columns.isEmpty else { return candidates }
    return figure.columns.compactMap { name in candidates.first { $0.name == name.value } }
  }

  static let figures: [PartFigure<ReductionsPart>] = [
    PartFigure(.recall, reads: { $0.inputs(of: $1) }, draw: ReductionsPart.recall),
    PartFigure(
      .distributions, reads: { [.table($0.target.dataset)] + $0.inputs(of: $1) },
      draw: ReductionsPart.distributions),
    PartFigure(.inside, reads: { $0.inputs(of: $1) }, draw: ReductionsPart.inside),
    PartFigure(.survivors, reads: { $0.inputs(of: $1) }, draw: ReductionsPart.survivors),
  ]

  private func inputs(of figure: FigureSpec) -> [StepInput] {
    let wanted = Set(candidates(of: figure).map(\.name))
    let names = [whole.name] + candidates.filter { wanted.contains($0.name) }.map { step($0).name }
    return names.map { StepInput($0, from: $0) }
  }

  private func outputs(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> Outputs {
    try outputs(inputs, candidates(of: source.spec))
  }

  /// Recall of each top by each reduction, beside random subsets and the tops of other rankings.
  private func recall(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (outputs, figure) = (try outputs(source, inputs), source.spec)
    let plots = outputs.reductions.map { candidate, results -> RecallDots.Plot in
      let made = results.measures.value
      let rows = spec.top.map { size -> RecallDots.Row in
        let top = made?.top[size]?.value
        return .init(
          label: "top \(TopSpec.label(size))", recall: top?.recall.value.value,
          interval: top?.recall.ends.map { ($0.lower, $0.upper) },
          random: top.flatMap { top in
            guard let expected = top.random.value.value, let ends = top.random.ends else { return nil }
            return (expected, ends.lower, ends.upper)
          },
          others: members.compactMap { member in
            let rival = made?.sameSize[member.name]?.measures.value?.recall[size]
            return (rival?.value.value).map {
              .init(
                label: member.title, recall: $0, interval: rival?.ends.map { ($0.lower, $0.upper) },
                isBaseline: member.isBaseline, member: member.name)
            }
          })
      }
      let count = NumberText.grouped(results.kept?.size ?? 0)
      let share = NumberText.fixed((results.kept?.share ?? 0) * 100, decimals: 1)
      return .init(title: candidate.title, size: "\(count) rows, \(share) % of all", rows: rows)
    }
    // Long titles need wide panels.
    let longest = plots.map(\.title.count).max() ?? 0
    let fitting = longest > 48 ? 1 : longest > 28 ? 2 : 3
    return RecallDots.figure(
      plots, title: "Recall: \(title)", perRow: figure.perRow ?? min(fitting, max(1, plots.count)),
      width: figure.width.points)
  }

  /// The target inside each space.
  private func distributions(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (outputs, figure) = (try outputs(source, inputs), source.spec)
    let columns = try ReductionColumns(self, try inputs.table("table"))
    func row(_ label: String, _ values: [Double], _ location: ReducedLocation?) -> Distributions.Row {
      var mean: (value: Double, lower: Double, upper: Double)?
      if let value = location?.mean.value.value, let ends = location?.mean.ends {
        mean = (value, ends.lower, ends.upper)
      }
      return .init(label: label, values: values, mean: mean)
    }
    var rows = [row("whole space", columns.target.values, outputs.whole.described.value?.location)]
    for (candidate, results) in outputs.reductions {
      let members = try? columns.membership(candidate).get()
      let places = members?.places(seed: spec.ties.seed.bits, draw: 0) ?? []
      rows.append(row(candidate.title, places.map { columns.target.values[$0] }, results.measures.value?.location))
    }
    return Distributions.figure(
      rows, title: "\(target.title): \(title)", axis: target.title, isReversed: figure.reversed ?? false,
      width: figure.width.points)
  }

  /// A share of some rows as their number, without what rounding leaves of a product: 29 for 0.29 · 100.
  static func rows(_ share: Double, of size: Int) -> Double {
    let count = share * Double(size)
    return abs(count - count.rounded()) < 1e-9 ? count.rounded() : count
  }

  /// How many of the best rows the tops of metrics and baselines keep, of the first reduction's size, and that reduction.
  private func survivors(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (outputs, figure) = (try outputs(source, inputs), source.spec)
    let size = figure.best.map(Double.init) ?? spec.top.first ?? 0
    guard let (candidate, results) = outputs.reductions.first, let kept = results.kept,
      let made = results.measures.value, let top = made.top[size]?.value, let recall = top.recall.value.value
    else { throw Reason("there are no survivors of the best \(TopSpec.label(size)) to draw") }
    let rivals = members.compactMap { member in
      (made.sameSize[member.name]?.measures.value?.recall[size]?.value.value).map {
        SurvivorDots.Row(
          label: member.title, kept: Self.rows($0, of: top.size), isBaseline: member.isBaseline, member: member.name)
      }
    }
    var random: SurvivorDots.Random?
    if let expected = top.random.value.value, let ends = top.random.ends {
      random = .init(
        expected: Self.rows(expected, of: top.size), lower: Self.rows(ends.lower, of: top.size),
        upper: Self.rows(ends.upper, of: top.size),
        label: "\(NumberText.grouped(kept.size)) at random, \(spec.interval.percent) %")
    }
    let best = NumberText.grouped(top.size)
    let share = NumberText.fixed(kept.share * 100, decimals: 0)
    let (keeps, all) = (NumberText.grouped(kept.size), NumberText.grouped(kept.total))
    return SurvivorDots.figure(
      [.init(label: candidate.title, kept: Self.rows(recall, of: top.size), isBaseline: true)] + rivals, of: top.size,
      random: random,
      headline: figure.headline.map { FigureText.plain($0.value) }
        ?? "Keep \(share) % of the rows. How many of the best \(best) survive?",
      lead: figure.lead.map { FigureText.plain($0.value) }
        ?? "\(keeps) of \(all) rows kept by each ranking; ties at a cut count by expectation",
      width: figure.width.points)
  }

  /// The coefficient of correlations inside each space.
  static let insideCoefficient = Coefficient.kendallTauB

  /// Correlations with the target inside each space.
  private func inside(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (outputs, figure) = (try outputs(source, inputs), source.spec)
    let series = outputs.spaces.map { space -> DodgedDots.Series in
      let values = members.map { member -> DodgedDots.Value? in
        guard let coefficient = space.inside?.inside?[member.name]?.kendallTauB, let number = coefficient.value.value
        else { return nil }
        return .init(value: number, interval: coefficient.ends.map { ($0.lower, $0.upper) })
      }
      return .init(
        name: space.title, values: values, ceiling: space.inside?.replicates?.value?.kendallNoiseCeiling.value.value)
    }
    return DodgedDots.figure(
      rows: members.map { .init($0.title, isBaseline: $0.isBaseline, member: $0.name) }, series: series,
      title: "Correlations inside: \(title)",
      axis: "\(Self.insideCoefficient.title) with \(targetName), \(spec.interval.percent) % interval",
      width: figure.width.points
    ).showing([Self.insideCoefficient])
  }
}

extension FigureKind {
  /// Share of the top that reductions keep, beside random subsets and other rankings of the same size.
  package static let recall = FigureKind(
    "recall", "Share of the top that reductions keep, beside random subsets and other rankings of the same size.")
  /// The target inside reductions and in the whole space.
  package static let distributions = FigureKind(
    "distributions", "Distribution of the target inside reductions and in the whole space.")
  /// How many of the best rows each ranking keeps, all keeping as many rows.
  package static let survivors = FigureKind(
    "survivors", "How many of the best rows each ranking keeps, all keeping as many rows as the first reduction.",
    hasHeadline: true)
  /// Correlations with the target inside reductions and in the whole space.
  package static let inside = FigureKind(
    "inside", "Correlations with the target inside reductions and in the whole space.")
}
