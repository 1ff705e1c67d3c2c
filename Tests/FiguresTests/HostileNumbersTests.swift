import Testing

@testable import Figures

/// Any numbers are drawn, or left out with their count; never a trap, never a place that is none.
@Suite struct HostileNumbersTests {
  private static let forms: [Scale.Form] =
    [.linear, .logarithmic]
    + [1, Double.leastNonzeroMagnitude, 1.797e308, 0, -1, .nan].map { .symmetricLogarithmic(unit: $0) }

  private func list(_ figure: ResolvedFigure) -> DisplayList {
    FigureLayout(measure: EvenMeasure()).displayList(figure)
  }

  /// Every number of a display list.
  private func coordinates(_ items: [DisplayItem]) -> [Double] {
    items.flatMap { item -> [Double] in
      switch item {
      case .path(let path, _, let stroke):
        path.segments.flatMap { segment -> [Double] in
          switch segment {
          case .move(let point), .line(let point): [point.x, point.y]
          case .curve(let first, let second, let end): [first.x, first.y, second.x, second.y, end.x, end.y]
          case .close: []
          }
        } + [stroke?.width ?? 0]
      case .points(let marks, _): marks.positions.flatMap { [$0.x, $0.y] } + [marks.size]
      case .text(let mark): [mark.anchor.x, mark.anchor.y, mark.size]
      case .member(_, let inner): coordinates(inner)
      case .clipped(let frame, let inner): [frame.x, frame.y, frame.width, frame.height] + coordinates(inner)
      }
    }
  }

  @Test(arguments: HostileNumbers.figures.map(\.name))
  func everyPlaceIsOne(_ name: String) throws {
    let make = try #require(HostileNumbers.figures.first { $0.name == name }).make
    for column in HostileNumbers.columns {
      let drawn = list(make(column.values))
      let reach = 3 * max(drawn.width, drawn.height)
      #expect(drawn.width > 0 && drawn.height > 0 && max(drawn.width, drawn.height) <= 14_400, "\(column.name)")
      let wrong = (coordinates(drawn.items) + drawn.tooltips.flatMap { [$0.center.x, $0.center.y] }).filter {
        !(abs($0) <= reach)
      }
      #expect(wrong.isEmpty, "\(column.name)")
    }
  }

  @Test func everyFiniteValueHasAPlaceInside() {
    for column in HostileNumbers.columns {
      for form in Self.forms + [Scale.suitable(for: column.values)] {
        for isReversed in [false, true] {
          let scale = Scale(form, over: column.values, isReversed: isReversed)
          #expect(scale.lower.isFinite && scale.upper.isFinite && scale.lower <= scale.upper, "\(column.name) \(form)")
          for value in column.values where value.isFinite {
            #expect(
              scale.shows(value) && (-1e-9...1 + 1e-9).contains(scale.position(value)),
              "\(column.name) \(form) \(value)")
          }
        }
        // Larger values stand further along, as far as places can be told apart.
        let scale = Scale(form, over: column.values)
        let places = column.values.filter(\.isFinite).sorted().map { scale.position($0) }
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }, "\(column.name) \(form)")
      }
    }
  }

  @Test func ticksAreFewFiniteInsideAndTellApart() {
    for column in HostileNumbers.columns {
      for form in Self.forms {
        let scale = Scale(form, over: column.values)
        for count in [Int.min, -3, 0, 1, 2, 3, 4, 5, 7, 9, 40, Int.max] {
          let (ticks, exponent) = scale.ticks(count)
          let comment = "\(column.name) \(scale.form) \(count)"
          #expect((1...70).contains(ticks.count) && abs(exponent) < 400, "\(comment)")
          #expect(
            ticks.allSatisfy { $0.value.isFinite && $0.value >= scale.lower && $0.value <= scale.upper }, "\(comment)")
          #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value }, "\(comment)")
          #expect(Set(ticks.map(\.label)).count == ticks.count, "\(comment) \(ticks)")
          // At least three, wherever doubles are dense enough for three round ones.
          let size = max(abs(scale.lower), abs(scale.upper))
          let isWide =
            scale.upper * 0.25 - scale.lower * 0.25 > size * 1e-14 && size > 100 * Double.leastNonzeroMagnitude
          if isWide { #expect(ticks.count >= 3, "\(comment) \(ticks)") }
        }
      }
    }
  }

  @Test func labelsAreTheNumbersOfTheirTicks() {
    for (lower, upper) in [(-0.93, 2.2), (0, 3e7), (1e-7, 5e-6), (99.95, 100.05), (-3e300, 1e308), (0, 1), (-7, 30)] {
      for count in 1...9 {
        let (ticks, exponent) = Scale(.linear, from: lower, to: upper).ticks(count)
        for tick in ticks {
          let power = tick.label.hasSuffix("M") ? 6 : tick.label.hasSuffix("k") ? 3 : exponent
          let text = tick.label.replacing("−", with: "-").replacing(/\u{A0}[kM]/, with: "") + "e\(power)"
          #expect(Double(text) == tick.value, "\(tick)")
        }
      }
    }
  }

  @Test func decimalsAreExact() {
    for exponent in -330...320 {
      let power = DecimalNumber.power(exponent)
      guard power > 0, power.isFinite else { continue }
      #expect(DecimalNumber.magnitude(power) == exponent)
      if power > 100 * Double.leastNonzeroMagnitude { #expect(DecimalNumber.magnitude(power.nextDown) == exponent - 1) }
    }
    #expect(DecimalNumber(digits: 25, exponent: -1).text(dividedBy: 0, decimals: 1) == "2.5")
    #expect(DecimalNumber(digits: -5, exponent: -3).text(dividedBy: 0, decimals: 3) == "−0.005")
    #expect(DecimalNumber(digits: 3, exponent: 2).text(dividedBy: 0, decimals: 0) == "300")
    #expect(DecimalNumber(digits: 0, exponent: 5).text(dividedBy: 5, decimals: 2) == "0.00")
  }

  @Test(arguments: [1, 3, 17])
  func whatALogarithmicAxisCannotShowIsCounted(_ count: Int) {
    let below: [Double] = (0..<count).map { -Double($0) }
    let values: [Double] = below + (1...40).map { Double($0 * $0) * 1e4 }
    let figure = SmallMultiples.figure(
      [.init(title: "synflow", coefficients: [], x: values, y: values.map { $0 + 1000 }, isLogarithmic: true)],
      title: "T", target: "accuracy", isReversed: false, perRow: 1, width: 300)
    let note = "synflow: \(count) of \(count + 40) values not above 0, so the axis is symmetric-logarithmic."
    #expect(figure.notes == [note])
    let drawn = list(figure)
    #expect(drawn.description.hasSuffix(note))
    #expect(drawn.items.contains { if case .text(let mark) = $0 { mark.text == note } else { false } })
    guard case .numeric(let label, let scale) = figure.panels[0].x else { return #expect(Bool(false)) }
    #expect(label == "symmetric log scale" && scale.lower > -1e6)
    // Without such values the axis is as asked, and nothing is said.
    let positive = SmallMultiples.figure(
      [.init(title: "s", coefficients: [], x: [1, 10], y: [1, 2], isLogarithmic: true)], title: "T", target: "t",
      isReversed: false, perRow: 1, width: 300)
    #expect(positive.notes.isEmpty && positive.panels[0].x.label == "log scale")
    #expect(
      LinePlot.figure(
        [.init(name: "a", points: [Point(0, 1), Point(1, 2), Point(10, 3)])], title: "T", x: "steps", y: "y",
        hasMean: false, isLogarithmicX: true, width: 300
      ).notes == ["steps: 1 of 3 values not above 0, so the axis is symmetric-logarithmic."])
  }

  @Test func pointsWithoutAPlaceAreLeftOutAndCounted() {
    let points = [Point(0, 1), Point(-3, 1), Point(.nan, 1), Point(10, .infinity), Point(10, 1)]
    let panel = Panel(
      title: "P", x: .numeric(label: "", Scale(.logarithmic, from: 1, to: 100)),
      y: .numeric(label: "", Scale(.linear, from: 0, to: 2)),
      marks: [.points(points, shape: .circle, size: 3, paint: Paint(.ink), isRasterized: false)])
    let drawn = list(
      ResolvedFigure(
        title: "T", description: "D.", panels: [panel], width: 200, data: FigureData(columns: [], rows: [])))
    #expect(
      drawn.description
        == "D. 4 points left out: without a finite value, or not above 0 on a logarithmic axis.")
    var placed: [Point] = []
    for case .clipped(_, let inner) in drawn.items {
      for case .points(let marks, _) in inner { placed += marks.positions }
    }
    #expect(placed.count == 1)
  }

  @Test func boxesAndViolinsOfTheWidestSpanAreDrawn() {
    let largest = Double.greatestFiniteMagnitude
    let values = [-largest, -1, 0, 1, 2, 3, largest]
    let box = BoxPlots.figure(
      [.init(title: "M", groups: [("a", values)])], title: "T", groupLabel: "g", perRow: 1, width: 200)
    #expect(
      box.data.rows == [
        [
          .text("M"), .text("a"), .number(7), .number(-largest), .number(-0.5), .number(1), .number(2.5),
          .number(largest),
        ]
      ])
    #expect(box.panels[0].marks.contains { if case .points = $0 { true } else { false } })
    let violin = Distributions.figure(
      [.init(label: "a", values: (0..<9).map { largest * (Double($0) / 4 - 1) })], title: "T", axis: "x", width: 200)
    #expect(violin.panels[0].marks.contains { if case .polygon = $0 { true } else { false } })
    #expect(violin.description.contains("n 9, median 0, "))
  }
}
