/// A drawing as a flat list of marks in points (1/72 inch), origin at the top left, y downwards. It says nothing of
/// file formats or themes; text goldens compare it exactly.
package struct DisplayList: Sendable, Hashable {
  /// Width in points.
  package var width: Double
  /// Height in points.
  package var height: Double
  /// The title for `<title>` and for the PDF's metadata; plain text.
  package var title: String
  /// The alternative text; plain text.
  package var description: String
  /// The marks, drawn in order.
  package var items: [DisplayItem] = []
  /// Places that carry a tooltip in an interactive document; empty for very large samples.
  package var tooltips: [Tooltip] = []
}

/// A place with a text shown when it is pointed at.
package struct Tooltip: Sendable, Hashable {
  /// Centre.
  package var center: Point
  /// Radius in points.
  package var radius: Double
  /// Plain text.
  package var text: String
  /// The metric or baseline, by name, that the place belongs to.
  package var member: String?

  package init(center: Point, radius: Double, text: String, member: String? = nil) {
    self.center = center
    self.radius = radius
    self.text = text
    self.member = member
  }
}

/// A position in points.
package struct Point: Sendable, Hashable {
  /// To the right.
  package var x: Double
  /// Down.
  package var y: Double

  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An axis-parallel rectangle in points.
package struct Rectangle: Sendable, Hashable {
  /// Left edge.
  package var x: Double
  /// Top edge.
  package var y: Double
  package var width: Double
  package var height: Double

  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

/// One mark of a drawing.
package enum DisplayItem: Sendable, Hashable {
  /// A path, filled and then stroked.
  case path(Path, fill: Paint?, stroke: Stroke?)
  /// Many equal marks; `rasterized` draws them as a 300 dpi image in vector formats.
  case points(PointMarks, rasterized: Bool)
  /// A line of text.
  case text(TextMark)
  /// Items that are drawn only inside a rectangle.
  case clipped(Rectangle, [DisplayItem])
  /// Items that belong to one metric or baseline, by its name; interactive documents single it out.
  case member(String, [DisplayItem])
}

/// A sequence of segments.
package struct Path: Sendable, Hashable {
  /// One step of a path.
  package enum Segment: Sendable, Hashable {
    /// Begins a new part.
    case move(Point)
    /// A straight line.
    case line(Point)
    /// A cubic Bézier curve.
    case curve(Point, Point, Point)
    /// Back to where the part began.
    case close
  }

  package var segments: [Segment]

  package init(_ segments: [Segment]) { self.segments = segments }

  /// An open or closed line through points.
  package static func line(_ points: [Point], closed: Bool = false) -> Path {
    var segments = points.enumerated().map { $0.offset == 0 ? Segment.move($0.element) : .line($0.element) }
    if closed { segments.append(.close) }
    return Path(segments)
  }

  /// The outline of a rectangle.
  package static func rectangle(_ frame: Rectangle) -> Path {
    line(
      [
        Point(frame.x, frame.y), Point(frame.x + frame.width, frame.y),
        Point(frame.x + frame.width, frame.y + frame.height), Point(frame.x, frame.y + frame.height),
      ], closed: true)
  }
}

/// A colour by its part in the drawing; a theme turns it into red, green, blue.
package struct Paint: Sendable, Hashable {
  /// The part a colour plays.
  package enum Role: Sendable, Hashable {
    /// Text and axes.
    case ink
    /// Secondary text and ticks.
    case muted
    /// Grid lines.
    case grid
    /// The ground of the whole drawing.
    case background
    /// Okabe–Ito colour of an index, modulo the palette (index 7 is the ink colour of the theme).
    case category(Int)
    /// A sequence, 0 … 1 (cividis).
    case sequential(Double)
    /// A diverging scale, −1 … 1, neutral at 0.
    case diverging(Double)
    /// The text colour that reads on a diverging colour of that value.
    case onDiverging(Double)
    /// The text colour that reads on a sequential colour of that value.
    case onSequential(Double)
  }

  package var role: Role
  /// Opacity, 0 … 1.
  package var opacity: Double

  package init(_ role: Role, opacity: Double = 1) {
    self.role = role
    self.opacity = opacity
  }
}

/// The pen of a line.
package struct Stroke: Sendable, Hashable {
  /// The colour.
  package var paint: Paint
  /// Width in points.
  package var width: Double
  /// Lengths of dashes and gaps in points, in turn; solid when empty.
  package var dashes: [Double]
  /// True for round ends and corners; otherwise ends are flat and corners mitred.
  package var isRound: Bool

  package init(_ paint: Paint, width: Double, dashes: [Double] = [], isRound: Bool = false) {
    self.paint = paint
    self.width = width
    self.dashes = dashes
    self.isRound = isRound
  }
}

/// Equal marks at many places.
package struct PointMarks: Sendable, Hashable {
  /// The outline of a mark.
  package enum Shape: String, Sendable, Hashable, CaseIterable {
    /// A disc.
    case circle
    case square
    /// A triangle on its base.
    case triangle
    /// A square on its corner.
    case diamond
    /// A plus sign.
    case plus
    case cross
    /// A regular hexagon with a corner at the top.
    case hexagon
  }

  /// The outline.
  package var shape: Shape
  /// Diameter in points.
  package var size: Double
  /// The colour.
  package var paint: Paint
  /// The places.
  package var positions: [Point]
}

/// A line of text.
package struct TextMark: Sendable, Hashable {
  /// Horizontal place of the anchor in the text.
  package enum Alignment: String, Sendable, Hashable {
    /// At its start.
    case start
    /// At its middle.
    case middle
    /// At its end.
    case end
  }

  /// Vertical place of the anchor in the text.
  package enum Baseline: String, Sendable, Hashable {
    /// At the top of the line.
    case top
    /// Half-way between top and bottom of the line.
    case middle
    /// At the baseline.
    case baseline
    /// At the bottom of the line.
    case bottom
  }

  /// The text; `^{…}` raises and `_{…}` lowers, a backslash makes the next character plain.
  package var text: String
  package var anchor: Point
  /// Size in points.
  package var size: Double
  package var isBold: Bool
  /// Horizontal place of the anchor.
  package var alignment: Alignment
  /// Vertical place of the anchor.
  package var baseline: Baseline
  /// Rotation about the anchor in degrees, counter-clockwise.
  package var rotation: Double
  /// The colour.
  package var paint: Paint

  package init(
    _ text: String, at anchor: Point, size: Double = 8, isBold: Bool = false, alignment: Alignment = .start,
    baseline: Baseline = .baseline, rotation: Double = 0, paint: Paint = Paint(.ink)
  ) {
    self.text = text
    self.anchor = anchor
    self.size = size
    self.isBold = isBold
    self.alignment = alignment
    self.baseline = baseline
    self.rotation = rotation
    self.paint = paint
  }
}
