@testable import Figures

/// Columns that break naive drawing, by name.
enum HostileNumbers {
  static let columns: [(name: String, values: [Double])] = {
    let largest = Double.greatestFiniteMagnitude
    let least = Double.leastNonzeroMagnitude
    let usual = (1...60).map { Double($0) * 1.7 }
    var columns: [(name: String, values: [Double])] = [
      ("nothing", []), ("one value", [3]), ("zeros of both signs", [0, -0.0, 0, -0.0, 0, -0.0, 0]),
      ("equal values", Array(repeating: 7.25, count: 12)), ("the largest double", [largest]),
      ("equal largest doubles", Array(repeating: largest, count: 9)),
      ("both largest doubles", [largest, -largest, largest, -largest, 0, 1, -1, 2]),
      ("the largest double among usual values", usual + [largest]),
      ("its negative among usual values", usual + [-largest]),
      ("both among usual values", usual + [largest, -largest]), ("1.797e308 among usual values", usual + [1.797e308]),
      ("neighbours of the largest double", [largest, largest.nextDown, largest.nextDown.nextDown]),
      ("the least double", [least]), ("denormals", (0...20).map { Double($0) * least }),
      ("denormals of both signs", (-9...9).map { Double($0) * 3 * least }),
      ("least and largest", [least, -least, largest, -largest, 1, 1e-300, 1e300, 0]),
      ("neighbours", [1e16, 1e16.nextUp, 1e16.nextUp.nextUp]), ("neighbours of one", [1, 1.0.nextUp, 1.0.nextDown]),
      ("two neighbours", [123_456_789.125, 123_456_789.125.nextUp]),
      ("six hundred decades", (-308...308).map { DecimalNumber.power($0) }),
      ("six hundred decades below zero", (-308...308).map { -DecimalNumber.power($0) }),
      ("zero and a negative among decades", [0, -2] + (0...30).map { DecimalNumber.power($0) }),
      ("not finite", [.nan, .infinity, -.infinity, 1, 2, 3, 4, 5, 6]), ("nothing finite", [.nan, .infinity]),
    ]
    // Doubles of any bits, from a linear congruential generator.
    var state: UInt64 = 20_261_128
    for index in 0..<12 {
      let values = (0..<25).map { _ -> Double in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(bitPattern: state ^ state >> 29)
      }
      columns.append(("any bits \(index)", values.filter(\.isFinite)))
    }
    return columns
  }()

  /// Every figure that there is, made from one column.
  static let figures: [(name: String, make: @Sendable ([Double]) -> ResolvedFigure)] = [
    (
      "small multiples",
      { values in
        SmallMultiples.figure(
          [plot(values), plot(values.reversed()), plot(values, groups: true)], title: "T", target: "target",
          isReversed: true, perRow: 2, width: 490)
      }
    ),
    (
      "scatter on logarithmic axes",
      { values in
        SmallMultiples.figure(
          [plot(values, isLogarithmic: true)], title: "T", target: "target", isReversed: false,
          isTargetLogarithmic: true, perRow: 0, width: 300)
      }
    ),
    (
      "hexagonal bins",
      { values in
        SmallMultiples.figure(
          [plot(values), plot(values, isLogarithmic: true)], title: "T", target: "target", isReversed: true, perRow: 1,
          width: 490, sampling: .hexbins)
      }
    ),
    (
      "box plots",
      { values in
        BoxPlots.figure(
          [.init(title: "M", groups: [("a", values), ("b", []), ("c", values.reversed())])], title: "T",
          groupLabel: "group", perRow: 1, width: 240)
      }
    ),
    (
      "distributions",
      { values in
        let mean = values.first.map { ($0, $0, values.last ?? $0) }
        return Distributions.figure(
          [.init(label: "all", values: values, mean: mean), .init(label: "few", values: Array(values.prefix(3)))],
          title: "T", axis: "score", isReversed: true, width: 300)
      }
    ),
    (
      "lines with their mean",
      { values in
        let points = zip(values.sorted(), values).map { Point($0, $1) }
        return LinePlot.figure(
          ["a", "b"].map { .init(name: $0, points: points) }, title: "T", x: "x", y: "y", hasMean: true,
          isLogarithmicX: true, width: 300)
      }
    ),
    (
      "histogram",
      { values in
        Histogram.figure(
          [.init(name: "a", values: values), .init(name: "b", values: Array(values.prefix(3)))], title: "T",
          axis: "x", count: "rows", width: 300)
      }
    ),
    (
      "truncation",
      { values in
        let steps = values.enumerated().map { index, value in
          TruncationPanels.Step(
            share: 1 / Double(index + 1), count: index, value: value, interval: (-abs(value), abs(value)),
            reference: -value)
        }
        return TruncationPanels.figure(
          [.init(title: "a", series: ["b", "c"].map { .init(name: $0, steps: steps) })], title: "T", share: "s",
          axis: "y", perRow: 1, width: 300)
      }
    ),
    (
      "lines with intervals",
      { values in
        let points = zip(values.sorted(), values).map { Point($0, $1) }
        return LinePlot.figure(
          [.init(name: "a", points: points, intervals: values.map { (-abs($0), abs($0)) })], title: "T", x: "x",
          y: "y", hasMean: false, isReversedX: true, includesZero: true, width: 300)
      }
    ),
    (
      "forest",
      { values in
        ForestPlot.figure(
          values.enumerated().map { index, value in
            .init(label: "row \(index)", value: value, interval: (-abs(value), value), isBaseline: index % 3 == 2)
          }, title: "T", axis: "value", sides: .init(below: "below", above: "above"),
          chance: values.last.map { ($0, "chance") }, width: 300)
      }
    ),
    (
      "dodged dots",
      { values in
        DodgedDots.figure(
          rows: values.indices.map { .init("row \($0)", isBaseline: false) },
          series: [
            .init(name: "s", values: values.map { .init(value: $0, interval: ($0, abs($0))) }, ceiling: values.first)
          ], title: "T", axis: "value", margin: values.last, width: 300)
      }
    ),
    (
      "survivors",
      { values in
        SurvivorDots.figure(
          values.map { .init(label: "m", kept: $0, isBaseline: false) }, of: 0,
          random: values.first.map { .init(expected: $0, lower: -abs($0), upper: abs($0), label: "r") }, headline: "",
          lead: "", width: 300)
      }
    ),
    (
      "found curves",
      { values in
        let places = values.enumerated().map { index, value in
          FoundCurves.Place(budget: index * index * 1000, value: value, interval: (-abs(value), abs(value)))
        }
        return FoundCurves.figure(
          [.init(name: "m", places: places), .init(name: "n", places: Array(places.prefix(1)), isBaseline: true)],
          others: [.init(name: "o", places: places)], levels: values.prefix(2).map { .init(name: "l", value: $0) },
          title: "T", y: "score", isReversed: values.count % 2 == 0, headline: "", lead: "", width: 300)
      }
    ),
    (
      "level dots",
      { values in
        let levels = values.enumerated().map { index, value in
          LevelDots.Level(label: "l\(index)", value: value, interval: (-abs(value), abs(value)), count: 1)
        }
        return LevelDots.figure(
          [.init(title: "F", subtitle: "", levels: levels)], title: "T", axis: "score", reference: values.last,
          width: 490)
      }
    ),
    (
      "explained variance",
      { values in
        ExplainedDots.figure(
          values.enumerated().map { index, value in
            .init(
              label: "f\(index)", isGroup: index % 2 == 1,
              shares: [.init(value: value, chance: value, chanceUpper: value, pValue: value)])
          }, panels: ["Alone"], title: "T", width: 300)
      }
    ),
    (
      "rank-rank of many columns",
      { values in
        let finite = values.filter(\.isFinite)
        return RankRank.figure(
          (0..<5).map { index in
            .init(
              title: "M\(index)", computed: finite, published: finite.reversed(), tau: index == 1 ? nil : finite.first,
              medianRelativeError: index == 2 ? nil : finite.last.map(abs))
          }, title: "T", perRow: 3, width: 490)
      }
    ),
    (
      "rank-rank",
      { values in
        let finite = values.filter(\.isFinite)
        return RankRank.figure(
          [
            .init(
              title: "M", computed: finite, published: finite.reversed(), tau: finite.first,
              medianRelativeError: finite.last)
          ], title: "T", perRow: 0, width: 120)
      }
    ),
    (
      "heat map",
      { values in
        let few = Array(values.prefix(6))
        return HeatMap.figure(
          labels: few.map { .init("m\($0)") }, values: few.map { row in few.map { row == $0 ? nil : $0 } }, title: "T",
          symbol: "τ_{b}", count: "", width: 300)
      }
    ),
    (
      "recall",
      { values in
        RecallDots.figure(
          [
            .init(
              title: "R", size: "10 rows",
              rows: values.map { value in
                .init(
                  label: "top", recall: value, interval: (-abs(value), abs(value)),
                  random: (value, -abs(value), abs(value)),
                  others: [.init(label: "m", recall: value, isBaseline: false)])
              })
          ], title: "T", perRow: 0, width: 300)
      }
    ),
    (
      "front",
      { values in
        RecallFront.figure(
          [.init(name: "all", places: values.map { .init(share: $0, recall: -$0) }, isStepped: true)], title: "T",
          top: "the best 10 %", width: 300)
      }
    ),
  ]

  private static func plot(_ values: [Double], groups: Bool = false, isLogarithmic: Bool = false)
    -> SmallMultiples.Plot
  {
    .init(
      title: "Metric", coefficients: [("τ", values.first)], x: values, y: values.reversed(),
      labels: values.map { "\($0)" }, groups: groups ? values.indices.map { "g\($0 % 3)" } : nil,
      isLogarithmic: isLogarithmic)
  }
}
