import TestSupport
import Testing

@testable import CairoRendering
@testable import Figures

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

  @Test func signsThatNoFontHasAreNamedOnce() throws {
    let renderer = try CairoRenderer()
    func list(_ texts: [String]) -> DisplayList {
      DisplayList(
        width: 50, height: 20, title: "", description: "",
        items: texts.map { .text(TextMark($0, at: Point(1, 1))) } + [
          .clipped(
            Rectangle(x: 0, y: 0, width: 9, height: 9), [.text(TextMark("\u{10FFFD}", at: Point(1, 1), isBold: true))])
        ])
    }
    // The last code of a private plane: no font has it.
    #expect(renderer.missingSigns(in: list(["a\u{10FFFD}b", "\u{10FFFC}\u{10FFFD}"])) == ["\u{10FFFD}", "\u{10FFFC}"])
    let plain = DisplayList(
      width: 50, height: 20, title: "", description: "",
      items: ["τ_{b} ρ é e\u{301} ∇ −", "line\nbreak\t\u{7}\u{202E}", "שלום عربي", "\\ \\^{2}"].map {
        .text(TextMark($0, at: Point(1, 1)))
      })
    #expect(renderer.missingSigns(in: plain) == [])
  }

  @Test func lineBreaksAreBlanksAndControlsNothing() throws {
    let renderer = try CairoRenderer()
    func width(_ text: String) -> Double { renderer.extent(of: text, size: 8, isBold: false).width }
    #expect(width("line\nbreak") == width("line break") && width("line\r\nbreak") == width("line break"))
    #expect(width("a\u{7}\u{202E}\u{0}b") == width("ab"))
    #expect(width("back\\slash") > width("backslash"))
  }

  @Test(arguments: [(0.0, 10.0), (.nan, 10), (14_401, 10), (10, .infinity), (-1, 10)])
  func sizesOutOfRangeAreRefusedWithTheLimit(_ width: Double, _ height: Double) throws {
    let renderer = try CairoRenderer()
    for format in FigureFormat.allCases {
      do {
        _ = try renderer.render(
          DisplayList(width: width, height: height, title: "", description: ""), format: format, theme: .light)
        Issue.record("drawn")
      } catch {
        guard case .outOfRange = error else { throw error }
        #expect("\(error)".hasPrefix("a figure has more than 0 and at most 14,400 points a side"))
      }
    }
  }

  @Test func imagesOfLongFiguresAreCoarser() throws {
    let long = DisplayList(
      width: 4, height: 14_400, title: "", description: "",
      items: [
        .points(
          PointMarks(shape: .circle, size: 2, paint: Paint(.ink), positions: [Point(2, 2), Point(2, 14_398)]),
          rasterized: true)
      ])
    let image = try PNGImage(CairoRenderer().render(long, format: .png, theme: .light))
    #expect(image.height == 32_000 && image.width == 9)
    #expect(try CairoRenderer().render(long, format: .pdf, theme: .light).starts(with: Array("%PDF".utf8)))
    #expect(CairoRenderer.resolution(width: 490, height: 700) == 300)
    #expect(CairoRenderer.resolution(width: 14_400, height: 14_400) < 41)
  }

  @Test func anyNumberHasAColour() {
    for theme in FigureTheme.allCases {
      for value in [Double.nan, .infinity, -.infinity, 1e308, -1e308, 5] {
        for role in [Paint.Role.diverging(value), .sequential(value), .onDiverging(value), .onSequential(value)] {
          let color = Palette(theme: theme).color(role)
          #expect([color.red, color.green, color.blue].allSatisfy { (0...1).contains($0) })
        }
      }
    }
  }
}
