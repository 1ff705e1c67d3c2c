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
    /// The name of the metric or baseline in results; nil when the row is of none.
    package var member: String?

    package init(
      label: String, value: Double?, interval: (lower: Double, upper: Double)?, reason: String? = nil,
      isBaseline: Bool = false, member: String? = nil
    ) {
      self.label = label
      self.value = value
      self.interval = interval
      self.reason = reason
      self.isBaseline = isBaseline
      self.member = member
    }
  }

  /// What the sides of zero mean, in words, such as `depth is better`.
  package struct Sides: Sendable {
    package var below: String
    package var above: String

    package init(below: String, above: String) {
      self.below = below
      self.above = above
    }
  }

  /// The most rows that are drawn: of more, a page could not show the names.
  package static let greatestCount = 500

  /// The rows that are drawn of ordered ones, at most `greatestCount`: the ends of the order, as many of either, where there are more.
  /// Baselines and rows with a value come before others.
  static func drawn(_ ordered: [Row], sorts: Bool) -> [Row] {
    guard ordered.count > greatestCount else { return ordered }
    let places =
      ordered.indices.filter { ordered[$0].isBaseline }
      + ordered.indices.filter {
        !ordered[$0].isBaseline && ordered[$0].value != nil
      }
    let baselines = min(ordered.count { $0.isBaseline }, greatestCount / 2)
    let valued = Array(places.dropFirst(ordered.count { $0.isBaseline }))
    let room = greatestCount - baselines
    let head = sorts && valued.count > room ? room - room / 2 : room
    var kept = places.prefix(baselines) + valued.prefix(head) + valued.dropFirst(head).suffix(room - head)
    kept += ordered.indices.filter { !ordered[$0].isBaseline && ordered[$0].value == nil }.prefix(
      greatestCount - kept.count)
    return kept.sorted().map { ordered[$0] }
  }

  /// The note that says how many rows are left out; nil where all are drawn.
  private static func leftOut(_ drawn: Int, of count: Int, sorts: Bool) -> String? {
    guard drawn < count else { return nil }
    return "\(NumberText.grouped(count - drawn)) of \(NumberText.grouped(count)) rows are not drawn"
      + (sorts ? ", those between the largest and the smallest values" : "") + "; all are in the figure's CSV file."
  }

  /// How far the plot has to reach below and above zero for the words on its sides, in spans of what is drawn: at least a
  /// quarter, and as much as their letters take of the width beside the labels, at 0.6 of the size each.
  private static func room(for sides: Sides, beside labels: [String], width: Double) -> [Double] {
    let plot = max(width - Double(labels.map(\.count).max() ?? 0) * 0.6 * FigureLayout.textSize, width / 3)
    func spans(_ words: String) -> Double {
      let share = min(Double(words.count + 3) * 0.6 * 7 / plot, 0.45)
      return max(0.25, share / (1 - share))
    }
    return [-spans(sides.below), spans(sides.above)]
  }

  /// The figure; rows from the largest value to the smallest, those without a value last, baselines after metrics. Of more than
  /// `greatestCount` the ends are drawn, and a note counts the others.
  ///
  /// - Parameters:
  ///   - sides: Words over the plot, on both sides of zero.
  ///   - chance: A value that chance alone would give, as a dashed line with its name in the legend.
  package static func figure(
    _ rows: [Row], title: String, axis: String, includesZero: Bool = true, sorts: Bool = true, sides: Sides? = nil,
    chance: (value: Double, label: String)? = nil, form: Scale.Form = .linear, width: Double
  ) -> ResolvedFigure {
    let whole =
      !sorts
      ? rows
      : rows.enumerated().sorted { left, right in
        let (one, other) = (left.element, right.element)
        if one.isBaseline != other.isBaseline { return !one.isBaseline }
        guard let first = one.value, let second = other.value, first != second else {
          return (one.value == nil) == (other.value == nil) ? left.offset < right.offset : one.value != nil
        }
        return first > second
      }.map(\.element)
    let ordered = drawn(whole, sorts: sorts)
    let leftOut = Self.leftOut(ordered.count, of: whole.count, sorts: sorts)
    let values = ordered.flatMap { row in [row.value, row.interval?.lower, row.interval?.upper].compactMap { $0 } }
    // Words on both sides of zero need room there.
    let (low, high) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
    let room =
      sides.map { Self.room(for: $0, beside: ordered.map(\.label), width: width).map { $0 * (high - low) } } ?? []
    let scale = Scale(
      form, over: values + [chance?.value].compactMap(\.self) + room.filter(\.isFinite),
      includesZero: includesZero && form == .linear)
    // A row without a name holds the words.
    let head = sides == nil ? 0 : 1
    var marks: [Mark] =
      includesZero && form == .linear ? [.reference(x: 0, y: nil, Stroke(Paint(.muted), width: 0.8))] : []
    if let sides {
      let gap = (scale.upper - scale.lower) * 0.012
      marks += [(sides.below, -gap, TextMark.Alignment.end), (sides.above, gap, .start)].map {
        .text(
          $0.2 == .end ? "← \($0.0)" : "\($0.0) →", Point($0.1, 0.4), size: 7, isBold: false, alignment: $0.2,
          paint: Paint(.muted))
      }
    }
    if let chance {
      marks.append(.reference(x: chance.value, y: nil, Stroke(Paint(.muted), width: 0.9, dashes: [3, 2])))
    }
    if let first = ordered.firstIndex(where: \.isBaseline), first > 0 {
      marks.append(.reference(x: nil, y: Double(first + head), Stroke(Paint(.muted), width: 0.5, dashes: [2, 2])))
    }
    for (index, row) in ordered.enumerated() {
      let y = Double(index + head) + 0.5
      guard let value = row.value else {
        marks += Mark.member(
          row.member,
          of: [
            .text(
              FigureText.plain("undefined: \(row.reason ?? "")"), Point(max(min(0, scale.upper), scale.lower), y),
              size: 6.5,
              isBold: false, alignment: .start, paint: Paint(.muted))
          ])
        continue
      }
      let paint = Paint(.category(row.isBaseline ? 1 : 0))
      var drawn: [Mark] = []
      if let interval = row.interval {
        drawn.append(.interval(from: interval.lower, to: interval.upper, y: y, Stroke(paint, width: 1)))
      }
      drawn.append(
        .points(
          [Point(value, y)], shape: row.isBaseline ? .diamond : .circle, size: 4.6, paint: paint, isRasterized: false))
      drawn.append(.tooltip(Point(value, y), text(row, value)))
      marks += Mark.member(row.member, of: drawn)
    }
    return ResolvedFigure(
      title: title,
      description: "\(ordered.contains { $0.interval != nil } ? "Values with intervals" : "Values") of "
        + "\(Wording.count(ordered.count, "row")), \(axis.plainMarkup)."
        + (sides.map { " Below zero, \($0.below.plainMarkup); above, \($0.above.plainMarkup)." } ?? "")
        + (chance.map { " \($0.label.plainMarkup): \(number($0.value))." } ?? "") + " "
        + ordered.map { row in
          row.value.map { text(row, $0) } ?? "\(row.label.plainMarkup): undefined, \(row.reason ?? "")"
        }
        .joined(separator: "; ") + "." + (leftOut.map { " \($0)" } ?? ""),
      panels: [
        Panel(
          title: "", x: .numeric(label: form == .linear ? axis : "\(axis) (\(scale.form.label))", scale),
          y: .categories(label: "", Array(repeating: "", count: head) + ordered.map(\.label)), marks: marks,
          rowMembers: Array(repeating: nil, count: head) + ordered.map(\.member))
      ], width: width, panelHeight: 12.5 * Double(max(1, ordered.count + head)),
      legend: (ordered.contains(where: \.isBaseline) && ordered.contains { !$0.isBaseline }
        ? [
          LegendEntry(label: "metric", shape: .circle, paint: Paint(.category(0))),
          LegendEntry(label: "trivial baseline", shape: .diamond, paint: Paint(.category(1))),
        ] : [])
        + (chance.map {
          [
            LegendEntry(
              label: $0.label, stroke: Stroke(Paint(.muted), width: 0.9, dashes: [3, 2]), paint: Paint(.muted))
          ]
        } ?? []),
      notes: [leftOut, AxisNote.instead(of: form, scale, axis: axis, values: values)].compactMap(\.self),
      data: FigureData(
        columns: ["name", "baseline", axis.plainMarkup, "lower", "upper"],
        rows: whole.map { row in
          [
            .text(row.label.plainMarkup), .text(row.isBaseline ? "yes" : "no"),
            row.value.map { .number($0) } ?? .text(row.reason ?? ""),
            row.interval.map { .number($0.lower) } ?? .none, row.interval.map { .number($0.upper) } ?? .none,
          ]
        }))
  }

  private static func number(_ value: Double) -> String {
    abs(value) < 1.5 ? Wording.coefficient(value) : NumberText.compact(value).plainMarkup
  }

  private static func text(_ row: Row, _ value: Double) -> String {
    "\(row.label.plainMarkup): \(number(value))"
      + (row.interval.map {
        abs(value) < 1.5
          ? " \(Wording.interval($0.lower, $0.upper))"
          : " [\(NumberText.compact($0.lower).plainMarkup), \(NumberText.compact($0.upper).plainMarkup)]"
      } ?? "")
  }
}
