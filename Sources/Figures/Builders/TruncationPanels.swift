/// Coefficients of metrics as a ranking is cut to its best share, with their intervals, and what a reference leaves after the same
/// cuts: a panel for each metric.
package enum TruncationPanels {
  /// A coefficient after one cut.
  package struct Step: Sendable {
    /// The share kept, in (0, 1].
    package var share: Double
    /// Rows kept.
    package var count: Int
    /// The coefficient; nil where it is undefined.
    package var value: Double?
    /// Ends of its interval; nil draws none.
    package var interval: (lower: Double, upper: Double)?
    /// The reference; nil draws none.
    package var reference: Double?

    package init(
      share: Double, count: Int, value: Double?, interval: (lower: Double, upper: Double)? = nil,
      reference: Double? = nil
    ) {
      self.share = share
      self.count = count
      self.value = value
      self.interval = interval
      self.reference = reference
    }
  }

  /// The cuts of one ranking.
  package struct Series: Sendable {
    /// The name, in the markup of figures.
    package var name: String
    package var steps: [Step]

    package init(name: String, steps: [Step]) {
      self.name = name
      self.steps = steps
    }
  }

  /// The panel of one metric.
  package struct Plot: Sendable {
    /// The metric's name, in the markup of figures.
    package var title: String
    package var series: [Series]
    /// The name of the metric or baseline in results; nil when the panel is of none.
    package var member: String?

    package init(title: String, series: [Series], member: String? = nil) {
      self.title = title
      self.series = series
      self.member = member
    }
  }

  /// The name of the reference at its line.
  private static let referenceName = "range restriction"
  private static let height = 118.0
  private static let labelSize = 6.5

  /// The figure: a slot for each share, largest first, and room for the names of the lines beside the last. References that
  /// differ by less than .0005 everywhere are drawn once.
  package static func figure(
    _ plots: [Plot], title: String, share: String, axis: String, perRow: Int, width: Double
  ) -> ResolvedFigure {
    let steps = plots.flatMap { $0.series.flatMap(\.steps) }
    let shares = Set(steps.map(\.share).filter(\.isFinite)).sorted(by: >)
    let scale = Scale(
      .linear,
      over: steps.flatMap { [$0.value, $0.reference, $0.interval?.lower, $0.interval?.upper].compactMap(\.self) },
      includesZero: true)
    let blank = max(2, (shares.count + 1) / 2)
    let names = shares.map { "\(NumberText.percent($0)) %" } + Array(repeating: "", count: blank)
    let perRow = max(1, perRow)
    return ResolvedFigure(
      title: title, description: description(plots, axis: axis),
      panels: plots.enumerated().map { index, plot in
        Panel(
          title: plot.title, x: .categories(label: index + perRow >= plots.count ? share : "", names),
          y: .numeric(label: index % perRow == 0 ? axis : "", scale), marks: marks(plot, shares, scale),
          member: plot.member)
      }, perRow: perRow, width: width, panelHeight: height, data: data(plots, axis: axis))
  }

  private static func marks(_ plot: Plot, _ shares: [Double], _ scale: Scale) -> [Mark] {
    let end = Double(shares.count)
    var marks: [Mark] = [.line([Point(0, 0), Point(end, 0)], Stroke(Paint(.muted), width: 0.7))]
    var labels: [(text: String, y: Double, paint: Paint)] = []
    func place(_ step: Step, _ offset: Double) -> Double? {
      shares.firstIndex(of: step.share).map { Double($0) + 0.5 + offset }
    }
    for (index, series) in references(plot).enumerated() {
      let points = ordered(series).compactMap { step in
        step.reference.flatMap { value in place(step, 0).map { Point($0, value) } }
      }
      marks.append(.line(points, Stroke(Paint(.ink), width: 0.9, dashes: index == 0 ? [3.5, 2.5] : [1.2, 2])))
      let name = index == 0 ? referenceName : "\(referenceName), \(series.name)"
      if let last = points.last { labels.append((name, last.y, Paint(.ink))) }
    }
    for (index, series) in plot.series.enumerated() {
      let paint = SeriesStyle.paint(index)
      let offset = (Double(index) - Double(plot.series.count - 1) / 2) * 0.16
      var points: [Point] = []
      for step in ordered(series) {
        guard let value = step.value, let x = place(step, offset) else { continue }
        points.append(Point(x, value))
        if let ends = step.interval {
          marks.append(.line([Point(x, ends.lower), Point(x, ends.upper)], Stroke(paint, width: 1)))
          for end in [ends.lower, ends.upper] {
            marks.append(.line([Point(x - 0.05, end), Point(x + 0.05, end)], Stroke(paint, width: 1)))
          }
        }
        marks.append(.tooltip(Point(x, value), "\(plot.title.plainMarkup), \(words(series, step))"))
      }
      marks.append(.line(points, Stroke(paint, width: 1.1, isRound: true)))
      marks.append(
        .points(points, shape: SeriesStyle.shape(index), size: 4, paint: paint, isRasterized: false))
      if let last = points.last { labels.append((series.name, last.y, paint)) }
    }
    return marks + texts(labels, x: end + 0.04, scale)
  }

  /// The steps from the largest share to the smallest.
  private static func ordered(_ series: Series) -> [Step] { series.steps.sorted { $0.share > $1.share } }

  /// The series whose references are drawn: those that differ from the ones before.
  private static func references(_ plot: Plot) -> [Series] {
    var drawn: [Series] = []
    for series in plot.series where series.steps.contains(where: { $0.reference != nil }) {
      let isKnown = drawn.contains { other in
        other.steps.count == series.steps.count
          && zip(ordered(other), ordered(series)).allSatisfy { one, two in
            one.share == two.share && abs((one.reference ?? 0) - (two.reference ?? 0)) < 0.0005
          }
      }
      if !isKnown { drawn.append(series) }
    }
    return drawn
  }

  /// Names beside the ends of lines, moved apart where they would overlap.
  private static func texts(
    _ labels: [(text: String, y: Double, paint: Paint)], x: Double, _ scale: Scale
  ) -> [Mark] {
    let line = (scale.upper - scale.lower) * (labelSize + 1.5) / height
    let sorted = labels.enumerated().sorted {
      $0.element.y == $1.element.y ? $0.offset < $1.offset : $0.element.y > $1.element.y
    }
    var places: [Double] = []
    for (_, label) in sorted { places.append(min(label.y, (places.last ?? .infinity) - line)) }
    // Names that ran out at the lower end are pushed up again.
    var floor = scale.lower + line / 2
    for index in places.indices.reversed() {
      places[index] = max(places[index], floor)
      floor = places[index] + line
    }
    return zip(sorted, places).map { label, y in
      .text(
        label.element.text, Point(x, y), size: labelSize, isBold: false, alignment: .start,
        paint: label.element.paint)
    }
  }

  private static func words(_ series: Series, _ step: Step) -> String {
    var text = "\(series.name.plainMarkup), \(NumberText.percent(step.share)) % (n \(Wording.number(step.count))): "
    text += step.value.map { Wording.coefficient($0) } ?? "undefined"
    if let ends = step.interval { text += " \(Wording.interval(ends.lower, ends.upper))" }
    if let reference = step.reference, step.share < 1 {
      text += ", \(referenceName) alone \(Wording.coefficient(reference))"
    }
    return text.plainMarkup
  }

  private static func description(_ plots: [Plot], axis: String) -> String {
    "\(axis.plainMarkup) after cuts to the best share, with what restriction of range alone would leave (dashed), in \(Wording.count(plots.count, "panel")). "
      + plots.map { plot in
        "\(plot.title.plainMarkup): "
          + plot.series.flatMap { series in ordered(series).map { words(series, $0) } }.joined(separator: "; ")
      }.joined(separator: ". ") + "."
  }

  private static func data(_ plots: [Plot], axis: String) -> FigureData {
    FigureData(
      columns: ["metric", "kept", "share", "n", axis.plainMarkup, "lower", "upper", "reference"],
      rows: plots.flatMap { plot in
        plot.series.flatMap { series in
          ordered(series).map { step in
            [
              .text(plot.title.plainMarkup), .text(series.name.plainMarkup), .number(step.share),
              .number(Double(step.count)), step.value.map { .number($0) } ?? .none,
              step.interval.map { .number($0.lower) } ?? .none, step.interval.map { .number($0.upper) } ?? .none,
              step.reference.map { .number($0) } ?? .none,
            ]
          }
        }
      })
  }
}
