import Foundation
import TestSupport
import Testing

@testable import Figures

/// What every builder draws and the numbers behind it, exactly, on `SampleFigures`.
///
/// TRAINFREE_RECORD=1 writes the goldens anew and fails, so that a recording is looked at.
@Suite struct GoldenTests {
  @Test(arguments: SampleFigures.all.map(\.name))
  func figuresAreAsRecorded(_ name: String) throws {
    let sample = try #require(SampleFigures.all.first { $0.name == name })
    let figure = sample.make(EvenMeasure())
    let text = GoldenText.of(figure, FigureLayout(measure: EvenMeasure()).displayList(figure))
    if ProcessInfo.processInfo.environment["TRAINFREE_RECORD"] == "1" {
      try text.write(toFile: "\(checkout)/Tests/FiguresTests/Goldens/\(name).txt", atomically: true, encoding: .utf8)
      Issue.record("recorded")
      return
    }
    let url = try #require(Bundle.module.url(forResource: "Goldens/\(name)", withExtension: "txt"), "not recorded")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    for (recorded, drawn) in zip(lines, text.split(separator: "\n", omittingEmptySubsequences: false)) {
      try #require(recorded == drawn)
    }
    #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } + 1 == lines.count)
  }

  @Test func everyBuilderHasAGolden() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(checkout)/Sources/Figures/Builders")
    let builders = files.filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }
    #expect(Set(builders) == Set(SampleFigures.all.map { String($0.name.prefix { $0 != "-" }) }))
    let goldens = try FileManager.default.contentsOfDirectory(atPath: "\(checkout)/Tests/FiguresTests/Goldens")
    // Graphs and stacks are drawn from names and whole numbers.
    let hostile = try String(contentsOfFile: "\(checkout)/Tests/FiguresTests/HostileNumbers.swift", encoding: .utf8)
    for builder in builders where !["CellGraph", "LayerStack"].contains(builder) {
      #expect(hostile.contains("\(builder).figure("), "\(builder)")
    }
    #expect(Set(goldens.filter { $0.hasSuffix(".txt") }) == Set(SampleFigures.all.map { "\($0.name).txt" }))
  }
}

/// A drawn figure with its data as text: an item a line, places as `x y`, every number in full.
enum GoldenText {
  static func of(_ figure: ResolvedFigure, _ list: DisplayList) -> String {
    let rows = ([figure.data.columns.map { FigureData.Value.text($0) }] + figure.data.rows).map { row in
      "data " + row.map { value($0) }.joined(separator: " | ")
    }
    let lines =
      ["size \(number(list.width)) \(number(list.height))", "title \(list.title)", "description \(list.description)"]
      + list.items.flatMap { self.lines($0) }
      + list.tooltips.map {
        "tooltip \(place($0.center)) radius \(number($0.radius)) \($0.text.replacing("\n", with: " / "))"
      } + rows
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ item: DisplayItem) -> [String] {
    switch item {
    case .path(let path, let fill, let stroke):
      let paints = [fill.map { "fill \(paint($0))" }, stroke.map { self.stroke($0) }].compactMap(\.self)
      return ["path \(paints.joined(separator: " ")): \(path.segments.map { segment($0) }.joined(separator: " "))"]
    case .points(let marks, let rasterized):
      let places = marks.positions.map { place($0) }.joined(separator: ", ")
      let name = rasterized ? "image of points" : "points"
      return ["\(name) \(marks.shape.rawValue) \(number(marks.size)) \(paint(marks.paint)): \(places)"]
    case .text(let mark):
      let turned = mark.rotation == 0 ? "" : " \(number(mark.rotation))°"
      let style = "\(number(mark.size))\(mark.isBold ? " bold" : "")\(turned) \(paint(mark.paint))"
      return [
        "text \(place(mark.anchor)) \(mark.alignment.rawValue) \(mark.baseline.rawValue) \(style): \(mark.text)"
      ]
    case .clipped(let frame, let items):
      let corner = Point(frame.x, frame.y)
      return ["clip \(place(corner)) size \(number(frame.width)) \(number(frame.height))"]
        + items.flatMap { lines($0) }.map { "  \($0)" }
    case .member(let name, let items): return ["member \(name)"] + items.flatMap { lines($0) }.map { "  \($0)" }
    }
  }

  private static func segment(_ segment: Path.Segment) -> String {
    switch segment {
    case .move(let point): "M \(place(point))"
    case .line(let point): "L \(place(point))"
    case .curve(let first, let second, let end): "C \(place(first)) \(place(second)) \(place(end))"
    case .close: "Z"
    }
  }

  private static func paint(_ paint: Paint) -> String {
    "\(paint.role)" + (paint.opacity == 1 ? "" : " opacity \(number(paint.opacity))")
  }

  private static func stroke(_ stroke: Stroke) -> String {
    let dashes = stroke.dashes.isEmpty ? "" : " dashes \(stroke.dashes.map { number($0) }.joined(separator: " "))"
    return "stroke \(number(stroke.width))\(dashes)\(stroke.isRound ? " round" : "") \(paint(stroke.paint))"
  }

  private static func value(_ value: FigureData.Value) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): self.number(number)
    case .none: "–"
    }
  }

  private static func place(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }

  private static func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
