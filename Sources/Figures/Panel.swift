/// An axis of a panel.
public enum Axis: Sendable, Hashable {
  /// Numbers on a scale.
  case numeric(label: String, Scale)
  /// Names in slots of equal size, from the left or the top.
  case categories(label: String, [String])
  /// Nothing drawn.
  case hidden(Scale)

  var label: String {
    switch self {
    case .numeric(let label, _), .categories(let label, _): label
    case .hidden: ""
    }
  }
}

/// What is drawn in a panel, in data coordinates. On an axis of categories, slot i spans i … i + 1.
public enum Mark: Sendable, Hashable {
  /// Points of one series.
  case points([Point], shape: PointMarks.Shape, size: Double, paint: Paint, isRasterized: Bool)
  /// Counts in hexagons.
  case hexbins([Point])
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
}

/// One plot of a figure.
public struct Panel: Sendable, Hashable {
  /// The title, bold.
  public var title: String
  /// A line under the title.
  public var subtitle: String
  /// Horizontal axis.
  public var x: Axis
  /// Vertical axis.
  public var y: Axis
  /// What is drawn, in order.
  public var marks: [Mark]

  /// Creates a panel.
  public init(title: String, subtitle: String = "", x: Axis, y: Axis, marks: [Mark]) {
    self.title = title
    self.subtitle = subtitle
    self.x = x
    self.y = y
    self.marks = marks
  }
}

/// An entry of a legend.
public struct LegendEntry: Sendable, Hashable {
  /// The name.
  public var label: String
  /// The symbol, when points show the series.
  public var shape: PointMarks.Shape?
  /// The line, when lines do.
  public var stroke: Stroke?
  /// The colour.
  public var paint: Paint

  /// Creates an entry.
  public init(label: String, shape: PointMarks.Shape?, stroke: Stroke? = nil, paint: Paint) {
    self.label = label
    self.shape = shape
    self.stroke = stroke
    self.paint = paint
  }
}

/// The numbers behind a figure.
public struct FigureData: Sendable, Hashable {
  /// A value of the data.
  public enum Value: Sendable, Hashable {
    /// Text.
    case text(String)
    /// A number.
    case number(Double)
    /// Nothing.
    case none
  }

  /// Column titles.
  public var columns: [String]
  /// Rows.
  public var rows: [[Value]]

  /// Creates data.
  public init(columns: [String], rows: [[Value]]) {
    self.columns = columns
    self.rows = rows
  }
}

/// A figure with all its numbers, before layout.
public struct ResolvedFigure: Sendable {
  /// The title; plain text.
  public var title: String
  /// The alternative text; plain text.
  public var description: String
  /// The plots, row by row.
  public var panels: [Panel]
  /// Plots in a row.
  public var perRow: Int
  /// Width in points.
  public var width: Double
  /// Height of a panel's plotting area; from its width when nil.
  public var panelHeight: Double?
  /// Whether the width that is left beside labels is shared evenly among the plots of a row, rather than each plot with its
  /// labels getting the same width.
  public var packsColumns: Bool
  /// The legend, under the plots.
  public var legend: [LegendEntry]
  /// What a reader has to know of how values are drawn, a sentence each: under the legend and in the description.
  public var notes: [String]
  /// The numbers behind it.
  public var data: FigureData

  /// Creates a figure.
  public init(
    title: String, description: String, panels: [Panel], perRow: Int = 1, width: Double, panelHeight: Double? = nil,
    packsColumns: Bool = false, legend: [LegendEntry] = [], notes: [String] = [], data: FigureData
  ) {
    self.title = title
    self.description = description
    self.panels = panels
    self.perRow = perRow
    self.width = width
    self.panelHeight = panelHeight
    self.packsColumns = packsColumns
    self.legend = legend
    self.notes = notes
    self.data = data
  }
}
