import Documents
import Figures
import Outcomes
import Specs
import Statistics
import Tables

/// Figures of repeated measurements and of comparisons with published columns.
extension FigureSource {
  /// Intraclass correlations with their intervals.
  func reliability(_ reliability: ReliabilityPart, _ json: JSONValue) throws(Reason) -> ResolvedFigure {
    let wanted = Set(spec.columns.map(\.value))
    let rows = reliability.columns.filter { wanted.isEmpty || wanted.contains($0.name) }.map {
      column -> ForestPlot.Row in
      let value = json[column.name]?["icc"]
      var interval: (lower: Double, upper: Double)?
      if let lower = value?["lower"]?.double, let upper = value?["upper"]?.double { interval = (lower, upper) }
      return ForestPlot.Row(
        label: column.displayTitle, value: value?["value"]?.double, interval: interval,
        reason: value?["undefined"]?.string)
    }
    let label = reliability.label
    let level = NumberText.fixed(reliability.spec.level * 100, decimals: 0)
    return ForestPlot.figure(
      rows, title: "\(label): \(reliability.title)", axis: "\(label), \(level) % interval", width: spec.width.points)
  }

  /// The pairs that are drawn, with their titles.
  private func pairs(of comparison: ComparisonPart) -> [(pair: ComparisonSpec.Pair, title: String)] {
    let wanted = Set(spec.columns.map(\.value))
    return zip(comparison.spec.pairs, comparison.titles).map { ($0, $1) }.filter {
      wanted.isEmpty || wanted.contains($0.pair.name.value)
    }
  }

  /// Ranks by computed columns against ranks by published ones.
  func rankRank(
    _ comparison: ComparisonPart, _ table: Table, _ json: JSONValue
  ) throws(Reason) -> ResolvedFigure {
    let identifier = table.columns.first { $0.schema.role == .identifier }
    var plots: [RankRank.Plot] = []
    for (pair, title) in pairs(of: comparison) {
      let columns = try ComparisonStep.columns(pair, in: table)
      let rows = columns.computed.indices.filter { columns.computed[$0] != nil && columns.published[$0] != nil }
      let value = json[pair.name.value]
      plots.append(
        .init(
          title: title, computed: rows.compactMap { columns.computed[$0] },
          published: rows.compactMap { columns.published[$0] }, tau: value?["kendall-tau-b"]?["value"]?.double,
          medianRelativeError: value?["median-relative-error"]?.double,
          labels: rows.count <= 2000 ? rows.map { identifier?.text($0) ?? "row \($0)" } : []))
    }
    return RankRank.figure(
      plots, title: "Computed and published ranks: \(comparison.title)",
      perRow: spec.perRow ?? min(3, max(1, plots.count)), width: spec.width.points)
  }
}
