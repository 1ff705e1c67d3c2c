import Testing

@testable import Figures

/// Forests of more rows than a page can name.
@Suite struct ForestLimitTests {
  private func rows(_ count: Int, undefined: Int = 0, baselines: Int = 0) -> [ForestPlot.Row] {
    (0..<count).map { .init(label: "m\($0)", value: Double($0) / Double(count), interval: (0, 1)) }
      + (0..<undefined).map { .init(label: "u\($0)", value: nil, interval: nil, reason: "constant") }
      + (0..<baselines).map { .init(label: "b\($0)", value: 0.5, interval: nil, isBaseline: true) }
  }

  private func names(_ rows: [ForestPlot.Row], sorts: Bool = true) -> (drawn: [String], figure: ResolvedFigure) {
    let figure = ForestPlot.figure(rows, title: "T", axis: "τ", sorts: sorts, width: 400)
    guard case .categories(_, let labels) = figure.panels[0].y else { return ([], figure) }
    return (labels, figure)
  }

  @Test func theEndsOfTheOrderAreDrawnAndTheOthersCounted() {
    let (drawn, figure) = names(rows(2000))
    #expect(drawn.count == 500 && drawn.first == "m1999" && drawn.last == "m0")
    #expect(drawn[249] == "m1750" && drawn[250] == "m249")
    #expect(
      figure.notes == [
        "1,500 of 2,000 rows are not drawn, those between the largest and the smallest values; all are in the figure's CSV file."
      ])
    #expect(figure.description.hasSuffix(figure.notes[0]))
    #expect(figure.data.rows.count == 2000)
  }

  @Test func baselinesStayAndReasonsGiveWay() {
    let (drawn, figure) = names(rows(700, undefined: 300, baselines: 20))
    #expect(drawn.count == 500 && drawn.suffix(20) == (0..<20).map { "b\($0)" } && !drawn.contains("u0"))
    #expect(figure.notes.count == 1 && figure.notes[0].hasPrefix("520 of 1,020 rows"))
    let few = names(rows(100, undefined: 900, baselines: 1)).drawn
    #expect(few.count == 500 && few[0] == "m99" && few[99] == "m0" && few[100] == "u0" && few[499] == "b0")
  }

  @Test func groupsAreDrawnFromTheFirst() {
    let (drawn, figure) = names(rows(600), sorts: false)
    #expect(drawn == (0..<500).map { "m\($0)" })
    #expect(figure.notes == ["100 of 600 rows are not drawn; all are in the figure's CSV file."])
  }

  @Test func whatFitsIsDrawnWhole() {
    let (drawn, figure) = names(rows(400, undefined: 50, baselines: 50))
    #expect(drawn.count == 500 && figure.notes.isEmpty)
  }
}
