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
    {"title":"T","statement":"S","reference":"k","secondary":false,"claimed":"0.31; above 0","printed":"0.31",\
    "magnitude":false,"region":"above 0","computed":0.3051,"computed-of":"a.b","estimate":-1200,"estimate-of":"a.c",\
    "lower":0.25,"upper":3,"level":0.95,"n":1032,"method":"BCa bootstrap, 9,999 resamples of rows","seed":1,\
    "policy":"drop","p-value":1e-05,"adjusted-p-value":0.04,"family":"all","correction":"holm",\
    "reproduced":"reproduced","reproduced-outcome":"met","rounding":"rounded half to even",\
    "inference":"inconclusive","inference-outcome":"undecided","inference-reason":"why","judged-on":"interval",\
    "severity":"warn","expected-reproduced":"not reproduced","expected-inference":"supported","outcome":"undecided",\
    "notes":[],"definition":"d"}
    """
  private static let totals = """
    {"claims":1,"met":0,"undecided":1,"failed":0,\
    "reproduction":{"reproduced":1,"not-reproduced":0,"not-checkable":0},\
    "inference":{"supported":0,"refuted":0,"inconclusive":1,"not-checkable":0}}
    """

  private func read(_ text: String) throws -> JudgedClaims {
    try JSONValue(DocumentReader.read(Array(text.utf8), file: "claims", limits: .data)).decoded()
  }

  @Test func claimsAreReadAsWritten() throws {
    let text = "{\"one\":\(Self.json),\"totals\":\(Self.totals)}"
    let judged = try read(text)
    #expect(judged.claims.names == ["one"] && judged.totals.undecided == 1)
    #expect(try JSONValue(encoding: judged).text() == text)
  }

  @Test func valuesOfEveryKindAreReadAsWritten() throws {
    for value in [RecomputedValue.Content.number(0.5), .text("found"), .undefined("no rows")] {
      #expect(try JSONValue(encoding: value).decoded() == value)
    }
  }

  @Test func aCardSaysHowTheValueWasMade() throws {
    let claim = try #require(try read("{\"one\":\(Self.json),\"totals\":\(Self.totals)}").claims["one"])
    #expect(
      claim.lines.map { "\($0.label): \($0.text)" } == [
        "Claimed: 0.31; above 0", "Recomputed: .3051; −1,200", "Interval: [.2500, 3] at 95 %", "n: 1,032",
        "Method: BCa bootstrap, 9,999 resamples of rows, seed 1", "Missing values: drop",
        "p: 1.0×10⁻⁵; adjusted by holm over all: .0400", "Severity: warn",
      ])
    #expect(claim.reproduction == "reproduced, rounded half to even")
    #expect(claim.verdicts.map(\.words) == ["reproduced", "inconclusive"])
    #expect(claim.verdicts.map(\.remark) == ["rounded half to even; as expected", "why"])
  }

  @Test func printedNumbersStandBesideRecomputedOnes() throws {
    let results = PublishedResults(
      reproduced: 1, total: 2,
      values: [
        .init(
          of: "main.noise.kendall-tau-b", printed: ".1", computed: 0.125, magnitude: true, verdict: "reproduced",
          note: "As printed", rounding: "half to even"),
        .init(of: "main.n", printed: "3", computed: nil, magnitude: false, verdict: "not checkable", note: ""),
      ])
    #expect(try JSONValue(encoding: results)["values"]?.elements?.last?["computed"] == .null)
    #expect(try JSONValue(encoding: results).decoded() == results)
    let analysis = try SectionCatalog.language.parse(
      Array("analysis: a\ntitle: A\ndatasets: {d: {use: s/d}}\nreport: [{text: None.}]".utf8), file: "a.yaml")
    let table = AuditTables(AuditedAnalysis(analysis: analysis, parts: [], claims: []))
      .published(PublishedTable { $0.name = "paper" }, results)
    #expect(
      table.rows.map { $0.map(\.text) } == [
        ["main.noise.kendall-tau-b", "|·| = .1", ".1250", "reproduced, half to even", "As printed"],
        ["main.n", "3", "–", "not checkable", ""],
      ])
    #expect(table.notes == ["1 of 2 printed numbers are met to their printed digits."])
  }
}
