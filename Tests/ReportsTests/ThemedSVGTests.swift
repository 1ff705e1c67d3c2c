import Figures
import Testing

@testable import Reports

@Suite struct ThemedSVGTests {
  private func markup(_ light: String, _ dark: String, tooltips: [Tooltip] = []) -> (svg: String, style: String) {
    var palette = PagePalette()
    let svg = ThemedSVG.markup(
      light: Array(light.utf8), dark: Array(dark.utf8), prefix: "f7-", tooltips: tooltips, palette: &palette)
    return (svg, palette.style)
  }

  @Test func colorsArePairedPlaceByPlace() {
    let (svg, style) = markup(SampleReport.svg, SampleReport.darkSVG)
    // The same light colour has two dark ones; a colour that stays is written as it is.
    #expect(svg.contains("fill:var(--c0)") && svg.contains("fill='var(--c1)' stroke=\"#121417\""))
    #expect(svg.contains("<rect fill=\"var(--c2)\"/>"))
    #expect(style.contains("--c0:#1f2328;--c1:#ffffff;--c2:#ffffff"))
    #expect(style.contains("--c1:light-dark(#ffffff,#0d1117);--c2:light-dark(#ffffff,#121417)"))
  }

  @Test func idsGetAPrefixAndTextStays() {
    let (svg, _) = markup(SampleReport.svg, SampleReport.darkSVG)
    for part in [
      "id=\"f7-i0\"", "xlink:href=\"#f7-i0\"", "url(#f7-i1)", "aria-labelledby=\"f7-title f7-description\"",
      ">id=\"x\" rgb(1%,2%,3%) stay</title>", "d=\"M 0 0 L 1 1\"",
    ] { #expect(svg.contains(part), "\(part)") }
    #expect(svg.hasPrefix("<svg "))
    #expect(!svg.contains("a remark") && !svg.contains("<?xml"))
  }

  @Test func drawingsOfDifferentShapeAreBothThere() {
    let (svg, style) = markup("<svg><g id=\"a\"/></svg>", "<svg><g id=\"b\"/></svg>")
    #expect(
      svg
        == "<div class=\"only-light\"><svg><g id=\"f7-a\"/></svg></div><div class=\"only-dark\"><svg><g id=\"f7-d-b\"/></svg></div>"
    )
    #expect(style.isEmpty)
  }

  @Test func whatRunsOrLoadsIsLeftOut() {
    let bad =
      #"<svg onload="x()" ONCLICK='y()'><image href="http://h/i.png" xlink:href="data:image/png;base64,AA"/><g style="fill:url(http://h/)"/></svg>"#
    let (svg, _) = markup(bad, bad)
    #expect(!svg.lowercased().contains("onload") && !svg.lowercased().contains("onclick") && !svg.contains("http"))
    #expect(svg.contains("data:image/png;base64,AA"))
  }

  @Test func placesWithTooltips() {
    let (svg, _) = markup(
      "<svg></svg>", "<svg></svg>", tooltips: [Tooltip(center: Point(-1.25, .infinity), radius: 3, text: "a\"<")])
    #expect(svg.contains("<circle cx=\"-1.3\" cy=\"0.0\" r=\"3.0\" data-tip=\"a&quot;&lt;\"/></g></svg>"))
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
      let text = ThemedSVG.markup(light: part, dark: bytes, prefix: "p", tooltips: [], palette: &palette)
      #expect(text.utf8.count < 8 * bytes.count)
    }
  }
}
