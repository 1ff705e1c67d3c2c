import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics
import Tables
import Testing

@testable import Sections

@Suite struct CorrelationsTests {
  private static let target = ResolvedTarget(dataset: "cells", column: "loss", title: "Loss", better: .lower)
  private static let alpha = FamilyMember(
    ColumnSchema(name: "alpha", type: .real, title: "Alpha", better: .higher), isBaseline: false)
  private static let beta = FamilyMember(ColumnSchema(name: "beta", type: .real, title: "Beta"), isBaseline: false)
  private static let shape = FamilyMember(
    name: "shape", title: "Shape", isBaseline: true, better: .higher, source: .lexicographic(["depth", "width"]))
  private static let coefficients: [Coefficient] = [.kendallTauB, .pearson]

  private func part(clustered: Bool = true, isProxy: Bool = false) -> CorrelationsPart {
    let spec = CorrelationsSpec {
      $0.name = "main"
      $0.title = "Main"
      $0.coefficients = Self.coefficients
      $0.interval = IntervalSpec { $0.resamples = 2000 }
      $0.given = ["depth"]
      $0.truncation = TruncationSpec { $0.shares = [1, 0.025] }
      $0.failed = FailedSpec {
        $0.title = "failed cells"
        $0.resamples = 500
        $0.rule = LocatedExpression("loss > 2", at: Located<String>.unread.location, in: SourceText("", file: ""))
      }
      $0.top = TopSpec { $0.sizes = [10, 0.1] }
      $0.agreement = true
    }
    var target = Self.target
    target.isProxy = isProxy
    return CorrelationsPart(
      spec: spec,
      compared: ComparedMetrics(
        name: "main", title: "Main", target: target, members: [Self.alpha, Self.beta, Self.shape],
        coefficients: Self.coefficients, interval: spec.interval, missing: .drop, unit: clustered ? .cluster : nil))
  }

  private static let basis = Estimate.Basis(
    n: 1200, clusters: 600, level: 0.95, method: "BCa bootstrap, 2,000 resamples of clusters", seed: 1)

  private static func estimate(_ value: Double, _ lower: Double, _ upper: Double) -> Estimate {
    var estimate = Estimate(.success(value), basis: basis)
    estimate.interval = .success(Estimate.Ends(lower: lower, upper: upper, standardError: 0.0625))
    return estimate
  }

  private static func values(_ first: Estimate, _ second: Estimate) -> ByCoefficient<Estimate> {
    ByCoefficient(coefficients) { $0 == .kendallTauB ? first : second }
  }

  private static func undefined(_ reason: String) -> Estimate { Estimate(.failure(Reason(reason))) }

  private static let found: [CoefficientResults] = {
    let policies = CoefficientResults.Policies(
      drop: values(Estimate(.success(-0.5)), Estimate(.success(-0.25))),
      worst: values(Estimate(.success(-0.375)), undefined("a missing value stands for a rank")))
    let reversed = Estimate(
      .success(0.5), interval: .failure(Reason("the acceleration is not finite")), basis: basis)
    return [
      CoefficientResults(
        rows: RowCounts(n: 1200, total: 1203, missingMetric: 3, missingTarget: 0), distinctMetric: 9, distinctTarget: 8,
        tiedMetric: 0.125, tiedTarget: 0.0625, clusters: 600,
        coefficients: values(estimate(-0.5, -0.625, -0.375), estimate(-0.25, -0.5, 0.125)),
        policies: policies),
      CoefficientResults(
        rows: RowCounts(n: 0, total: 1203, missingMetric: 1203, missingTarget: 0),
        coefficients: values(undefined("fewer than two rows"), undefined("fewer than two rows"))),
      CoefficientResults(
        rows: RowCounts(n: 1203, total: 1203, missingMetric: 0, missingTarget: 0), distinctMetric: 9,
        distinctTarget: 8, clusters: 600,
        coefficients: values(reversed, undefined("an order has ranks, not values"))),
    ]
  }()

  private static let truncated: TruncationResults = {
    func part(_ first: TruncatedRanking.Coefficient, _ share: Double, _ n: Int) -> TruncatedRanking {
      TruncatedRanking(
        share: share, n: n, clusters: n / 2,
        coefficients: ByCoefficient(coefficients) { $0 == .kendallTauB ? first : .init(undefined("constant")) })
    }
    let whole = part(.init(estimate(-0.5, -1, 0)), 1, 1200)
    return TruncationResults(
      byTarget: NamedValues([
        ("100-percent", whole), ("2-5-percent", part(.init(estimate(-0.125, -0.25, 0), reference: -0.375), 0.025, 30)),
      ]),
      byMetric: NamedValues([("100-percent", whole), ("2-5-percent", part(.init(undefined("constant")), 0.025, 40))]),
      pairs: .of { () throws(Reason) in
        PairsByHalves(
          try ConcordanceByHalves(PairedSample(x: [1, 2, 3, 4], y: [1, 2, 3, 4])))
      })
  }()

  private static let failed = FailedResults(
    n: 1200, clusters: 600, failed: 120, share: 0.1, unjudged: 0,
    without: values(estimate(-0.25, -0.5, -0.125), undefined("constant")), superiority: estimate(0.625, 0.5, 0.75))

  private static let top: TopStep.Output = NamedValues([
    (
      "top-10",
      .success(TopResults(size: 10, precision: 0.5, regret: 1.25, ndcg: 0.75, bestRank: 0.0625, worstRank: 0.125))
    ),
    ("top-10-percent", .failure(Reason("the target is constant"))),
  ])

  private static let agreement = AgreementResults(
    metrics: ["alpha", "beta", "shape"],
    matrices: ByCoefficient(coefficients) {
      $0 == .kendallTauB
        ? [[1, -0.5, 0.25], [-0.5, 1, nil], [0.25, nil, 1]] : [[1, nil, nil], [nil, 1, nil], [nil, nil, 1]]
    })

  private var outputs: MadeOutputs {
    var made: [String: any Encodable] = ["agreement/main": Self.agreement]
    for (member, found) in zip(["alpha", "beta", "shape"], Self.found) {
      made["coefficients/main/\(member)"] = found
      made["partial/main/\(member)"] = PartialResults(
        n: 1199, kendall: Estimate(.success(0.125)), spearman: Self.undefined("a column is constant"))
      made["truncation/main/\(member)"] = Self.truncated
      made["failed/main/\(member)"] = Self.failed
      made["top/main/\(member)"] = Self.top
    }
    return MadeOutputs(made)
  }

  private func table(_ content: String?, clustered: Bool = false) throws -> ReportTable {
    var spec = TableSpec()
    spec.content = content
    let depth = KnownTable(name: "cells", columns: [ColumnSchema(name: "depth", type: .integer, title: "Depth")])
    return try part(clustered: clustered).table(spec, outputs.context([depth]))
  }

  @Test func resultsAreReadAsWritten() throws {
    for found in Self.found { try expectRoundTrip(found) }
    try expectRoundTrip(PartialResults(n: 3, kendall: Estimate(.success(1)), spearman: Self.undefined("none")))
    try expectRoundTrip(Self.truncated)
    try expectRoundTrip(Self.failed)
    try expectRoundTrip(Self.top)
    try expectRoundTrip(Self.agreement)
  }

  @Test func coefficientsStandAmongTheCounts() throws {
    #expect(
      try JSONValue(encoding: Self.found[0]).text()
        == #"{"n":1200,"total":1203,"missing-metric":3,"missing-target":0,"distinct-metric":9,"distinct-target":8,"#
        + #""tied-metric":0.125,"tied-target":0.0625,"#
        + #""clusters":600,"kendall-tau-b":{"value":-0.5,"lower":-0.625,"upper":-0.375,"standard-error":0.0625,"#
        + #""n":1200,"clusters":600,"level":0.95,"method":"BCa bootstrap, 2,000 resamples of clusters","seed":1},"#
        + #""pearson":{"value":-0.25,"lower":-0.5,"upper":0.125,"standard-error":0.0625,"#
        + #""n":1200,"clusters":600,"level":0.95,"method":"BCa bootstrap, 2,000 resamples of clusters","seed":1},"#
        + #""policies":{"drop":{"kendall-tau-b":{"value":-0.5},"pearson":{"value":-0.25}},"#
        + #""worst":{"kendall-tau-b":{"value":-0.375},"#
        + #""pearson":{"undefined":"a missing value stands for a rank"}}}}"#)
    #expect(
      try JSONValue(encoding: Self.agreement)["kendall-tau-b"]?.text() == "[[1,-0.5,0.25],[-0.5,1,null],[0.25,null,1]]")
  }

  /// Documents from before estimates said how they were made.
  @Test func olderDocumentsAreRead() throws {
    let old = try JSONValue(
      DocumentReader.read(
        Array(
          #"{"n":3,"total":4,"missing-metric":1,"missing-target":0,"distinct-metric":3,"distinct-target":3,"#.utf8)
          + Array(#""kendall-tau-b":{"value":1,"interval-undefined":"few"},"spearman":{"undefined":"none"}}"#.utf8),
        file: "made", limits: .data)
    ).decoded(as: CoefficientResults.self)
    #expect(old.coefficients[.kendallTauB]?.interval == .failure(Reason("few")) && old.clusters == nil)
    #expect(old.coefficients[.spearman]?.value == .failure(Reason("none")) && old.coefficients[.pearson] == nil)
  }

  /// The best metric and the agreement of metrics stand there whatever a report says.
  @Test func valuesHaveTheBestMetricAndTheAgreement() throws {
    let values = try part().values(outputs.inputs)
    #expect(values.members?.map(\.key) == ["alpha", "beta", "shape", "best", "agreement"])
    #expect(values["best"] == values["alpha"])
    #expect(
      values["alpha"]?.members?.map(\.key) == [
        "title", "role", "declared-better", "n", "total", "missing-metric", "missing-target", "distinct-metric",
        "distinct-target", "tied-metric", "tied-target", "clusters", "kendall-tau-b", "pearson", "policies", "partial",
        "truncation", "failed", "top-10", "top-10-percent",
      ])
    #expect(
      values["agreement"]?["strongest"]?.text()
        == #"{"first":"Alpha","second":"Beta","kendall-tau-b":{"value":-0.5},"#
        + #""pearson":{"undefined":"the coefficient has no value"}}"#)
    #expect(
      values["agreement"]?["beta"]?["shape"]?["kendall-tau-b"]?.text()
        == #"{"undefined":"the coefficient has no value"}"#)
  }

  @Test func theTableOfCoefficientsHasIntervalsAndDirections() throws {
    let table = try table(nil)
    #expect(
      table.texts == [
        ["Metric", "As declared", "Kendall τ-b", "Pearson r", "Tied", "n used / total"],
        ["Alpha", "yes", "−.500 [−.625, −.375]", "−.250 [−.500, .125]", "12.5 %", "1,200 / 1,203"],
        [
          "Beta", "none declared", "undefined: fewer than two rows", "undefined: fewer than two rows", "–", "0 / 1,203",
        ],
        [
          "Shape (baseline)", "undecided", ".500 [–]", "undefined: an order has ranks, not values", "–",
          "1,203 / 1,203",
        ],
      ])
    #expect(
      table.notes == [
        "Brackets: 95 % BCa bootstrap intervals, 2,000 resamples of rows, seed 1.",
        "Signed coefficients with loss as it is (lower is better). Missing values: drop.",
        "Tied: the share of pairs of rows with the same value of the metric. In loss 6.3 % of the pairs are tied.",
      ])
    #expect(
      try self.table(nil, clustered: true).notes.first
        == "Brackets: 95 % BCa bootstrap intervals, 2,000 resamples of 600 clusters, seed 1.")
  }

  /// No metric declares which way it goes with a size or another metric, of which no end is better.
  @Test func besideASizeNothingIsDeclared() throws {
    let table = try part(isProxy: true).table(TableSpec(), outputs.context())
    let whole = try self.table(nil, clustered: true)
    #expect(table.texts == whole.texts.map { [$0[0]] + $0.dropFirst(2) })
    #expect(table.notes[1] == "Signed coefficients with loss as it is. Missing values: drop.")
    #expect(table.notes.count == whole.notes.count)
  }

  /// Metrics that differ in their rows differ in the units that are drawn; without units rows are.
  @Test func notesCountTheUnitsOfTheRowsUsed() {
    let (context, clustered, plain) = (outputs.context(), part().compared, part(clustered: false).compared)
    #expect(context.units(of: clustered, used: [600, nil, 0, 500]) == "500 to 600 clusters")
    #expect(context.units(of: clustered, used: [1600, 1600]) == "1,600 clusters")
    #expect(context.units(of: clustered, used: [nil, 0]) == "clusters")
    #expect(context.units(of: plain, used: [600, 500]) == "rows")
  }

  @Test func theOtherTables() throws {
    #expect(
      try table("missing").texts.prefix(2) == [
        ["Metric", "no metric", "no target", "left out", "worst rank"], ["Alpha", "3", "0", "−.500", "−.375"],
      ])
    let partial = try table("partial")
    #expect(partial.caption == "Main: association with loss given depth.")
    #expect(partial.texts[1] == ["Alpha", "−.500", ".125", "undefined: a column is constant", "1,199"])
    let truncation = try table("truncation", clustered: true)
    #expect(
      truncation.texts == [
        ["Metric", "Best", "n", "clusters", "Kendall τ-b", "Range restriction alone", "Against it"]
      ]
        + ["Alpha", "Beta", "Shape (baseline)"].flatMap { name in
          [
            [name, "100 %", "1,200", "600", "−.500 [−1.000, .000]", "–", "–"],
            [name, "2.5 %", "30", "15", "−.125 [−.250, .000]", "−.375", "weaker"],
          ]
        })
    #expect(
      truncation.notes.prefix(2) == [
        "Brackets: 95 % percentile bootstrap intervals, 2,000 resamples of 600 clusters, each cut to its own best part, seed 1.",
        "Brackets: 95 % BCa intervals of all rows, 2,000 resamples of 600 clusters, seed 1.",
      ])
    #expect(try table("truncation-by-metric").texts[2] == ["Alpha", "2.5 %", "40", "undefined: constant", "–", "–"])
    #expect(
      try table("pairs").texts[1] == [
        "Alpha", "−.500 [−.625, −.375]", "66.7 %", "66.7 %", "16.7 %", "16.7 %", "16.7 %", "16.7 %",
      ])
    let failed = try table("failed")
    #expect(
      failed.texts.prefix(2) == [
        ["Metric", "n", "Failed", "Share", "Kendall τ-b, all", "Kendall τ-b, not failed", "Tells them apart"],
        ["Alpha", "1,200", "120", "10.0 %", "−.500 [−.625, −.375]", "−.250 [−.500, −.125]", ".625 [.500, .750]"],
      ])
    #expect(
      failed.notes.dropFirst() == [
        "Brackets: 95 % BCa bootstrap intervals, 500 resamples of rows, seed 1.",
        "Intervals of all rows: 2,000 resamples.",
      ])
    let top = try table("top").texts
    #expect(top[0].prefix(7) == ["Metric", "P@10", "regret@10", "nDCG@10", "BR@10", "WR@10", "P@10 %"])
    #expect(
      top[1].prefix(7) == ["Alpha", ".500", "1.250", ".750", ".063", ".125", "undefined: the target is constant"])
  }

  /// The histogram is of all rows with a target; the rule tells two parts apart.
  @Test func theHistogramTellsFailedRowsApart() throws {
    let spec = FigureSpec { $0.kind = .histogram }
    let part = part()
    #expect(part.figureInputs(spec).map(\.step) == ["table/cells"])
    let cells = Table(
      columns: [
        Column(
          schema: ColumnSchema(name: "loss", type: .real), storage: .real([1, 1.5, 0, 3, 1, 2]),
          undefined: [2: "none"])
      ], origins: (1...6).map { RowOrigin(file: "f", line: $0) })
    let made = MadeOutputs([:], tables: ["table": cells])
    let figure = try part.figure(FigureSource(spec, of: part, tables: [], analysis: "A"), made.inputs)
    #expect(figure.data.columns == ["from", "to", "the others: 4 rows", "failed cells: 1 rows, 20.0 %"])
    func sum(_ column: Int) -> Double {
      figure.data.rows.reduce(0) { if case .number(let count) = $1[column] { $0 + count } else { $0 } }
    }
    #expect(sum(2) == 4 && sum(3) == 1)
  }

  @Test func figuresReadTheStepsTheyShow() throws {
    func drawn(_ kind: FigureKind, _ columns: [Located<String>] = []) throws -> ResolvedFigure {
      let spec = FigureSpec {
        $0.kind = kind
        $0.columns = columns
      }
      let part = part()
      let made = outputs
      let read = MadeOutputs(
        Dictionary(
          uniqueKeysWithValues: part.figureInputs(spec).map { ($0.name, made.documents[$0.name] ?? .null) }))
      return try part.figure(FigureSource(spec, of: part, tables: [], analysis: "A"), read.inputs)
    }
    let forest = try drawn(.forest)
    #expect(forest.title == "Kendall τ-b: Main")
    #expect(forest.data.rows.count == 3)
    #expect(try drawn(.forest, ["beta"]).data.rows.count == 1)
    #expect(try drawn(.heatMap).data.rows.map(\.count) == [4, 4, 4])
    #expect(try drawn(.truncation).data.rows.count == 12)
    #expect(try drawn(.top).title == "Top 10: Main")
  }
}
