import Figures

/// Writes a display list as an SVG file: text that can be selected and found, colours that follow the reader's theme, and
/// attributes once for marks that share them.
///
/// Places of texts come from the layouts that PDF and PNG are drawn with; `textLength` keeps a longer text as wide as it
/// was measured where another font takes the place of the pinned one. Many marks of one shape are the markers of one path.
/// Points that vector formats draw as an image are a mask, through which their colour shows.
struct SVGDrawing {
  private var style = SVGStyle()
  private var definitions = ""
  private var clips = 0
  private var masks = 0
  private var markers: [String: Int] = [:]
  private let shifts: TextDrawing.Shifts

  /// The file.
  ///
  /// - Throws: `FigureRenderingError.library` when points cannot be drawn as an image.
  static func file(_ list: DisplayList, _ text: borrowing TextDrawing) throws(FigureRenderingError) -> [UInt8] {
    var drawing = SVGDrawing(shifts: text.shifts())
    let body = try drawing.body(list.items, text)
    let (width, height) = (SVGPathData.number(list.width), SVGPathData.number(list.height))
    let definitions = drawing.definitions.isEmpty ? "" : "<defs>\(drawing.definitions)</defs>\n"
    return Array(
      """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description" width="\(width)pt" \
      height="\(height)pt" viewBox="0 0 \(width) \(height)" fill="none" font-size="7.5">
      <title id="title">\(TextMarkup.escaped(list.title))</title>
      <desc id="description">\(TextMarkup.escaped(list.description))</desc>
      <style>
      text{font-family:\(TextDrawing.families)}
      \(drawing.style.sheet)</style>
      \(definitions)\(body)</svg>

      """.utf8)
  }

  private init(shifts: TextDrawing.Shifts) { self.shifts = shifts }

  /// An element without its end: what comes after its name, apart from attributes that its neighbours share.
  private struct Element {
    var name: String
    /// The attributes that neighbours may share, each with a blank before it.
    var shared: String
    var own: String
    var content: String?

    func text(_ shared: String) -> String {
      "<\(name)\(shared)\(own)" + (content.map { ">\($0)</\(name)>" } ?? "/>")
    }
  }

  private mutating func body(
    _ items: [DisplayItem], _ text: borrowing TextDrawing
  ) throws(FigureRenderingError) -> String {
    var output = ""
    var run: [Element] = []
    func flush() {
      guard let first = run.first else { return }
      if run.count == 1 || first.shared.isEmpty {
        output += run.map { $0.text($0.shared) }.joined(separator: "\n") + "\n"
      } else {
        output += "<g\(first.shared)>\(run.map { $0.text("") }.joined())</g>\n"
      }
      run = []
    }
    var index = 0
    while index < items.count {
      let item = items[index]
      index += 1
      var element: Element?
      switch item {
      case .path(let path, let fill, let stroke):
        var data = SVGPathData()
        data.add(path)
        if fill == nil, let stroke, stroke.paint.opacity >= 1 {
          // Lines of one pen are one path.
          while index < items.count, case .path(let next, nil, stroke) = items[index] {
            data.add(next)
            index += 1
          }
        }
        guard !data.text.isEmpty else { continue }
        element = Element(name: "path", shared: attributes(fill, stroke), own: " d=\"\(data.text)\"")
      case .points(let marks, let rasterized):
        element = try points(marks, isImage: rasterized)
      case .text(let mark): element = self.text(mark, text)
      case .clipped(let frame, let inner):
        flush()
        var data = SVGPathData()
        data.add(.rectangle(frame))
        definitions += "<clipPath id=\"c\(clips)\"><path d=\"\(data.text)\"/></clipPath>"
        clips += 1
        output += "<g clip-path=\"url(#c\(clips - 1))\">\n\(try body(inner, text))</g>\n"
      case .member(let name, let inner):
        flush()
        output += "<g data-m=\"\(TextMarkup.escaped(name))\">\n\(try body(inner, text))</g>\n"
      }
      guard let element else { continue }
      if let first = run.first, first.shared != element.shared || first.name != element.name { flush() }
      run.append(element)
    }
    flush()
    return output
  }

  // MARK: Paint

  private mutating func attributes(_ fill: Paint?, _ stroke: Stroke?) -> String {
    let names = [fill.map { style.name($0.role, .fill) }, stroke.map { style.name($0.paint.role, .stroke) }]
    var text = " class=\"\(names.compactMap(\.self).joined(separator: " "))\""
    if let fill { text += Self.opacity("fill", fill.opacity) }
    guard let stroke else { return text }
    text += Self.opacity("stroke", stroke.paint.opacity) + " stroke-width=\"\(SVGPathData.number(stroke.width))\""
    if !stroke.dashes.isEmpty {
      text += " stroke-dasharray=\"\(stroke.dashes.map { SVGPathData.number($0) }.joined(separator: " "))\""
    }
    if stroke.isRound { text += " stroke-linecap=\"round\" stroke-linejoin=\"round\"" }
    return text
  }

  private static func opacity(_ name: String, _ value: Double) -> String {
    value < 1 ? " \(name)-opacity=\"\(SVGPathData.number(max(0, value)))\"" : ""
  }

  // MARK: Points

  /// Marks of a shape other than a disc above which they are markers of a path.
  private static let fewMarks = 6

  private mutating func points(_ marks: PointMarks, isImage: Bool) throws(FigureRenderingError) -> Element? {
    guard !marks.positions.isEmpty else { return nil }
    if isImage { return try image(marks) }
    var data = SVGPathData()
    if marks.shape == .circle {
      for point in marks.positions { data.dot(point) }
      let pen = attributes(nil, Stroke(marks.paint, width: marks.size)) + " stroke-linecap=\"round\""
      return Element(name: "path", shared: pen, own: " d=\"\(data.text)\"")
    }
    let shared = paint(marks)
    if marks.positions.count <= Self.fewMarks {
      for point in marks.positions { data.add(marks.outline(at: point)) }
      return Element(name: "path", shared: shared, own: " d=\"\(data.text)\"")
    }
    var shape = SVGPathData()
    shape.add(marks.outline(at: Point(0, 0)))
    let drawn = "<path\(shared) d=\"\(shape.text)\"/>"
    let number = markers[drawn] ?? markers.count
    if markers[drawn] == nil {
      markers[drawn] = number
      definitions +=
        "<marker id=\"m\(number)\" markerUnits=\"userSpaceOnUse\" overflow=\"visible\">\(drawn)</marker>"
    }
    data.move(marks.positions[0])
    for point in marks.positions.dropFirst() { data.line(point) }
    let places = ["start", "mid", "end"].map { " marker-\($0)=\"url(#m\(number))\"" }.joined()
    return Element(name: "path", shared: places, own: " d=\"\(data.text)\"")
  }

  private mutating func paint(_ marks: PointMarks) -> String {
    marks.isLines
      ? attributes(nil, Stroke(marks.paint, width: marks.lineWidth)) : attributes(marks.paint, nil)
  }

  /// Points as a mask, through which their colour shows.
  private mutating func image(_ marks: PointMarks) throws(FigureRenderingError) -> Element? {
    guard let (bytes, frame) = try PointImage.mask(marks) else { return nil }
    let place = zip(["x", "y", "width", "height"], [frame.x, frame.y, frame.width, frame.height])
      .map { " \($0)=\"\(SVGPathData.number($1))\"" }.joined()
    definitions +=
      "<mask id=\"r\(masks)\" maskUnits=\"userSpaceOnUse\"\(place)><image\(place) preserveAspectRatio=\"none\" "
      + "href=\"data:image/png;base64,\(Base64.text(bytes))\"/></mask>"
    masks += 1
    return Element(
      name: "rect", shared: attributes(marks.paint, nil), own: "\(place) mask=\"url(#r\(masks - 1))\"")
  }

  // MARK: Text

  /// Signs from which on a text is kept as wide as it was measured.
  private static let longText = 6

  private mutating func text(_ mark: TextMark, _ text: borrowing TextDrawing) -> Element? {
    let pieces = FigureText.pieces(String(mark.text.prefix(2000)))
    guard !pieces.isEmpty else { return nil }
    let extent = text.prepare(mark.text, size: mark.size, isBold: mark.isBold)
    let rise =
      switch mark.baseline {
      case .top: extent.baseline
      case .middle: extent.baseline - extent.height / 2
      case .baseline: 0.0
      case .bottom: extent.baseline - extent.height
      }
    var shared =
      " class=\"\(style.name(mark.paint.role, .fill))\"" + Self.opacity("fill", mark.paint.opacity)
    let size = SVGPathData.number(mark.size)
    if size != "7.5" { shared += " font-size=\"\(size)\"" }
    if mark.isBold { shared += " font-weight=\"700\"" }
    if mark.alignment != .start { shared += " text-anchor=\"\(mark.alignment.rawValue)\"" }
    let (x, y) = (SVGPathData.number(mark.anchor.x), SVGPathData.number(mark.anchor.y))
    var own = ""
    if mark.rotation == 0 {
      own = " x=\"\(x)\" y=\"\(SVGPathData.number(mark.anchor.y + rise))\""
    } else {
      own =
        " transform=\"translate(\(x) \(y))rotate(\(SVGPathData.number(-mark.rotation)))\" y=\"\(SVGPathData.number(rise))\""
    }
    if pieces.count >= Self.longText {
      own += " textLength=\"\(SVGPathData.number(extent.width))\" lengthAdjust=\"spacingAndGlyphs\""
    }
    return Element(name: "text", shared: shared, own: own, content: content(pieces, size: mark.size))
  }

  /// The signs, what is raised or lowered in a `tspan`; of several blanks only the first can be broken at, so that all stay.
  private func content(_ pieces: [FigureText.Piece], size: Double) -> String {
    var output = ""
    var open: [(dy: Double, size: Double)] = []
    var back = 0.0
    var isBlank = true
    for piece in pieces {
      switch piece {
      case .raise, .lower:
        let outer = open.last?.size ?? size
        let shift = piece == .raise ? shifts.raised : shifts.lowered
        open.append((-shift.rise * outer, outer * shift.scale))
        output +=
          "<tspan dy=\"\(SVGPathData.number(back - shift.rise * outer))\" font-size=\"\(SVGPathData.number(outer * shift.scale))\">"
        back = 0
      case .end:
        guard let last = open.popLast() else { continue }
        // What follows a place without signs goes back at once.
        output += "</tspan>"
        back = -last.dy + back
      case .sign(let sign):
        let isSecond = sign == " " && isBlank
        isBlank = sign == " "
        let written = isSecond ? "\u{A0}" : TextMarkup.escaped(String(sign))
        if back != 0 {
          output += "<tspan dy=\"\(SVGPathData.number(back))\">\(written)</tspan>"
          back = 0
        } else {
          output += written
        }
      }
    }
    return output
  }
}
