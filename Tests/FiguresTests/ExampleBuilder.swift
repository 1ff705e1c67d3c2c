import Foundation
import TestSupport
import Testing

@testable import Figures

// The builder that Sources/Figures/README.md walks through, word for word.

/// Values as stems from 0, a column for each.
package enum StemPlot {
  /// The figure. An undefined value leaves its column empty.
  package static func figure(
    _ values: [(name: String, value: Double?)], title: String, axis: String, width: Double
  ) -> ResolvedFigure {
    let scale = Scale(.linear, over: values.compactMap(\.value), includesZero: true)
    let marks = values.enumerated().flatMap { slot, one -> [Mark] in
      guard let value = one.value else { return [] }
      let top = Point(Double(slot) + 0.5, value)
      return [
        .line([Point(top.x, 0), top], SeriesStyle.stroke(0)),
        .points([top], shape: .circle, size: 4.2, paint: SeriesStyle.paint(0), isRasterized: false),
        .tooltip(top, text(one)),
      ]
    }
    return ResolvedFigure(
      title: title, description: "\(axis.plainMarkup): \(values.map(text).joined(separator: "; ")).",
      panels: [
        Panel(
          title: "", x: .categories(label: "", values.map(\.name)), y: .numeric(label: axis, scale), marks: marks)
      ], width: width,
      data: FigureData(
        columns: ["name", axis.plainMarkup],
        rows: values.map { [.text($0.name.plainMarkup), $0.value.map { .number($0) } ?? .none] }))
  }

  private static func text(_ one: (name: String, value: Double?)) -> String {
    "\(one.name) \(one.value.map { NumberText.compact($0) } ?? "undefined")".plainMarkup
  }
}

@Suite struct ExampleBuilderTests {
  @Test func theExampleDrawsWhatTheREADMESays() throws {
    let figure = StemPlot.figure(
      [("a", 2), ("b_{1}", -1), ("c", nil)], title: "Stems", axis: "score", width: 120)
    let list = FigureLayout(measure: EvenMeasure()).displayList(figure)
    #expect(list.description == "score: a 2; b1 −1; c undefined." && list.tooltips.map(\.text) == ["a 2", "b1 −1"])
    #expect(figure.data.rows == [[.text("a"), .number(2)], [.text("b1"), .number(-1)], [.text("c"), .none]])
  }

  @Test func theREADMEHasTheExample() throws {
    let example = try #require(
      try ReadmeExample.declaration("/// Values as stems", in: "FiguresTests/ExampleBuilder.swift"))
    #expect(try ReadmeExample.readme(of: "Figures").contains("```swift\n\(example)```\n"))
  }
}
