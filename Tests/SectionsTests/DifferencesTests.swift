import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics
import Tables
import Testing

@testable import Sections

@Suite struct DifferencesTests {
  private typealias Finding = DifferencesResults.Finding

  private static let members = [
    FamilyMember(ColumnSchema(name: "alpha", type: .real, title: "Alpha", better: .higher), isBaseline: false),
    FamilyMember(ColumnSchema(name: "beta", type: .real, title: "Beta"), isBaseline: false),
    FamilyMember(ColumnSchema(name: "size", type: .integer, title: "Size", better: .lower), isBaseline: true),
  ]

  private func part(margin: Double? = 0.125, adjustment: AdjustedPValues.Method = .holm) -> DifferencesPart {
    let spec = DifferencesSpec {
      $0.name = "rivals"
      $0.coefficient = .spearman
      $0.interval = IntervalSpec { $0.resamples = 100 }
      $0.tests = [.pairedBootstrap, .zou, .meng].map { Located($0, at: Located<String>.unread.location) }
      $0.equivalenceMargin = margin
      $0.adjustment = adjustment
    }
    let family = ComparedMetrics(
      name: "rivals", title: "Rivals",
      target: ResolvedTarget(dataset: "cells", column: "loss", title: "Loss", better: .lower), members: Self.members,
      coefficients: [.spearman], interval: spec.interval, missing: .drop, unit: nil)
    return DifferencesPart(
      spec: spec, family: family, pairs: [.init(first: 0, second: 2), .init(first: 1, second: 2)])
  }

  private static let basis = Estimate.Basis(
    n: 1200, level: 0.95, method: "paired BCa bootstrap, 100 resamples of rows", seed: 1)

  private static func estimate(_ value: Double, _ lower: Double, _ upper: Double) -> Estimate {
    var estimate = Estimate(.success(value), basis: basis)
    estimate.interval = .success(Estimate.Ends(lower: lower, upper: upper, standardError: 0.0625))
    return estimate
  }

  private static let results: DifferencesResults = {
    let reason = Reason("beta: the metric is constant")
    let meng = Finding(
      z: 2, pValue: PValue(0.0455), adjustedPValue: PValue(0.0455),
      transformed: .success(.init(lower: 0.125, upper: 0.5, level: 0.95, method: "Meng, Rosenthal & Rubin 1992")))
    var difference = estimate(0.25, 0.125, 0.375)
    difference.test = .init(
      pValue: PValue(0.01, isFloor: true), adjustedPValue: PValue(0.02, isFloor: true), test: "paired-bootstrap",
      adjustment: "holm", family: "rivals")
    let found = DifferencesResults.Pair(
      first: "alpha", second: "size", difference: difference,
      equivalence: .success(
        Equivalence(
          value: 0.25, margin: 0.125, level: 0.9, lower: 0.1875, upper: 0.3125, verdict: .different, n: 1200,
          method: basis.method, seed: 1)),
      tests: NamedValues([
        (
          "paired-bootstrap",
          .success(
            Finding(pValue: PValue(0.01, isFloor: true), adjustedPValue: PValue(0.02, isFloor: true)))
        ),
        ("zou", .success(Finding(lower: 0.0625, upper: 0.4375, level: 0.95, method: "Zou 2007"))),
        ("meng", .success(meng)),
      ]))
    let none = DifferencesResults.Pair(
      first: "beta", second: "size", difference: Estimate(.failure(reason)), equivalence: .failure(reason),
      tests: NamedValues(["paired-bootstrap", "zou", "meng"].map { ($0, .failure(reason)) }))
    return DifferencesResults(
      n: 1200, total: 1203, pairCount: 2,
      families: NamedValues([
        ("paired-bootstrap", .init(tests: 1, undefined: 1, rejected: 1)),
        ("meng", .init(tests: 2, undefined: 0, rejected: 1)),
      ]),
      coefficients: NamedValues([
        ("alpha", estimate(0.5, 0.375, 0.625)), ("beta", Estimate(.failure(Reason("the metric is constant")))),
        ("size", estimate(0.25, 0.125, 0.375)),
      ]), ties: .init(members: NamedValues([("alpha", 0.25), ("size", 0.001)]), target: 0),
      unequalTies: ["alpha-minus-size"],
      pairs: NamedValues([("alpha-minus-size", found), ("beta-minus-size", none)]))
  }()

  private var outputs: MadeOutputs { MadeOutputs(["differences/rivals": Self.results]) }

  private func table(_ content: String? = nil, of part: DifferencesPart? = nil) throws -> ReportTable {
    var spec = TableSpec()
    spec.content = content
    return try (part ?? self.part()).table(spec, outputs.context())
  }

  @Test func resultsAreReadAsWritten() throws { try expectRoundTrip(Self.results) }

  @Test func pairsStandBesideTheCounts() throws {
    let values = try part().values(outputs.inputs)
    #expect(
      values.members?.map(\.key) == [
        "n", "total", "pairs", "families", "coefficients", "ties", "unequal-ties", "alpha-minus-size",
        "beta-minus-size", "warnings",
      ])
    let pair = try #require(values["alpha-minus-size"])
    #expect(
      pair.members?.map(\.key) == [
        "title", "first", "second", "difference", "equivalence", "paired-bootstrap", "zou", "meng",
      ])
    #expect(pair["title"] == "Alpha − Size")
    #expect(
      pair["difference"]?.members?.map(\.key) == [
        "value", "lower", "upper", "standard-error", "n", "level", "method", "seed", "p-value", "adjusted-p-value",
        "test", "adjustment", "family",
      ])
    #expect(
      pair["paired-bootstrap"]?.text()
        == #"{"p-value":{"value":0.01,"at-most":true},"adjusted-p-value":{"value":0.02,"at-most":true}}"#)
    #expect(pair["meng"]?.members?.map(\.key) == ["z", "p-value", "adjusted-p-value", "transformed"])
    #expect(values["beta-minus-size"]?["zou"]?.text() == #"{"undefined":"beta: the metric is constant"}"#)
  }

  @Test func theTableOfDifferencesGivesAReasonOnce() throws {
    let table = try table()
    #expect(
      table.texts == [
        [
          "Pair", "Δ Spearman ρ", "p, bootstrap", "adjusted", "Zou's interval", "p, Meng", "adjusted", "Tied",
          "Within ±0.125",
        ],
        [
          "Alpha − Size", ".250 [.125, .375]", "≤ .010", "≤ .020", "[.063, .438]", ".046", ".046", "25.0, 0.1 %",
          "different",
        ],
        ["Beta − Size", "undefined: beta: the metric is constant", "–", "–", "–", "–", "–", "–, 0.1 %", "–"],
      ])
    #expect(
      table.notes == [
        "Coefficients are signed so that positive means: as the metric's declared direction promises.",
        "Rows with a value of every metric: 1,200 of 1,203.",
        "Brackets: 95 % BCa intervals of the differences, 100 resamples of rows that all metrics share, seed 1.",
        "Tied: the share of pairs of rows with the same value. In loss 0.0 % of the pairs are tied.",
        "Spearman ρ rewards ties, and in 1 of 2 pairs of this table the two sides have unequal shares of them (Alpha 25.0 %, Size 0.1 %): such a difference is one of ties too. See coefficient: somers-d.",
        "P-values are two-sided, adjusted by Holm's method (1979) over the pairs of this table. At 0.05 differ: 1 of 1 by the paired bootstrap (1 undefined), 1 of 2 by Meng.",
        "≤ marks the smallest p-value that so many resamples can give, and what is adjusted from it.",
        "Zou, Meng: rows are taken as independent. Made for Pearson's r, for Spearman's ρ approximate.",
        "Equivalence: two one-sided tests by the 90 % interval, inside ±0.125 for equivalent, outside for different; undecided is neither.",
      ])
    let plain = try self.table(of: part(margin: nil, adjustment: .none)).texts
    #expect(plain[0] == ["Pair", "Δ Spearman ρ", "p, bootstrap", "Zou's interval", "p, Meng", "Tied"])
  }

  @Test func theTableOfCoefficientsHasDirections() throws {
    #expect(
      try table("coefficients").texts == [
        ["Metric", "Declared direction", "Spearman ρ", "Tied"],
        ["Alpha", "higher is better", ".500 [.375, .625]", "25.0 %"],
        ["Beta", "none, taken as higher", "undefined: the metric is constant", "–"],
        ["Size (baseline)", "lower is better", ".250 [.125, .375]", "0.1 %"],
      ])
  }

  @Test func theFigureShowsThePairsAskedFor() throws {
    func drawn(_ columns: [Located<String>]) throws -> ResolvedFigure {
      let spec = FigureSpec {
        $0.kind = .forest
        $0.columns = columns
      }
      return try part().figure(
        FigureSource(spec, of: part(), tables: [], analysis: "A"), outputs.inputs)
    }
    #expect(try drawn([]).title == "Differences of Spearman ρ: Rivals")
    #expect(try drawn([]).data.rows.count == 2 && drawn(["alpha-minus-size"]).data.rows.count == 1)
  }
}
