import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics
import Tables
import Testing

@testable import Sections

@Suite struct StrataTests {
  private typealias Judged = StrataResults.Judged

  private static let members = [
    FamilyMember(ColumnSchema(name: "alpha", type: .real, title: "Alpha", better: .higher), isBaseline: false),
    FamilyMember(ColumnSchema(name: "size", type: .integer, title: "Size", better: .lower), isBaseline: true),
  ]

  private func part(margin: Double? = 0.25) -> StrataPart {
    let spec = StrataSpec {
      $0.name = "inside"
      $0.coefficients = [.kendallTauB]
      $0.interval = IntervalSpec { $0.resamples = 2000 }
      $0.equivalenceMargin = margin
      $0.replicates = ReplicatesSpec { $0.by = ["id"] }
    }
    let family = ComparedMetrics(
      name: "inside", title: "Inside",
      target: ResolvedTarget(dataset: "cells", column: "score", title: "Score", better: .higher),
      members: Self.members, coefficients: spec.coefficients, interval: spec.interval, missing: .drop,
      unit: .cluster)
    return StrataPart(
      spec: spec, family: family, columns: [ColumnSchema(name: "depth", type: .integer, title: "Depth")])
  }

  private static func estimate(_ value: Double, n: Int = 1200) -> Estimate {
    var estimate = Estimate(
      .success(value),
      basis: Estimate.Basis(
        n: n, clusters: n / 2, level: 0.95, method: "BCa bootstrap, 2,000 resamples of clusters", seed: 1))
    estimate.interval = .success(
      Estimate.Ends(lower: value - 0.125, upper: value + 0.125, standardError: 0.0625))
    return estimate
  }

  private static func values(_ judged: Judged) -> ByCoefficient<Judged> {
    ByCoefficient([.kendallTauB]) { _ in judged }
  }

  /// A metric on so many strata.
  private static func results(_ count: Int) -> StrataResults {
    let verdict = Equivalence(value: 0.5, margin: 0.25, level: 0.9, lower: 0.4375, upper: 0.5625, verdict: .different)
    return StrataResults(
      rows: RowCounts(n: 1200, total: 1203, missingMetric: 2, missingTarget: 0), withoutStratum: 1, strata: count,
      clusters: 600, overall: values(Judged(estimate(0.25), equivalence: .failure(Reason("none")))),
      within: values(Judged(estimate(0.5), equivalence: .success(verdict))),
      each: NamedValues(
        (1...count).map {
          (
            "\($0)",
            StrataResults.Stratum(
              group: ["\($0)"], n: $0 * 10, clusters: $0 * 5, coefficients: values(Judged(estimate(0.5, n: $0 * 10))))
          )
        }))
  }

  private static let none = StrataResults(
    rows: RowCounts(n: 0, total: 1203, missingMetric: 1203, missingTarget: 0), withoutStratum: 1,
    overall: values(Judged(Estimate(.failure(Reason("no rows"))))),
    within: values(Judged(Estimate(.failure(Reason("no rows"))))), each: NamedValues())

  private static let reliability: StrataReliabilityResults = {
    var icc = Estimate(.success(0.75), basis: Estimate.Basis(n: 20, level: 0.95, method: "F distribution"))
    icc.interval = .success(Estimate.Ends(lower: 0.5, upper: 0.875))
    let nothing = Estimate(.failure(Reason("no group has two values")))
    return StrataReliabilityResults(
      pooled: .init(
        n: 20, strata: 1, groups: 10, replicated: 10, reliability: Estimate(.success(0.5625)),
        noiseCeiling: Estimate(.success(0.75)), kendallNoiseCeiling: Estimate(.success(0.5))),
      each: NamedValues([
        (
          "1",
          .init(
            group: ["1"], n: 20, groups: 10, replicated: 10, standardDeviation: 2, errorDeviation: 1,
            reliability: Estimate(.success(0.5625)), icc: icc, noiseCeiling: Estimate(.success(0.75)),
            kendallNoiseCeiling: Estimate(.success(0.5)))
        ),
        (
          "empty",
          .init(
            group: [""], n: 3, groups: 3, reliability: nothing, icc: nothing, noiseCeiling: nothing,
            kendallNoiseCeiling: nothing)
        ),
      ]))
  }()

  private func outputs(strata: Int = 2) -> MadeOutputs {
    MadeOutputs([
      "strata/inside/alpha": Self.results(strata), "strata/inside/size": Self.none,
      "strata-reliability/inside": Self.reliability,
    ])
  }

  private func table(_ content: String? = nil, strata: Int = 2) throws -> ReportTable {
    var spec = TableSpec()
    spec.content = content
    return try part().table(spec, outputs(strata: strata).context())
  }

  @Test func resultsAreReadAsWritten() throws {
    try expectRoundTrip(Self.results(3))
    try expectRoundTrip(Self.none)
    try expectRoundTrip(Self.reliability)
  }

  @Test func valuesStandUnderMembersWithTitles() throws {
    let values = try part().values(outputs().inputs)
    #expect(values.members?.map(\.key) == ["alpha", "size", "reliability"])
    #expect(
      values["alpha"]?.members?.map(\.key) == [
        "title", "role", "n", "total", "missing-metric", "missing-target", "without-stratum", "strata", "clusters",
        "overall", "within", "each",
      ])
    #expect(
      values["alpha"]?["within"]?["kendall-tau-b"]?.members?.map(\.key) == [
        "value", "lower", "upper", "standard-error", "n", "clusters", "level", "method", "seed", "equivalence",
      ])
    #expect(values["alpha"]?["each"]?["2"]?.members?.map(\.key) == ["group", "n", "clusters", "kendall-tau-b"])
    #expect(values["size"]?["each"]?.text() == "{}")
    #expect(
      values["reliability"]?["each"]?["empty"]?.members?.map(\.key) == [
        "group", "n", "groups", "reliability", "icc", "noise-ceiling", "kendall-noise-ceiling",
      ])
  }

  @Test func theTableHasBothCoefficientsAndTheVerdict() throws {
    let table = try table()
    #expect(
      table.texts == [
        ["Metric", "Kendall τ-b, all rows", "Kendall τ-b, inside", "n", "Kendall τ-b inside within ±0.25"],
        ["Alpha", ".250 [.125, .375]", ".500 [.375, .625]", "1,200", "different"],
        ["Size (baseline)", "undefined: no rows", "undefined: no rows", "0", "–"],
      ])
    #expect(table.caption == "Inside: association with score on all rows, and inside strata of depth.")
    #expect(
      table.notes.last
        == "Brackets: 95 % BCa bootstrap intervals, 2,000 resamples of clusters, inside strata of each stratum's own, seed 1."
    )
  }

  /// Few strata are columns, many are rows.
  @Test func strataAreColumnsOrRows() throws {
    #expect(
      try table("each-stratum").texts == [
        ["Metric", "1 (n 10)", "2 (n 20)"], ["Alpha", ".500 [.375, .625]", ".500 [.375, .625]"],
        ["Size (baseline)", "–", "–"],
      ])
    let long = try table("each-stratum", strata: 10).texts
    #expect(long[0] == ["depth", "n", "Alpha", "Size"] && long.count == 11 && long[10] == ["10", "100", ".500", "–"])
  }

  @Test func replicatesHaveACeilingOrAReason() throws {
    let reason = "undefined: no group has two values"
    #expect(
      try table("replicates").texts == [
        [
          "depth", "n", "networks", "with replicates", "reliability", "noise ceiling", "noise ceiling, τ",
        ],
        ["1", "20", "10", "10", ".563", ".750", ".500"],
        ["(empty)", "3", "3", "–", reason, reason, reason],
        ["inside all strata", "20", "10", "10", ".563", ".750", ".500"],
      ])
  }

  @Test func theFigureReadsTheStepsItShows() throws {
    let spec = FigureSpec {
      $0.kind = .forest
      $0.columns = ["alpha"]
    }
    #expect(part().figureInputs(spec).map(\.name) == ["strata/inside/alpha", "strata-reliability/inside"])
    let figure = try part().figure(
      FigureSource(spec, of: part(), tables: [], analysis: "A"), outputs().inputs)
    #expect(figure.title == "Kendall τ-b on all rows and inside strata of depth: Inside")
    #expect(figure.data.rows.count == 2)
  }
}
