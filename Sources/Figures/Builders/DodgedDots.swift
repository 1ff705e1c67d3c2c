/// Values with intervals of several series, a row for each thing measured: within a row the series stand one under the
/// other.
package enum DodgedDots {
  /// A value of a series.
  package struct Value: Sendable {
    package var value: Double
    /// Ends of the interval; nil draws none.
    package var interval: (lower: Double, upper: Double)?

    package init(value: Double, interval: (lower: Double, upper: Double)? = nil) {
      self.value = value
      self.interval = interval
    }
  }

  /// A series with a value for each row, nil where there is none.
  package struct Series: Sendable {
    package var name: String
    package var values: [Value?]
    /// A magnitude that values of the series cannot be expected to exceed; nil when it is not known.
    package var ceiling: Double?

    package init(name: String, values: [Value?], ceiling: Double? = nil) {
      self.name = name
      self.values = values
      self.ceiling = ceiling
    }
  }

  /// A thing measured.
  package struct Row: Sendable {
    package var label: String
    package var isBaseline: Bool
    /// The name of the metric or baseline in results; nil when the row is of none.
    package var member: String?

    package init(_ label: String, isBaseline: Bool, member: String? = nil) {
      self.label = label
      self.isBaseline = isBaseline
      self.member = member
    }
  }

  /// The figure; rows in the given order, baselines marked by a line above the first of them.
  ///
  /// - Parameter margin: A magnitude up to which values would not matter, shown as a band around 0; nil for none.
  package static func figure(
    rows: [Row], series: [Series], title: String, axis: String, margin: Double? = nil, width: Double
  ) -> ResolvedFigure {
    let all =
      series.flatMap { one in
        one.values.flatMap { [$0?.value, $0?.interval?.lower, $0?.interval?.upper].compactMap { $0 } }
          + (one.ceiling.map { [-$0, $0] } ?? [])
      } + (margin.map { [-$0, $0] } ?? [])
    let scale = Scale(.linear, over: all, includesZero: true)
    let band = Paint(.muted, opacity: 0.18)
    var marks: [Mark] =
      (margin.map { [.area(Point(-$0, 0), Point($0, Double(rows.count)), fill: band, stroke: nil)] } ?? [])
      + [.reference(x: 0, y: nil, Stroke(Paint(.muted), width: 0.8))]
    if let first = rows.firstIndex(where: \.isBaseline), first > 0 {
      marks.append(.reference(x: nil, y: Double(first), Stroke(Paint(.muted), width: 0.5, dashes: [2, 2])))
    }
    for (index, one) in series.enumerated() {
      if let ceiling = one.ceiling {
        marks += [-ceiling, ceiling].map { .reference(x: $0, y: nil, ceilingStroke(index)) }
      }
      let offset = (Double(index) + 1) / Double(series.count + 1)
      for (row, value) in zip(rows.indices, one.values) {
        guard let value else { continue }
        let place = Point(value.value, Double(row) + offset)
        var drawn: [Mark] = []
        if let interval = value.interval {
          drawn.append(
            .interval(
              from: interval.lower, to: interval.upper, y: place.y, Stroke(SeriesStyle.paint(index), width: 0.9)))
        }
        drawn.append(
          .points(
            [place], shape: SeriesStyle.shape(index), size: 4.2, paint: SeriesStyle.paint(index), isRasterized: false))
        drawn.append(.tooltip(place, "\(rows[row].label), \(one.name): \(text(value))"))
        marks += Mark.member(rows[row].member, of: drawn)
      }
    }
    return ResolvedFigure(
      title: title,
      description:
        "\(axis.plainMarkup) of \(Wording.count(rows.count, "row")) in \(series.count) series. "
        + (margin.map { "Margin that would not matter: ±\(Wording.coefficient($0)). " } ?? "")
        + series.map { one in
          let values = zip(rows, one.values).map { "\($0.label) \($1.map(text) ?? "undefined")" }
          let ceiling = one.ceiling.map { ", ceiling \(Wording.coefficient($0))" } ?? ""
          return "\(one.name)\(ceiling): \(values.joined(separator: ", "))"
        }.joined(separator: "; ") + ".",
      panels: [
        Panel(
          title: "", x: .numeric(label: axis, scale), y: .categories(label: "", rows.map(\.label)), marks: marks,
          rowMembers: rows.map(\.member))
      ], width: width, panelHeight: (5.5 * Double(series.count) + 6) * Double(max(1, rows.count)),
      legend: series.enumerated().map { index, one in
        LegendEntry(label: one.name, shape: SeriesStyle.shape(index), paint: SeriesStyle.paint(index))
      }
        + series.enumerated().compactMap { index, one in
          one.ceiling.map {
            LegendEntry(
              label: "±\(Wording.coefficient($0)): the most that noise leaves, \(one.name)",
              stroke: ceilingStroke(index),
              paint: SeriesStyle.paint(index))
          }
        }
        + (margin.map {
          [
            LegendEntry(
              label: "within ±\(Wording.coefficient($0)): would not matter", stroke: Stroke(band, width: 6), paint: band
            )
          ]
        } ?? []),
      data: FigureData(
        columns: ["row", "baseline", "series", axis.plainMarkup, "lower", "upper"],
        rows: series.flatMap { one in
          zip(rows, one.values).map { row, value in
            [
              .text(row.label), .text(row.isBaseline ? "yes" : "no"), .text(one.name),
              value.map { .number($0.value) } ?? .none, value?.interval.map { .number($0.lower) } ?? .none,
              value?.interval.map { .number($0.upper) } ?? .none,
            ]
          }
        }))
  }

  private static func ceilingStroke(_ index: Int) -> Stroke {
    Stroke(SeriesStyle.paint(index), width: 0.8, dashes: [1.5, 1.5])
  }

  private static func text(_ value: Value) -> String {
    (Wording.coefficient(value.value) + (value.interval.map { " \(Wording.interval($0.lower, $0.upper))" } ?? ""))
      .plainMarkup
  }
}
