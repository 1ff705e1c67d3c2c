import ElementaryFunctions

/// What searches find against their budget: lines with bands of intervals, named at their right ends; levels that need no search
/// as dashed lines across.
package enum FoundCurves {
  /// What is found at a budget.
  package struct Place: Sendable {
    /// Evaluated architectures, at least 1.
    package var budget: Int
    package var value: Double
    /// Ends of the interval, when there is one.
    package var interval: (lower: Double, upper: Double)?

    package init(budget: Int, value: Double, interval: (lower: Double, upper: Double)? = nil) {
      self.budget = budget
      self.value = value
      self.interval = interval
    }
  }

  /// The searches by one score.
  package struct Line: Sendable {
    /// The name, in the markup of figures.
    package var name: String
    /// The places by ascending budget.
    package var places: [Place]
    /// True for what reads off a size, drawn in ink.
    package var isBaseline: Bool
    /// The name of the metric or baseline in results; nil when the line is of none.
    package var member: String?

    package init(name: String, places: [Place], isBaseline: Bool = false, member: String? = nil) {
      self.name = name
      self.places = places
      self.isBaseline = isBaseline
      self.member = member
    }
  }

  /// A value that does not depend on the budget.
  package struct Level: Sendable {
    /// The name, in the markup of figures.
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  private static let labelSize = 7.0
  /// Width of a sign over its size, a little more than the mean.
  private static let signWidth = 0.55
  /// The most of the plot that names at the right take.
  private static let mostRoom = 0.62

  /// The figure.
  ///
  /// - Parameters:
  ///   - lines: The lines that are named, the first uppermost in order.
  ///   - others: Lines drawn thin and without a name.
  ///   - title: The title, in the markup of figures.
  ///   - y: What is found, for the axis.
  ///   - isReversed: True where smaller values are better, which then stand higher.
  ///   - headline: The question that the figure answers.
  ///   - lead: What is drawn, under it.
  package static func figure(
    _ lines: [Line], others: [Line] = [], levels: [Level], title: String, y: String, isReversed: Bool = false,
    headline: String,
    lead: String, width: Double
  ) -> ResolvedFigure {
    let all = lines + others
    let budgets = Set(all.flatMap { $0.places.map { max(1, $0.budget) } }).sorted().map { Double($0) }
    let (first, last) = (budgets.first ?? 1, budgets.last ?? 1)
    let most = mostSigns(width)
    let names =
      lines.map { text($0.name, $0.places.last?.value, most) } + levels.map { text($0.name, $0.value, most) }
    let height = min(300, width * 0.52)
    let (xScale, form) = scale(budgets, room: room(names, width))
    let values = all.flatMap { $0.places.flatMap { [$0.value, $0.interval?.lower, $0.interval?.upper] } }
    let yScale = Scale(.linear, over: values.compactMap(\.self) + levels.map(\.value), isReversed: isReversed)
    var marks: [Mark] = others.flatMap { line in
      Mark.member(
        line.member, of: [.line(points(line), Stroke(Paint(.muted, opacity: 0.6), width: 0.7, isRound: true))])
    }
    for level in levels where level.value.isFinite {
      marks.append(
        .line(
          [Point(first, level.value), Point(last, level.value)], Stroke(Paint(.muted), width: 0.9, dashes: [3, 2])))
    }
    for (index, line) in lines.enumerated() { marks += drawn(line, index) }
    let ends = lines.map { $0.places.last?.value ?? .nan } + levels.map(\.value)
    let spread = spread(ends, scale: yScale, height: height)
    let gap = form == .logarithmic ? Elementary.pow(xScale.upper / last, 0.06) : (xScale.upper - last) * 0.06
    func right(_ steps: Double) -> Double {
      form == .logarithmic ? last * Elementary.pow(gap, steps) : last + gap * steps
    }
    for (index, name) in names.enumerated() where ends[index].isFinite {
      let paint = index < lines.count ? Self.paint(lines[index], index) : Paint(.muted)
      let marksOfName: [Mark] = [
        .line([Point(last, ends[index]), Point(right(1), spread[index])], Stroke(paint, width: 0.6)),
        .text(
          name, Point(right(1.4), spread[index]), size: labelSize, isBold: false, alignment: .start, paint: Paint(.ink)),
      ]
      marks += Mark.member(index < lines.count ? lines[index].member : nil, of: marksOfName)
    }
    return ResolvedFigure(
      title: title.plainMarkup, headline: headline, lead: lead,
      description: description(lines, others, levels, headline, lead, y),
      panels: [
        Panel(
          title: "", x: .numeric(label: "architectures evaluated", xScale), y: .numeric(label: y, yScale), marks: marks)
      ], width: width, panelHeight: height,
      notes: others.isEmpty ? [] : ["Thin lines: \(Wording.count(others.count, "other score"))."],
      data: data(all, levels, y))
  }

  private static func points(_ line: Line) -> [Point] {
    line.places.map { Point(Double(max(1, $0.budget)), $0.value) }.filter(\.y.isFinite)
  }

  private static func paint(_ line: Line, _ index: Int) -> Paint {
    line.isBaseline ? Paint(.ink) : SeriesStyle.paint(index % 7)
  }

  private static func drawn(_ line: Line, _ index: Int) -> [Mark] {
    var marks: [Mark] = []
    if line.places.count > 1, line.places.contains(where: { $0.interval != nil }) {
      // A place without an interval is one at which nothing varied.
      let places = line.places.map { place in
        (x: Double(max(1, place.budget)), ends: place.interval ?? (lower: place.value, upper: place.value))
      }
      let upper = places.map { Point($0.x, $0.ends.upper) }
      let lower = places.map { Point($0.x, $0.ends.lower) }.reversed()
      var paint = Self.paint(line, index)
      paint.opacity = 0.13
      marks.append(.polygon(upper + lower, fill: paint, stroke: nil))
    }
    let paint = Self.paint(line, index)
    marks.append(.line(points(line), Stroke(paint, width: 1.3, isRound: true)))
    marks.append(
      .points(
        points(line), shape: line.isBaseline ? .diamond : SeriesStyle.shape(index), size: 4, paint: paint,
        isRasterized: false))
    marks += line.places.filter(\.value.isFinite).map { place in
      .tooltip(
        Point(Double(max(1, place.budget)), place.value),
        "\(line.name.plainMarkup), \(Wording.number(place.budget)) evaluated: \(NumberText.compact(place.value).plainMarkup)"
      )
    }
    return Mark.member(line.member, of: marks)
  }

  /// `Parameters 82.1`, with a name so much shorter that there are at most so many signs.
  private static func text(_ name: String, _ value: Double?, _ most: Int) -> String {
    let plain = name.plainMarkup
    let number = value.map { NumberText.compact($0) } ?? ""
    let longest = max(4, most - number.plainMarkup.count - 1)
    let shown = plain.count > longest ? FigureText.plain(String(plain.prefix(longest - 1))) + "…" : name
    return "\(shown) \(number)"
  }

  /// The signs for which there is room at the right.
  private static func mostSigns(_ width: Double) -> Int {
    Int(max(12, min(60, (mostRoom * (width - 64) - 14) / (labelSize * signWidth))))
  }

  /// The share of the plot that names at the right need.
  private static func room(_ names: [String], _ width: Double) -> Double {
    let longest = names.map(\.plainMarkup.count).max() ?? 0
    return min(mostRoom, max(0.12, (Double(longest) * labelSize * signWidth + 14) / max(1, width - 64)))
  }

  /// Budgets with room at the right; in equal factors where they go over a factor of 8.
  private static func scale(_ budgets: [Double], room: Double) -> (scale: Scale, form: Scale.Form) {
    let (first, last) = (budgets.first ?? 1, budgets.last ?? 1)
    let isLogarithmic = last / first >= 8 || first == last
    let part = room / (1 - room)
    let lower = first == last ? first / 2 : first
    var scale =
      isLogarithmic
      ? Scale(
        .logarithmic, from: lower / Elementary.pow(last / lower, 0.03), to: last * Elementary.pow(last / lower, part))
      : Scale(.linear, from: first - (last - first) * 0.03, to: last + (last - first) * part)
    scale.marked = budgets
    return (scale, isLogarithmic ? .logarithmic : .linear)
  }

  /// The heights of names, near those of their lines and apart from one another.
  private static func spread(_ values: [Double], scale: Scale, height: Double) -> [Double] {
    let range = scale.upper - scale.lower
    let gap = (labelSize + 2) / max(1, height) * range
    guard gap.isFinite, gap > 0 else { return values }
    let order = values.indices.filter { values[$0].isFinite }.sorted { values[$0] > values[$1] }
    var places = values
    for (place, index) in order.enumerated() where place > 0 {
      places[index] = min(values[index], places[order[place - 1]] - gap)
    }
    var floor = scale.lower + gap / 2
    for index in order.reversed() {
      places[index] = max(places[index], floor)
      floor = places[index] + gap
    }
    return places
  }

  private static func data(_ lines: [Line], _ levels: [Level], _ y: String) -> FigureData {
    FigureData(
      columns: ["name", "baseline", "evaluated", y.plainMarkup, "lower", "upper"],
      rows: lines.flatMap { line in
        line.places.map { place in
          [
            .text(line.name.plainMarkup), .text(line.isBaseline ? "yes" : "no"), .number(Double(place.budget)),
            .number(place.value), place.interval.map { .number($0.lower) } ?? .none,
            place.interval.map { .number($0.upper) } ?? .none,
          ]
        }
      } + levels.map { [.text($0.name.plainMarkup), .none, .none, .number($0.value), .none, .none] })
  }

  private static func description(
    _ lines: [Line], _ others: [Line], _ levels: [Level], _ headline: String, _ lead: String, _ y: String
  ) -> String {
    let opening = [headline, lead].filter { !$0.isEmpty }.map { $0.hasSuffix("?") || $0.hasSuffix(".") ? $0 : $0 + "." }
    let ofLines = (lines + others).compactMap { line -> String? in
      guard let first = line.places.first, let last = line.places.last else { return "\(line.name): nothing" }
      return
        "\(line.name): \(NumberText.compact(first.value)) after \(Wording.number(first.budget)), \(NumberText.compact(last.value)) after \(Wording.number(last.budget))"
    }
    let ofLevels = levels.map { "\($0.name): \(NumberText.compact($0.value))" }
    return (opening + ["\(y) by score: \((ofLines + ofLevels).joined(separator: "; "))."]).joined(separator: " ")
      .plainMarkup
  }
}
