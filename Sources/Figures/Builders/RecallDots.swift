/// Recall of the best rows by subsets: a panel for each subset, a row for each size of the top, beside the recall of random
/// subsets and of the tops of other rankings at the same size.
package enum RecallDots {
  /// The recall that the best rows by one metric have, as many as the subset has.
  package struct Other: Sendable {
    /// The metric's title.
    package var label: String
    package var recall: Double
    /// Ends of the recall's interval, for tooltips and data; nil without one.
    package var interval: (lower: Double, upper: Double)?
    /// True for a trivial baseline, drawn as a diamond; other metrics are circles.
    package var isBaseline: Bool
    /// The name of the metric or baseline in results; nil when it is of none.
    package var member: String?

    package init(
      label: String, recall: Double, interval: (lower: Double, upper: Double)? = nil, isBaseline: Bool,
      member: String? = nil
    ) {
      self.label = label
      self.recall = recall
      self.interval = interval
      self.isBaseline = isBaseline
      self.member = member
    }
  }

  /// One size of the top.
  package struct Row: Sendable {
    /// The name, such as `top 10`.
    package var label: String
    /// The share of the top that the subset keeps, 0 … 1; nil when it is undefined.
    package var recall: Double?
    /// Ends of the recall's interval, drawn as whiskers; nil draws none.
    package var interval: (lower: Double, upper: Double)?
    /// The expected recall of random subsets of the same size, with the ends of its band; nil draws none.
    package var random: (expected: Double, lower: Double, upper: Double)?
    /// The recall of other rankings at the same size.
    package var others: [Other]

    package init(
      label: String, recall: Double?, interval: (lower: Double, upper: Double)? = nil,
      random: (expected: Double, lower: Double, upper: Double)?, others: [Other]
    ) {
      self.label = label
      self.recall = recall
      self.interval = interval
      self.random = random
      self.others = others
    }
  }

  /// The panel of one subset.
  package struct Plot: Sendable {
    /// The subset's title.
    package var title: String
    /// The count of its rows, in words, such as `120 of 8,000 rows`.
    package var size: String
    /// A row for each size of the top.
    package var rows: [Row]

    package init(title: String, size: String, rows: [Row]) {
      self.title = title
      self.size = size
      self.rows = rows
    }
  }

  package static func figure(_ plots: [Plot], title: String, perRow: Int, width: Double) -> ResolvedFigure {
    let perRow = max(1, perRow)
    let scale = Scale(.linear, from: -0.03, to: 1.03)
    let others = plots.flatMap { $0.rows.flatMap(\.others) }
    let panels = plots.enumerated().map { index, plot in
      let isLast = index + perRow >= plots.count
      return Panel(
        title: plot.title, subtitle: plot.size,
        x: .numeric(label: isLast ? "share of the top that is kept" : "", scale),
        y: .categories(label: "", plot.rows.map(\.label)), marks: plot.rows.enumerated().flatMap { marks($1, slot: $0) }
      )
    }
    let rowCount = plots.map(\.rows.count).max() ?? 1
    let hasIntervals = plots.contains { $0.rows.contains { $0.recall != nil && $0.interval != nil } }
    var legend = [
      LegendEntry(label: "the reduction\(hasIntervals ? ", with interval" : "")", shape: .square, paint: Paint(.ink))
    ]
    if others.contains(where: { !$0.isBaseline }) {
      legend.append(LegendEntry(label: "a metric's top of that size", shape: .circle, paint: Paint(.category(0))))
    }
    if others.contains(where: \.isBaseline) {
      legend.append(LegendEntry(label: "a trivial baseline's", shape: .diamond, paint: Paint(.category(1))))
    }
    legend.append(
      LegendEntry(
        label: "random subsets, with band", shape: nil, stroke: Stroke(Paint(.muted, opacity: 0.45), width: 5),
        paint: Paint(.muted)))
    return ResolvedFigure(
      title: title, description: description(plots), panels: panels, perRow: perRow, width: width,
      panelHeight: 20 * Double(max(1, rowCount)), legend: legend, data: data(plots))
  }

  private static func marks(_ row: Row, slot: Int) -> [Mark] {
    let top = Double(slot)
    var marks: [Mark] = []
    if let random = row.random {
      marks.append(
        .area(
          Point(random.lower, top + 0.12), Point(random.upper, top + 0.88), fill: Paint(.muted, opacity: 0.3),
          stroke: nil)
      )
      marks.append(
        .line(
          [Point(random.expected, top + 0.12), Point(random.expected, top + 0.88)], Stroke(Paint(.muted), width: 0.8)))
    }
    for isBaseline in [false, true] {
      let shown = row.others.filter { $0.isBaseline == isBaseline }
      let y = top + (isBaseline ? 0.72 : 0.28)
      guard !shown.isEmpty else { continue }
      for other in shown {
        let place = Point(other.recall, y)
        marks += Mark.member(
          other.member,
          of: [
            .points(
              [place], shape: isBaseline ? .diamond : .circle, size: 4,
              paint: Paint(.category(isBaseline ? 1 : 0), opacity: 0.65), isRasterized: false),
            .tooltip(place, "\(other.label), \(row.label): \(text(other.recall, other.interval))"),
          ])
      }
    }
    if let recall = row.recall {
      let place = Point(recall, top + 0.5)
      if let interval = row.interval {
        marks.append(.interval(from: interval.lower, to: interval.upper, y: place.y, Stroke(Paint(.ink), width: 0.9)))
      }
      marks.append(.points([place], shape: .square, size: 5.6, paint: Paint(.ink), isRasterized: false))
      marks.append(.tooltip(place, "\(row.label): \(text(recall, row.interval))"))
    }
    return marks
  }

  /// A recall with its interval, if it has one.
  private static func text(_ recall: Double, _ interval: (lower: Double, upper: Double)?) -> String {
    Wording.coefficient(recall) + (interval.map { " \(Wording.interval($0.lower, $0.upper))" } ?? "")
  }

  private static func data(_ plots: [Plot]) -> FigureData {
    func ends(_ interval: (lower: Double, upper: Double)?) -> [FigureData.Value] {
      [interval.map { .number($0.lower) } ?? .none, interval.map { .number($0.upper) } ?? .none]
    }
    return FigureData(
      columns: ["reduction", "top", "of", "kind", "recall", "lower", "upper"],
      rows: plots.flatMap { plot in
        plot.rows.flatMap { row -> [[FigureData.Value]] in
          let own: [FigureData.Value] = [
            .text(plot.title), .text(row.label), .text(plot.title), .text("reduction"),
            row.recall.map { .number($0) } ?? .none,
          ]
          let random = row.random.map { random -> [FigureData.Value] in
            [
              .text(plot.title), .text(row.label), .text("random subsets"), .text("random"), .number(random.expected),
              .number(random.lower), .number(random.upper),
            ]
          }
          let others = row.others.map { other -> [FigureData.Value] in
            [
              .text(plot.title), .text(row.label), .text(other.label), .text(other.isBaseline ? "baseline" : "metric"),
              .number(other.recall),
            ] + ends(other.interval)
          }
          return [own + ends(row.interval)] + [random].compactMap { $0 } + others
        }
      })
  }

  private static func description(_ plots: [Plot]) -> String {
    let parts = plots.map { plot in
      let rows = plot.rows.map { row -> String in
        var text = "\(row.label) \(row.recall.map { self.text($0, row.interval) } ?? "undefined")"
        if let random = row.random { text += ", random \(Wording.coefficient(random.expected))" }
        if let best = row.others.filter({ !$0.isBaseline }).max(by: { $0.recall < $1.recall }) {
          text += ", best metric \(best.label) \(Wording.coefficient(best.recall))"
        }
        if let best = row.others.filter(\.isBaseline).max(by: { $0.recall < $1.recall }) {
          text += ", best baseline \(best.label) \(Wording.coefficient(best.recall))"
        }
        return text
      }
      return "\(plot.title) (\(plot.size)): \(rows.joined(separator: "; "))"
    }
    return
      "Share of the best rows kept by \(Wording.count(plots.count, "reduction")), beside random subsets, metrics and "
      + "baselines at the same size. \(parts.joined(separator: ". "))."
  }
}
