import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Figures of correlation families.
extension FigureSource {
  func smallMultiples(_ family: ComparedMetrics, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let table = try inputs.table("table")
    guard let target = table[family.target.column] else { throw Reason("no column \(family.target.column)") }
    let groups = try spec.groupBy.map { name throws(Reason) -> [String] in
      guard let column = table[name.value] else { throw Reason("no column \(name.value)") }
      return (0..<table.rowCount).map {
        "\(column.schema.displayTitle.lowercased()) \(FigureText.plain(column.text($0) ?? "undefined"))"
      }
    }
    let isSmall = table.rowCount * members(of: family).count <= 2000
    let identifier = table.columns.first { $0.schema.role == .identifier }
    var plots: [SmallMultiples.Plot] = []
    for member in members(of: family) {
      guard case .column(let name) = member.source, let column = table[name] else { continue }
      let coefficients = try inputs.json(member.name)
      let (xs, ys) = (column.numbers, target.numbers)
      let rows = xs.indices.filter { xs[$0] != nil && ys[$0] != nil }
      plots.append(
        .init(
          title: member.title,
          coefficients: family.coefficients.prefix(3).map { coefficient in
            (coefficient.symbol, coefficients[coefficient.rawValue]?["value"]?.double)
          },
          x: rows.compactMap { xs[$0] }, y: rows.compactMap { ys[$0] },
          labels: isSmall
            ? rows.map {
              "\(identifier?.text($0) ?? "row \($0)"): \(NumberText.compact(xs[$0] ?? 0)), \(NumberText.compact(ys[$0] ?? 0))"
            } : [],
          groups: groups.map { all in rows.map { all[$0] } }, isLogarithmic: spec.logarithmic.contains(.x)))
    }
    return SmallMultiples.figure(
      plots, title: family.title, target: family.target.title,
      isReversed: spec.reversed ?? (family.target.better == .lower),
      isTargetLogarithmic: spec.logarithmic.contains(.y), perRow: spec.perRow ?? min(4, max(1, plots.count)),
      width: spec.width.points, sampling: sampling)
  }

  private var coefficient: Coefficient { spec.coefficient }

  /// Which rows weigh most, where not all weigh the same.
  private func weighting(_ coefficient: Coefficient) -> String {
    coefficient.isTopWeighted ? ", best rows weighted most" : ""
  }

  func heatMap(_ family: ComparedMetrics, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let json = try inputs.json("agreement")
    let rows = json[coefficient.rawValue]?.elements ?? []
    let wanted = members(of: family).compactMap { member in family.members.firstIndex { $0.name == member.name } }
    let values = wanted.map { row in wanted.map { column in rows[row].elements?[column].double } }
    return HeatMap.figure(
      labels: wanted.map { family.members[$0].title }, values: values,
      title: "Agreement of metrics: \(family.title)\(weighting(coefficient))",
      symbol: coefficient.symbol, width: spec.width.points)
  }

  func forest(_ family: ComparedMetrics, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    var rows: [ForestPlot.Row] = []
    for member in members(of: family) {
      let value = try inputs.json(member.name)[coefficient.rawValue]
      var interval: (lower: Double, upper: Double)?
      if let lower = value?["lower"]?.double, let upper = value?["upper"]?.double { interval = (lower, upper) }
      rows.append(
        ForestPlot.Row(
          label: member.title, value: value?["value"]?.double, interval: interval, reason: value?["undefined"]?.string,
          isBaseline: member.isBaseline))
    }
    let level = family.interval.map { NumberText.fixed($0.level * 100, decimals: 0) }
    let name = coefficient.title
    return ForestPlot.figure(
      rows, title: "\(name): \(family.title)",
      axis:
        "\(name) with \(family.target.title.lowercasedFirst)\(weighting(coefficient))\(level.map { ", \($0) % interval" } ?? "")",
      width: spec.width.points)
  }

  func truncation(_ family: ComparedMetrics, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    var series: [LinePlot.Series] = []
    for member in members(of: family) {
      let points = (try inputs.json(member.name).members ?? []).compactMap { part -> Point? in
        guard let share = part.value["share"]?.double, let value = part.value[coefficient.rawValue]?["value"]?.double
        else {
          return nil
        }
        return Point(share * 100, value)
      }
      series.append(.init(name: member.title, points: points.sorted { $0.x < $1.x }))
    }
    return LinePlot.figure(
      series, title: "Truncation: \(family.title)", x: "best share of the ranking kept, % (log scale)",
      y: coefficient.title, hasMean: false, isReversedX: true,
      includesZero: true, isLogarithmicX: true, width: spec.width.points)
  }

  func top(_ part: CorrelationsPart, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let family = part.compared
    let size = part.spec.top?.sizes.first ?? 10
    var rows: [ForestPlot.Row] = []
    for member in members(of: family) {
      let value = try inputs.json(member.name)[TopStep.key(size)]
      rows.append(
        .init(
          label: member.title, value: value?["precision"]?.double, interval: nil, reason: value?["undefined"]?.string,
          isBaseline: member.isBaseline))
    }
    let label = size < 1 ? "\(NumberText.fixed(size * 100, decimals: 0)) %" : "\(NumberText.grouped(size) ?? "")"
    return ForestPlot.figure(
      rows, title: "Top \(label): \(family.title)",
      axis: "share of the true top \(label) found in the metric's top \(label)",
      width: spec.width.points)
  }
}
