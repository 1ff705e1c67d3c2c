import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Figures of correlation families.
extension CorrelationsPart {
  static let figures: [PartFigure<CorrelationsPart>] = [
    PartFigure(
      .smallMultiples,
      reads: { [.table($0.compared.target.dataset)] + $0.outputs($1, $0.coefficients(of:)) },
      draw: CorrelationsPart.smallMultiples),
    PartFigure(
      .heatMap,
      reads: { part, _ in
        (part.agreement.map { [StepInput($0.name, from: $0.name)] } ?? []) + [.table(part.compared.target.dataset)]
      },
      draw: CorrelationsPart.heatMap),
    PartFigure(.forest, reads: { $0.outputs($1, $0.coefficients(of:)) }, draw: CorrelationsPart.forest),
    PartFigure(.truncation, reads: { $0.outputs($1, $0.truncation(of:)) }, draw: CorrelationsPart.truncationFigure),
    PartFigure(
      .histogram, reads: { part, _ in [.table(part.compared.target.dataset)] }, draw: CorrelationsPart.histogram),
    PartFigure(
      .top, reads: { $0.outputs($1, $0.top(of:)) + [.table($0.compared.target.dataset)] },
      draw: CorrelationsPart.topFigure),
  ]

  /// The output of a step of each metric and baseline that a figure shows.
  private func outputs(_ figure: FigureSpec, _ step: (FamilyMember) -> (any Step)?) -> [StepInput] {
    FigureSource.members(of: compared, figure).compactMap(step).map { StepInput($0.name, from: $0.name) }
  }

  private func smallMultiples(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (family, spec) = (compared, source.spec)
    let table = try inputs.table("table")
    let target = try table.column(family.target.column)
    let groups = try source.groups(in: table)
    let places = table.rowCount * source.members(of: compared).count
    let names = RowNames(table)
    // The one by which metrics can be ranked comes first.
    let shown = ([family.ranking] + family.coefficients.filter { $0 != family.ranking }).prefix(3)
    var plots: [SmallMultiples.Plot] = []
    for member in source.members(of: compared) {
      guard case .column(let name) = member.source, let column = table[name] else { continue }
      let found = try inputs.output(of: coefficients(of: member)).coefficients
      let (xs, ys) = (column.numbers, target.numbers)
      let rows = xs.indices.filter { xs[$0] != nil && ys[$0] != nil }
      plots.append(
        .init(
          title: member.title,
          coefficients: shown.map { coefficient in
            (coefficient.symbol, found[coefficient]?.value.value)
          },
          x: rows.compactMap { xs[$0] }, y: rows.compactMap { ys[$0] },
          // Of many points only the names, which all panels share.
          labels: rows.map { row in
            places > RowNames.greatestCount
              ? names[row] : "\(names[row]): \(NumberText.compact(xs[row] ?? 0)), \(NumberText.compact(ys[row] ?? 0))"
          },
          groups: groups.map { all in rows.map { all[$0] } }, isLogarithmic: spec.logarithmic.contains(.x),
          member: member.name, axis: column.schema.unit ?? ""))
    }
    return SmallMultiples.figure(
      plots, title: family.title, target: family.target.title,
      isReversed: spec.reversed ?? (family.target.better == .lower),
      isTargetLogarithmic: spec.logarithmic.contains(.y), perRow: spec.perRow ?? min(4, max(1, plots.count)),
      width: spec.width.points, sampling: source.sampling
    ).showing(Array(shown))
  }

  /// Words for the title of a figure of a coefficient with weights; empty for other coefficients.
  private func weighting(_ coefficient: Coefficient) -> String {
    coefficient.weighting != nil ? ", best rows weighted most" : ""
  }

  private func heatMap(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    guard let agreement else { throw Reason("\(name) has no agreement") }
    let coefficient = source.spec.coefficient
    let found = try inputs.output(of: agreement)
    let wanted = source.members(of: compared).compactMap { member in members.firstIndex { $0.name == member.name } }
    let table = try? inputs.table("table")
    let counts = Set(
      wanted.compactMap { place -> Int? in
        guard case .column(let name) = members[place].source else { return nil }
        return table?[name]?.numbers.count { $0 != nil }
      }
    ).sorted()
    let range = counts.first.map { first in
      let last = counts.last ?? first
      return "n \(NumberText.grouped(first))" + (last == first ? "" : " to \(NumberText.grouped(last))")
    }
    return HeatMap.figure(
      labels: wanted.map { .init(members[$0].title, member: members[$0].name) },
      values: wanted.map { row in wanted.map { found.value(coefficient, row, $0).value } },
      title: "Agreement of metrics: \(title)\(weighting(coefficient))",
      symbol: coefficient.symbol, count: range ?? "", width: source.spec.width.points
    ).showing([coefficient])
  }

  private func forest(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let coefficient = source.spec.namedCoefficient ?? compared.ranking
    var rows: [ForestPlot.Row] = []
    for member in source.members(of: compared) {
      let found = try inputs.output(of: coefficients(of: member)).coefficients[coefficient]
      rows.append(
        ForestPlot.Row(
          label: member.title, value: found?.value.value, interval: found?.ends.map { ($0.lower, $0.upper) },
          reason: found?.value.reason?.text, isBaseline: member.isBaseline, member: member.name))
    }
    let level = spec.interval.map { ", \($0.percent) % interval" } ?? ""
    return ForestPlot.figure(
      rows, title: "\(coefficient.title): \(title)",
      axis: "\(coefficient.title) with \(compared.target.title.lowercasedFirst)\(weighting(coefficient))\(level)",
      width: source.spec.width.points
    ).showing([coefficient])
  }

  private func topFigure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let size = spec.top?.sizes.first ?? 10
    var rows: [ForestPlot.Row] = []
    for member in source.members(of: compared) {
      guard let step = top(of: member) else { continue }
      let found = try inputs.output(of: step)[TopSpec.key(size)]
      rows.append(
        .init(
          label: member.title, value: found?.value?.precision, interval: nil, reason: found?.reason?.text,
          isBaseline: member.isBaseline, member: member.name))
    }
    let label = TopSpec.label(size)
    // A ranking at random finds as large a share as the top is of all rows.
    let all = try? inputs.table("table").column(compared.target.column).numbers.count { $0 != nil }
    let chance = size < 1 ? size : all.flatMap { $0 > 0 ? min(1, size / Double($0)) : nil }
    return ForestPlot.figure(
      rows, title: "Top \(label): \(title)",
      axis: "share of the true top \(label) found in the metric's top \(label)",
      chance: chance.map { ($0, "by chance") }, width: source.spec.width.points)
  }
}

extension FigureKind {
  /// One scatter panel per metric of a family, against its target; hexagonal bins for large n.
  package static let smallMultiples = FigureKind(
    "small-multiples", "One scatter panel for each metric of a family, against its target.", hasGroups: true)
  /// Metric × metric agreement, clustered.
  package static let heatMap = FigureKind("heat-map", "Agreement of every pair of metrics of a family, clustered.")
  /// Values of several metrics with their intervals, one below the other.
  package static let forest = FigureKind(
    "forest",
    "Coefficients of a family or inside strata, differences, or intraclass correlations, with their intervals.")
  /// Coefficient against the share of the ranking kept, with what range restriction alone would leave.
  package static let truncation = FigureKind(
    "truncation", "Coefficients against the share of the ranking kept, beside what range restriction alone would leave."
  )
  /// The distribution of a family's target.
  package static let histogram = FigureKind(
    "histogram", "The distribution of the target of a family, rows that count as failed told apart.")
  /// Top-of-the-ranking measure of each metric.
  package static let top = FigureKind("top", "Measures of the top of the ranking.")
}
