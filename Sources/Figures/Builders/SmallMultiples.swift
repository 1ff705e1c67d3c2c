/// Scatter plots of several metrics against one target.
package enum SmallMultiples {
  /// The panel of one metric.
  package struct Plot: Sendable {
    /// The metric's name for people.
    package var title: String
    /// Coefficients with their symbols in the markup of figures, for the line under the title; nil is undefined.
    package var coefficients: [(symbol: String, value: Double?)]
    /// Values of the metric, in any order.
    package var x: [Double]
    /// Values of the target, one for each of the metric.
    package var y: [Double]
    /// The tooltip of each point; empty for none.
    package var labels: [String]
    /// The group of each point, which its shape and colour show; nil for one group.
    package var groups: [String]?
    /// Whether the x axis is logarithmic; otherwise the values decide (`Scale.suitable`).
    package var isLogarithmic: Bool
    /// The name of the metric or baseline in results; nil when the panel is of none.
    package var member: String?
    /// The label of the horizontal axis, such as the unit of the values.
    package var axis: String

    package init(
      title: String, coefficients: [(symbol: String, value: Double?)], x: [Double], y: [Double], labels: [String] = [],
      groups: [String]? = nil, isLogarithmic: Bool = false, member: String? = nil, axis: String = ""
    ) {
      self.title = title
      self.coefficients = coefficients
      self.x = x
      self.y = y
      self.labels = labels
      self.groups = groups
      self.isLogarithmic = isLogarithmic
      self.member = member
      self.axis = axis
    }
  }

  /// The choice between points and hexagonal bins.
  package enum Sampling: Sendable {
    /// Points up to 5,000, hexagonal bins above.
    case automatic
    /// Hexagonal bins.
    case hexbins
    /// Points, as an image above 5,000.
    case points
  }

  package static func figure(
    _ plots: [Plot], title: String, target: String, isReversed: Bool, isTargetLogarithmic: Bool = false, perRow: Int,
    width: Double, sampling: Sampling = .automatic
  ) -> ResolvedFigure {
    let perRow = max(1, perRow)
    let targetForm = isTargetLogarithmic ? Scale.Form.logarithmic : .linear
    let yScale = Scale(targetForm, over: plots.flatMap(\.y), isReversed: isReversed)
    let targetNote = AxisNote.instead(of: targetForm, yScale, axis: target, values: plots.flatMap(\.y))
    let forms = plots.map { $0.isLogarithmic ? .logarithmic : Scale.suitable(for: $0.x) }
    let xScales = zip(plots, forms).map { Scale($1, over: $0.x) }
    let largest = plots.map(\.x.count).max() ?? 0
    let total = plots.reduce(0) { $0 + $1.x.count }
    let bins: Bool
    switch sampling {
    case .automatic: bins = largest > 5000
    case .hexbins: bins = true
    case .points: bins = false
    }
    let groups = Self.groupNames(plots)
    let isSequence = groups.count > manyGroups
    let panels = plots.enumerated().map { index, plot -> Panel in
      Panel(
        title: plot.title,
        subtitle: plot.coefficients.map {
          "\($0.symbol)\u{A0}\($0.value.map { Wording.coefficient($0) } ?? "undefined")"
        }
        .joined(separator: "   "),
        x: .numeric(
          label: [plot.axis, xScales[index].form.label].filter { !$0.isEmpty }.joined(separator: ", "), xScales[index]),
        y: .numeric(label: index % perRow == 0 ? target : "", yScale),
        marks: bins
          ? [.hexbins(zip(plot.x, plot.y).map { Point($0, $1) }, x: plot.title, y: target)]
          : points(
            plot, groups: groups, isSequence: isSequence, isRasterized: largest > 5000,
            hasTooltips: total <= FigureLayout.mostTooltips),
        member: plot.member)
    }
    return ResolvedFigure(
      title: title, description: description(plots, target: target, isReversed: isReversed, bins: bins), panels: panels,
      perRow: perRow, width: width,
      legend: bins
        ? Hexbins.legend
        : groups.count < 2
          ? []
          : groups.enumerated().map {
            LegendEntry(
              label: $1, shape: isSequence ? .circle : SeriesStyle.shape($0), paint: paint($0, of: groups.count))
          },
      notes: plots.indices.compactMap {
        AxisNote.instead(of: forms[$0], xScales[$0], axis: plots[$0].title, values: plots[$0].x)
      } + [targetNote].compactMap(\.self), data: data(plots))
  }

  /// Groups up to which each has a colour and a shape of its own; more are shades of one sequence.
  private static let manyGroups = 6

  private static func paint(_ index: Int, of count: Int, opacity: Double = 1) -> Paint {
    guard count > manyGroups else { return SeriesStyle.paint(index, opacity: opacity) }
    return Paint(.sequential(0.1 + 0.9 * Double(index) / Double(count - 1)), opacity: opacity)
  }

  private static func groupNames(_ plots: [Plot]) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    for plot in plots { for name in plot.groups ?? [] where known.insert(name).inserted { names.append(name) } }
    return names.sorted { $0.count == $1.count ? $0 < $1 : $0.count < $1.count }
  }

  private static func points(_ plot: Plot, groups: [String], isSequence: Bool, isRasterized: Bool, hasTooltips: Bool)
    -> [Mark]
  {
    let all = zip(plot.x, plot.y).map { Point($0, $1) }
    let size = all.count > 2000 ? 1.4 : all.count > 300 ? 2 : 3.2
    let opacity = all.count > 2000 ? 0.35 : 0.6
    var marks: [Mark] = []
    if let membership = plot.groups, groups.count > 1, membership.count >= all.count {
      for (index, name) in groups.enumerated() {
        let members = all.indices.filter { membership[$0] == name }.map { all[$0] }
        guard !members.isEmpty else { continue }
        marks.append(
          .points(
            members, shape: isSequence ? .circle : SeriesStyle.shape(index), size: size + 0.6,
            paint: paint(index, of: groups.count, opacity: isSequence ? 0.85 : opacity), isRasterized: isRasterized))
      }
    } else {
      marks.append(
        .points(
          all, shape: .circle, size: size, paint: SeriesStyle.paint(0, opacity: opacity), isRasterized: isRasterized))
    }
    if hasTooltips, plot.labels.count == all.count {
      marks += zip(all, plot.labels).map { .tooltip($0, $1) }
    }
    return marks
  }

  private static func description(_ plots: [Plot], target: String, isReversed: Bool, bins: Bool) -> String {
    let form = bins ? "hexagonal-bin plots" : "scatter plots"
    let head =
      plots.count == 1
      ? "\(bins ? "Hexagonal-bin plot" : "Scatter plot") of \(plots[0].title.plainMarkup) (horizontal) and \(target.plainMarkup) (vertical)"
      : "\(plots.count) \(form) of metrics (horizontal) and \(target.plainMarkup) (vertical)"
    let axis = isReversed ? ", the vertical axis reversed so that better is higher. " : ". "
    let panels = plots.map { plot -> String in
      let values = plot.coefficients.map {
        "\($0.symbol.plainMarkup) \($0.value.map { Wording.coefficient($0) } ?? "undefined")"
      }
      return
        "\(plot.title.plainMarkup): n \(NumberText.grouped(Double(plot.x.count)) ?? ""), \(values.joined(separator: ", "))"
    }
    let strongest = plots.max { abs($0.coefficients.first?.value ?? 0) < abs($1.coefficients.first?.value ?? 0) }
    let takeaway =
      plots.count > 1 ? strongest.map { " The strongest association is that of \($0.title.plainMarkup)." } ?? "" : ""
    return head + axis + panels.joined(separator: "; ") + "." + takeaway
  }

  private static func data(_ plots: [Plot]) -> FigureData {
    var symbols: [String] = []
    for symbol in plots.flatMap({ $0.coefficients.map(\.symbol.plainMarkup) }) where !symbols.contains(symbol) {
      symbols.append(symbol)
    }
    return FigureData(
      columns: ["metric", "n", "metric minimum", "metric maximum"] + symbols,
      rows: plots.map { plot in
        [
          .text(plot.title), .number(Double(plot.x.count)), plot.x.min().map { .number($0) } ?? .none,
          plot.x.max().map { .number($0) } ?? .none,
        ]
          + symbols.map { symbol in
            plot.coefficients.first { $0.symbol.plainMarkup == symbol }?.value.map { .number($0) } ?? .none
          }
      })
  }
}
