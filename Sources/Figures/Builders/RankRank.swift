import Statistics

/// Ranks by a computed column against ranks by its published one: points on the identity line rank alike.
package enum RankRank {
  /// The panel of one column.
  package struct Plot: Sendable {
    /// The column's name for people.
    package var title: String
    /// Computed values, in any order.
    package var computed: [Double]
    /// Published values, one for each computed value.
    package var published: [Double]
    /// Kendall's τ-b; nil when it is undefined.
    package var tau: Double?
    /// Median relative error; nil when it is undefined.
    package var medianRelativeError: Double?
    /// The tooltip of each point; empty for none.
    package var labels: [String]
    /// The name of the metric in results; nil when the column is of none.
    package var member: String?

    package init(
      title: String, computed: [Double], published: [Double], tau: Double?, medianRelativeError: Double?,
      labels: [String] = [], member: String? = nil
    ) {
      self.title = title
      self.computed = computed
      self.published = published
      self.tau = tau
      self.medianRelativeError = medianRelativeError
      self.labels = labels
      self.member = member
    }

    var tauText: String { tau.map { Wording.coefficient($0) } ?? "undefined" }

    var errorText: String { medianRelativeError.map { NumberText.compact($0, digits: 2) } ?? "undefined" }
  }

  /// Points above which a panel shows hexagonal bins.
  private static let largestScatter = 5000

  /// Columns up to which each has its panel of ranks.
  private static let fewPlots = 3

  /// The figure: a panel for each plot, mid-ranks from 1 for the smallest value, the identity line, τ-b and the median
  /// relative error under the title. Of more than three columns, one panel has the errors of all, and those two have theirs
  /// whose ranks differ most: panels in which all points stand on the line say nothing.
  package static func figure(_ plots: [Plot], title: String, perRow: Int, width: Double) -> ResolvedFigure {
    let isLong = plots.count > fewPlots
    let shown =
      !isLong
      ? plots
      : Array(
        plots.enumerated().filter { $0.element.tau != nil }.sorted {
          let (one, other) = ($0.element.tau ?? 1, $1.element.tau ?? 1)
          return one == other ? $0.offset < $1.offset : one < other
        }.map(\.element).prefix(2))
    let total = shown.reduce(0) { $0 + $1.computed.count }
    let perRow = isLong ? shown.count + 1 : max(1, perRow)
    let ranks = shown.enumerated().map { index, plot -> Panel in
      let scale = Scale(.linear, over: [1, Double(max(2, plot.computed.count))])
      return Panel(
        title: plot.title, subtitle: "τ\u{A0}\(plot.tauText)   median\u{A0}error\u{A0}\(plot.errorText)",
        x: .numeric(label: "published rank", scale),
        y: .numeric(label: index % perRow == 0 ? "computed rank" : "", scale),
        marks: marks(plot, hasTooltips: total <= FigureLayout.mostTooltips), member: plot.member)
    }
    return ResolvedFigure(
      title: title, description: description(plots), panels: (isLong ? [errors(plots)] : []) + ranks, perRow: perRow,
      width: width, panelHeight: isLong ? max(110, Double(plots.count) * 10) : nil, packsColumns: isLong,
      legend: shown.contains { $0.computed.count > largestScatter } ? Hexbins.legend : [],
      data: FigureData(
        columns: ["column", "n", "τ", "median relative error"],
        rows: plots.map { plot in
          [
            .text(plot.title), .number(Double(plot.computed.count)), plot.tau.map { .number($0) } ?? .none,
            plot.medianRelativeError.map { .number($0) } ?? .none,
          ]
        }))
  }

  /// The median relative errors of all columns, from the largest; those that are 0 or undefined in words.
  private static func errors(_ plots: [Plot]) -> Panel {
    let ordered = plots.enumerated().sorted {
      let (one, other) = ($0.element.medianRelativeError ?? -1, $1.element.medianRelativeError ?? -1)
      return one == other ? $0.offset < $1.offset : one > other
    }.map(\.element)
    let scale = Scale(.logarithmic, over: ordered.compactMap(\.medianRelativeError).filter { $0 > 0 })
    let marks = ordered.enumerated().flatMap { index, plot -> [Mark] in
      let y = Double(index) + 0.5
      guard let error = plot.medianRelativeError, error > 0 else {
        return Mark.member(
          plot.member,
          of: [
            .text(
              plot.errorText, Point(scale.lower, y), size: 6.5, isBold: false, alignment: .start, paint: Paint(.muted))
          ])
      }
      let place = Point(error, y)
      return Mark.member(
        plot.member,
        of: [
          .points([place], shape: .circle, size: 4.6, paint: SeriesStyle.paint(0), isRasterized: false),
          .tooltip(place, "\(plot.title): median relative error \(plot.errorText), τ \(plot.tauText)".plainMarkup),
        ])
    }
    return Panel(
      title: "Relative error", x: .numeric(label: "median, \(scale.form.label)", scale),
      y: .categories(label: "", ordered.map(\.title)), marks: marks, rowMembers: ordered.map(\.member))
  }

  private static func marks(_ plot: Plot, hasTooltips: Bool) -> [Mark] {
    let end = Double(max(2, plot.computed.count))
    let identity = Mark.line([Point(1, 1), Point(end, end)], Stroke(Paint(.muted), width: 0.7, dashes: [3, 2]))
    let points = zip(MidRanks.ranks(plot.published), MidRanks.ranks(plot.computed)).map { Point($0, $1) }
    guard points.count <= largestScatter else {
      return [.hexbins(points, x: "published rank", y: "computed rank"), identity]
    }
    let size = points.count > 2000 ? 1.4 : points.count > 300 ? 2 : 3.2
    let drawn = Mark.points(
      points, shape: .circle, size: size, paint: SeriesStyle.paint(0, opacity: points.count > 2000 ? 0.35 : 0.6),
      isRasterized: false)
    let tips =
      hasTooltips && plot.labels.count == points.count ? zip(points, plot.labels).map { Mark.tooltip($0, $1) } : []
    return [identity, drawn] + tips
  }

  private static func description(_ plots: [Plot]) -> String {
    let panels = plots.map { plot in
      "\(plot.title): n \(NumberText.grouped(Double(plot.computed.count)) ?? ""), τ \(plot.tauText), "
        + "median relative error \(plot.errorText.plainMarkup)"
    }
    let furthest = plots.filter { $0.tau != nil }.min { ($0.tau ?? 0) < ($1.tau ?? 0) }
    return
      "Ranks by published values (horizontal) and by computed values (vertical) of \(Wording.count(plots.count, "column")), "
      + "with the line of equal ranks. \(panels.joined(separator: "; "))."
      + (plots.count > 1 ? furthest.map { " The ranks differ most for \($0.title)." } ?? "" : "")
  }
}
