import Statistics

/// Repeated measurements: notched box plots, or every value where there are few.
package enum BoxPlots {
  /// The panel of one metric.
  package struct Plot: Sendable {
    /// The metric's name for people.
    package var title: String
    /// Groups from left to right: name in the markup of figures, and the values, in any order.
    package var groups: [(name: String, values: [Double])]
    /// The full name of each group for tooltips, where the axis has a shorter one; empty for the names of the axis.
    package var labels: [String]
    /// The name of the metric in results; nil when the panel is of none.
    package var member: String?

    package init(
      title: String, groups: [(name: String, values: [Double])], labels: [String] = [], member: String? = nil
    ) {
      self.title = title
      self.groups = groups
      self.labels = labels
      self.member = member
    }

    /// The full name of a group.
    fileprivate func label(_ slot: Int) -> String { slot < labels.count ? labels[slot] : groups[slot].name.plainMarkup }
  }

  /// Values of a group up to which each is drawn: notches of so few say nothing.
  private static let fewValues = 12

  /// The figure. A group of up to twelve values is dots with a line at the median. Boxes span the quartiles, notches the median ± 1.57·IQR/√n, whiskers the values within 1.5·IQR.
  package static func figure(_ plots: [Plot], title: String, groupLabel: String, perRow: Int, width: Double)
    -> ResolvedFigure
  {
    let panels = plots.map { plot -> Panel in
      let values = plot.groups.flatMap(\.values)
      let form = Scale.suitable(for: values)
      return Panel(
        title: plot.title, x: .categories(label: groupLabel, plot.groups.map(\.name)),
        y: .numeric(label: form.label, Scale(form, over: values)),
        marks: plot.groups.enumerated().flatMap {
          ($1.values.count <= fewValues ? dots($1.values, slot: $0) : box($1.values, slot: $0))
            + tooltips($1.values, slot: $0, plot.label($0))
        }, member: plot.member)
    }
    let rows = plots.flatMap { plot in
      plot.groups.compactMap { group -> [FigureData.Value]? in
        guard let summary = ShownSummary.summary(group.values) else { return nil }
        return [
          .text(plot.title), .text(group.name.plainMarkup), .number(Double(summary.count)), .number(summary.minimum),
          .number(summary.lowerQuartile), .number(summary.median), .number(summary.upperQuartile),
          .number(summary.maximum),
        ]
      }
    }
    let groupCount = plots.map(\.groups.count).max() ?? 0
    return ResolvedFigure(
      title: title,
      description:
        "\(plots.allSatisfy { $0.groups.allSatisfy { $0.values.count <= fewValues } } ? "Every value" : "Notched box plots") of "
        + "\(Wording.count(plots.count, "metric")) for \(Wording.count(groupCount, "architecture")), \(Wording.count(plots.first?.groups.first?.values.count ?? 0, "repetition")) each. "
        + plots.map { spread($0) }.joined(separator: " "),
      panels: panels, perRow: perRow, width: width,
      data: FigureData(
        columns: ["metric", "group", "n", "minimum", "lower quartile", "median", "upper quartile", "maximum"],
        rows: rows))
  }

  private static func spread(_ plot: Plot) -> String {
    let summaries = plot.groups.compactMap { ShownSummary.summary($0.values) }
    guard let low = summaries.map(\.median).min(), let high = summaries.map(\.median).max() else { return "" }
    return
      "\(plot.title.plainMarkup): medians from \(NumberText.compact(low).plainMarkup) to \(NumberText.compact(high).plainMarkup)."
  }

  private static func dots(_ values: [Double], slot: Int) -> [Mark] {
    guard let summary = ShownSummary.summary(values) else { return [] }
    let middle = Double(slot) + 0.5
    return [
      .line(
        [Point(middle - 0.3, summary.median), Point(middle + 0.3, summary.median)],
        Stroke(Paint(.category(1)), width: 1)),
      .points(
        values.map { Point(middle, $0) }, shape: .circle, size: 2.6, paint: SeriesStyle.paint(0, opacity: 0.55),
        isRasterized: false),
    ]
  }

  /// The least and the greatest value within 1.5·IQR of the quartiles, between which the whiskers reach.
  private static func whiskers(_ values: [Double], _ summary: ColumnSummary) -> (low: Double, high: Double) {
    let reach = 1.5 * (summary.upperQuartile - summary.lowerQuartile)
    let inside = values.filter { $0 >= summary.lowerQuartile - reach && $0 <= summary.upperQuartile + reach }
    return (inside.min() ?? summary.minimum, inside.max() ?? summary.maximum)
  }

  /// What the group has, at its median, and the values beyond its whiskers, each with the group's name.
  private static func tooltips(_ values: [Double], slot: Int, _ label: String) -> [Mark] {
    guard let summary = ShownSummary.summary(values) else { return [] }
    func number(_ value: Double) -> String { NumberText.compact(value, digits: 4).plainMarkup }
    let middle = Double(slot) + 0.5
    let (low, high) = whiskers(values, summary)
    var marks = values.filter { $0.isFinite && !($0 >= low && $0 <= high) }.map { value -> Mark in
      .tooltip(Point(middle, value), "\(label)\n\(number(value)), outside the whiskers")
    }
    marks.append(
      .tooltip(
        Point(middle, summary.median),
        "\(label), n \(Wording.number(summary.count))\nmedian \(number(summary.median)), quartiles "
          + "\(number(summary.lowerQuartile)) and \(number(summary.upperQuartile))"))
    return marks
  }

  private static func box(_ values: [Double], slot: Int) -> [Mark] {
    guard let summary = ShownSummary.summary(values) else { return [] }
    let (left, right, middle) = (Double(slot) + 0.18, Double(slot) + 0.82, Double(slot) + 0.5)
    let (notchLeft, notchRight) = (Double(slot) + 0.34, Double(slot) + 0.66)
    let (low, high) = whiskers(values, summary)
    let (notchLow, notchHigh) = (
      max(summary.median - summary.notch, summary.lowerQuartile),
      min(summary.median + summary.notch, summary.upperQuartile)
    )
    let line = Stroke(Paint(.ink), width: 0.6)
    let outline: [Point] = [
      Point(left, summary.lowerQuartile), Point(left, notchLow), Point(notchLeft, summary.median),
      Point(left, notchHigh),
      Point(left, summary.upperQuartile), Point(right, summary.upperQuartile), Point(right, notchHigh),
      Point(notchRight, summary.median), Point(right, notchLow), Point(right, summary.lowerQuartile),
    ]
    var marks: [Mark] = [
      .line([Point(middle, low), Point(middle, summary.lowerQuartile)], line),
      .line([Point(middle, summary.upperQuartile), Point(middle, high)], line),
      .line([Point(middle - 0.15, low), Point(middle + 0.15, low)], line),
      .line([Point(middle - 0.15, high), Point(middle + 0.15, high)], line),
      .polygon(outline, fill: Paint(.category(5), opacity: 0.55), stroke: line),
      .line(
        [Point(notchLeft, summary.median), Point(notchRight, summary.median)], Stroke(Paint(.category(1)), width: 1.2)),
    ]
    let outside = values.filter { !($0 >= low && $0 <= high) }
    if !outside.isEmpty {
      marks.append(
        .points(outside.map { Point(middle, $0) }, shape: .cross, size: 3, paint: Paint(.ink), isRasterized: false))
    }
    return marks
  }
}
