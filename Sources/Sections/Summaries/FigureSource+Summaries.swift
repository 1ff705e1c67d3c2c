import Documents
import Figures
import Outcomes
import Specs

extension FigureSource {
  func groups(_ summary: SummarySpec, _ json: JSONValue) throws(Reason) -> ResolvedFigure {
    let column = spec.columns.first?.value ?? summary.columns.first?.value ?? ""
    let table = self.table(summary.dataset.value)
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
