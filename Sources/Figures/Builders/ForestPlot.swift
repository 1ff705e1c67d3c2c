/// Values with intervals, one row each.
package enum ForestPlot {
  package struct Row: Sendable {
    /// The name, in the markup of figures.
    package var label: String
    /// The value; nil when it is undefined, for the reason given.
    package var value: Double?
    /// Ends of the interval; nil draws none.
    package var interval: (lower: Double, upper: Double)?
    /// The reason for an undefined value, printed in the row.
    package var reason: String?
    /// True for a trivial baseline, drawn as a diamond.
    package var isBaseline: Bool

    package init(
      label: String, value: Double?, interval: (lower: Double, upper: Double)?, reason: String? = nil,
      isBaseline: Bool = false
    ) {
      self.label = label
      self.value = value
      self.interval = interval
      self.reason = reason
      self.isBaseline = isBaseline
    }
  }

  /// The figure; rows from the largest magnitude to the smallest, baselines after metrics.
  package static func figure(
    _ rows: [Row], title: String, axis: String, includesZero: Bool = true, sorts: Bool = true, width: Double
  ) -> ResolvedFigure {
    let ordered =
      !sorts
      ? rows
      : rows.enumerated().sorted { left, right in
        let (one, other) = (left.element, right.element)
        if one.isBaseline != other.isBaseline { return !one.isBaseline }
        let (first, second) = (abs(one.value ?? -1), abs(other.value ?? -1))
        return first == second ? left.offset < right.offset : first > second
      }.map(\.element)
    let values = ordered.flatMap { row in [row.value, row.interval?.lower, row.interval?.upper].compactMap { $0 } }
    let scale = Scale(.linear, over: values, includesZero: includesZero)
    var marks: [Mark] = includesZero ? [.reference(x: 0, y: nil, Stroke(Paint(.muted), width: 0.8))] : []
    if let first = ordered.firstIndex(where: \.isBaseline), first > 0 {
      marks.append(.reference(x: nil, y: Double(first), Stroke(Paint(.muted), width: 0.5, dashes: [2, 2])))
    }
    for (index, row) in ordered.enumerated() {
      let y = Double(index) + 0.5
      guard let value = row.value else {
        marks.append(
          .text(
            FigureText.plain("undefined: \(row.reason ?? "")"), Point(max(0, scale.lower), y), size: 6.5, isBold: false,
            alignment: .start,
            paint: Paint(.muted)))
        continue
      }
      let paint = Paint(.category(row.isBaseline ? 1 : 0))
      if let interval = row.interval {
        marks.append(.interval(from: interval.lower, to: interval.upper, y: y, Stroke(paint, width: 1)))
      }
      marks.append(
        .points(
          [Point(value, y)], shape: row.isBaseline ? .diamond : .circle, size: 4.6, paint: paint, isRasterized: false))
      marks.append(.tooltip(Point(value, y), text(row, value)))
    }
    return ResolvedFigure(
      title: title,
      description: "Values with intervals of \(Wording.count(ordered.count, "row")), \(axis.plainMarkup). "
        + ordered.map { row in
          row.value.map { text(row, $0) } ?? "\(row.label.plainMarkup): undefined, \(row.reason ?? "")"
        }
        .joined(separator: "; ") + ".",
      panels: [
        Panel(title: "", x: .numeric(label: axis, scale), y: .categories(label: "", ordered.map(\.label)), marks: marks)
      ], width: width, panelHeight: 12.5 * Double(max(1, ordered.count)),
      legend: ordered.contains(where: \.isBaseline) && ordered.contains { !$0.isBaseline }
        ? [
          LegendEntry(label: "metric", shape: .circle, paint: Paint(.category(0))),
          LegendEntry(label: "trivial baseline", shape: .diamond, paint: Paint(.category(1))),
        ] : [],
      data: FigureData(
        columns: ["name", "baseline", axis.plainMarkup, "lower", "upper"],
        rows: ordered.map { row in
          [
            .text(row.label.plainMarkup), .text(row.isBaseline ? "yes" : "no"),
            row.value.map { .number($0) } ?? .text(row.reason ?? ""),
            row.interval.map { .number($0.lower) } ?? .none, row.interval.map { .number($0.upper) } ?? .none,
          ]
        }))
  }

  private static func text(_ row: Row, _ value: Double) -> String {
    let number = abs(value) < 1.5 ? Wording.coefficient(value) : NumberText.compact(value).plainMarkup
    return "\(row.label.plainMarkup): \(number.plainMarkup)"
      + (row.interval.map {
        abs(value) < 1.5
          ? " \(Wording.interval($0.lower, $0.upper))"
          : " [\(NumberText.compact($0.lower).plainMarkup), \(NumberText.compact($0.upper).plainMarkup)]"
      } ?? "")
  }
}
