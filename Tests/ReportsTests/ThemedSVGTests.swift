import Figures
import Testing

@testable import Reports

@Suite struct ThemedSVGTests {
  private func markup(_ drawing: String, tooltips: [Tooltip] = []) -> (svg: String, style: String) {
    var palette = PagePalette()
    let svg = ThemedSVG.markup(Array(drawing.utf8), prefix: "f7-", tooltips: tooltips, palette: &palette)
    return (svg, palette.style)
  }

  @Test func coloursAreThePages() {
    let (svg, style) = markup(SampleReport.svg)
    #expect(svg.contains("class=\"fi sb\"") && !svg.contains("<style"))
    #expect(style.hasPrefix(".drawing .fi{fill:#1f2328}.drawing .fk{fill:#000000}.drawing .sb{stroke:#ffffff}\n"))
    #expect(style.contains(".drawing .fi{fill:light-dark(#1f2328,#e6edf3)}.drawing .fk{fill:#000000}"))
  }

  @Test func noDrawingStylesThePage() {
    let (svg, style) = markup(
      "<svg><style>\nbody{display:none}\n.x{fill:url(http://h/)}\n.y{color:#ffffff}\n.a b{fill:#ffffff}\n</style><g/></svg>"
    )
    #expect(svg == "<svg><g/></svg>" && style.isEmpty)
  }

  @Test func idsGetAPrefixAndTextStays() {
    let (svg, _) = markup(SampleReport.svg)
    for part in [
      "id=\"f7-c0\"", "xlink:href=\"#f7-c0\"", "url(#f7-c0)", "aria-labelledby=\"f7-title f7-description\"",
      ">id=\"x\" rgb(1%,2%,3%) stay</title>", "d=\"M0 0l1 1\"", ">found</text>",
    ] { #expect(svg.contains(part), "\(part)") }
    #expect(svg.hasPrefix("<svg "))
    #expect(!svg.contains("a remark") && !svg.contains("<?xml"))
  }

  @Test func whatRunsOrLoadsIsLeftOut() {
    let (svg, _) = markup(
      #"<svg onload="x()" ONCLICK='y()'><SCRIPT>z()</SCRIPT><image href="http://h/i.png" xlink:href="data:image/png;base64,AA"/><g style="fill:url(http://h/)"/></svg>"#
    )
    let text = svg.lowercased()
    #expect(!text.contains("onload") && !text.contains("onclick") && !text.contains("http") && !text.contains("z()"))
    #expect(svg.contains("data:image/png;base64,AA"))
  }

  @Test func placesWithTooltips() {
    let (svg, _) = markup(
      "<svg></svg>",
      tooltips: [
        Tooltip(center: Point(-1.25, .infinity), radius: 3, text: "a\"<"),
        Tooltip(center: Point(5, 6), radius: 3, text: "b\nc"),
        Tooltip(center: Point(7.04, 8), radius: 3, text: "a\"<", member: "m<"),
      ])
    #expect(
      svg
        == "<svg><g class=\"tips\" fill=\"transparent\" aria-hidden=\"true\" data-labels=\"a&quot;&lt;&#10;b&#10;c\">"
        + "<g data-r=\"3\" data-at=\"-1.3 0 0 5 6 1/2\"/><g data-m=\"m&lt;\" data-r=\"3\" data-at=\"7 8 0\"/></g></svg>"
    )
    #expect(ThemedSVG.width(Array(SampleReport.svg.utf8)) == 489.6)
    for odd in ["", "<svg", "<svg width=\"1e999\">", "<svg width=\"\">"] {
      #expect(ThemedSVG.width(Array(odd.utf8)) == nil)
    }
  }

  /// Cut and damaged files end in some text, never in a trap.
  @Test func damagedFilesAreRead() {
    let bytes = Array(SampleReport.svg.utf8)
    var state: UInt64 = 1
    for length in 0..<bytes.count {
      var part = Array(bytes[..<length])
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      if !part.isEmpty { part[Int(state >> 33) % part.count] = UInt8(truncatingIfNeeded: state >> 20) }
      var palette = PagePalette()
      let text = ThemedSVG.markup(part, prefix: "p", tooltips: [], palette: &palette)
      #expect(text.utf8.count < 8 * bytes.count)
    }
  }
}
