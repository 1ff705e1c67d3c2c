import Testing

@testable import Figures

/// What a reader is told over marks, and which metric the marks belong to.
@Suite struct TooltipTests {
  private func list(_ figure: ResolvedFigure) -> DisplayList {
    FigureLayout(measure: EvenMeasure()).displayList(figure)
  }

  @Test func boxesTellTheirSummaryAndNameTheirOutliers() {
    let values = (1...13).map(Double.init) + [40]
    let tips = list(
      BoxPlots.figure(
        [.init(title: "M", groups: [("1", values), ("none", [])], labels: ["LSTM 7", "x"], member: "m")], title: "T",
        groupLabel: "g", perRow: 1, width: 200)
    ).tooltips
    #expect(
      tips.map(\.text) == [
        "LSTM 7\n40, outside the whiskers", "LSTM 7, n 14\nmedian 7.500, quartiles 4.250 and 10.75",
      ])
    #expect(tips.allSatisfy { $0.member == "m" })
    // Few values are points, and say the same.
    let few = list(
      BoxPlots.figure(
        [.init(title: "M", groups: [("a_{1}", [1, 2, 3])])], title: "T", groupLabel: "g", perRow: 1, width: 200))
    #expect(few.tooltips.map(\.text) == ["a1, n 3\nmedian 2, quartiles 1.500 and 2.500"])
  }

  /// Each hexagon tells its count, which add up, and where its points lie: inside the values, around the hexagon's middle.
  @Test(arguments: [false, true])
  func hexagonsTellCountAndRanges(isLogarithmic: Bool) throws {
    let x = (0..<3000).map { 1 + Double($0 * 37 % 101) }
    let y = (0..<3000).map { Double($0 * 17 % 89) }
    let figure = SmallMultiples.figure(
      [.init(title: "SNIP", coefficients: [], x: x, y: y, isLogarithmic: isLogarithmic, member: "snip")], title: "T",
      target: "loss", isReversed: true, perRow: 1, width: 300, sampling: .hexbins)
    let tips = list(figure).tooltips
    #expect(tips.count > 100 && tips.allSatisfy { $0.member == "snip" })
    var total = 0
    for tip in tips {
      let found = try #require(
        tip.text.wholeMatch(
          of: /([0-9,]+) points?\nSNIP ([0-9.]+) to ([0-9.]+)\nloss ([0-9.]+) to ([0-9.]+)/), "\(tip.text)")
      let numbers = [found.1, found.2, found.3, found.4, found.5].compactMap { Double($0.replacing(",", with: "")) }
      try #require(numbers.count == 5)
      total += Int(numbers[0])
      #expect(1 <= numbers[1] && numbers[1] <= numbers[2] && numbers[2] <= 101)
      #expect(0 <= numbers[3] && numbers[3] <= numbers[4] && numbers[4] <= 88)
      // Printed to three digits, the ranges hold as many points at least as are counted.
      let slack = 0.06
      let inside = zip(x, y).count {
        $0 >= numbers[1] - slack && $0 <= numbers[2] + slack && $1 >= numbers[3] - slack && $1 <= numbers[4] + slack
      }
      #expect(Double(inside) >= numbers[0], "\(tip.text)")
    }
    #expect(total == 3000)
  }

  @Test(arguments: [Scale.Form.linear, .logarithmic, .symmetricLogarithmic(unit: 0.1)])
  func placesLeadBackToValues(form: Scale.Form) throws {
    for isReversed in [false, true] {
      let scale = Scale(form, over: [0.5, 2, 300], isReversed: isReversed)
      for value in [0.5, 1, 17, 300] {
        let back = try #require(scale.value(at: scale.position(value)))
        #expect(abs(back - value) < 1e-9 * value)
      }
    }
    #expect(Scale(.logarithmic, over: [1e300, 1e308]).value(at: 9) == nil)
  }

  /// The members of marks and tooltips of a drawing.
  private func members(_ items: [DisplayItem]) -> [String] {
    items.flatMap { item -> [String] in
      switch item {
      case .member(let name, let inner): [name] + members(inner)
      case .clipped(_, let inner): members(inner)
      default: []
      }
    }
  }

  @Test func truncationsAndRecallsBelongToTheirMetric() {
    let step = TruncationPanels.Step(share: 1, count: 9, value: 0.5)
    let truncation = list(
      TruncationPanels.figure(
        [.init(title: "A", series: [.init(name: "s", steps: [step])], member: "a"), .init(title: "B", series: [])],
        title: "T", share: "share", axis: "τ", perRow: 2, width: 300))
    #expect(members(truncation.items) == ["a"] && truncation.tooltips.map(\.member) == ["a"])
    let recall = list(
      RecallDots.figure(
        [
          .init(
            title: "R", size: "9 rows",
            rows: [
              .init(
                label: "top 1", recall: 1, random: nil,
                others: [
                  .init(label: "A", recall: 0.5, isBaseline: false, member: "a"),
                  .init(label: "P", recall: 0.25, isBaseline: true, member: "p"),
                  .init(label: "Q", recall: 0.125, isBaseline: true),
                ])
            ])
        ], title: "T", perRow: 1, width: 300))
    #expect(members(recall.items) == ["a", "p"])
    #expect(recall.tooltips.map(\.member) == ["a", "p", nil, nil])
  }
}
