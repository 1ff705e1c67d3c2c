import Claims
import Diagnostics
import Documents
import Foundation
import Reports
import Specs
import Store
import Testing

@testable import Auditing
@testable import Runner
@testable import Sections

@Suite struct ClaimsStepTests {
  /// A value of each shape that steps write: in clusters, of a constant, of a target's mirror image, of replicates, of tests,
  /// of a forensic check.
  private static let spec = """
    analysis: claimed
    title: Claimed
    datasets:
      space: {use: set/space, malformed: skip, cluster-by: [twin]}
      rows: {use: set/space, malformed: skip}
    measure:
      cells: {architectures: {sample: {count: 6, seed: 2}}, network: {seeds: [0, 1, 2]}, metrics: [alpha]}
    target: {dataset: space, column: score}
    correlations:
      main: {metrics: [noise, width, one], given: [depth], interval: {resamples: 100, seed: 7, level: 0.9}, agreement: true}
      mirror: {target: {dataset: rows, column: score}, metrics: [loss], interval: {resamples: 100, method: percentile}, missing: worst}
    reliability:
      seeds: {dataset: cells-runs, subject: architecture, rater: seed}
    effects:
      tell: {features: [depth, width], permutations: 99}
    forensics:
      offset: {constant-offset: {dataset: space, column: loss, minus: score}}
    differences:
      compare: {metrics: [noise, width], interval: {resamples: 100}, equivalence-margin: 0.1}
      tested: {metrics: [noise, width], coefficient: pearson, interval: {resamples: 100}, tests: [zou, meng]}
    report:
      - figure: {forest: seeds}
      - figure: {heat-map: main}
      - table: seeds
      - table: main
      - table: tell
    """

  private let every: EveryAnalysis

  init() throws { every = try EveryAnalysis() }

  /// What the steps write, with the analysis and where its values are found.
  private func results() async throws -> (results: JSONValue, values: ClaimValues) {
    let (result, store) = try await every.run(try every.plan(Self.spec).until(["results"]))
    #expect(result.failures.map { "\($0)" } == [])
    let bytes = try store.artifact(try #require(result.records["results"]?.output))
    let results = JSONValue(try DocumentReader.read(bytes, file: "results", limits: .data))
    return (results, ClaimValues(results: results, analysis: try every.resolve(Self.spec).resolved.audited))
  }

  @Test func valuesCarryWhatStandsBesideThem() async throws {
    let (results, values) = try await results()
    let tau = try values.value(at: "main.width.kendall-tau-b")
    #expect(tau.number == (try ValuePath.number(at: "main.width.kendall-tau-b", in: results)))
    #expect(tau.interval?.lowerBound == (try ValuePath.number(at: "main.width.kendall-tau-b.lower", in: results)))
    #expect(tau.interval?.upperBound == (try ValuePath.number(at: "main.width.kendall-tau-b.upper", in: results)))
    #expect(tau.count == 24 && tau.policy == "drop" && tau.pValue == nil)
    #expect(tau.method == "BCa bootstrap, 100 resamples of 12 pairs of twins" && tau.seed == 7 && tau.level == 0.9)
    let partial = try values.value(at: "main.noise.partial.kendall")
    #expect(partial.count == 24 && partial.interval == nil && partial.method == nil && partial.seed == nil)
    let mirror = try values.value(at: "mirror.loss.spearman")
    #expect(mirror.number == -1 && mirror.policy == "worst")
    #expect(mirror.interval != nil || mirror.intervalUndefined != nil)
    guard case .undefined(let reason) = try values.value(at: "main.one.pearson").content else {
      Issue.record("a constant has a coefficient")
      return
    }
    #expect(!reason.isEmpty)
    let icc = try values.value(at: "seeds.alpha.icc")
    #expect(icc.method == "F distribution" && icc.level == 0.95 && icc.count == 6 && icc.seed == nil)
    #expect(try values.value(at: "offset.verdict").content == .text("not found"))
    // The interval of an equivalence has a level of its own.
    let equivalence = try values.value(at: "compare.noise-minus-width.equivalence")
    #expect(abs((equivalence.level ?? 0) - 0.9) < 1e-12 && equivalence.interval != nil)
  }

  @Test func pValuesAreOfTheValueItself() async throws {
    let (results, values) = try await results()
    for (path, test) in [
      ("compare.noise-minus-width.difference", "compare.noise-minus-width.paired-bootstrap.p-value"),
      ("tested.noise-minus-width.difference", "tested.noise-minus-width.meng.p-value"),
      ("tested.noise-minus-width.meng.z", "tested.noise-minus-width.meng.p-value"),
      ("tell.depth.alone", "tell.depth.alone.p-value"), ("tell.depth.alone.rank", "tell.depth.alone.p-value"),
    ] {
      #expect(try values.value(at: path).pValue?.value == ValuePath.number(at: test, in: results), "\(path)")
    }
    for path in ["compare.n", "tell.depth.n", "main.width.kendall-tau-b", "seeds.alpha.icc"] {
      #expect(try values.value(at: path).pValue == nil, "\(path)")
    }
  }

  @Test func pathsThatLeadNowhereAreNamed() async throws {
    let (_, values) = try await results()
    #expect(throws: ValueFailure.self) { try values.value(at: "main.beta.kendall-tau-b") }
    #expect(throws: ValueFailure.notANumber(path: "main.width")) { try values.value(at: "main.width") }
  }

  @Test func endsInTheWrongOrderAreNoInterval() throws {
    let damaged: JSONValue = ["main": ["width": ["kendall-tau-b": ["value": 1, "lower": 2, "upper": 1]]]]
    let found = try ClaimValues(results: damaged, analysis: every.resolve(Self.spec).resolved.audited).value(
      at: "main.width.kendall-tau-b")
    #expect(found.interval == nil && found.intervalUndefined != nil)
  }

  /// The spec with claims.
  static func spec(_ claims: String) -> String {
    spec.replacing("report:\n", with: claims + "\nreport:\n", maxReplacements: 1)
  }

  /// The verdicts that a whole run gives, or why there are none; and what an audit makes of them.
  func judged(_ claims: String) async throws -> (verdicts: JSONValue, failure: String?, audit: AuditReport) {
    let spec = Self.spec(claims)
    let (result, store) = try await every.run(try every.plan(spec).until(["claims"]))
    var made = JSONValue.null
    if let output = result.records["claims"]?.output {
      made = JSONValue(try DocumentReader.read(try store.artifact(output), file: "claims", limits: .data))
    }
    let audit = try ClaimAudit(every.resolve(spec).resolved.audited, folder: "f").claims(try? made.decoded())
    return (
      made, result.failures.first?.reason,
      AuditReport(analyses: [.init(id: "claimed", file: "s.yaml", folder: "f", claims: audit)], isStrict: true)
    )
  }

  @Test func familiesAreJudgedTogetherAndTotalsKept() async throws {
    let (results, _) = try await results()
    let width = try ValuePath.number(at: "main.width.kendall-tau-b", in: results)
    let lower = try ValuePath.number(at: "main.width.kendall-tau-b.lower", in: results)
    let pValue = try ValuePath.number(at: "tell.depth.alone.p-value", in: results)
    let claims = """
      claim-families: {all: {correction: holm}}
      claims:
        one: {statement: a, of: main.width.kendall-tau-b, value: {printed: "\(String(format: "%.4f", width))"}, region: {above: \(lower - 0.1)}}
        two: {statement: b, of: main.width.kendall-tau-b, region: {above: 0}, family: all, p-value: tell.depth.alone.p-value}
        three: {statement: c, of: main.width.kendall-tau-b, region: {above: 0}, family: all, severity: warn}
        four: {statement: d, value: {of: main.width.kendall-tau-b, printed: "2"}, region: {of: seeds.alpha.icc, at-least: 0.5}}
        five: {statement: e, of: main.one.pearson, value: {printed: "1"}}
      """
    let (made, failure, audit) = try await judged(claims)
    #expect(failure == nil)
    func words(_ name: String) -> [String?] { ["reproduced", "inference", "outcome"].map { made[name]?[$0]?.string } }
    #expect(words("one") == ["reproduced", "supported", "met"])
    #expect(words("two")[0] == "not claimed")
    #expect(made["two"]?["adjusted-p-value"] == ["value": .number(min(1, 2 * pValue)), "at-most": true])
    #expect(words("three") == ["not claimed", "not checkable", "undecided"], "\(made["three"] ?? .null)")
    #expect(words("four") == ["not reproduced", "supported", "failed"])
    #expect(made["four"]?["computed"]?.double == width)
    #expect(words("five") == ["not checkable", "not claimed", "undecided"])
    #expect(made["five"]?["reproduced-reason"]?.string?.isEmpty == false)
    #expect(try JSONValue(encoding: made.decoded(as: JudgedClaims.self)).text() == made.text())
    let totals = try #require(made["totals"])
    #expect(totals["claims"] == 5 && totals["failed"] == 1)
    // Totals, the audit and its files say the same.
    let open = audit.claims.filter { claim in claim.axes.contains { $0.standing == .undecided } && !claim.fails }
    #expect(totals["failed"]?.int == audit.claims.count { $0.fails } && totals["undecided"]?.int == open.count)
    #expect(audit.junit.contains("failures=\"2\"") && audit.markdown.contains("**not reproduced**"))
  }

  @Test func aPathThatComputesNothingFailsTheStepWithItsPlace() async throws {
    let (_, failure, _) = try await judged(
      "claims: {one: {statement: a, of: main.width.kendall-tau-b.midle, region: {above: 0}}}")
    #expect(failure?.contains("main.width.kendall-tau-b has no midle") == true && failure?.contains("s.yaml:") == true)
  }

  /// What is known before anything is computed is found before.
  @Test(arguments: [
    ("main.width.kendal-tau-b", "unknown-value"), ("main.widht.kendall-tau-b", "unknown-metric"),
    ("seeds.icc", "unknown-value"),
  ])
  func aPathThatNamesNothingIsFoundBeforeTheRun(_ path: String, _ id: String) throws {
    let spec = Self.spec("claims: {one: {statement: a, of: \(path), region: {above: 0}}}")
    do {
      _ = try every.resolve(spec)
      Issue.record("\(path) was not found")
    } catch let error as DiagnosticsError { #expect(error.diagnostics.map(\.id) == [id]) }
  }

  /// Verdicts of every kind against expectations of every kind: one judge decides, and what is written, summed up and exited
  /// with follows it.
  @Test func everyoneGoesByTheOneJudgement() async throws {
    let (results, _) = try await results()
    let width = try ValuePath.number(at: "main.width.kendall-tau-b", in: results)
    let values = [
      (String(format: "%.4f", width), "main.width.kendall-tau-b"), ("9", "main.width.kendall-tau-b"),
      ("1", "main.one.pearson"),
    ]
    let regions = [
      ("above: -2", "main.width.kendall-tau-b"), ("below: -2", "main.width.kendall-tau-b"),
      ("above: \(width)", "main.width.kendall-tau-b"), ("above: 0", "main.one.pearson"),
    ]
    var lines: [String] = []
    for (index, value) in values.enumerated() {
      for word in ClaimExpectation.Reproduced.allCases {
        lines.append(
          "  r\(index)-\(lines.count): {statement: s, value: {of: \(value.1), printed: \"\(value.0)\"}, expect: {reproduced: \(word.rawValue)}}"
        )
      }
    }
    for (index, region) in regions.enumerated() {
      for word in ClaimExpectation.Inferred.allCases {
        lines.append(
          "  i\(index)-\(lines.count): {statement: s, region: {of: \(region.1), \(region.0)}, expect: {inference: \(word.rawValue)}}"
        )
      }
    }
    let (made, failure, audit) = try await judged("claims:\n" + lines.joined(separator: "\n"))
    #expect(failure == nil)
    var counts: [String: Int] = [:]
    for claim in audit.claims {
      let value = try #require(made[claim.name])
      let outcome = try #require(value["outcome"]?.string)
      counts[outcome, default: 0] += 1
      #expect(claim.fails == (outcome == "failed") && claim.isUndecided == (outcome == "undecided"), "\(claim.name)")
      let axis = claim.axes.first
      #expect(axis?.standing.rawValue == outcome && claim.axes.count == 1)
      #expect(value["\(axis?.name ?? "")-outcome"]?.string == outcome)
    }
    #expect(counts == ["met": 7, "failed": 10, "undecided": 8], "\(counts)")
    for (outcome, count) in counts { #expect(made["totals"]?[outcome]?.int == count, "\(outcome)") }
  }

  @Test func evidenceIsWhatTheReportShowsOfTheSameParts() throws {
    let claims =
      "claims: {one: {statement: a, value: {of: seeds.alpha.icc, printed: \".9\"}, region: {of: main.width.kendall-tau-b, above: 0}}}"
    let audited = try every.resolve(Self.spec(claims)).resolved.audited
    let evidence = ClaimEvidence(audited.claims[0], in: audited)
    #expect(evidence.links.map(\.text) == ["Figure 1", "Figure 2", "Table 1", "Table 2"])
    #expect(
      evidence.links.map(\.anchor) == ["figure-seeds-forest", "figure-main-heat-map", "table-seeds", "table-main"])
    #expect(
      evidence.command(folder: "a b'c")
        == "trainfree export 'a b'\\''c' --value seeds.alpha.icc --value main.width.kendall-tau-b")
    #expect(evidence.query.contains("'$.\"seeds\".\"alpha\".\"icc\"'"))
  }

  /// What stands for a claim changes with whatever its verdict depends on, so that an old verdict is not taken for a new one.
  @Test func definitionsChangeWithTheFamily() throws {
    let claims = """
      claim-families: {all: {correction: holm}}
      claims:
        one: {statement: a, of: main.width.kendall-tau-b, region: {above: 0}, family: all}
        two: {statement: a, of: main.width.kendall-tau-b, region: {above: 0}}
      """
    func definitions(_ claims: String) throws -> [String: String] {
      ClaimsStep.definitions(in: try every.resolve(Self.spec(claims)).resolved.audited)
    }
    let before = try definitions(claims)
    let alpha = try definitions(claims.replacing("{correction: holm}", with: "{correction: holm, alpha: 0.01}"))
    #expect(before["one"] != alpha["one"] && before["two"] == alpha["two"])
    let joined = try definitions(
      claims + "\n  three: {statement: c, of: main.width.spearman, region: {above: 0}, family: all}")
    #expect(before["one"] != joined["one"] && before["two"] == joined["two"])
  }
}
