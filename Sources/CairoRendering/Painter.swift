import CCairo
import ElementaryFunctions
import Figures

/// Draws the items of a display list on a Cairo context.
struct Painter {
  let cairo: OpaquePointer
  let palette: Palette
  let isVector: Bool

  func draw(_ item: DisplayItem, _ text: borrowing TextDrawing) {
    switch item {
    case .path(let path, let fill, let stroke): draw(path, fill, stroke)
    case .points(let marks, let rasterized):
      if rasterized, isVector { drawRaster(marks) } else { draw(marks) }
    case .text(let mark): draw(mark, text)
    case .clipped(let frame, let items):
      cairo_save(cairo)
      cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height)
      cairo_clip(cairo)
      for item in items { draw(item, text) }
      cairo_restore(cairo)
    }
  }

  /// Covers the whole surface with the background, also the part of a pixel beyond the drawing's edge.
  func paintGround() {
    set(Paint(.background))
    cairo_paint(cairo)
  }

  private func set(_ paint: Paint) {
    let color = palette.color(paint.role)
    cairo_set_source_rgba(cairo, color.red, color.green, color.blue, paint.opacity)
  }

  private func draw(_ path: Path, _ fill: Paint?, _ stroke: Stroke?) {
    cairo_new_path(cairo)
    for segment in path.segments {
      switch segment {
      case .move(let point): cairo_move_to(cairo, point.x, point.y)
      case .line(let point): cairo_line_to(cairo, point.x, point.y)
      case .curve(let first, let second, let end):
        cairo_curve_to(cairo, first.x, first.y, second.x, second.y, end.x, end.y)
      case .close: cairo_close_path(cairo)
      }
    }
    if let fill {
      set(fill)
      cairo_fill_preserve(cairo)
    }
    if let stroke {
      set(stroke.paint)
      cairo_set_line_width(cairo, stroke.width)
      cairo_set_line_cap(cairo, stroke.isRound ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
      cairo_set_line_join(cairo, stroke.isRound ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER)
      cairo_set_dash(cairo, stroke.dashes, Int32(stroke.dashes.count), 0)
      cairo_stroke_preserve(cairo)
      cairo_set_dash(cairo, nil, 0, 0)
    }
    cairo_new_path(cairo)
  }

  private func draw(_ marks: PointMarks) {
    set(marks.paint)
    let radius = marks.size / 2
    cairo_new_path(cairo)
    if marks.shape == .circle {
      cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND)
      cairo_set_line_width(cairo, marks.size)
      for point in marks.positions {
        cairo_move_to(cairo, point.x, point.y)
        cairo_line_to(cairo, point.x, point.y)
      }
      cairo_stroke(cairo)
      return
    }
    let isLine = marks.shape == .plus || marks.shape == .cross
    for point in marks.positions { outline(marks.shape, point, radius) }
    if isLine {
      cairo_set_line_width(cairo, max(0.6, marks.size / 5))
      cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT)
      cairo_stroke(cairo)
    } else {
      cairo_fill(cairo)
    }
  }

  private func outline(_ shape: PointMarks.Shape, _ center: Point, _ radius: Double) {
    func polygon(_ corners: [(Double, Double)]) {
      for (index, corner) in corners.enumerated() {
        let (x, y) = (center.x + corner.0 * radius, center.y + corner.1 * radius)
        if index == 0 { cairo_move_to(cairo, x, y) } else { cairo_line_to(cairo, x, y) }
      }
      cairo_close_path(cairo)
    }
    func segment(_ from: (Double, Double), _ to: (Double, Double)) {
      cairo_move_to(cairo, center.x + from.0 * radius, center.y + from.1 * radius)
      cairo_line_to(cairo, center.x + to.0 * radius, center.y + to.1 * radius)
    }
    let half = 3.0.squareRoot() / 2
    switch shape {
    case .circle: break
    case .square: polygon([(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)])
    case .triangle: polygon([(0, -1.1), (0.95, 0.65), (-0.95, 0.65)])
    case .diamond: polygon([(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)])
    case .hexagon: polygon([(0, -1), (half, -0.5), (half, 0.5), (0, 1), (-half, 0.5), (-half, -0.5)])
    case .plus:
      segment((-1, 0), (1, 0))
      segment((0, -1), (0, 1))
    case .cross:
      segment((-0.8, -0.8), (0.8, 0.8))
      segment((-0.8, 0.8), (0.8, -0.8))
    }
  }

  /// Draws marks into a 300 dpi image and paints that.
  private func drawRaster(_ marks: PointMarks) {
    guard let first = marks.positions.first else { return }
    var (left, right, top, bottom) = (first.x, first.x, first.y, first.y)
    for point in marks.positions {
      (left, right) = (min(left, point.x), max(right, point.x))
      (top, bottom) = (min(top, point.y), max(bottom, point.y))
    }
    let margin = marks.size
    let (width, height) = (right - left + 2 * margin, bottom - top + 2 * margin)
    let scale = CairoRenderer.resolution(width: width, height: height) / 72
    guard width > 0, height > 0, width <= 3 * CairoRenderer.greatestExtent, height <= 3 * CairoRenderer.greatestExtent,
      let image = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, Int32((width * scale).rounded(.up)), Int32((height * scale).rounded(.up))),
      let context = cairo_create(image)
    else { return draw(marks) }
    cairo_surface_set_device_scale(image, scale, scale)
    cairo_translate(context, margin - left, margin - top)
    Painter(cairo: context, palette: palette, isVector: false).draw(marks)
    cairo_destroy(context)
    cairo_surface_flush(image)
    cairo_set_source_surface(cairo, image, left - margin, top - margin)
    cairo_paint(cairo)
    cairo_surface_destroy(image)
  }

  private func draw(_ mark: TextMark, _ text: borrowing TextDrawing) {
    let extent = text.prepare(mark.text, size: mark.size, isBold: mark.isBold)
    let x =
      switch mark.alignment {
      case .start: 0.0
      case .middle: -extent.width / 2
      case .end: -extent.width
      }
    let y =
      switch mark.baseline {
      case .top: 0.0
      case .middle: -extent.height / 2
      case .baseline: -extent.baseline
      case .bottom: -extent.height
      }
    cairo_save(cairo)
    cairo_translate(cairo, mark.anchor.x, mark.anchor.y)
    if mark.rotation != 0 {
      // Not by cairo_rotate, which takes the C library's sine.
      let (cosine, sine) = (Elementary.cosPi(-mark.rotation / 180), Elementary.sinPi(-mark.rotation / 180))
      var turn = cairo_matrix_t(xx: cosine, yx: sine, xy: -sine, yy: cosine, x0: 0, y0: 0)
      cairo_transform(cairo, &turn)
    }
    cairo_move_to(cairo, x, y)
    set(mark.paint)
    text.show(on: cairo)
    cairo_restore(cairo)
  }
}
