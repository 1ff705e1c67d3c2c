import Statistics

/// Distributions of one quantity in several sets, one row each: a violin with quartiles, median and mean.
package enum Distributions {
  /// A set of values, of which those that are not finite are left out.
  package struct Row: Sendable {
    /// The name, in the markup of figures; the count of values is added to it.
    package var label: String
    package var values: [Double]
    /// The mean with its interval; nil draws none.
    package var mean: (value: Double, lower: Double, upper: Double)?

    package init(label: String, values: [Double], mean: (value: Double, lower: Double, upper: Double)? = nil) {
      self.label = label
      self.values = values
      self.mean = mean
    }
  }

  /// Places at which a violin's outline is computed.
  private static let places = 120

  /// The figure; rows in the given order. Violins are Gaussian kernel densities (`KernelDensity`), each scaled to the same
  /// greatest height and cut at the extremes; fewer than five values, or equal ones, are drawn as points.
  package static func figure(
    _ rows: [Row], title: String, axis: String, isReversed: Bool = false, width: Double
  ) -> ResolvedFigure {
    let scale = Scale(.linear, over: rows.flatMap(\.values), isReversed: isReversed)
    let level = rows.contains { $0.mean != nil }
    return ResolvedFigure(
      title: title, description: description(rows, axis: axis),
      panels: [
        Panel(
          title: "", x: .numeric(label: axis, scale),
          y: .categories(
            label: "", rows.map { "\($0.label) (n \(NumberText.grouped(Double($0.values.count)) ?? ""))" }),
          marks: rows.enumerated().flatMap { marks($1, slot: $0) })
      ], width: width, panelHeight: 34 * Double(max(1, rows.count)),
      legend: [
        LegendEntry(label: "quartiles", shape: nil, stroke: Stroke(Paint(.ink), width: 2.6), paint: Paint(.ink)),
        LegendEntry(label: "median", shape: .circle, paint: Paint(.category(1))),
      ] + (level ? [LegendEntry(label: "mean with its interval", shape: .diamond, paint: Paint(.category(5)))] : []),
      data: FigureData(
        columns: [
          "set", "n", "minimum", "lower quartile", "median", "upper quartile", "maximum", "mean", "lower", "upper",
        ],
        rows: rows.map(data)))
  }

  private static func marks(_ row: Row, slot: Int) -> [Mark] {
    guard let summary = ShownSummary.summary(row.values) else { return [] }
    let middle = Double(slot) + 0.5
    var marks: [Mark] = []
    if let (xs, density) = outline(row.values, summary), let top = density.max() {
      let above = zip(xs, density).map { Point($0, middle - 0.42 * $1 / top) }
      let below = zip(xs, density).map { Point($0, middle + 0.42 * $1 / top) }
      marks.append(
        .polygon(
          above + below.reversed(), fill: Paint(.category(4), opacity: 0.28),
          stroke: Stroke(Paint(.category(4)), width: 0.6)))
    } else {
      marks.append(
        .points(
          row.values.map { Point($0, middle) }, shape: .circle, size: 3, paint: Paint(.category(4), opacity: 0.6),
          isRasterized: false))
    }
    marks += [
      .line([Point(summary.minimum, middle), Point(summary.maximum, middle)], Stroke(Paint(.ink), width: 0.6)),
      .line(
        [Point(summary.lowerQuartile, middle), Point(summary.upperQuartile, middle)], Stroke(Paint(.ink), width: 2.6)),
      .points(
        [Point(summary.median, middle)], shape: .circle, size: 5, paint: Paint(.category(1)), isRasterized: false),
    ]
    if let mean = row.mean {
      let y = Double(slot) + 0.78
      let paint = Paint(.category(5))
      marks += [
        .interval(from: mean.lower, to: mean.upper, y: y, Stroke(paint, width: 1)),
        .points([Point(mean.value, y)], shape: .diamond, size: 4.2, paint: paint, isRasterized: false),
      ]
    }
    marks.append(.tooltip(Point(summary.median, middle), words(row, summary)))
    return marks
  }

  /// Places with the density at them, computed in values that are neither huge nor tiny; nil for fewer than five values, or
  /// where the density is not finite.
  private static func outline(_ values: [Double], _ summary: ColumnSummary) -> (places: [Double], density: [Double])? {
    guard values.count >= 5 else { return nil }
    let factor = ShownSummary.factor(values)
    let (low, high) = (summary.minimum * factor, summary.maximum * factor)
    let step = (high - low) / Double(places - 1)
    let xs = (0..<places).map { $0 == places - 1 ? high : low + Double($0) * step }
    guard let density = try? KernelDensity.density(of: values.map { $0 * factor }, at: xs),
      density.allSatisfy(\.isFinite), density.contains(where: { $0 > 0 })
    else { return nil }
    return (xs.map { $0 / factor }, density)
  }

  private static func data(_ row: Row) -> [FigureData.Value] {
    guard let summary = ShownSummary.summary(row.values) else {
      return [.text(row.label), .number(0)] + Array(repeating: .none, count: 8)
    }
    return [
      .text(row.label), .number(Double(summary.count)), .number(summary.minimum), .number(summary.lowerQuartile),
      .number(summary.median), .number(summary.upperQuartile), .number(summary.maximum), .number(summary.mean),
      row.mean.map { .number($0.lower) } ?? .none, row.mean.map { .number($0.upper) } ?? .none,
    ]
  }

  private static func words(_ row: Row, _ summary: ColumnSummary) -> String {
    func number(_ value: Double) -> String { NumberText.compact(value, digits: 4).plainMarkup }
    var text =
      "\(row.label.plainMarkup): n \(NumberText.grouped(Double(summary.count)) ?? ""), median \(number(summary.median)), "
    text += "quartiles \(number(summary.lowerQuartile)) and \(number(summary.upperQuartile)), "
    text += "from \(number(summary.minimum)) to \(number(summary.maximum))"
    if let mean = row.mean {
      text += ", mean \(number(mean.value)) [\(number(mean.lower)), \(number(mean.upper))]"
    }
    return text
  }

  private static func description(_ rows: [Row], axis: String) -> String {
    "Distributions of \(axis.plainMarkup) in \(Wording.count(rows.count, "set")), as violins with quartiles and medians. "
      + rows.map { row in
        ShownSummary.summary(row.values).map { words(row, $0) } ?? "\(row.label.plainMarkup): no values"
      }.joined(separator: "; ") + "."
  }
}

/// The summary that a figure draws of values, also where their range exceeds the largest double.
enum ShownSummary {
  /// A power of two by which values stay far from the ends of what a double holds; 1 for the usual ones.
  static func factor(_ values: [Double]) -> Double {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest > 0x1p500 ? 0x1p-530 : largest > 0 && largest < 0x1p-500 ? 0x1p530 : 1
  }

  /// The summary of the finite values; nil when there are none.
  static func summary(_ values: [Double]) -> ColumnSummary? {
    let finite = values.filter(\.isFinite)
    if let summary = try? ColumnSummary(finite) { return summary }
    let factor = 0x1p-4
    guard var summary = try? ColumnSummary(finite.map { $0 * factor }) else { return nil }
    summary.mean /= factor
    summary.standardDeviation = summary.standardDeviation.map { min($0 / factor, .greatestFiniteMagnitude) }
    summary.minimum /= factor
    summary.lowerQuartile /= factor
    summary.median /= factor
    summary.upperQuartile /= factor
    summary.maximum /= factor
    return summary
  }
}
