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

    package init(
      title: String, computed: [Double], published: [Double], tau: Double?, medianRelativeError: Double?,
      labels: [String] = []
    ) {
      self.title = title
      self.computed = computed
      self.published = published
      self.tau = tau
      self.medianRelativeError = medianRelativeError
      self.labels = labels
    }

    var tauText: String { tau.map { Wording.coefficient($0) } ?? "undefined" }

    var errorText: String { medianRelativeError.map { NumberText.compact($0, digits: 2) } ?? "undefined" }
  }

  /// Points above which a panel shows hexagonal bins.
  private static let largestScatter = 5000

  /// The figure: a panel for each plot, mid-ranks from 1 for the smallest value, the identity line, τ-b and the median
  /// relative error under the title.
  package static func figure(_ plots: [Plot], title: String, perRow: Int, width: Double) -> ResolvedFigure {
    let total = plots.reduce(0) { $0 + $1.computed.count }
    let panels = plots.enumerated().map { index, plot -> Panel in
      let count = plot.computed.count
      let scale = Scale(.linear, over: [1, Double(max(2, count))])
      let row = index / max(1, perRow)
      let isLast = (row + 1) * perRow >= plots.count || index + perRow >= plots.count
      return Panel(
        title: plot.title, subtitle: "τ \(plot.tauText)   median error \(plot.errorText)",
        x: .numeric(label: isLast ? "published rank" : "", scale),
        y: .numeric(label: index % max(1, perRow) == 0 ? "computed rank" : "", scale),
        marks: marks(plot, hasTooltips: total <= 2000))
    }
    return ResolvedFigure(
      title: title, description: description(plots), panels: panels, perRow: perRow, width: width,
      data: FigureData(
        columns: ["column", "n", "τ", "median relative error"],
        rows: plots.map { plot in
          [
            .text(plot.title), .number(Double(plot.computed.count)), plot.tau.map { .number($0) } ?? .none,
            plot.medianRelativeError.map { .number($0) } ?? .none,
          ]
        }))
  }

  private static func marks(_ plot: Plot, hasTooltips: Bool) -> [Mark] {
    let end = Double(max(2, plot.computed.count))
    let identity = Mark.line([Point(1, 1), Point(end, end)], Stroke(Paint(.muted), width: 0.7, dashes: [3, 2]))
    let points = zip(MidRanks.ranks(plot.published), MidRanks.ranks(plot.computed)).map { Point($0, $1) }
    guard points.count <= largestScatter else { return [.hexbins(points), identity] }
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
