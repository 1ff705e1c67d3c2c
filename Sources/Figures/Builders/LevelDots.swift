/// Values with intervals at the levels of features, a panel for each feature, all on one scale.
package enum LevelDots {
  package struct Level: Sendable {
    /// The level as the data spell it, without markup.
    package var label: String
    /// The value; nil when it is undefined.
    package var value: Double?
    /// Ends of the interval; nil draws none.
    package var interval: (lower: Double, upper: Double)?
    /// The rows of data at the level.
    package var count: Int

    package init(label: String, value: Double?, interval: (lower: Double, upper: Double)?, count: Int) {
      self.label = label
      self.value = value
      self.interval = interval
      self.count = count
    }
  }

  package struct Feature: Sendable {
    /// The feature's title, in the markup of figures.
    package var title: String
    /// A line under the title, such as an effect size.
    package var subtitle: String
    package var levels: [Level]

    package init(title: String, subtitle: String, levels: [Level]) {
      self.title = title
      self.subtitle = subtitle
      self.levels = levels
    }
  }

  /// The figure, with a dashed line at a value that levels are seen against. As many panels to a row as their labels leave
  /// room for, at most three, unless a number is given.
  package static func figure(
    _ features: [Feature], title: String, axis: String, reference: Double?, isReversed: Bool = false,
    perRow: Int? = nil, width: Double
  ) -> ResolvedFigure {
    let perRow = max(1, perRow ?? fitting(features, width: width))
    let values = features.flatMap { feature in
      feature.levels.flatMap { [$0.value, $0.interval?.lower, $0.interval?.upper].compactMap(\.self) }
    }
    let scale = Scale(.linear, over: values + [reference].compactMap(\.self), isReversed: isReversed)
    let panels = features.enumerated().map { index, feature in
      Panel(
        title: feature.title, subtitle: feature.subtitle,
        x: .categories(label: "", feature.levels.map { FigureText.plain($0.label) }),
        y: .numeric(label: index % perRow == 0 ? axis : "", scale), marks: marks(feature, reference))
    }
    return ResolvedFigure(
      title: title, description: description(features, axis), panels: panels, perRow: perRow, width: width,
      packsColumns: true,
      data: FigureData(
        columns: ["feature", "level", "n", axis.plainMarkup, "lower", "upper"],
        rows: features.flatMap { feature in
          feature.levels.map { level in
            [
              .text(feature.title), .text(level.label), .number(Double(level.count)),
              level.value.map { .number($0) } ?? .none, level.interval.map { .number($0.lower) } ?? .none,
              level.interval.map { .number($0.upper) } ?? .none,
            ]
          }
        }))
  }

  /// Labels of up to seven letters stand side by side, at 4.5 points a letter; longer ones are turned.
  private static func fitting(_ features: [Feature], width: Double) -> Int {
    let needed = features.map { feature -> Double in
      let lengths = feature.levels.map { Double($0.label.count) }
      return lengths.contains { $0 > 7 } ? Double(lengths.count) * 12 : lengths.reduce(0) { $0 + $1 * 4.5 + 5 }
    }
    return max(1, min(3, features.count, Int(width / ((needed.max() ?? 0) + 34))))
  }

  private static func marks(_ feature: Feature, _ reference: Double?) -> [Mark] {
    var marks: [Mark] = []
    if let reference {
      marks.append(.reference(x: nil, y: reference, Stroke(Paint(.muted), width: 0.7, dashes: [3, 2])))
    }
    let stroke = Stroke(SeriesStyle.paint(0), width: 1)
    for (slot, level) in feature.levels.enumerated() {
      let x = Double(slot) + 0.5
      if let interval = level.interval {
        marks.append(.line([Point(x, interval.lower), Point(x, interval.upper)], stroke))
        for end in [interval.lower, interval.upper] {
          marks.append(.line([Point(x - 0.09, end), Point(x + 0.09, end)], stroke))
        }
      }
      guard let value = level.value else { continue }
      marks.append(
        .points([Point(x, value)], shape: .circle, size: 4.2, paint: SeriesStyle.paint(0), isRasterized: false))
      marks.append(.tooltip(Point(x, value), "\(feature.title) \(text(level))"))
    }
    return marks
  }

  private static func text(_ level: Level) -> String {
    func number(_ value: Double) -> String { NumberText.compact(value).plainMarkup }
    let value = level.value.map(number) ?? "undefined"
    let interval = level.interval.map { " [\(number($0.lower)), \(number($0.upper))]" } ?? ""
    return
      "\(FigureText.plain(level.label).plainMarkup): \(value)\(interval), n \(NumberText.grouped(Double(level.count)) ?? "")"
  }

  private static func description(_ features: [Feature], _ axis: String) -> String {
    "\(axis.plainMarkup) at the levels of \(Wording.count(features.count, "feature")). "
      + features.map { "\($0.title): " + $0.levels.map(text).joined(separator: "; ") }.joined(separator: ". ") + "."
  }
}
