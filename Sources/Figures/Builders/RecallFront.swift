/// Recall against size of the best rules of every size, on the rows that their search saw and on those held out.
package enum RecallFront {
  /// A rule, or an average of rules.
  package struct Place: Sendable {
    /// Share of the rows kept, 0 … 1.
    package var share: Double
    /// Share of the top kept, 0 … 1.
    package var recall: Double
    /// The rule; empty for an average.
    package var rule: String

    package init(share: Double, recall: Double, rule: String = "") {
      self.share = share
      self.recall = recall
      self.rule = rule
    }
  }

  /// A line.
  package struct Series: Sendable {
    package var name: String
    /// The places by ascending share.
    package var places: [Place]
    /// Whether the line is a step function: the best rule of one size is the best until the next size.
    package var isStepped: Bool

    package init(name: String, places: [Place], isStepped: Bool) {
      self.name = name
      self.places = places
      self.isStepped = isStepped
    }
  }

  /// The figure, with the diagonal of random subsets.
  package static func figure(_ series: [Series], title: String, top: String, width: Double) -> ResolvedFigure {
    var marks: [Mark] = [.line([Point(0, 0), Point(100, 100)], Stroke(Paint(.muted), width: 0.9, dashes: [3, 2]))]
    for (index, line) in series.enumerated() {
      let points = line.places.map { Point($0.share * 100, $0.recall * 100) }
      marks.append(.line(line.isStepped ? stepped(points) : points, SeriesStyle.stroke(index)))
      marks.append(
        .points(
          points, shape: SeriesStyle.shape(index), size: 3.6, paint: SeriesStyle.paint(index), isRasterized: false))
      marks += zip(points, line.places).map { .tooltip($0, text($1, line.name)) }
    }
    let scale = Scale(.linear, from: -2, to: 102)
    return ResolvedFigure(
      title: title, description: description(series, top: top),
      panels: [
        Panel(
          title: "", x: .numeric(label: "architectures kept, %", scale),
          y: .numeric(label: "recall of \(top), %", scale), marks: marks)
      ], width: width, panelHeight: min(width * 0.5, 260),
      legend: series.enumerated().map { index, line in
        LegendEntry(
          label: line.name, shape: SeriesStyle.shape(index), stroke: SeriesStyle.stroke(index),
          paint: SeriesStyle.paint(index))
      } + [
        LegendEntry(
          label: "random subsets", shape: nil, stroke: Stroke(Paint(.muted), width: 0.9, dashes: [3, 2]),
          paint: Paint(.muted))
      ],
      data: FigureData(
        columns: ["series", "share kept", "recall", "rule"],
        rows: series.flatMap { line in
          line.places.map { [.text(line.name), .number($0.share), .number($0.recall), .text($0.rule)] }
        }))
  }

  private static func stepped(_ points: [Point]) -> [Point] {
    guard let last = points.last else { return [] }
    return zip(points, points.dropFirst()).flatMap { [$0, Point($1.x, $0.y)] } + [
      last, Point(max(100, last.x), last.y),
    ]
  }

  private static func text(_ place: Place, _ name: String) -> String {
    func percent(_ value: Double) -> String { NumberText.fixed(value * 100, decimals: 1) }
    let numbers = "\(percent(place.share)) % kept, recall \(percent(place.recall)) %"
    return place.rule.isEmpty ? "\(name): \(numbers)" : "\(place.rule): \(numbers)"
  }

  private static func description(_ series: [Series], top: String) -> String {
    "Recall of \(top) against the share of architectures kept, with the diagonal of random subsets. "
      + series.map { line -> String in
        guard let first = line.places.first, let last = line.places.last else { return "\(line.name): nothing." }
        let middle = line.places[line.places.count / 2]
        return [first, middle, last].map { text($0, line.name) }.joined(separator: "; ") + "."
      }.joined(separator: " ")
  }
}
