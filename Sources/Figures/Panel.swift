/// An axis of a panel.
package enum Axis: Sendable, Hashable {
  /// Numbers on a scale.
  case numeric(label: String, Scale)
  /// Names in slots of equal size, from the left or the top.
  case categories(label: String, [String])
  /// A scale without line, ticks and labels.
  case hidden(Scale)

  var label: String {
    switch self {
    case .numeric(let label, _), .categories(let label, _): label
    case .hidden: ""
    }
  }

  /// True when a value has a place on the axis: one that the scale shows, or any finite one among categories.
  func shows(_ value: Double) -> Bool {
    switch self {
    case .numeric(_, let scale), .hidden(let scale): scale.shows(value)
    case .categories: value.isFinite
    }
  }
}

/// A mark of a panel, in the coordinates of its axes. On an axis of categories, slot i spans i … i + 1.
package enum Mark: Sendable, Hashable {
  /// Points of one series.
  case points([Point], shape: PointMarks.Shape, size: Double, paint: Paint, isRasterized: Bool)
  /// Points counted in hexagons, shaded by the count; `x` and `y` are what the axes show, for the tooltips.
  case hexbins([Point], x: String, y: String)
  /// A line through points.
  case line([Point], Stroke)
  /// A rectangle from one corner to the other.
  case area(Point, Point, fill: Paint, stroke: Stroke?)
  /// A filled or outlined polygon.
  case polygon([Point], fill: Paint?, stroke: Stroke?)
  /// A line across the whole panel at a value of x or y.
  case reference(x: Double?, y: Double?, Stroke)
  /// A horizontal line segment with end caps, from one x to another.
  case interval(from: Double, to: Double, y: Double, Stroke)
  /// Text at a place.
  case text(String, Point, size: Double, isBold: Bool, alignment: TextMark.Alignment, paint: Paint)
  /// A tooltip at a place.
  case tooltip(Point, String)
  /// Marks that belong to one metric or baseline, by its name.
  case member(String, [Mark])
}

/// One plot of a figure.
package struct Panel: Sendable, Hashable {
  /// The title, bold.
  package var title: String
  /// A line under the title.
  package var subtitle = ""
  /// Horizontal axis.
  package var x: Axis
  /// Vertical axis.
  package var y: Axis
  /// The marks, the first drawn undermost.
  package var marks: [Mark]
  /// The metric or baseline, by name, that the whole panel shows; nil when it shows several.
  package var member: String?
  /// The metric or baseline, by name, of each name at the vertical axis; shorter or nil where there is none.
  package var rowMembers: [String?] = []
}

extension Mark {
  /// The marks as belonging to a metric or baseline; as they are without a name.
  static func member(_ name: String?, of marks: [Mark]) -> [Mark] {
    name.map { [.member($0, marks)] } ?? marks
  }
}

package struct LegendEntry: Sendable, Hashable {
  /// The name.
  package var label: String
  /// The symbol; nil when no points show the series.
  package var shape: PointMarks.Shape?
  /// The line; nil when no lines show the series.
  package var stroke: Stroke?
  /// The colour.
  package var paint: Paint
}

/// Shapes, dashes and colours of series by index: no two of a figure differ by colour alone.
enum SeriesStyle {
  private static let shapes: [PointMarks.Shape] = [.circle, .triangle, .square, .diamond, .plus, .cross]
  private static let dashes: [[Double]] = [[], [4, 2], [1.5, 1.5], [6, 2, 1.5, 2], [3, 1]]

  static func paint(_ index: Int, opacity: Double = 1) -> Paint { Paint(.category(index % 8), opacity: opacity) }

  static func shape(_ index: Int) -> PointMarks.Shape { shapes[index % shapes.count] }

  static func stroke(_ index: Int, width: Double = 1.1) -> Stroke {
    Stroke(paint(index), width: width, dashes: dashes[index % dashes.count], isRound: true)
  }
}

/// The numbers behind a figure, as its data file has them.
package struct FigureData: Sendable, Hashable {
  /// A value of the data.
  package enum Value: Sendable, Hashable {
    case text(String)
    case number(Double)
    /// An undefined value.
    case none
  }

  /// Column titles.
  package var columns: [String]
  package var rows: [[Value]]
}

/// A figure with all its numbers, before layout.
package struct ResolvedFigure: Sendable {
  /// The title; plain text.
  package var title: String
  /// A title within the drawing, bold and at the left; none when empty.
  package var headline = ""
  /// Words under the headline.
  package var lead = ""
  /// The alternative text; plain text.
  package var description: String
  /// The plots, row by row.
  package var panels: [Panel]
  /// Plots in a row.
  package var perRow = 1
  /// Width in points.
  package var width: Double
  /// Height of a panel's plotting area; from its width when nil.
  package var panelHeight: Double?
  /// Whether the width that is left beside labels is shared evenly among the plots of a row, rather than each plot with its
  /// labels getting the same width.
  package var packsColumns = false
  /// The legend, under the plots.
  package var legend: [LegendEntry] = []
  /// Sentences on how values are drawn, such as a changed scale; they stand under the legend and in the description.
  package var notes: [String] = []
  /// The coefficients that it shows, by their names for people, in the order in which they stand.
  package var coefficients: [String] = []
  /// The numbers behind it.
  package var data: FigureData
}
