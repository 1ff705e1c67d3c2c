import Testing

@testable import Figures

@Suite struct FeatureFigureTests {
  private func list(_ figure: ResolvedFigure) -> DisplayList {
    FigureLayout(measure: EvenMeasure()).displayList(figure)
  }

  private func texts(_ list: DisplayList) -> [TextMark] {
    list.items.compactMap { if case .text(let mark) = $0 { mark } else { nil } }
  }

  private func points(_ panel: Panel) -> [(shape: PointMarks.Shape, at: [Point])] {
    panel.marks.compactMap { if case .points(let at, let shape, _, _, _) = $0 { (shape, at) } else { nil } }
  }

  private func liesInside(_ list: DisplayList) -> Bool {
    texts(list).allSatisfy { mark in
      guard mark.rotation == 0 else { return true }
      let width = EvenMeasure().extent(of: mark.text, size: mark.size, isBold: mark.isBold).width
      let left =
        mark.alignment == .middle
        ? mark.anchor.x - width / 2 : mark.alignment == .end ? mark.anchor.x - width : mark.anchor.x
      return left > -12 && left + width < list.width + 12 && mark.anchor.y >= 0 && mark.anchor.y <= list.height
    }
  }

  @Test func levelsStandOnOneScale() {
    let features = ["Depth", "Width", "Operation"].enumerated().map { index, title in
      LevelDots.Feature(
        title: title, subtitle: "R^{2} .004, p .79",
        levels: (0...index + 1).map { (level: Int) -> LevelDots.Level in
          LevelDots.Level(
            label: "level_{\(level)}", value: level == 2 ? nil : 60 + Double(level * 5),
            interval: level == 1 ? (62, 68) : nil,
            count: 10)
        })
    }
    let figure = LevelDots.figure(features, title: "T", axis: "score", reference: 63, perRow: 2, width: 300)
    #expect(figure.panels.count == 3 && liesInside(list(figure)))
    for panel in figure.panels {
      #expect(panel.y == figure.panels[0].y || panel.y.label.isEmpty)
      #expect(points(panel).allSatisfy { $0.at.allSatisfy { [60, 65, 75].contains($0.y) } })
    }
    // A label is data: what would lower it is made plain.
    #expect(texts(list(figure)).contains { $0.text == "level\\_{0}" })
    #expect(figure.description.contains("level_{2}: undefined, n 10"))
    #expect(figure.data.rows.count == 2 + 3 + 4)
  }

  @Test func explainedVarianceShowsWhatChanceDoes() {
    let found = ExplainedDots.Share(value: 0.2, chance: 0.01, chanceUpper: 0.03, pValue: 0.001, isFloor: true)
    let nothing = ExplainedDots.Share(value: 0.004, chance: 0.007, chanceUpper: 0.016, pValue: 0.79)
    let figure = ExplainedDots.figure(
      [
        .init(label: "Depth", isGroup: false, shares: [found, nil]),
        .init(label: "Operations", isGroup: true, shares: [found, nothing]),
      ], panels: ["Alone", "Given depth"], title: "T", width: 400)
    #expect(points(figure.panels[0]).map(\.shape) == [.circle, .square])
    #expect(points(figure.panels[1]).map(\.shape) == [.cross])
    #expect(points(figure.panels[1]).flatMap(\.at) == [Point(0.4, 1.5)])
    #expect(liesInside(list(figure)))
    #expect(figure.description.contains("Depth undefined") && figure.description.contains("adjusted p 0.79"))
    #expect(figure.description.contains("adjusted p ≤ 0.001"))
    #expect(figure.data.rows.count == 4)
    let empty = ExplainedDots.figure([], panels: ["Alone"], title: "T", width: 100)
    #expect(!list(empty).items.isEmpty)
  }

  @Test func frontsAreStepsAboveTheDiagonal() {
    let figure = RecallFront.figure(
      [
        .init(
          name: "all", places: [.init(share: 0.1, recall: 0.4, rule: "depth == 4"), .init(share: 0.3, recall: 1)],
          isStepped: true), .init(name: "unseen", places: [.init(share: 0.2, recall: 0.5)], isStepped: false),
        .init(name: "none", places: [], isStepped: true),
      ], title: "T", top: "the best 10 %", width: 300)
    let lines = figure.panels[0].marks.compactMap { if case .line(let points, _) = $0 { points } else { nil } }
    #expect(lines[0] == [Point(0, 0), Point(100, 100)])
    #expect(lines[1] == [Point(10, 40), Point(30, 40), Point(30, 100), Point(100, 100)])
    #expect(lines[3].isEmpty && liesInside(list(figure)))
    #expect(figure.description.contains("depth == 4: 10.0 % kept, recall 40.0 %") && figure.legend.count == 4)
  }
}
