import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Makes the resolved figure of a spec from stored results.
struct FigureSource {
  let spec: FigureSpec
  let resolved: ResolvedAnalysis

  init(_ spec: FigureSpec, _ resolved: ResolvedAnalysis) {
    self.spec = spec
    self.resolved = resolved
  }

  /// The title for assistive technology and metadata.
  var title: String {
    resolved.part(spec.from.value)?.title ?? resolved.analysis.title
  }

  /// The members of a family that a figure shows.
  static func members(of family: ResolvedFamily, _ spec: FigureSpec) -> [FamilyMember] {
    guard !spec.columns.isEmpty else {
      return spec.kind == .smallMultiples
        ? family.members.filter { if case .column = $0.source { true } else { false } } : family.members
    }
    return spec.columns.compactMap { name in family.members.first { $0.name == name.value } }
  }

  func members(of family: ResolvedFamily) -> [FamilyMember] { Self.members(of: family, spec) }

  func figure(_ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    if let part = resolved.part(spec.from.value) { return try part.figure(self, inputs) }
    switch spec.kind {
    case .scatter: return try scatter(inputs)
    case .boxPlots: return try boxPlots(inputs)
    case .lines: return try lines(inputs)
    default: throw Reason("there is no part \(spec.from.value)")
    }
  }

  private var coefficient: CoefficientName { spec.coefficient ?? .kendallTauB }

  /// Which rows weigh most, where not all weigh the same.
  private func weighting(_ name: CoefficientName) -> String {
    Coefficient(rawValue: name.rawValue)?.isTopWeighted == true ? ", best rows weighted most" : ""
  }

  private func symbol(_ name: CoefficientName) -> String {
    Coefficient(rawValue: name.rawValue)?.symbol ?? name.rawValue
  }

  func heatMap(_ family: ResolvedFamily, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let json = try inputs.json("agreement")
    let rows = json[coefficient.rawValue]?.elements ?? []
    let wanted = members(of: family).compactMap { member in family.members.firstIndex { $0.name == member.name } }
    let values = wanted.map { row in wanted.map { column in rows[row].elements?[column].double } }
    return HeatMap.figure(
      labels: wanted.map { family.members[$0].title }, values: values,
      title: "Agreement of metrics: \(family.title)\(weighting(coefficient))",
      symbol: symbol(coefficient), width: spec.width.points)
  }

  func forest(_ family: ResolvedFamily, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
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
    let level = family.spec.interval.map { NumberText.fixed($0.level * 100, decimals: 0) }
    let name = Coefficient(rawValue: coefficient.rawValue)?.title ?? coefficient.rawValue
    return ForestPlot.figure(
      rows, title: "\(name): \(family.title)",
      axis:
        "\(name) with \(family.target.title.lowercasedFirst)\(weighting(coefficient))\(level.map { ", \($0) % interval" } ?? "")",
      width: spec.width.points)
  }

  func truncation(_ family: ResolvedFamily, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
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
      y: Coefficient(rawValue: coefficient.rawValue)?.title ?? coefficient.rawValue, hasMean: false, isReversedX: true,
      includesZero: true, isLogarithmicX: true, width: spec.width.points)
  }

  func top(_ family: ResolvedFamily, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let size = family.spec.top?.sizes.first ?? 10
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

  func groups(_ summary: SummarySpec, _ json: JSONValue) throws(Reason) -> ResolvedFigure {
    let column = spec.columns.first?.value ?? summary.columns.first?.value ?? ""
    let table = resolved.table(summary.dataset.value)
    let rows = (json.members ?? []).map { group -> ForestPlot.Row in
      let value = group.value[column]
      var interval: (lower: Double, upper: Double)?
      if let mean = value?["mean"]?.double, let sd = value?["sd"]?.double { interval = (mean - sd, mean + sd) }
      return .init(
        label: FigureText.plain(GroupLabel((group.value["group"]?.elements ?? []).compactMap(\.string)).title),
        value: value?["mean"]?.double, interval: interval,
        reason: value?["undefined"]?.string)
    }
    let name = table?.column(column)?.displayTitle ?? column
    let by = summary.groupBy.compactMap { table?.column($0.value)?.displayTitle.lowercased() }.joined(
      separator: ", ")
    return ForestPlot.figure(
      rows, title: title, axis: "\(name), mean ± standard deviation by \(by)", includesZero: false, sorts: false,
      width: spec.width.points)
  }
}

extension String {
  /// The text with its first letter in lower case, unless its first word has another capital, as ImageNet has.
  var lowercasedFirst: String {
    guard let first, !dropFirst().prefix(while: { !$0.isWhitespace }).contains(where: \.isUppercase) else {
      return self
    }
    return first.lowercased() + dropFirst()
  }
}
