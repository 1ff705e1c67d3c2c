import Figures
import Foundation
import TestSupport
import Testing

@testable import CairoRendering

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct CairoRendererTests {
  private func list(_ shift: Double = 0) -> DisplayList {
    DisplayList(
      width: 72, height: 36, title: "A <title> & more", description: "d\u{1}",
      items: [
        .path(.rectangle(Rectangle(x: 0, y: 0, width: 72, height: 36)), fill: Paint(.background), stroke: nil),
        .clipped(
          Rectangle(x: 0, y: 0, width: 36, height: 36),
          [
            .path(
              .rectangle(Rectangle(x: 12 + shift, y: 6, width: 50, height: 12)), fill: Paint(.category(1)), stroke: nil)
          ]),
        .points(
          PointMarks(shape: .circle, size: 6, paint: Paint(.category(0)), positions: [Point(60, 30)]), rasterized: true),
        .text(TextMark("τ_{b} <&> x^{2", at: Point(20, 30), size: 7)),
      ])
  }

  private func pixel(_ image: PNGImage, _ x: Double, _ y: Double) -> UInt32 {
    image.pixels[Int(y * 300 / 72) * image.width + Int(x * 300 / 72)] & 0xFF_FFFF
  }

  @Test func paintAndClipAreWhereTheyShouldBe() throws {
    let image = try PNGImage(CairoRenderer().render(list(), format: .png, theme: .light))
    #expect(image.width == 300 && image.height == 150)
    #expect(pixel(image, 20, 12) == 0xD55E00)
    #expect(pixel(image, 40, 12) == 0xFFFFFF)
    #expect(pixel(image, 60, 30) == 0x0072B2)
    let dark = try PNGImage(CairoRenderer().render(list(), format: .png, theme: .dark))
    #expect(pixel(dark, 40, 12) == 0x0D1117)
    #expect(image.difference(from: image) == 0 && image.difference(from: dark) > 0.9)
  }

  @Test func bytesDoNotDependOnOrderOrThreads() async throws {
    let renderer = try CairoRenderer()
    let first = try FigureFormat.allCases.map { try renderer.render(list(), format: $0, theme: .light) }
    _ = try renderer.render(list(5), format: .svg, theme: .dark)
    #expect(
      try FigureFormat.allCases.reversed().map { try renderer.render(list(), format: $0, theme: .light) }
        == first.reversed())
    let drawing = list()
    let concurrent = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for index in 0..<24 {
        group.addTask {
          (index % 3, try renderer.render(drawing, format: FigureFormat.allCases[index % 3], theme: .light))
        }
      }
      var same = true
      for try await (index, bytes) in group { same = same && bytes == first[index] }
      return same
    }
    #expect(concurrent)
  }

  @Test func svgIsWellFormedNamedAndNumberedFromZero() throws {
    let bytes = try CairoRenderer().render(list(), format: .svg, theme: .light)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(XMLParser(data: Data(bytes)).parse())
    #expect(text.contains("role=\"img\"") && text.contains("<title id=\"title\">A &lt;title&gt; &amp; more</title>"))
    #expect(text.contains("id=\"i0\"") && !text.contains("surface") && !text.contains("glyph"))
  }

  @Test func pdfDependsOnTheDateItIsGivenAlone() throws {
    func pdf(_ date: String) throws -> [UInt8] {
      try CairoRenderer(date: date).render(list(), format: .pdf, theme: .light)
    }
    let first = try pdf("2001-02-03T04:05:06Z")
    #expect(first.starts(with: Array("%PDF".utf8)))
    #expect(try pdf("2001-02-03T04:05:06Z") == first && pdf("2002-02-03T04:05:06Z") != first)
  }

  @Test(
    arguments: [
      ("a_{b}", "a<sub>b</sub>"), ("x^{2", "x<sup>2</sup>"), ("\\^{a}<", "^{a}&lt;"), ("}", "}"), ("a\u{0}b", "ab"),
    ] as [(QuotedText, String)])
  func markup(_ text: QuotedText, _ markup: String) { #expect(TextMarkup.pango(text.text) == markup) }

  @Test func textOnColoursIsReadable() {
    for theme in FigureTheme.allCases {
      let palette = Palette(theme: theme)
      for step in -10...10 {
        let value = Double(step) / 10
        for (ground, ink) in [
          (Paint.Role.diverging(value), Paint.Role.onDiverging(value)),
          (.sequential(abs(value)), .onSequential(abs(value))),
        ] {
          let (one, other) = (palette.color(ground).luminance + 0.05, palette.color(ink).luminance + 0.05)
          #expect(max(one, other) / min(one, other) >= 4.5)
        }
      }
    }
  }

  @Test func damagedImagesAreRefused() throws {
    let png = try CairoRenderer().render(list(), format: .png, theme: .light)
    #expect(throws: FigureRenderingError.self) { try PNGImage(Array(png[..<100])) }
    #expect(throws: FigureRenderingError.self) { try PNGImage(Array("text".utf8)) }
    var huge = png
    for index in 16..<24 { huge[index] = 0x7F }
    #expect(throws: FigureRenderingError.self) { try PNGImage(huge) }
  }
}
