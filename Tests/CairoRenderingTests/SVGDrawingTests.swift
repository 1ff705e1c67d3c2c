import Foundation
import Testing

@testable import CairoRendering
@testable import Figures

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct SVGDrawingTests {
  private func svg(_ items: [DisplayItem], title: String = "T", description: String = "D") throws -> String {
    let list = DisplayList(width: 72, height: 36.5, title: title, description: description, items: items)
    let bytes = try CairoRenderer().render(list, format: .svg, theme: .dark)
    #expect(XMLParser(data: Data(bytes)).parse())
    return String(decoding: bytes, as: UTF8.self)
  }

  private func text(_ text: String, x: Double = 1, size: Double = 7.5) -> DisplayItem {
    .text(TextMark(text, at: Point(x, 9), size: size))
  }

  @Test func textIsTextAndNamesAreEscaped() throws {
    let hostile = "<b onload=\"x\">&'\u{1}"
    let drawn = try svg(
      [text("parameters <&> 10^{7}, rest"), .member(hostile, [text(hostile)])], title: hostile, description: hostile)
    let escaped = "&lt;b onload=&quot;x&quot;&gt;&amp;&#39;"
    #expect(drawn.contains(">parameters &lt;&amp;&gt; 10<tspan dy=\"-"))
    #expect(drawn.contains("<title id=\"title\">\(escaped)</title>") && drawn.contains(">\(escaped)</desc>"))
    #expect(drawn.contains("<g data-m=\"\(escaped)\">") && drawn.contains(">\(escaped)</text>"))
    #expect(drawn.contains("role=\"img\" aria-labelledby=\"title description\" width=\"72pt\" height=\"36.5pt\""))
    // What follows raised signs is back at the baseline.
    #expect(drawn.contains("7</tspan><tspan dy=\"") && !drawn.contains("<b "))
  }

  @Test func oneFileHasTheColoursOfBothThemes() throws {
    let drawn = try svg([
      .path(.rectangle(Rectangle(x: 0, y: 0, width: 72, height: 36)), fill: Paint(.background), stroke: nil),
      .path(
        .line([Point(0, 0), Point(3, 4)]), fill: nil, stroke: Stroke(Paint(.category(15), opacity: 0.5), width: 1)),
      .path(.rectangle(Rectangle(x: 1, y: 1, width: 2, height: 2)), fill: Paint(.diverging(-0.51)), stroke: nil),
      .text(TextMark("−.51", at: Point(2, 2), paint: Paint(.onDiverging(-0.51)))),
    ])
    let sheet = try #require(drawn.firstRange(of: "@media (prefers-color-scheme:dark){"))
    for (rules, colors) in [
      (drawn[..<sheet.lowerBound], ["#ffffff", "#1f2328"]), (drawn[sheet.upperBound...], ["#0d1117", "#e6edf3"]),
    ] {
      #expect(rules.contains(".fb{fill:\(colors[0])}") && rules.contains(".si{stroke:\(colors[1])}"))
      #expect(rules.contains(".fdn16{fill:#") && rules.contains(".ft"))
    }
    #expect(drawn.contains("class=\"si\" stroke-opacity=\".5\""))
  }

  @Test func neighboursShareTheirAttributes() throws {
    let drawn = try svg([text("a", x: 1), text("b", x: 2), text("c", x: 3, size: 6)])
    #expect(
      drawn.contains(
        "<g class=\"fi\"><text x=\"1\" y=\"9\">a</text><text x=\"2\" y=\"9\">b</text></g>\n"
          + "<text class=\"fi\" font-size=\"6\" x=\"3\" y=\"9\">c</text>"))
    // Lines of one pen are one path, in steps that do not drift.
    let pen = Stroke(Paint(.grid), width: 0.4)
    let lines = (1...3).map {
      DisplayItem.path(.line([Point(Double($0) / 3, 0), Point(Double($0) / 3, 1)]), fill: nil, stroke: pen)
    }
    #expect(try svg(lines).contains("d=\"M.33 0v1m.34-1v1m.33-1v1\""))
  }

  @Test func manyMarksAreMarkersOfOnePath() throws {
    func marks(_ count: Int, _ shape: PointMarks.Shape) -> DisplayItem {
      .points(
        PointMarks(
          shape: shape, size: 4, paint: Paint(.category(1)), positions: (0..<count).map { Point(Double($0), 2) }),
        rasterized: false)
    }
    let drawn = try svg([marks(9, .diamond), marks(8, .diamond), marks(3, .circle)])
    #expect(drawn.components(separatedBy: "<marker ").count == 2)
    #expect(drawn.contains("marker-start=\"url(#m0)\"") && drawn.contains("d=\"M0 2h1 1 1 1 1 1 1 1\""))
    #expect(drawn.contains("stroke-linecap=\"round\" d=\"M0 2h0m1 0h0m1 0h0\""))
  }

  @Test func pointsAsAnImageShowTheThemesColourThroughAMask() throws {
    let drawn = try svg([
      .points(
        PointMarks(shape: .circle, size: 6, paint: Paint(.category(0), opacity: 0.4), positions: [Point(60, 30)]),
        rasterized: true)
    ])
    #expect(drawn.contains("<mask id=\"r0\"") && drawn.contains("href=\"data:image/png;base64,iVBOR"))
    #expect(drawn.contains("class=\"fc0\" fill-opacity=\".4\"") && drawn.contains("mask=\"url(#r0)\""))
  }

  @Test(
    arguments: [
      (0, "0"), (1, ".01"), (-50, "-.5"), (1200, "12"), (325, "3.25"), (-110, "-1.1"),
    ])
  func numbersAreShort(_ hundredths: Int, _ text: String) { #expect(SVGPathData.number(hundredths) == text) }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func anyPlaceIsWritten(_ value: Double) throws {
    let point = Point(value, -value)
    let drawn = try svg([
      .path(Path([.move(point), .curve(point, point, point), .close]), fill: Paint(.ink), stroke: nil),
      .text(TextMark("x", at: point, rotation: value)),
    ])
    #expect(!drawn.lowercased().contains("nan") && !drawn.contains("inf"))
  }

  @Test(
    arguments: [([], ""), ([102], "Zg=="), ([102, 111], "Zm8="), ([102, 111, 111], "Zm9v"), ([255, 239], "/+8=")]
      as [([UInt8], String)])
  func bytesAsText(_ bytes: [UInt8], _ text: String) { #expect(Base64.text(bytes) == text) }
}
