import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics

/// Figures of comparisons between metrics.
extension FigureSource {
  /// Differences with their intervals, around the line at zero.
  func differences(_ part: DifferencesPart, _ json: JSONValue) -> ResolvedFigure {
    let wanted = Set(spec.columns.map(\.value))
    let pairs = part.pairs.filter { wanted.isEmpty || wanted.contains(part.key($0)) }
    let rows = pairs.map { pair -> ForestPlot.Row in
      let value = json[part.key(pair)]?["difference"]
      return ForestPlot.Row(
        label: part.label(pair), value: value?["value"]?.double, interval: Self.interval(value),
        reason: value?["undefined"]?.string)
    }
    let level = NumberText.fixed(part.spec.interval.level * 100, decimals: 0)
    return ForestPlot.figure(
      rows, title: "Differences of \(part.coefficientTitle): \(part.title)",
      axis:
        "difference of \(part.coefficientTitle) with \(part.family.target.title.lowercasedFirst), \(level) % interval",
      width: spec.width.points)
  }
}
