/// How many of the best rows each ranking keeps, when it keeps as many rows as all others: dots with stems from what random
/// subsets keep, counts at the right.
package enum SurvivorDots {
  /// A ranking, or a reduction.
  package struct Row: Sendable {
    /// The name, in the markup of figures.
    package var label: String
    /// The number of the best rows kept; of ties at a cut, by expectation.
    package var kept: Double
    /// True for what reads off a size, drawn as a diamond.
    package var isBaseline: Bool
    /// The name of the metric or baseline in results; nil when the row is of none.
    package var member: String?

    package init(label: String, kept: Double, isBaseline: Bool, member: String? = nil) {
      self.label = label
      self.kept = kept
      self.isBaseline = isBaseline
      self.member = member
    }
  }

  /// The number of the best rows that random subsets keep.
  package struct Random: Sendable {
    package var expected: Double
    package var lower: Double
    package var upper: Double
    /// The name over the band.
    package var label: String

    package init(expected: Double, lower: Double, upper: Double, label: String) {
      self.expected = expected
      self.lower = lower
      self.upper = upper
      self.label = label
    }
  }

  /// The figure; rows from the most kept to the least.
  ///
  /// - Parameters:
  ///   - count: The number of best rows; at least 1.
  ///   - headline: The question that the figure answers.
  ///   - lead: What is drawn, under it.
  package static func figure(
    _ rows: [Row], of count: Int, random: Random?, headline: String, lead: String, width: Double
  ) -> ResolvedFigure {
    let ordered = rows.enumerated().sorted {
      $0.element.kept == $1.element.kept ? $0.offset < $1.offset : $0.element.kept > $1.element.kept
    }.map(\.element)
    func percent(_ kept: Double) -> Double { kept * 100 / Double(max(1, count)) }
    // Room for the counts at the right, of a plot that is about half as wide as the figure.
    let end = 106 / (1 - min(0.6, 44 / max(1, width * 0.45)))
    var scale = Scale(.linear, from: 0, to: end)
    scale.marked = [0, 25, 50, 75, 100]
    var marks: [Mark] = []
    let bottom = Double(ordered.count + 1)
    if let random {
      let (lower, upper, expected) = (percent(random.lower), percent(random.upper), percent(random.expected))
      marks = [
        .area(Point(lower, 0.95), Point(upper, bottom), fill: Paint(.muted, opacity: 0.22), stroke: nil),
        .line([Point(expected, 0.95), Point(expected, bottom)], Stroke(Paint(.muted), width: 1)),
        .text(random.label, Point(expected, 0.5), size: 7, isBold: false, alignment: .middle, paint: Paint(.muted)),
      ]
    }
    for (index, row) in ordered.enumerated() {
      let y = Double(index) + 1.5
      let place = Point(percent(row.kept), y)
      let role = Paint.Role.category(row.isBaseline ? 1 : 0)
      marks += Mark.member(
        row.member,
        of: [
          .line(
            [Point(random.map { percent($0.expected) } ?? 0, y), place], Stroke(Paint(role, opacity: 0.55), width: 1.8)),
          .points(
            [place], shape: row.isBaseline ? .diamond : .circle, size: 6, paint: Paint(role), isRasterized: false),
          .text(text(row, count), Point(end * 0.99, y), size: 7.5, isBold: false, alignment: .end, paint: Paint(.ink)),
          .tooltip(place, "\(row.label.plainMarkup): \(text(row, count))"),
        ])
    }
    return ResolvedFigure(
      title: headline.plainMarkup, headline: headline, lead: lead,
      description: description(ordered, count, random, headline, lead),
      panels: [
        Panel(
          title: "", x: .numeric(label: "share of the best \(Wording.number(count)) kept, %", scale),
          y: .categories(label: "", [""] + ordered.map(\.label)), marks: marks,
          rowMembers: [nil] + ordered.map(\.member))
      ], width: width, panelHeight: 15 * bottom,
      legend: Set(ordered.map(\.isBaseline)).count < 2
        ? []
        : [
          LegendEntry(label: "training-free metric", shape: .circle, paint: Paint(.category(0))),
          LegendEntry(label: "looking at the size", shape: .diamond, paint: Paint(.category(1))),
        ],
      data: FigureData(
        columns: ["name", "baseline", "kept", "of", "random", "lower", "upper"],
        rows: ordered.map { row in
          [
            .text(row.label.plainMarkup), .text(row.isBaseline ? "yes" : "no"), .number(row.kept),
            .number(Double(count)),
          ]
            + [random?.expected, random?.lower, random?.upper].map { $0.map { .number($0) } ?? .none }
        }))
  }

  /// `44 of 50`; a count by expectation is rounded.
  private static func text(_ row: Row, _ count: Int) -> String {
    "\(NumberText.fixed(row.kept, decimals: 0)) of \(Wording.number(count))"
  }

  private static func description(
    _ rows: [Row], _ count: Int, _ random: Random?, _ headline: String, _ lead: String
  ) -> String {
    let band = random.map {
      " Random subsets: \(NumberText.fixed($0.expected, decimals: 0)), from \(NumberText.fixed($0.lower, decimals: 0)) to "
        + "\(NumberText.fixed($0.upper, decimals: 0))."
    }
    return
      ([headline, lead].filter { !$0.isEmpty }.map { $0.hasSuffix("?") || $0.hasSuffix(".") ? $0 : $0 + "." }
      .joined(separator: " ") + " "
      + rows.map { "\($0.label): \(text($0, count))" }.joined(separator: "; ") + "." + (band ?? "")).plainMarkup
  }
}
