import Claims
import Diagnostics
import Documents
import Specs
import Testing

@testable import Runner

@Suite struct ClaimsStepTests {
  private let analysis: MeasuredAnalysis

  init() throws { analysis = try MeasuredAnalysis() }

  /// Results as the steps write them, with a value of each shape.
  private static let results: JSONValue = [
    "main": [
      "alpha": [
        "n": 12, "total": 14, "kendall-tau-b": ["value": 0.4, "lower": 0.2, "upper": 0.5],
        "spearman": ["value": 0.5, "interval-undefined": "every resample gives the same value"],
        "pearson": ["undefined": "every value of the metric is the same"],
        "partial": ["n": 11, "kendall": ["value": 0.1]],
      ]
    ],
    "seeds": ["alpha": ["icc": ["value": 0.9, "lower": 0.8, "upper": 0.95], "subjects": 6, "raters": 3]],
    "other": [
      "pair": [
        "difference": ["value": 0.2, "lower": 0.1, "upper": 0.3], "size": 4,
        "paired-bootstrap": ["p": 0.01, "adjusted": 0.02], "steiger": ["p": 0.02],
      ],
      "one": ["difference": 0.2, "meng": ["p": 0.03]],
      "own": [
        "value": 0.3, "p-value": 0.04, "level": 0.9, "method": "a test", "seed": 5, "missing": "worst", "lower": 0,
        "upper": 1,
      ],
      "inside": ["p-value": 0.05, "statistic": 2], "verdict": "constant", "holds": true,
      "turned": ["value": 1, "lower": 2, "upper": 1],
    ],
  ]

  private func value(_ path: String) throws -> RecomputedValue {
    try ClaimValues(results: Self.results, resolved: analysis.resolve(MeasuredAnalysis.spec)).value(at: path)
  }

  @Test func valuesCarryWhatStandsBesideThem() throws {
    let tau = try value("main.alpha.kendall-tau-b")
    #expect(
      tau.number == 0.4 && tau.interval == 0.2...0.5 && tau.count == 12 && tau.policy == "drop" && tau.pValue == nil)
    #expect(try value("main.alpha.partial.kendall").count == 11)
    #expect(try value("main.alpha.spearman").intervalUndefined == "every resample gives the same value")
    #expect(try value("main.alpha.pearson").content == .undefined("every value of the metric is the same"))
    let icc = try value("seeds.alpha.icc")
    #expect(icc.method == "F distribution" && icc.level == 0.95 && icc.count == 6 && icc.seed == nil)
    let own = try value("other.own")
    #expect(own.level == 0.9 && own.method == "a test" && own.seed == 5 && own.policy == "worst" && own.pValue == 0.04)
    #expect(try value("other.verdict").content == .text("constant") && value("other.holds").content == .text("true"))
    #expect(try value("other.turned").interval == nil && value("other.turned").intervalUndefined != nil)
  }

  @Test func settingsOfIntervalsAreThoseOfThePart() throws {
    let results: JSONValue = ["runs": ["alpha": ["n": 3, "kendall-tau-b": ["value": 0.1, "lower": 0, "upper": 0.2]]]]
    let found = try ClaimValues(results: results, resolved: analysis.resolve(MeasuredAnalysis.spec)).value(
      at: "runs.alpha.kendall-tau-b")
    #expect(found.method == "BCa bootstrap, 100 resamples of clusters" && found.seed == 1 && found.level == 0.95)
  }

  @Test func pValuesAreOfTheValueItself() throws {
    #expect(try value("other.pair.difference").pValue == 0.01 && value("other.one.difference").pValue == 0.03)
    // The size of a pair has no test, and the statistic's own test is the object around it.
    #expect(try value("other.pair.size").pValue == nil && value("other.inside.statistic").pValue == 0.05)
  }

  @Test func pathsThatLeadNowhereAreNamed() throws {
    #expect(throws: ValueFailure.self) { try value("main.beta.kendall-tau-b") }
    #expect(throws: ValueFailure.notANumber(path: "main.alpha")) { try value("main.alpha") }
  }

  private func judged(_ claims: String) throws -> JSONValue {
    let spec = MeasuredAnalysis.spec.replacing("report:\n", with: claims + "\nreport:\n", maxReplacements: 1)
    let resolved = try analysis.resolve(spec)
    let inputs = StepInputs { name throws(StepFailure) in
      guard name == "results" else { throw StepFailure("no input \(name)") }
      return .json(Self.results)
    }
    let output = try ClaimsStep(resolved: resolved).run(inputs)
    return JSONValue(try DocumentReader.read(output.bytes, file: "claims"))
  }

  @Test func familiesAreJudgedTogetherAndTotalsKept() throws {
    // `main` is a family of the analysis; the other values stand under its runs to have paths that check.
    let claims = """
      claim-families: {all: {correction: holm}}
      claims:
        one: {statement: a, of: main.alpha.kendall-tau-b, value: {printed: ".4"}, region: {above: 0.1}}
        two: {statement: b, of: main.alpha.kendall-tau-b, region: {above: 0}, family: all, p-value: main.alpha.partial.kendall}
        three: {statement: c, of: main.alpha.spearman, region: {above: 0}, family: all, severity: warn}
        four: {statement: d, value: {of: main.alpha.kendall-tau-b, printed: ".5"}, region: {of: seeds.alpha.icc, at-least: 0.8}}
        five: {statement: e, of: main.alpha.pearson, value: {printed: "1"}}
      """
    let made = try judged(claims)
    func words(_ name: String) -> [String?] { ["reproduced", "inference", "outcome"].map { made[name]?[$0]?.string } }
    #expect(words("one") == ["reproduced", "supported", "met"])
    #expect(words("two") == ["not claimed", "inconclusive", "undecided"] && made["two"]?["adjusted-p-value"] == 0.2)
    #expect(words("three") == ["not claimed", "inconclusive", "undecided"])
    #expect(words("four") == ["not reproduced", "supported", "failed"])
    #expect(made["four"]?["computed"] == 0.4 && made["four"]?["estimate"] == 0.9 && made["four"]?["lower"] == 0.8)
    #expect(words("five") == ["not checkable", "not claimed", "undecided"])
    #expect(made["five"]?["reproduced-reason"] == "every value of the metric is the same")
    let totals = try #require(made["totals"])
    #expect(totals["claims"] == 5 && totals["failed"] == 1 && totals["undecided"] == 3 && totals["met"] == 1)
    #expect(totals["inference"]?["supported"] == 2 && totals["reproduction"]?["not-reproduced"] == 1)
  }

  @Test func aPathThatComputesNothingFailsTheStepWithItsPlace() throws {
    do {
      _ = try judged("claims: {one: {statement: a, of: main.alpha.kendal-tau-b, region: {above: 0}}}")
      Issue.record("it ran")
    } catch let failure as StepFailure {
      #expect(failure.reason.contains("main.alpha has no kendal-tau-b") && failure.reason.contains("s.yaml:"))
    }
  }

  @Test func evidenceIsWhatTheReportShowsOfTheSameParts() throws {
    let claims =
      "claims: {one: {statement: a, value: {of: seeds.alpha.icc, printed: \".9\"}, region: {of: main.alpha.kendall-tau-b, above: 0}}}"
    let resolved = try analysis.resolve(
      MeasuredAnalysis.spec.replacing("report:\n", with: claims + "\nreport:\n", maxReplacements: 1))
    let evidence = ClaimEvidence(resolved.claims[0], in: resolved)
    #expect(evidence.links.map(\.text) == ["Figure 1", "Figure 3", "Table 1", "Table 3"])
    #expect(
      evidence.links.map(\.anchor) == ["figure-seeds-forest", "figure-main-heat-map", "table-seeds", "table-main"])
    #expect(
      evidence.command(folder: "a b'c")
        == "trainfree export 'a b'\\''c' --value seeds.alpha.icc --value main.alpha.kendall-tau-b")
    #expect(evidence.query.contains("'$.\"seeds\".\"alpha\".\"icc\"'"))
  }
}
