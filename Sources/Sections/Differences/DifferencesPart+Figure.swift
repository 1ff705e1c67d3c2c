import Figures
import Specs

/// Figures of comparisons between metrics.
extension DifferencesPart {
  /// Differences with their intervals, around the line at zero.
  func forest(_ figure: FigureSpec, _ results: DifferencesResults) -> ResolvedFigure {
    let wanted = Set(figure.columns.map(\.value))
    let shown = pairs.filter { wanted.isEmpty || wanted.contains(key($0)) }
    let rows = shown.map { pair -> ForestPlot.Row in
      let found = results.pairs[key(pair)]?.difference.estimate
      return ForestPlot.Row(
        label: label(pair), value: found?.value.value, interval: found?.ends.map { ($0.lower, $0.upper) },
        reason: found?.value.reason?.text)
    }
    return ForestPlot.figure(
      rows, title: "Differences of \(coefficientTitle): \(title)",
      axis:
        "difference of \(coefficientTitle) with \(family.target.title.lowercasedFirst), \(spec.interval.percent) % interval",
      width: figure.width.points)
  }
}
