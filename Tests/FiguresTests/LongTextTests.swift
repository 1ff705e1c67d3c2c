import CairoRendering
import TestSupport
import Testing

@testable import Figures

/// Texts of any length and signs: inside the figure, apart from each other, and given in full.
@Suite struct LongTextTests {
  private struct Box {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    var text: String

    init(_ mark: TextMark) {
      let extent = EvenMeasure().extent(of: mark.text, size: mark.size, isBold: mark.isBold)
      let start =
        switch mark.alignment {
        case .start: 0.0
        case .middle: -extent.width / 2
        case .end: -extent.width
        }
      let above =
        switch mark.baseline {
        case .top: 0.0
        case .middle: -extent.height / 2
        case .baseline: -extent.height * 0.8
        case .bottom: -extent.height
        }
      let corners = [
        (start, above), (start + extent.width, above), (start, above + extent.height),
        (start + extent.width, above + extent.height),
      ]
      let turned = corners.map { x, y in
        switch mark.rotation {
        case 90: Point(mark.anchor.x + y, mark.anchor.y - x)
        case 45: Point(mark.anchor.x + (x + y) * 0.7072, mark.anchor.y + (y - x) * 0.7072)
        default: Point(mark.anchor.x + x, mark.anchor.y + y)
        }
      }
      left = turned.map(\.x).min() ?? 0
      right = turned.map(\.x).max() ?? 0
      top = turned.map(\.y).min() ?? 0
      bottom = turned.map(\.y).max() ?? 0
      text = mark.text
    }

    func meets(_ other: Box) -> Bool {
      left < other.right - 0.5 && other.left < right - 0.5 && top < other.bottom - 1.5 && other.top < bottom - 1.5
    }
  }

  private func list(_ figure: ResolvedFigure) -> DisplayList {
    FigureLayout(measure: EvenMeasure()).displayList(figure)
  }

  private func texts(_ list: DisplayList) -> [TextMark] {
    list.items.compactMap { if case .text(let mark) = $0 { mark } else { nil } }
  }

  private func multiples(_ title: String, _ target: String, count: Int, perRow: Int) -> ResolvedFigure {
    SmallMultiples.figure(
      (0..<count).map { index in
        .init(
          title: title, coefficients: [("τ", -0.086), ("ρ", -0.109), ("r", -0.172)],
          x: (0..<30).map { Double(($0 * 7 + index) % 31) }, y: (0..<30).map { Double($0) * 2.2 + 10 })
      }, title: "T", target: target, isReversed: false, perRow: perRow, width: 490)
  }

  private static let long = Array(repeating: "validation accuracy after epochs", count: 12).joined(separator: " ")

  @Test(
    arguments: [1, 2, 3, 4, 6],
    ["Loss", "ImageNet-16-120 validation accuracy after 200 epochs", long, "x" + long.filter { $0 != " " }])
  func titlesNeitherOverlapNorAreCut(_ perRow: Int, _ text: String) {
    for (title, target) in [("M", text), (text, "Loss"), (text, text)] {
      let figure = multiples(title, target, count: 8, perRow: perRow)
      let drawn = list(figure)
      let boxes = texts(drawn).map { Box($0) }
      for box in boxes {
        #expect(
          box.left > -1 && box.right < drawn.width + 1 && box.top > -2 && box.bottom < drawn.height + 1, "\(box)")
      }
      for (index, box) in boxes.enumerated() {
        for other in boxes[(index + 1)...] { #expect(!box.meets(other), "\(box)\n\(other)") }
      }
      #expect(drawn.description.contains(target) && drawn.description.contains(title))
    }
  }

  @Test func everyAxisHasThreeTicks() {
    for perRow in 1...4 {
      let drawn = list(multiples("M", "Accuracy", count: 8, perRow: perRow))
      let numbers = texts(drawn).filter { Double($0.text.replacing("−", with: "-")) != nil }
      let rows = Dictionary(grouping: numbers.filter { $0.baseline == .middle }, by: { $0.anchor.x.rounded() })
      let columns = Dictionary(grouping: numbers.filter { $0.baseline == .top }, by: { $0.anchor.y.rounded() })
      #expect(!rows.isEmpty && rows.values.allSatisfy { $0.count >= 3 })
      #expect(columns.values.reduce(0) { $0 + $1.count } >= 8 * 3)
    }
  }

  @Test func longNamesAreShortenedAndGivenInFull() {
    let names = (0..<6).map { "\(Self.long) \($0)" }
    let forest = list(
      ForestPlot.figure(
        names.map { .init(label: $0, value: nil, interval: nil, reason: Self.long) }, title: "T", axis: Self.long,
        width: 240))
    let levels = list(
      LevelDots.figure(
        [.init(title: "F", subtitle: "", levels: names.map { .init(label: $0, value: 1, interval: nil, count: 2) })],
        title: "T", axis: "y", reference: nil, width: 240))
    let legend = list(
      LinePlot.figure(
        names.map { .init(name: $0, points: [Point(0, 1), Point(1, 2)]) }, title: "T", x: "x", y: "y", hasMean: false,
        width: 240))
    for drawn in [forest, levels, legend] {
      let boxes = texts(drawn).map { Box($0) }
      #expect(boxes.contains { $0.text.hasSuffix("…") })
      for box in boxes { #expect(box.left > -4 && box.right < drawn.width + 1, "\(box)") }
      for name in names { #expect(drawn.description.contains(name)) }
      #expect(drawn.height < 700)
    }
    // What nothing else says stands at the end of the description.
    let panel = Panel(
      title: Self.long, x: .hidden(Scale(.linear, from: 0, to: 1)), y: .hidden(Scale(.linear, from: 0, to: 1)),
      marks: [])
    let drawn = list(
      ResolvedFigure(
        title: "T", description: "D.", panels: [panel], width: 100, data: FigureData(columns: [], rows: [])))
    #expect(drawn.description == "D. Shortened in the figure: \(Self.long).")
  }

  @Test func namesThatDoNotFitBesideEachOtherAreTurned() {
    func rotations(_ names: [String]) -> Set<Double> {
      let figure = BoxPlots.figure(
        [.init(title: "M", groups: names.map { ($0, [1, 2, 3]) })], title: "T", groupLabel: "", perRow: 1, width: 150)
      return Set(texts(list(figure)).filter { names.contains($0.text) }.map(\.rotation))
    }
    #expect(rotations(["a", "b", "c"]) == [0])
    #expect(rotations(["convolutional", "recurrent", "attention"]) == [45])
    // Slanted lines of near names would touch.
    #expect(rotations((0..<10).map { "\($0 + 100)" }) == [90])
  }

  @Test(arguments: SampleFigures.all.map(\.name))
  func noTextMeetsAnotherAsMeasured(_ name: String) throws {
    let make = try #require(SampleFigures.all.first { $0.name == name }).make
    let measure = try CairoRenderer()
    let list = FigureLayout(measure: measure).displayList(make(measure))
    #expect(TextBox.problems(list, measure: measure) == [])
  }

  @Test func powersOfTenStandBesideTheirAxis() throws {
    let measure = try CairoRenderer()
    let figure = BoxPlots.figure(
      ["Jacobian covariance", "Large noise Jacobian cosine", "More noised Jacobian"].map { title in
        .init(title: title, groups: (0..<10).map { ("\(280 + $0)", [1e23 * Double($0), 2e23, 3e23]) })
      }, title: "T", groupLabel: "architecture", perRow: 3, width: 490)
    let list = FigureLayout(measure: measure).displayList(figure)
    #expect(TextBox.problems(list, measure: measure) == [])
    let texts = TextBox.texts(list.items)
    #expect(texts.count { $0.text == "×10^{23}" && $0.rotation == 90 } == 3)
    #expect(Set(texts.filter(\.isBold).map(\.size)).count == 1 && !texts.contains { $0.text.hasSuffix("…") })
  }

  @Test func largeNumbersHaveWords() {
    #expect(
      Scale(.linear, from: 0, to: 3e7).ticks(3).ticks.map(\.label) == ["0", "10\u{A0}M", "20\u{A0}M", "30\u{A0}M"])
    #expect(Scale(.linear, from: 0, to: 5e5).ticks(4).ticks.last?.label == "400\u{A0}k")
    var scale = Scale(.logarithmic, from: 5, to: 200)
    scale.marked = [10, 25, 100]
    #expect(scale.ticks(4).ticks.map(\.label) == ["10", "25", "100"])
  }

  @Test(arguments: [
    "a\\b", "\\", "x^{2", "snake_case", "_{", "}{", "^", "\\^{", "{{ main.x }}", "$\\alpha$_{i}^{2}", "C:\\_{x}",
  ])
  func dataStaysAsItIs(_ text: String) {
    #expect(FigureText.plainText(FigureText.plain(text)) == text)
    #expect(FigureText.plainText(FigureText.plain(text) + "^{2}") == text + "²")
    #expect(FigureText.plainText(FigureText.text(FigureText.pieces(FigureText.plain(text)))) == text)
  }

  @Test(
    arguments: [
      ("$\\alpha$", "$\\alpha$"), ("2.0×10^{−7}", "2.0×10⁻⁷"), ("τ_{w}", "τw"), ("a\\^{b}", "a^{b}"), ("x^{2", "x²"),
      ("line\nbreak", "line break"), ("a\r\nb\tc", "a b c"), ("a\u{2028}b", "a b"), ("\u{202E}rtl\u{7}\u{0}", "rtl"),
      ("e\u{301}", "e\u{301}"), ("שלום", "שלום"),
    ] as [(QuotedText, String)])
  func textsArePlain(_ text: QuotedText, _ expected: String) {
    #expect(FigureText.plainText(text.text) == expected)
  }

  @Test func shortenedTextsFitAndKeepTheirMarkup() {
    let fitting = TextFitting(measure: EvenMeasure())
    let text = "R^{2} of a_{long} \\^{plain} text with 🚀 signs é"
    for room in stride(from: 8.0, through: 260, by: 3) {
      let short = fitting.shortened(text, room: room)
      #expect(fitting.width(short) <= max(room, 7.5))
      #expect(short == text || short.hasSuffix("…"))
      #expect(short == text || text.plainMarkup.hasPrefix(String(short.plainMarkup.dropLast())))
      let lines = fitting.wrapped(text, room: room, lines: 4)
      #expect(lines.lines.count <= 4 && lines.lines.allSatisfy { fitting.width($0) <= max(room, 7.5) })
      if !lines.isShortened { #expect(lines.lines.joined(separator: " ").plainMarkup == text.plainMarkup) }
    }
  }

  @Test func figuresOfManyRowsAreSetSmaller() {
    let figure = DodgedDots.figure(
      rows: (0..<2000).map { .init("row \($0)", isBaseline: false) },
      series: [.init(name: "s", values: (0..<2000).map { .init(value: Double($0)) })], title: "T", axis: "x", width: 490
    )
    let drawn = list(figure)
    #expect(abs(drawn.height - 14_400) < 0.01 && drawn.height <= 14_400 && drawn.width < 490 && drawn.width > 200)
    let sizes = Set(texts(drawn).map(\.size))
    #expect(sizes.allSatisfy { $0 < 5 && $0 > 4 })
  }
}
