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
    case .member(_, let items):
      for item in items { draw(item, text) }
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

  /// Adds a path to the current one.
  private func trace(_ path: Path) {
    for segment in path.segments {
      switch segment {
      case .move(let point): cairo_move_to(cairo, point.x, point.y)
      case .line(let point): cairo_line_to(cairo, point.x, point.y)
      case .curve(let first, let second, let end):
        cairo_curve_to(cairo, first.x, first.y, second.x, second.y, end.x, end.y)
      case .close: cairo_close_path(cairo)
      }
    }
  }

  private func draw(_ path: Path, _ fill: Paint?, _ stroke: Stroke?) {
    cairo_new_path(cairo)
    trace(path)
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

  func draw(_ marks: PointMarks) {
    set(marks.paint)
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
    for point in marks.positions { trace(marks.outline(at: point)) }
    if marks.isLines {
      cairo_set_line_width(cairo, marks.lineWidth)
      cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT)
      cairo_stroke(cairo)
    } else {
      cairo_fill(cairo)
    }
  }

  /// Draws marks into a 300 dpi image and paints that.
  private func drawRaster(_ marks: PointMarks) {
    guard !marks.positions.isEmpty else { return }
    guard let (image, frame) = PointImage.surface(marks, CAIRO_FORMAT_ARGB32, palette: palette) else {
      return draw(marks)
    }
    cairo_set_source_surface(cairo, image, frame.x, frame.y)
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
