@testable import Figures

/// A small figure of every builder, made by hand, with the cases that the builder treats apart: no value and why, no
/// interval, one row, ties, names too long for their room, names with markup.
///
/// A name is that of the builder, and after a hyphen that of a further case.
enum SampleFigures {
  static let all: [(name: String, make: @Sendable (any TextMeasure) -> ResolvedFigure)] = [
    ("BoxPlots", { _ in boxPlots }), ("CellGraph", { cellGraph($0) }), ("Distributions", { _ in distributions }),
    ("DodgedDots", { _ in dodgedDots }), ("ExplainedDots", { _ in explainedDots }), ("ForestPlot", { _ in forestPlot }),
    ("ForestPlot-one-row", { _ in forestPlotOfOneRow }), ("HeatMap", { _ in heatMap }),
    ("Histogram", { _ in histogram }), ("Histogram-equal", { _ in histogramOfEqualValues }),
    ("LayerStack", { layerStack($0) }), ("LevelDots", { _ in levelDots }), ("LinePlot", { _ in linePlot }),
    ("LinePlot-mean", { _ in linePlotWithMean }),
    ("RankRank", { _ in rankRank }), ("RecallDots", { _ in recallDots }), ("RecallFront", { _ in recallFront }),
    ("SurvivorDots", { _ in survivorDots }), ("FoundCurves", { _ in foundCurves }),
    ("FoundCurves-column", { _ in foundCurvesOfOneBudget }), ("SmallMultiples", { _ in smallMultiples }),
    ("SmallMultiples-hexbins", { _ in hexbins }), ("TruncationPanels", { _ in truncationPanels }),
  ]

  private static let long = "Layer 2 hidden covariance of the untrained network"

  /// An outlier, ties, one value, none; and values over so many decades that the axis is no longer linear.
  private static var boxPlots: ResolvedFigure {
    BoxPlots.figure(
      [
        .init(
          title: "Hidden covariance",
          groups: [("a_{1}", [1, 2, 3, 4, 9]), ("ties", [2, 2, 2, 2]), ("one", [5]), ("none", [])]),
        .init(
          title: "SynFlow", groups: [("a_{1}", [1, 2, 3, 4, 5, 6, 7, 8]), ("ties", [2, 2, 3, 3, 3, 4, 1e6, 2e9])]),
      ], title: "Spread over seeds", groupLabel: "architecture", perRow: 2, width: 300)
  }

  /// Every kind of node, named edges, a result, a long name; an edge to itself and one of a node that there is not.
  private static func cellGraph(_ measure: any TextMeasure) -> ResolvedFigure {
    CellGraph.figure(
      [
        .init(label: "x", kind: .input), .init(label: "h_prev_0", kind: .input),
        .init(label: "linear", detail: "the_update_gate_before_activation", kind: .weighted),
        .init(label: "sigmoid", detail: "z", kind: .activation),
        .init(label: "blend", detail: "h_new_0", kind: .combination, isResult: true),
      ],
      edges: [
        .init(from: 0, to: 2), .init(from: 1, to: 2), .init(from: 2, to: 3), .init(from: 3, to: 4, label: "z"),
        .init(from: 1, to: 4, label: "a"), .init(from: 0, to: 4, label: "b"), .init(from: 4, to: 4),
        .init(from: 9, to: 4),
      ], title: "A cell", width: 260, measure: measure)
  }

  /// Every kind of part, layers that are alike, a wide and a narrow part, no name, a long text with markup, a layer without parts.
  private static func layerStack(_ measure: any TextMeasure) -> ResolvedFigure {
    LayerStack.figure(
      [
        .init("", [.init("embedding", width: 128, kind: .ends)]),
        .init(
          "1",
          [
            .init("attention", detail: "4 heads", width: 256, kind: .attention),
            .init("feed-forward", detail: "3 layers", width: 1024, kind: .feedForward),
          ]),
        .init("2–11", [.init("transform_{a}", detail: long, width: 256, kind: .transform)]), .init("12", []),
        .init("13", [.init("convolution", width: 0, kind: .convolution)]),
      ], headline: "A stack", lead: "of every kind", width: 300, measure: measure)
  }

  /// A violin with the interval of its mean, equal values and few values as points, no values.
  private static var distributions: ResolvedFigure {
    Distributions.figure(
      [
        .init(label: "all", values: [4.2, 4.4, 4.5, 4.6, 4.6, 5, 5.3, 6.1], mean: (4.8, 4.5, 5.2)),
        .init(label: "depth ≥ 3", values: [4.2, 4.4, 4.6]), .init(label: "equal", values: [5, 5, 5, 5, 5, 5]),
        .init(label: long, values: []),
      ], title: "Losses", axis: "loss", isReversed: true, width: 300)
  }

  /// No value, no interval, no ceiling, a baseline.
  private static var dodgedDots: ResolvedFigure {
    DodgedDots.figure(
      rows: [
        .init("SNIP", isBaseline: false, member: "snip"), .init(long, isBaseline: false),
        .init("parameters", isBaseline: true),
      ],
      series: [
        .init(
          name: "Kendall τ-b",
          values: [.init(value: 0.52, interval: (0.41, 0.6)), nil, .init(value: -0.2, interval: (-0.31, -0.1))],
          ceiling: 0.81),
        .init(name: "Pearson r", values: [.init(value: 0.61), .init(value: 0), .init(value: -0.25)]),
      ], title: "Two coefficients", axis: "coefficient", margin: 0.2, width: 300)
  }

  /// Found, not found, not tested, no share; a group.
  private static var explainedDots: ResolvedFigure {
    let found = ExplainedDots.Share(value: 0.21, chance: 0.01, chanceUpper: 0.03, pValue: 0.0004, isFloor: true)
    let nothing = ExplainedDots.Share(value: 0.012, chance: 0.02, chanceUpper: 0.05, pValue: 0.79)
    let untested = ExplainedDots.Share(value: 0.3, chance: 0.1, chanceUpper: 0.2, pValue: nil)
    return ExplainedDots.figure(
      [
        .init(label: "depth", isGroup: false, shares: [found, nil]),
        .init(label: long, isGroup: false, shares: [nothing, untested]),
        .init(label: "all operations", isGroup: true, shares: [found]),
      ], panels: ["Alone", "Given the depth"], title: "Variance explained", width: 400)
  }

  /// No value and why, no interval, equal magnitudes of both signs, baselines last, a long name.
  private static var forestPlot: ResolvedFigure {
    ForestPlot.figure(
      [
        .init(label: "parameters", value: 0.99, interval: (0.98, 1), isBaseline: true),
        .init(label: "R^{2}", value: -0.4, interval: (-0.5, -0.3)), .init(label: "same", value: 0.4, interval: nil),
        .init(label: "constant", value: nil, interval: nil, reason: "all 60 values of x_{1} are equal"),
        .init(label: long, value: 0.7, interval: (0.52, 0.83)),
      ], title: "Coefficients", axis: "Kendall τ-b, 95 % interval", width: 300)
  }

  /// A metric, a baseline, ties by expectation, no interval of random subsets beyond their ends; a long name.
  private static var survivorDots: ResolvedFigure {
    SurvivorDots.figure(
      [
        .init(label: long, kept: 24, isBaseline: false, member: "covariance"),
        .init(label: "Depth, ties at random", kept: 25.6, isBaseline: true),
        .init(label: "Depth 4", kept: 50, isBaseline: true), .init(label: "Jacobian", kept: 11, isBaseline: false),
      ], of: 50, random: .init(expected: 13.3, lower: 8, upper: 19, label: "133 at random, 95 %"),
      headline: "Keep a quarter. How many of the best 50 survive?", lead: "133 of 500", width: 300)
  }

  /// Bands, a place without an interval, a baseline, thin lines, levels, names that would meet; budgets over a factor of 8.
  private static var foundCurves: ResolvedFigure {
    func places(_ values: [Double], half: Double? = 0.3) -> [FoundCurves.Place] {
      zip([10, 25, 100], values).map { budget, value in
        .init(budget: budget, value: value, interval: budget == 100 ? nil : half.map { (value - $0, value + $0) })
      }
    }
    return FoundCurves.figure(
      [
        .init(name: "Synaptic saliency", places: places([70.4, 71.2, 73.5]), member: "saliency"),
        .init(name: long, places: places([69, 70.5, 73.4]), member: "covariance"),
        .init(name: "Parameters", places: places([71.8, 72.2, 73.3]), isBaseline: true, member: "parameters"),
        .init(name: "SNIP_{2}", places: []),
      ], others: [.init(name: "GraSP", places: places([68, 66, 64], half: nil), member: "grasp")],
      levels: [.init(name: "Random choice", value: 68.9), .init(name: "Best of all 500", value: 75.1)],
      title: "Found by searches", y: "best score found",
      headline: "Train the one that a search chooses. How good is it?",
      lead: "GLUE score, mean of 100 random searches", width: 400)
  }

  /// One budget, where lower is better, in a narrow figure.
  private static var foundCurvesOfOneBudget: ResolvedFigure {
    FoundCurves.figure(
      [
        .init(name: long, places: [.init(budget: 50, value: 4.51, interval: (4.5, 4.53))]),
        .init(name: "Depth", places: [.init(budget: 50, value: 4.52)], isBaseline: true),
      ], levels: [.init(name: "Best of all", value: 4.5)], title: "Found", y: "loss", isReversed: true, headline: "",
      lead: "",
      width: 236)
  }

  /// Values that are no coefficients, far from 0.
  private static var forestPlotOfOneRow: ResolvedFigure {
    ForestPlot.figure(
      [.init(label: "loss", value: 1234.5, interval: (1190, 1300))], title: "One row", axis: "loss",
      includesZero: false, sorts: false, width: 240)
  }

  /// An undefined coefficient, both ends of the scale, a long name.
  private static var heatMap: ResolvedFigure {
    HeatMap.figure(
      labels: [.init("SNIP", member: "snip"), .init("GraSP"), .init(long), .init("constant")],
      values: [[1, -0.31, 0.92, nil], [-0.31, 1, -1, nil], [0.92, -1, 1, nil], [nil, nil, nil, 1]],
      title: "Coefficients between metrics", symbol: "τ_{b}", count: "n 60",
      width: 300)
  }

  /// A level without a value, one without an interval, names that are turned, markup in data.
  private static var levelDots: ResolvedFigure {
    LevelDots.figure(
      [
        .init(
          title: "Depth", subtitle: "R^{2} .21, p < .001",
          levels: [
            .init(label: "1", value: 60, interval: (58, 63), count: 1200),
            .init(label: "2", value: 64, interval: nil, count: 1),
            .init(label: "3", value: nil, interval: nil, count: 0),
          ]),
        .init(
          title: "Operation", subtitle: "R^{2} .01, p .79",
          levels: ["convolution", "recurrence", "attention_{4}", "none"].enumerated().map { index, name in
            .init(label: name, value: 61 + Double(index), interval: (60, 62 + Double(index)), count: 30)
          }),
      ], title: "Scores by level", axis: "score", reference: 62.5, isReversed: false, width: 300)
  }

  /// Two modes, one told apart, a value on an edge, one that is not finite.
  private static var histogram: ResolvedFigure {
    Histogram.figure(
      [
        .init(name: "the others", values: [4.4, 4.5, 4.5, 4.6, 4.6, 4.7, 4.8, 5, 5.2, 5.5, .nan]),
        .init(name: "failed_{1}: 3 rows", values: [6.9, 7, 7]),
      ], title: "Losses", axis: "loss", count: "rows", width: 300)
  }

  /// One bin.
  private static var histogramOfEqualValues: ResolvedFigure {
    Histogram.figure(
      [.init(name: "all rows", values: [2, 2, 2])], title: "Equal", axis: "x", count: "rows", isReversed: true,
      width: 200)
  }

  /// Two rankings with one reference, an undefined value, no interval; two references; names that meet; nothing at all.
  private static var truncationPanels: ResolvedFigure {
    func step(
      _ share: Double, _ value: Double?, _ width: Double?, _ reference: Double?
    ) -> TruncationPanels.Step {
      .init(
        share: share, count: Int(share * 1000), value: value,
        interval: value.flatMap { value in width.map { (value - $0, value + $0) } }, reference: reference)
    }
    return TruncationPanels.figure(
      [
        .init(
          title: "SNIP",
          series: [
            .init(
              name: "best by loss",
              steps: [step(0.025, nil, nil, nil), step(1, -0.37, 0.02, -0.37), step(0.5, -0.21, 0.03, -0.23)]),
            .init(
              name: "best by the metric",
              steps: [step(1, -0.37, 0.02, -0.37), step(0.5, -0.2, nil, -0.23), step(0.025, -0.18, 0.1, nil)]),
          ]),
        .init(
          title: long,
          series: [
            .init(name: "best by loss", steps: [step(1, 0.1, 0.02, 0.1), step(0.5, 0.05, 0.05, 0.06)]),
            .init(name: "best by the metric", steps: [step(1, 0.1, 0.02, 0.1), step(0.5, 0.05, 0.05, 0.08)]),
          ]),
        .init(title: "none", series: []),
      ], title: "Truncated", share: "best share kept", axis: "Kendall τ-b", perRow: 2, width: 400)
  }

  /// A band, a line of one place, a logarithmic axis that the values do not allow, an axis that runs backwards.
  private static var linePlot: ResolvedFigure {
    LinePlot.figure(
      [
        .init(
          name: "R^{2}", points: [Point(0, 0.9), Point(10, 0.6), Point(100, 0.55)],
          intervals: [(0.8, 1), (0.5, 0.7), (0.5, 0.6)]),
        .init(name: long, points: [Point(10, -0.2)]), .init(name: "nothing", points: []),
      ], title: "Over the share kept", x: "steps", y: "Kendall τ-b", hasMean: false, isReversedX: true,
      includesZero: true, isLogarithmicX: true, width: 300)
  }

  /// The mean leaves out a place that one line lacks.
  private static var linePlotWithMean: ResolvedFigure {
    LinePlot.figure(
      [
        .init(name: "1", points: [Point(1, 3), Point(2, 2), Point(3, 1)]),
        .init(name: "2", points: [Point(1, 5), Point(3, 2)]),
        .init(name: "3", points: [Point(1, 4), Point(2, 2.5), Point(3, 1.5)]),
      ], title: "Training", x: "epoch", y: "loss", hasMean: true, isReversedY: true, width: 240)
  }

  /// Ties, undefined coefficients, one row.
  private static var rankRank: ResolvedFigure {
    RankRank.figure(
      [
        .init(
          title: "SNIP", computed: [3, 1, 2, 2], published: [9, 1, 4, 5], tau: 0.913, medianRelativeError: 2e-7,
          labels: ["a", "b", "c", "d"]),
        .init(title: long, computed: [1], published: [2], tau: nil, medianRelativeError: nil),
        .init(title: "none", computed: [], published: [], tau: nil, medianRelativeError: nil),
      ], title: "Computed and published", perRow: 2, width: 240)
  }

  /// Whiskers, an undefined recall, no random subsets, a baseline better than every metric.
  private static var recallDots: ResolvedFigure {
    RecallDots.figure(
      [
        .init(
          title: "depth == 4", size: "120 of 8,000 rows",
          rows: [
            .init(
              label: "top 10", recall: 0.9, interval: (0.55, 1), random: (0.3, 0.1, 0.5),
              others: [
                .init(label: "SNIP", recall: 0.6, interval: (0.26, 0.88), isBaseline: false),
                .init(label: "GraSP", recall: 0.6, isBaseline: false),
                .init(label: "parameters", recall: 1, isBaseline: true),
              ]),
            .init(label: "top 1 %", recall: nil, random: nil, others: []),
          ]),
        .init(
          title: long, size: "1 row",
          rows: [.init(label: "top 10", recall: 0, random: (0.1, 0, 0.2), others: [])]),
      ], title: "Recall", perRow: 2, width: 400)
  }

  /// The best rules as steps, an average as a line, a line without a place.
  private static var recallFront: ResolvedFigure {
    RecallFront.figure(
      [
        .init(
          name: "best rules",
          places: [
            .init(share: 0.1, recall: 0.4, rule: "depth == 4"), .init(share: 0.3, recall: 1, rule: "depth >= 3"),
          ],
          isStepped: true),
        .init(
          name: "unseen rows", places: [.init(share: 0.12, recall: 0.35), .init(share: 0.31, recall: 0.82)],
          isStepped: false), .init(name: "nothing", places: [], isStepped: true),
      ], title: "What rules keep", top: "the best 10 %", width: 300)
  }

  /// Groups, ties, an undefined coefficient, a logarithmic axis that the values do not allow, one row, a long title.
  private static var smallMultiples: ResolvedFigure {
    SmallMultiples.figure(
      [
        .init(
          title: "SNIP", coefficients: [("τ", 0.2), ("R^{2}", -0.04)], x: [1, 2, 2, 3], y: [4, 3, 3, 1],
          labels: ["a", "b", "c", "d"], groups: ["gru", "lstm", "gru", "rnn"]),
        .init(
          title: long, coefficients: [("τ", nil)], x: [0, 10, 100, 1000], y: [4, 3, 3, 1], isLogarithmic: true),
        .init(title: "one row", coefficients: [], x: [7], y: [2]),
      ], title: "Metrics and loss", target: "loss", isReversed: true, perRow: 2, width: 300)
  }

  /// Shades run with the logarithm of the count.
  private static var hexbins: ResolvedFigure {
    let x = (0..<40).map { Double($0 * $0 % 7) }
    return SmallMultiples.figure(
      [.init(title: "SNIP", coefficients: [("τ", 0.5)], x: x, y: x.enumerated().map { $1 + Double($0 % 3) })],
      title: "Bins", target: "accuracy", isReversed: false, perRow: 1, width: 150, sampling: .hexbins)
  }
}
