/// Lines over an ordered column, with bands of intervals, or thin with their mean in bold.
package enum LinePlot {
  /// A line.
  package struct Series: Sendable {
    /// The name, in the markup of figures.
    package var name: String
    /// Points in ascending order of x.
    package var points: [Point]
    /// Ends of the interval at each point; another count than that of the points draws no band.
    package var intervals: [(lower: Double, upper: Double)]

    package init(name: String, points: [Point], intervals: [(lower: Double, upper: Double)] = []) {
      self.name = name
      self.points = points
      self.intervals = intervals
    }
  }

  /// Places up to which they are the ticks of the horizontal axis.
  private static let mostMarked = 8

  /// The figure. With `hasMean`, the mean is taken at every x that all lines have.
  package static func figure(
    _ series: [Series], title: String, x: String, y: String, hasMean: Bool, isReversedX: Bool = false,
    isReversedY: Bool = false, includesZero: Bool = false, isLogarithmicX: Bool = false, width: Double
  ) -> ResolvedFigure {
    let all = series.flatMap(\.points)
    let ends = series.flatMap { $0.intervals.flatMap { [$0.lower, $0.upper] } }
    let form = isLogarithmicX ? Scale.Form.logarithmic : .linear
    var xScale = Scale(form, over: all.map(\.x), isReversed: isReversedX)
    let places = Set(all.map(\.x).filter(\.isFinite)).sorted()
    if places.count <= mostMarked { xScale.marked = places }
    let yScale = Scale(.linear, over: all.map(\.y) + ends, isReversed: isReversedY, includesZero: includesZero)
    var marks: [Mark] = includesZero ? [.reference(x: nil, y: 0, Stroke(Paint(.muted), width: 0.7))] : []
    for (index, line) in series.enumerated() {
      if line.intervals.count == line.points.count, !line.points.isEmpty {
        let upper = zip(line.points, line.intervals).map { Point($0.x, $1.upper) }
        let lower = zip(line.points, line.intervals).map { Point($0.x, $1.lower) }.reversed()
        marks.append(.polygon(upper + lower, fill: SeriesStyle.paint(index, opacity: 0.13), stroke: nil))
      }
      marks.append(
        .line(
          line.points,
          hasMean ? Stroke(SeriesStyle.paint(0, opacity: 0.45), width: 0.6, isRound: true) : SeriesStyle.stroke(index)))
      if !hasMean {
        marks.append(
          .points(
            line.points, shape: SeriesStyle.shape(index), size: 3.4, paint: SeriesStyle.paint(index),
            isRasterized: false))
      }
      if !hasMean {
        marks += line.points.map {
          .tooltip(
            $0,
            "\(line.name.plainMarkup): \(NumberText.compact($0.x).plainMarkup), \(NumberText.compact($0.y).plainMarkup)"
          )
        }
      }
    }
    let mean = hasMean ? self.mean(series) : []
    if !mean.isEmpty {
      marks.append(.line(mean, Stroke(Paint(.ink), width: 2.2, isRound: true)))
      marks += mean.map {
        .tooltip($0, "mean: \(NumberText.compact($0.x).plainMarkup), \(NumberText.compact($0.y).plainMarkup)")
      }
    }
    let legend =
      hasMean
      ? [
        LegendEntry(
          label: "one architecture", shape: nil, stroke: Stroke(SeriesStyle.paint(0, opacity: 0.6), width: 0.8),
          paint: Paint(.ink)),
        LegendEntry(
          label: "mean of \(series.count)", shape: nil, stroke: Stroke(Paint(.ink), width: 2.2), paint: Paint(.ink)),
      ]
      : series.enumerated().map { index, line in
        LegendEntry(
          label: line.name, shape: SeriesStyle.shape(index), stroke: SeriesStyle.stroke(index),
          paint: SeriesStyle.paint(index))
      }
    return ResolvedFigure(
      title: title, description: description(series, mean, x: x, y: y),
      panels: [Panel(title: "", x: .numeric(label: x, xScale), y: .numeric(label: y, yScale), marks: marks)],
      width: width, panelHeight: width * 0.42, legend: legend,
      notes: [AxisNote.instead(of: form, xScale, axis: x, values: all.map(\.x))].compactMap(\.self),
      data: data(series, mean, x: x, y: y, hasMean: hasMean))
  }

  /// Every point of a few lines; of many, the mean with the smallest and largest value at each place.
  private static func data(_ series: [Series], _ mean: [Point], x: String, y: String, hasMean: Bool) -> FigureData {
    let columns = ["series", x.plainMarkup, y.plainMarkup] + (hasMean ? ["minimum", "maximum"] : ["lower", "upper"])
    guard !hasMean else {
      return FigureData(
        columns: columns,
        rows: mean.map { place in
          let values = series.compactMap { line in line.points.first { $0.x == place.x }?.y }
          return [
            .text("mean"), .number(place.x), .number(place.y), .number(values.min() ?? place.y),
            .number(values.max() ?? place.y),
          ]
        })
    }
    return FigureData(
      columns: columns,
      rows: series.flatMap { line in
        line.points.enumerated().map { index, point in
          let interval = index < line.intervals.count ? line.intervals[index] : nil
          return [
            .text(line.name.plainMarkup), .number(point.x), .number(point.y),
            interval.map { .number($0.lower) } ?? .none,
            interval.map { .number($0.upper) } ?? .none,
          ]
        }
      })
  }

  private static func mean(_ series: [Series]) -> [Point] {
    guard let first = series.first else { return [] }
    return first.points.compactMap { place in
      let values = series.compactMap { line in line.points.first { $0.x == place.x }?.y }
      guard values.count == series.count else { return nil }
      let sum = values.reduce(0, +)
      let mean = sum.isFinite ? sum / Double(values.count) : values.reduce(0) { $0 + $1 / Double(values.count) }
      return Point(place.x, mean)
    }
  }

  private static func description(_ series: [Series], _ mean: [Point], x: String, y: String) -> String {
    var text = "\(Wording.count(series.count, "line")) of \(y.plainMarkup) over \(x.plainMarkup). "
    if let first = mean.first, let last = mean.last {
      text +=
        "The mean runs from \(NumberText.compact(first.y).plainMarkup) at \(NumberText.compact(first.x).plainMarkup) to \(NumberText.compact(last.y).plainMarkup) at \(NumberText.compact(last.x).plainMarkup)."
    } else {
      text +=
        series.compactMap { line -> String? in
          guard let first = line.points.first, let last = line.points.last else { return nil }
          return
            "\(line.name): \(Wording.coefficient(first.y)) at \(NumberText.compact(first.x)), \(Wording.coefficient(last.y)) at \(NumberText.compact(last.x))"
            .plainMarkup
        }.joined(separator: "; ") + "."
    }
    return text
  }
}
