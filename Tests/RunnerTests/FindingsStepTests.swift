import Claims
import Diagnostics
import Documents
import Reports
import Testing

@testable import Auditing
@testable import Runner
@testable import Sections

/// Findings, statements and changes of a whole run, and values that are judged without their interval.
@Suite struct FindingsStepTests {
  private let every: EveryAnalysis
  private let run: ClaimsStepTests

  init() throws {
    every = try EveryAnalysis()
    run = try ClaimsStepTests()
  }

  /// The findings of reading and resolving an analysis.
  private func problems(_ claims: String) -> [String] {
    do {
      _ = try every.resolve(ClaimsStepTests.spec(claims))
      return []
    } catch let error as DiagnosticsError {
      return error.diagnostics.map { "\($0.id): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func anIntervalThatIsKnownToBeThereJudges() {
    for path in [
      "main.width.kendall-tau-b", "mirror.loss.spearman", "compare.noise-minus-width.difference",
    ] {
      let found = problems("claims: {one: {statement: a, of: \(path), region: {above: 0}, judged-on: value}}")
      #expect(found == ["unused-interval: \(path) has an interval, and one is judged on the value"], "\(found)")
    }
    for path in ["main.width.n", "offset.verdict", "main.noise.partial.kendall", "compare.n"] {
      let found = problems("claims: {one: {statement: a, of: \(path), region: {above: 0}, judged-on: value}}")
      #expect(found == [], "\(found)")
    }
  }

  /// What only the run tells is found there, with its place.
  @Test func anIntervalThatIsFoundJudgesToo() async throws {
    let claims = """
      claims:
        one: {statement: a, of: seeds.alpha.icc, region: {above: 0}, judged-on: value}
        two: {statement: b, of: main.width.n, region: {at-least: 24}, judged-on: value}
      findings:
        three: {statement: c, of: seeds.alpha.icc, region: {above: 0}, judged-on: value}
      """
    let (_, failure, _) = try await run.judged(claims)
    let lines = (failure ?? "").split(separator: "\n")
    #expect(lines.count == 2, "\(lines)")
    for (line, name) in zip(lines, ["one", "three"]) {
      #expect(line.contains("s.yaml:") && line.contains("seeds.alpha.icc has an interval, and \(name) is"), "\(line)")
    }
  }

  @Test func findingsStandBesideClaims() async throws {
    let claims = """
      first-result: 2026-01-03
      claims:
        one: {statement: a, of: main.width.n, region: {at-least: 24}}
      findings:
        shown: {title: Shown, statement: "It is {{ main.width.n }}.", of: compare.noise-minus-width.difference, registered: 2026-01-01}
        held: {statement: b, of: main.width.n, value: {printed: "9"}, registered: 2026-01-05}
        lost: {statement: c, of: main.one.pearson}
      """
    let (made, failure, audit) = try await run.judged(claims)
    #expect(failure == nil)
    let shown = try #require(made["findings"]?["shown"])
    #expect(shown["verdict"] == nil && shown["lower"]?.double != nil && shown["computed"]?.double != nil)
    #expect(shown["registration"] == "registered 2 days before the first result" && shown["beforehand"] == true)
    #expect(shown["compared"] == "Noise − Width" && shown["outcome"] == "met")
    let held = try #require(made["findings"]?["held"])
    #expect(held["verdict"] == "does not hold" && held["outcome"] == "failed" && held["beforehand"] == false)
    #expect(made["findings"]?["lost"]?["computed"]?["undefined"] != nil)
    // Counts are of claims; the audit judges both.
    #expect(made["totals"]?["claims"] == 1 && made["totals"]?["failed"] == 0)
    #expect(audit.claims.map(\.name) == ["one", "shown", "held", "lost"] && audit.claims.count(where: \.fails) == 1)
    #expect(audit.tally.hasPrefix("1 claim, 3 findings; 1 not reproduced; 1 supported"), "\(audit.tally)")
  }

  private static let used = """
    references: [known2024, other2024]
    claims:
      one: {use: known2024#least, of: main.width.n}
      two: {use: known2024#least, of: main.one.pearson}
      three: {use: known2024#most, of: main.width.n}
      four: {use: known2024#second, of: main.width.n, region: {above: 3}, statement-of: three}
      five: {use: known2024#is, not-checkable: Nothing is there.}
      own: {statement: a, of: main.width.n, region: {above: 3}}
    """

  @Test func statementsAreCountedOnce() async throws {
    let (made, failure, _) = try await run.judged(Self.used)
    #expect(failure == nil)
    let audited = try every.resolve(ClaimsStepTests.spec(Self.used)).resolved.audited
    #expect(audited.statements.map { $0.map(\.name) } == [["one", "two"], ["three", "four"], ["five"], ["own"]])
    #expect(
      made["totals"]?["stated"] == [
        "statements": 3, "hold": 0, "hold-in-one-reading": 0, "do-not-hold": 1, "cannot-be-told": 0, "not-checkable": 2,
      ], "\(made["totals"] ?? .null)")
    let claims = try AuditStatements(audited, made.decoded()).claims()
    #expect(claims.publications.map(\.strip) == ["1 does not hold · 2 not checkable"])
    #expect(
      claims.publications[0].statements.map(\.verdict.words) == [
        "1 of 2 holds, 1 not checkable", "2 of 2 do not hold", "not checkable",
      ])
    #expect(claims.predictions.map(\.written) == ["post hoc"] && claims.publications[0].secondHand == nil)
    #expect(claims.table.rows.count == 6 && claims.table.rows[1][3].text == "not checkable")
  }

  /// Readings are one check with the best of their verdicts; a statement that holds in some of them is counted apart.
  @Test func readingsAreCountedApart() async throws {
    let spec = """
      references: [known2024]
      claims:
        one: {use: known2024#least, of: main.width.n, reading: As a number of rows}
        two: {use: known2024#least, of: main.noise.missing-metric, reading: As a number of missing rows}
        three: {use: known2024#most, of: main.noise.missing-metric}
      """
    let (made, failure, _) = try await run.judged(spec)
    #expect(failure == nil)
    let stated = made["totals"]?["stated"]
    #expect(stated?["statements"] == 2 && stated?["hold"] == 1 && stated?["hold-in-one-reading"] == 1)
    let claims = try AuditStatements(every.resolve(ClaimsStepTests.spec(spec)).resolved.audited, made.decoded())
      .claims()
    #expect(claims.publications.map(\.strip) == ["1 holds · 1 in one of its readings"])
    let statements = try #require(claims.publications.first?.statements)
    #expect(statements.map(\.verdict.words) == ["holds in 1 of 2 readings", "holds"])
    #expect(statements[0].checks.map { $0.verdict?.words } == ["holds", "does not hold"])
    #expect(statements[0].checks.map(\.against) == ["As a number of rows", "As a number of missing rows"])
  }

  /// A region that no publication names is a test of the analysis; a region of the file, and one of the analysis' own claim, is none.
  @Test func ownTestsAreToldFromClaims() async throws {
    let (made, _, _) = try await run.judged(Self.used)
    #expect(["one", "three", "four", "own"].map { made[$0]?["own-test"] } == [nil, nil, true, nil])
    #expect(
      ["three", "four", "own"].map { made[$0]?["claimed"] } == ["at most .1", "0.2; our test: above 3", "above 3"])
    let audited = try every.resolve(ClaimsStepTests.spec(Self.used)).resolved.audited
    let checks = try AuditStatements(audited, made.decoded()).claims().publications[0].statements[1].checks
    #expect(checks.map(\.claimed) == ["at most .1", "0.2"] && checks.map(\.tested) == ["", "above 3"], "\(checks)")
  }

  /// Before the value of a finding stands what it is, by its path unless the finding says it; counts and texts go without.
  @Test func valuesOfFindingsAreNamed() async throws {
    let paths = [
      ("main.width.kendall-tau-b", "Kendall τ-b"), ("compare.noise-minus-width.difference", "difference in Somers' d"),
      ("compare.noise-minus-width.difference.p-value", "p"), ("tell.depth.alone", "R²"), ("seeds.alpha.icc", "ICC"),
      ("main.width.tied-metric", "tied metric"), ("main.width.n", nil), ("offset.verdict", nil),
    ]
    let findings =
      paths.enumerated().map { "  f\($0): {statement: It is., of: \($1.0)}" } + [
        "  own: {statement: It is., of: main.width.kendall-tau-b, value-title: order}"
      ]
    let spec = "findings:\n" + findings.joined(separator: "\n")
    let (made, failure, _) = try await run.judged(spec)
    #expect(failure == nil)
    let shown = try AuditStatements(every.resolve(ClaimsStepTests.spec(spec)).resolved.audited, made.decoded())
    #expect(try shown.findings([:]).findings.map(\.check.valueTitle) == paths.map(\.1) + ["order"])
  }

  /// Of a metric as of a size nothing is declared; of a quality it is.
  @Test func whatIsNoQualityIsKnownByItsRole() throws {
    let spec = ClaimsStepTests.spec("").replacing(
      "target: {dataset: rows, column: score}", with: "target: {dataset: rows, column: noise, better: higher}")
    let parts = try every.resolve(spec).resolved.audited.parts.compactMap { $0 as? CorrelationsPart }
    #expect(parts.map { [$0.name, "\($0.compared.target.isProxy)"] } == [["main", "false"], ["mirror", "true"]])
  }

  @Test func aWarningCountsWhatIsSecondHand() async throws {
    let spec =
      "references: [known2024]\nclaims: {one: {use: known2024#first, of: main.width.kendall-tau-b}, two: {use: known2024#least, of: main.width.n}}"
    let (made, _, _) = try await run.judged(spec)
    var audited = try every.resolve(ClaimsStepTests.spec(spec)).resolved.audited
    audited.remarks = ["known2024": "From notes."]
    let claims = try AuditStatements(audited, made.decoded()).claims()
    #expect(
      claims.publications.map(\.secondHand) == [
        "The paper's own text was not at hand: 1 of 1 number is known from another text. From notes."
      ])
    #expect(claims.publications[0].statements[0].checks[0].bar?.printed == 0.1)
  }

  @Test func statementsBelongToOnePublication() {
    let found = problems(Self.used.replacing("statement-of: three", with: "statement-of: own"))
    #expect(found == ["other-publication: four and own are not of one publication"])
  }

  /// A log that ends elsewhere than the verdict is an error.
  @Test func changesEndAtTheVerdict() async throws {
    let claims = """
      claims: {one: {statement: a, of: main.width.n, region: {at-least: 24}}}
      findings: {two: {statement: b, of: main.width.n, region: {at-least: 25}}}
      changes:
        - {version: "1", claim: one, from: holds, to: does not hold, why: A slip.}
        - {version: "2", claim: one, from: does not hold, to: holds, why: Mended.}
        - {version: "2", finding: two, from: much, to: does not hold, why: Mended.}
      """
    #expect(try await run.judged(claims).failure == nil)
    let lies = claims.replacing("from: does not hold, to: holds", with: "from: does not hold, to: cannot be told")
      .replacing("from: much, to: does not hold", with: "from: much, to: holds")
    let failure = try await run.judged(lies).failure ?? ""
    #expect(failure.split(separator: "\n").count == 2 && failure.contains("s.yaml:"), "\(failure)")
    #expect(failure.contains("the newest change of one ends at “cannot be told”, and the verdict is “holds”"))
  }
}
