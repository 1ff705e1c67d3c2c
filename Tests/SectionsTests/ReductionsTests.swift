import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics
import Tables
import Testing

@testable import Sections

@Suite struct ReductionsTests {
  private static let order = FamilyMember(
    name: "order", title: "Depth, then width", isBaseline: true, better: .higher, source: .lexicographic(["depth"]))
  private static let alpha = FamilyMember(
    name: "alpha", title: "Alpha", isBaseline: false, better: .higher, source: .column("alpha"))

  /// Depth 4 of six rows; a ranking that has too few rows; a rule that keeps none.
  private let part = ReductionsPart(
    spec: ReductionSpec {
      $0.name = "shrink"
      $0.title = "Shrinking"
      $0.top = [2, 0.5]
      $0.draws = [3]
      $0.truncation = [0.5]
      $0.interval = IntervalSpec {
        $0.resamples = 2000
        $0.level = 0.9
      }
      $0.correlations = true
      $0.replicates = ReplicatesSpec { $0.by = ["depth"] }
    }, target: ResolvedTarget(dataset: "nets", column: "loss", title: "Loss", better: .lower),
    candidates: [
      ResolvedCandidate(name: "deep", title: "Deep", rule: nil, top: 3, by: [depth]),
      ResolvedCandidate(name: "large", title: "Large", rule: nil, top: 9, by: [depth]),
      ResolvedCandidate(name: "none", title: "None", rule: nil, top: 1, by: [depth]),
    ], members: [alpha, order], unit: nil)

  private static let depth = ResolvedCandidate.RankedColumn(name: "depth", title: "Depth", better: .higher)

  private static func estimate(_ value: Double, _ lower: Double, _ upper: Double) -> Estimate {
    var estimate = Estimate(.success(value), basis: IntervalSpec { $0.level = 0.9 }.basis(n: 3, unit: nil))
    estimate.interval = .success(.init(lower: lower, upper: upper))
    return estimate
  }

  private static let location = ReducedLocation(
    mean: estimate(1.5, 1.25, 1.75), median: Estimate(.success(1.5), interval: .failure(Reason("too few rows"))),
    minimum: 1, maximum: 2, sd: nil)

  private static let inside = InsideResults(
    inside: NamedValues([
      ("alpha", .init(role: .metric, n: 3, kendallTauB: estimate(-0.5, -0.75, 0.25))),
      ("order", .init(role: .baseline, n: 3, kendallTauB: Estimate(.failure(Reason("a column is constant"))))),
    ]),
    replicates: .success(
      .init(
        groups: 2, replicated: 2, n: 6, reliability: estimate(0.75, 0.25, 1), icc: estimate(0.7, 0.25, 0.9),
        errorSd: 0.125, noiseCeiling: estimate(0.866, 0.5, 1), kendallNoiseCeiling: estimate(0.667, 0.375, 1))))

  private static let whole = WholeSpaceResults(
    size: 6, missingTarget: 1, n: 6,
    described: .success(
      .init(location: location, bestOf: BestOfValues([(3, .failure(Reason("3 draws of 2 rows")))]))), inside: inside)

  private static let ties = ReductionResults.Ties(
    tied: 3, places: 1, draws: 30, mean: .init(lower: 1, upper: 2), regret: .init(lower: 0, upper: 0.5),
    top: TopValues([2, 0.5]) { $0 == 0 ? .success(.init(lower: 0.5, upper: 1)) : .failure(tooLarge) })

  private static let tooLarge = Reason("a top of 7 of 6 rows")

  private static let deep = ReductionResults(
    .init(
      size: 3, total: 6, share: 0.5, missingTarget: 1, unjudged: 1200,
      unjudgedReasons: [.init(reason: "no depth", count: 1200)], n: 3),
    .success(
      .init(
        location: location, outsideMean: .success(2.5), best: 1, regret: 0.25,
        standardScore: .failure(Reason("subsets do not differ")),
        bestOf: BestOfValues([(3, .init(value: Estimate(.success(1)), whole: .failure(Reason("3 draws of 2 rows"))))]),
        top: TopValues([2, 0.5]) { $0 == 0 ? .success(top) : .failure(tooLarge) },
        random: .init(mean: estimate(2, 1, 3), best: estimate(1.25, 1, 2), regret: 0.5),
        truncation: NamedValues([
          (
            "50-percent",
            .init(
              share: 0.5, n: 3, inside: 1.5, shareInside: 0.5, mean: .failure(Reason("no row is left")),
              meanOfAll: 1.25, enrichment: TopValues([2]) { _ in .success(1.5) })
          )
        ]), ties: ties,
        sameSize: NamedValues([
          (
            "alpha",
            .init(
              role: .metric,
              measures: .success(
                .init(
                  mean: 1.75, best: 1, regret: 0, tied: 3, recall: TopValues([2]) { _ in estimate(0.5, 0.125, 0.875) },
                  ties: ties)))
          ), ("order", .init(role: .baseline, measures: .failure(Reason("a score is not finite")))),
        ]), inside: inside)))

  private static let top = ReductionResults.Top(
    size: 2, tied: 0, units: nil, recall: estimate(1, 0.25, 1), enrichment: 2, random: estimate(0.5, 0, 1),
    chance: PValue(0.0002), chanceOfAtMost: PValue(1), n: 6)

  private static let large = ReductionResults(nil, .failure(Reason("a top of 9 of 6 rows that have a score")))

  private static let none = ReductionResults(
    .init(size: 0, total: 6, share: 0, missingTarget: 1, unjudged: 0, unjudgedReasons: [], n: 0),
    .failure(Reason("no row is kept")))

  private let outputs = MadeOutputs([
    "reduction/shrink/whole": whole, "reduction/shrink/deep": deep, "reduction/shrink/large": large,
    "reduction/shrink/none": none,
  ])

  private func table(_ content: String) throws -> ReportTable {
    var spec = TableSpec()
    spec.content = content
    return try part.table(spec, outputs.context())
  }

  @Test func resultsAreReadAsWritten() throws {
    try expectRoundTrip(Self.whole)
    for results in [Self.deep, Self.large, Self.none] { try expectRoundTrip(results) }
    try expectRoundTrip(
      WholeSpaceResults(
        size: 0, missingTarget: 7, n: 0, described: .failure(Reason("no row has a target")),
        inside: InsideResults(inside: nil, replicates: nil))
    )
  }

  @Test func valuesStandUnderSpacesWithTitles() throws {
    let values = try part.values(outputs.inputs)
    #expect(values.members?.map(\.key) == ["whole", "deep", "large", "none"])
    #expect(
      values["whole"]?.members?.map(\.key) == [
        "size", "missing-target", "n", "mean", "median", "minimum", "maximum", "sd", "best-of-3", "inside",
        "replicates",
      ])
    let deep = try #require(values["deep"])
    #expect(
      deep.members?.map(\.key) == [
        "title", "definition", "size", "total", "share", "missing-target", "unjudged", "unjudged-reasons", "n", "mean",
        "median", "minimum", "maximum", "sd", "outside-mean", "best", "regret", "standard-score", "best-of-3", "top-2",
        "top-50-percent", "random", "truncation", "ties", "same-size", "inside", "replicates",
      ])
    #expect(deep["definition"] == "top 3 by Depth" && deep["sd"] == .null)
    #expect(deep["best-of-3"]?.text() == #"{"value":1,"whole":{"undefined":"3 draws of 2 rows"}}"#)
    #expect(deep["top-50-percent"] == ["undefined": "a top of 7 of 6 rows"])
    #expect(
      deep["same-size"]?["alpha"]?.members?.map(\.key) == [
        "title", "role", "mean", "best", "regret", "tied", "top-2", "ties",
      ])
    #expect(
      deep["same-size"]?["order"]?.text()
        == #"{"title":"Depth, then width","role":"baseline","undefined":"a score is not finite"}"#)
    #expect(deep["inside"]?["alpha"]?["kendall-tau-b"]?["seed"] == 1)
    #expect(deep["ties"]?["top-2"]?.text() == #"{"lower":0.5,"upper":1}"#)
    #expect(
      values["large"]?.text()
        == #"{"title":"Large","definition":"top 9 by Depth","undefined":"a top of 9 of 6 rows that have a score"}"#)
    #expect(values["none"]?["size"] == 0 && values["none"]?["undefined"] == "no row is kept")
  }

  /// A best of draws that is undefined keeps what it is held against.
  @Test func undefinedDrawsStandBesideTheWhole() throws {
    let best = ReductionResults.BestOf(value: Estimate(.failure(Reason("3 draws of 2 rows"))), whole: .success(0.5))
    #expect(try JSONValue(encoding: best).text() == #"{"undefined":"3 draws of 2 rows","whole":0.5}"#)
    try expectRoundTrip(best)
  }

  @Test func reductionsStandBelowTheWholeSpace() throws {
    let made = try table("reductions")
    #expect(
      made.texts == [
        ["Reduction", "Rule or ranking", "n", "share", "mean", "median", "minimum", "maximum", "regret", "z"],
        ["whole space", "", "6", "100.0 %", "1.500 [1.250, 1.750]", "1.500 [–]", "1", "2", "0.0000", "–"],
        [
          "Deep", "top 3 by Depth", "3", "50.0 %", "1.500 [1.250, 1.750]", "1.500 [–]", "1", "2", "0.2500",
          "undefined: subsets do not differ",
        ],
        [
          "Large", "top 9 by Depth", "–", "–", "undefined: a top of 9 of 6 rows that have a score", "–", "–", "–", "–",
          "–",
        ], ["None", "top 1 by Depth", "0", "0.0 %", "undefined: no row is kept", "–", "–", "–", "–", "–"],
      ])
    #expect(
      made.notes.map(\.source) == [
        "Brackets: 90 % BCa bootstrap intervals, 2,000 resamples of rows, seed 1.",
        "Regret: how much better the best of all rows is, in units of loss. z: the mean less that of all rows, in standard errors of the mean of a random subset of the same size.",
        "Deep: 1,200 rows could not be judged and are left out (no depth).",
      ])
  }

  @Test func recallStandsBesideRandomSubsets() throws {
    let dashes = [String](repeating: "–", count: 6)
    #expect(
      try table("recall").texts == [
        [
          "Reduction", "of the", "of rows", "recall", "random subsets", "enrichment", "P, as much", "P, as little",
        ],
        ["Deep", "top 2", "2", "1.000 [.250, 1.000]", ".500 [.000, 1.000]", "2.00", "< .001", "1.000"],
        ["Deep", "top 50 %", "undefined: a top of 7 of 6 rows", "–", "–", "–", "–", "–"], ["Large", "top 2"] + dashes,
        ["Large", "top 50 %"] + dashes, ["None", "top 2"] + dashes, ["None", "top 50 %"] + dashes,
      ])
  }

  @Test func rankingsOfTheSameSizeStandTogether() throws {
    #expect(
      try table("same-size").texts == [
        ["n", "Reduction, or top by", "mean", "regret", "recall of the top 2", "recall of the top 50 %"],
        ["3", "Deep", "1.500", "0.2500", "1.000 [.250, 1.000]", "undefined: a top of 7 of 6 rows"],
        ["3", "random subsets", "2.000", "0.5000", ".500 [.000, 1.000]", "–"],
        ["3", "Alpha", "1.750", "0.0000", ".500 [.125, .875]", "–"],
        ["3", "Depth, then width (baseline)", "undefined: a score is not finite", "–", "–", "–"],
      ])
  }

  /// What stands out is marked by the format, not in the text.
  @Test func reductionsStandOutInEveryFormat() throws {
    let made = try table("same-size")
    #expect(made.rows.map { $0[1].isEmphasized } == [true, false, false, false])
    #expect(made.rows.map { $0[1].member } == [nil, nil, "alpha", "order"])
    #expect(TableExport.text(made, .markdown).contains("| 3 | **Deep** | 1.500 |"))
    #expect(TableExport.text(made, .latex).contains("3 & \\textbf{Deep} & 1.500 &"))
    for format in [TableExport.Format.csv, .json] { #expect(!TableExport.text(made, format).contains("*")) }
  }

  @Test func correlationsAreShownInsideEverySpace() throws {
    let made = try table("inside")
    let constant = "undefined: a column is constant"
    #expect(
      made.texts == [
        ["Metric"] + Array(repeating: ["Kendall τ-b", "n"], count: 4).flatMap(\.self),
        ["Alpha", "−.500 [−.750, .250]", "3", "−.500 [−.750, .250]", "3", "–", "–", "–", "–"],
        ["Depth, then width (baseline)", constant, "3", constant, "3", "–", "–", "–", "–"],
      ])
    // Each space spans its coefficient and its count.
    let spaces = ["whole space", "Deep", "Large", "None"]
    #expect(made.columns.map(\.group) == [nil] + spaces.flatMap { [$0, $0] })
    let head = TableExport.text(made, .csv).prefix { $0 != "\r\n" }
    #expect(head.hasPrefix("Metric,whole space: Kendall τ-b,") && head.contains(",whole space: n,Deep: Kendall τ-b,"))
    #expect(made.notes[0] == "Signed coefficients with loss as it is. Brackets: 90 % intervals.")
    #expect(
      made.notes[1].source.hasSuffix(
        #"whole space: .750 \[.250, 1.000\], ceiling .667 \[.375, 1.000\]; Deep: .750 \[.250, 1.000\], ceiling .667 \[.375, 1.000\]."#
      ))
  }

  @Test func drawsAndTruncationsHaveReasons() throws {
    #expect(
      try table("best-of").texts == [
        ["Drawn from", "best of 3"], ["whole space", "undefined: 3 draws of 2 rows"], ["Deep", "1"], ["Large", "–"],
        ["None", "–"],
      ])
    #expect(
      try table("truncation").texts.prefix(3) == [
        [
          "Reduction", "best", "n", "inside", "mean inside", "mean of all", "enrichment of the top 2",
          "enrichment of the top 50 %",
        ], ["Deep", "50 %", "3", "50.0 %", "undefined: no row is left", "1.250", "1.50", "–"],
        ["Large", "50 %", "–", "–", "–", "–", "–", "–"],
      ])
  }

  private func figure(_ kind: FigureKind, columns: [String] = []) throws
    -> ResolvedFigure
  {
    var spec = FigureSpec()
    spec.kind = kind
    spec.columns = columns.map { "\($0)" }
    return try part.figure(FigureSource(spec, of: part, tables: [], analysis: "A"), outputs.inputs)
  }

  @Test func figuresShowTheReductionsAskedFor() throws {
    let recall = try figure(.recall, columns: ["deep"])
    #expect(recall.title == "Recall: Shrinking" && recall.panels.count == 1)
    let top = FigureData.Value.text("top 2")
    #expect(
      recall.data.rows.prefix(3) == [
        [.text("Deep"), top, .text("Deep"), .text("reduction"), .number(1), .number(0.25), .number(1)],
        [.text("Deep"), top, .text("random subsets"), .text("random"), .number(0.5), .number(0), .number(1)],
        [.text("Deep"), top, .text("Alpha"), .text("metric"), .number(0.5), .number(0.125), .number(0.875)],
      ])
    #expect(try figure(.recall).panels.count == 3)
    let inside = try figure(.inside, columns: ["none"])
    #expect(
      inside.data.rows == [
        [.text("Alpha"), .text("no"), .text("whole space"), .number(-0.5), .number(-0.75), .number(0.25)],
        [.text("Depth, then width"), .text("yes"), .text("whole space"), .none, .none, .none],
        [.text("Alpha"), .text("no"), .text("None"), .none, .none, .none],
        [.text("Depth, then width"), .text("yes"), .text("None"), .none, .none, .none],
      ])
  }

  /// Rows come from the table, means with their intervals from the results.
  @Test func distributionsAreOfTheRowsKept() throws {
    func column(_ name: String, _ values: [Double]) -> Column {
      Column(schema: ColumnSchema(name: name, type: .real), storage: .real(values))
    }
    let table = Table(
      columns: [column("loss", [3, 2, 1, 2]), column("depth", [2, 4, 4, 4])],
      origins: Array(repeating: RowOrigin(file: "nets.csv"), count: 4))
    var spec = FigureSpec()
    spec.kind = .distributions
    spec.columns = ["deep", "large"]
    var outputs = outputs
    outputs.tables = ["table": table]
    let made = try part.figure(FigureSource(spec, of: part, tables: [], analysis: "A"), outputs.inputs)
    #expect(made.title == "Loss: Shrinking")
    let ends: [FigureData.Value] = [.number(1.25), .number(1.75)]
    #expect(
      made.data.rows == [
        [
          .text("whole space"), .number(4), .number(1), .number(1.75), .number(2), .number(2.25), .number(3),
          .number(2),
        ]
          + ends,
        [.text("Deep"), .number(3), .number(1), .number(1.5), .number(2), .number(2), .number(2), .number(5.0 / 3)]
          + ends,
        [.text("Large"), .number(0)] + Array(repeating: .none, count: 8),
      ])
  }

  @Test func figuresReadWhatTheyShowAlone() {
    var spec = FigureSpec()
    spec.kind = .distributions
    spec.columns = ["none"]
    #expect(
      part.figureInputs(spec).map(\.step) == ["table/nets", "reduction/shrink/whole", "reduction/shrink/none"])
  }
}
