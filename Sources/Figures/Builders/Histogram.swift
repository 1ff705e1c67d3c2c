import ElementaryFunctions
import Statistics

/// The distribution of one quantity in bins, parts of the rows such as failed trainings told apart by colour and by name.
package enum Histogram {
  /// A part of the rows.
  package struct Part: Sendable {
    /// The name, in the markup of figures, which stands over its tallest bar.
    package var name: String
    /// Values, of which those that are not finite are left out.
    package var values: [Double]

    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// The figure; the parts of a bin are stacked, the first undermost.
  package static func figure(
    _ parts: [Part], title: String, axis: String, count: String, isReversed: Bool = false, width: Double
  ) -> ResolvedFigure {
    let all = parts.flatMap(\.values).filter(\.isFinite)
    let bins = HistogramBins(all)
    let counts = parts.map { part in bins.counts(part.values) }
    let totals = (0..<bins.count).map { bin in counts.reduce(0) { $0 + $1[bin] } }
    let top = Double(totals.max() ?? 0)
    var marks: [Mark] = []
    var below = [Int](repeating: 0, count: bins.count)
    var labels: [(text: String, place: Point, paint: Paint)] = []
    for (index, part) in parts.enumerated() {
      let paint = SeriesStyle.paint(index, opacity: index == 0 ? 0.55 : 0.9)
      for bin in 0..<bins.count where counts[index][bin] > 0 {
        let (low, high) = (Double(below[bin]), Double(below[bin] + counts[index][bin]))
        let ends = (bins.edge(bin), bins.edge(bin + 1))
        marks.append(
          .area(Point(ends.0, low), Point(ends.1, high), fill: paint, stroke: Stroke(Paint(.background), width: 0.3)))
        marks.append(
          .tooltip(
            Point(ends.0 / 2 + ends.1 / 2, high),
            "\(NumberText.compact(ends.0).plainMarkup) to \(NumberText.compact(ends.1).plainMarkup), \(part.name.plainMarkup): \(Wording.number(counts[index][bin]))"
          ))
        below[bin] += counts[index][bin]
      }
      if parts.count > 1, let tallest = counts[index].max(), tallest > 0,
        let bin = counts[index].firstIndex(of: tallest)
      {
        let x = bins.edge(bin) / 2 + bins.edge(bin + 1) / 2
        labels.append((part.name, Point(x, Double(totals[bin]) + top * 0.06), SeriesStyle.paint(index)))
      }
    }
    marks += labels.map {
      .text($0.text, $0.place, size: 7, isBold: false, alignment: .middle, paint: $0.paint)
    }
    let description =
      "Histogram of \(axis.plainMarkup) in \(Wording.count(bins.count, "bin")). "
      + parts.map { words($0) }.joined(separator: "; ") + "."
    return ResolvedFigure(
      title: title, description: description,
      panels: [
        Panel(
          title: "",
          x: .numeric(
            label: axis,
            Scale(.linear, over: [bins.edge(0), bins.edge(bins.count)], isReversed: isReversed)),
          y: .numeric(label: count, Scale(.linear, over: [0, top * 1.12], includesZero: true)), marks: marks)
      ], width: width, panelHeight: width * 0.3,
      notes: all.count < parts.reduce(0) { $0 + $1.values.count }
        ? [
          "\(Wording.count(parts.reduce(0) { $0 + $1.values.count } - all.count, "value")) that are not finite left out."
        ]
        : [],
      data: FigureData(
        columns: ["from", "to"] + parts.map(\.name.plainMarkup),
        rows: (0..<bins.count).map { bin in
          [.number(bins.edge(bin)), .number(bins.edge(bin + 1))] + counts.map { .number(Double($0[bin])) }
        }))
  }

  private static func words(_ part: Part) -> String {
    guard let summary = ShownSummary.summary(part.values) else { return "\(part.name.plainMarkup): no values" }
    func number(_ value: Double) -> String { NumberText.compact(value, digits: 4).plainMarkup }
    return
      "\(part.name.plainMarkup): n \(Wording.number(summary.count)), median \(number(summary.median)), from \(number(summary.minimum)) to \(number(summary.maximum))"
  }
}

/// Bins of equal width with edges at round numbers.
struct HistogramBins {
  /// Number of bins; 1 at least.
  let count: Int
  private let start: Double
  private let width: Double
  /// A power of two by which values stay far from the ends of what a double holds.
  private let factor: Double

  /// Bins for finite values: the width 2 IQR n^{−1/3} of Freedman & Diaconis (1981), kept between a hundredth and a fifth of the
  /// range, and rounded up to 1, 2, 2.5 or 5 times a power of ten; the first bin begins at a multiple of it.
  init(_ values: [Double]) {
    let factor = ShownSummary.factor(values)
    self.factor = factor
    guard let summary = ShownSummary.summary(values.map { $0 * factor }) else {
      (count, start, width) = (1, 0, factor)
      return
    }
    let range = summary.maximum - summary.minimum
    guard range > abs(summary.maximum) * 1e-12, range.isFinite else {
      let width = max(abs(summary.maximum) * 0.1, summary.maximum == 0 ? factor : 0)
      (count, self.width, start) = (1, width, summary.minimum - width / 2)
      return
    }
    let spread = summary.upperQuartile - summary.lowerQuartile
    let wanted = 2 * spread / Elementary.pow(Double(summary.count), 1.0 / 3)
    let rough = max(range / 100, min(range / 5, wanted))
    let exponent = DecimalNumber.magnitude(rough)
    let width =
      [(1, 0), (2, 0), (25, -1), (5, 0), (1, 1)].map { DecimalNumber(digits: $0.0, exponent: $0.1 + exponent).value }
      .first { $0 >= rough * (1 - 1e-12) } ?? rough
    let steps = (summary.minimum / width).rounded(.down)
    let start = abs(steps) < 1e15 ? steps * width : summary.minimum
    self.width = width
    self.start = start
    count = max(1, min(200, Int(((summary.maximum - start) / width).rounded(.down)) + 1))
  }

  /// The lower edge of a bin; of the one after the last, the upper edge of all.
  func edge(_ bin: Int) -> Double { (start + Double(bin) * width) / factor }

  /// The number of finite values in each bin. A value on an edge belongs to the bin above.
  func counts(_ values: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for value in values where value.isFinite {
      let place = ((value * factor - start) / width).rounded(.down)
      counts[max(0, min(count - 1, place.isFinite ? Int(max(-1, min(1000, place))) : 0))] += 1
    }
    return counts
  }
}
