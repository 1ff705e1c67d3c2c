import Claims
import Documents
import Outcomes
import Reports
import Specs
import Testing

@testable import Auditing
@testable import Sections

@Suite struct JudgedClaimTests {
  /// A claim of a printed number and a region, as it stands in the store.
  private static let json = """
    {"title":"T","statement":"S","reference":"k","secondary":false,\
    "registration":"post hoc","beforehand":false,"compared":"A − B","claimed":"0.31; above 0","printed":"0.31",\
    "magnitude":false,"region":"above 0","computed":0.3051,"computed-of":"a.b","estimate":-1200,"estimate-of":"a.c",\
    "lower":0.25,"upper":3,"level":0.95,"n":1032,"method":"BCa bootstrap, 9,999 resamples of rows","seed":1,\
    "policy":"drop","p-value":1e-05,"adjusted-p-value":0.04,"family":"all","correction":"holm",\
    "verdict":"cannot be told","reproduced":"reproduced","reproduced-outcome":"met","rounding":"rounded half to even",\
    "inference":"inconclusive","inference-outcome":"undecided","inference-reason":"why","judged-on":"interval",\
    "severity":"warn","expected-reproduced":"not reproduced","expected-inference":"supported","outcome":"undecided",\
    "notes":[],"definition":"d"}
    """
  private static let totals = """
    {"claims":1,"met":0,"undecided":1,"failed":0,\
    "reproduction":{"reproduced":1,"not-reproduced":0,"not-checkable":0},\
    "inference":{"supported":0,"refuted":0,"inconclusive":1,"not-checkable":0},\
    "stated":{"statements":1,"hold":0,"hold-in-one-reading":0,"do-not-hold":0,"cannot-be-told":1,"not-checkable":0}}
    """

  private func read(_ text: String) throws -> JudgedClaims {
    try JSONValue(DocumentReader.read(Array(text.utf8), file: "claims", limits: .data)).decoded()
  }

  @Test func claimsAreReadAsWritten() throws {
    let text = "{\"one\":\(Self.json),\"totals\":\(Self.totals),\"findings\":{\"two\":\(Self.json)}}"
    let judged = try read(text)
    #expect(judged.claims.names == ["one"] && judged.findings.names == ["two"] && judged.totals.undecided == 1)
    #expect(try JSONValue(encoding: judged).text() == text)
  }

  @Test func valuesOfEveryKindAreReadAsWritten() throws {
    for value in [RecomputedValue.Content.number(0.5), .text("found"), .undefined("no rows")] {
      #expect(try JSONValue(encoding: value).decoded() == value)
    }
  }

  @Test func aFoldSaysHowTheValueWasMade() throws {
    let judged = try read("{\"one\":\(Self.json),\"totals\":\(Self.totals),\"findings\":{}}")
    let claim = try #require(judged.claims["one"])
    #expect(
      claim.lines.map { "\($0.label): \($0.text)" } == [
        "Printed number: reproduced, rounded half to even", "Region: inconclusive", "Interval: [.250, 3] at 95 %",
        "n: 1,032", "Method: BCa bootstrap, 9,999 resamples of rows, seed 1", "Missing values: drop",
        "Test written: post hoc", "p: 1.0×10⁻⁵; adjusted by holm over all: .0400",
      ])
    #expect(claim.recomputed == ".305; −1,200" && claim.interval == "[.250, 3]")
  }

  private func claim(_ verdict: StatementVerdict?, reading: String? = nil) throws -> JudgedClaim {
    var claim = try #require(
      try read("{\"one\":\(Self.json),\"totals\":\(Self.totals),\"findings\":{}}").claims["one"])
    claim.verdict = verdict
    claim.reading = reading
    return claim
  }

  /// The worst part of a statement decides; of several readings the best.
  @Test(
    arguments: [
      ([.holds], [], .holds, "holds"), ([.holds, .holds], [], .holds, "2 of 2 hold"),
      ([.holds, .cannotBeTold, .cannotBeTold], [], .cannotBeTold, "1 of 3 holds, 2 cannot be told"),
      (
        [.notCheckable, .cannotBeTold, .doesNotHold, .holds], [], .doesNotHold,
        "1 of 4 holds, 1 does not hold, 1 cannot be told, 1 not checkable"
      ),
      ([.doesNotHold, .doesNotHold], [], .doesNotHold, "2 of 2 do not hold"),
      ([.holds, .notCheckable], [], .notCheckable, "1 of 2 holds, 1 not checkable"),
      ([], [.doesNotHold, .holds], .holds, "holds in 1 of 2 readings"),
      ([], [.doesNotHold, .doesNotHold], .doesNotHold, "does not hold in each of 2 readings"),
      ([.cannotBeTold], [.doesNotHold, .holds], .cannotBeTold, "1 of 3 holds, 1 does not hold, 1 cannot be told"),
    ] as [([StatementVerdict], [StatementVerdict], StatementVerdict, String)])
  func aStatementHasTheVerdictOfItsWorstPart(
    _ parts: [StatementVerdict], _ readings: [StatementVerdict], _ verdict: StatementVerdict, _ words: String
  ) throws {
    let claims = try parts.map { try claim($0) } + readings.map { try claim($0, reading: "r") }
    let statement = JudgedStatement(claims)
    #expect(statement.verdict == verdict && statement.words == words)
    #expect(statement.isPartly == words.hasPrefix("holds in 1 of"))
  }

  /// The newest day first; changes of one day in the order of the file, which says first what the next refers to.
  @Test func changesStandFromTheNewestDay() throws {
    let text = """
      analysis: a
      title: A
      datasets: {d: {use: s/d}}
      claims:
        one: {statement: a, title: First, value: {printed: "1"}, not-checkable: No.}
        two: {statement: b, title: Second, value: {printed: "1"}, not-checkable: No.}
      changes:
        - {date: 2026-01-02, claim: one, from: holds, to: cannot be told, why: Old.}
        - {date: 2026-01-03, claim: two, from: holds, to: not checkable, why: New.}
        - {date: 2026-01-03, claim: one, from: cannot be told, to: not checkable, why: After it.}
      report: [{text: None.}]
      """
    let analysis = try SectionCatalog.language.parse(Array(text.utf8), file: "a.yaml")
    let lines = AuditTables(AuditedAnalysis(analysis: analysis, parts: [], claims: [])).changeLines {
      $0.value.uppercased()
    }
    #expect(
      lines.map(\.source) == [
        "2026-01-03, *two*: we said “holds”, and say now “NOT CHECKABLE”. NEW.",
        "2026-01-03, *one*: we said “cannot be told”, and say now “NOT CHECKABLE”. AFTER IT.",
        "2026-01-02, *one*: we said “holds”, and say now “CANNOT BE TOLD”. OLD.",
      ])
  }

  /// A check of a single column has no n; one of many subjects has theirs.
  @Test func oneSubjectIsNoSample() throws {
    let analysis = try SectionCatalog.language.parse(
      Array("analysis: a\ntitle: A\ndatasets: {d: {use: s/d}}\nreport: [{text: None.}]".utf8), file: "a.yaml")
    let values = ClaimValues(
      results: [
        "one": ["increases": 498, "subjects": 1], "many": ["exact": 500, "subjects": 500], "row": ["n": 1, "x": 2],
      ],
      analysis: AuditedAnalysis(analysis: analysis, parts: [], claims: []))
    #expect(try values.value(at: "one.increases").count == nil)
    #expect(try values.value(at: "many.exact").count == 500 && values.value(at: "row.x").count == 1)
  }

  @Test func printedNumbersStandBesideRecomputedOnes() throws {
    let results = PublishedResults(
      reproduced: 1, total: 2,
      values: [
        .init(
          of: "main.noise.kendall-tau-b", printed: ".1", computed: 0.125, magnitude: true, verdict: "holds",
          note: "As printed", rounding: "half to even"),
        .init(of: "main.n", printed: "-3", computed: nil, magnitude: false, verdict: "not checkable", note: ""),
      ])
    #expect(try JSONValue(encoding: results)["values"]?.elements?.last?["computed"] == .null)
    #expect(try JSONValue(encoding: results).decoded() == results)
    let analysis = try SectionCatalog.language.parse(
      Array("analysis: a\ntitle: A\ndatasets: {d: {use: s/d}}\nreport: [{text: None.}]".utf8), file: "a.yaml")
    let table = AuditTables(AuditedAnalysis(analysis: analysis, parts: [], claims: []))
      .published(PublishedTable { $0.name = "paper" }, results)
    #expect(
      table.rows.map { $0.map(\.text) } == [
        ["main.noise.kendall-tau-b", ".1 (sign not printed)", ".1250", "holds, half to even", "As printed"],
        ["main.n", "−3", "–", "not checkable", ""],
      ])
    #expect(table.rows.map { $0[1].value } == [".1", "-3"])
    #expect(table.notes == ["1 of 2 printed numbers are met to their printed digits."])
  }
}
