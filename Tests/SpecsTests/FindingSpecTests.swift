import Diagnostics
import Documents
import Testing

@testable import Sections
@testable import Specs

/// Findings, the days when things were written, and the log of changes.
@Suite struct FindingSpecTests {
  static let good = """
    analysis: small
    title: A small analysis
    references: [someone2020]
    first-result: {date: 2026-11-24, commit: ea5bcfb}
    datasets: {one: {use: set/one}}
    target: {dataset: one, column: loss}
    correlations: {main: {metrics: [a, b], interval: {resamples: 200}}}
    claims:
      sign: {statement: Positive., of: main.a.kendall-tau-b, region: {above: 0}, registered: 2026-11-20, baseline: Depth}
      part: {statement: Positive., of: main.b.kendall-tau-b, region: {above: 0}, statement-of: sign, reading: as such}
    findings:
      large: {title: Large, statement: "It is {{ main.a.kendall-tau-b | .2 }}.", of: main.a.kendall-tau-b}
      larger: {statement: It is larger., of: main.b.kendall-tau-b, region: {above: 0}, registered: {date: 2026-11-26, commit: "0123456"}}
    changes:
      - {date: 2026-11-25, claim: sign, from: holds, to: does not hold, why: A slip.}
      - {date: 2026-11-26, version: 0.2.0, claim: sign, from: does not hold, to: holds, why: Another slip.}
      - {version: 0.3.0, finding: large, from: small, to: "{{ main.a.kendall-tau-b | .2 }}", why: Ties.}
    report:
      - table: findings
      - table: changes
      - finding: large
    """

  private func problems(_ text: String) -> [String] {
    do {
      _ = try SectionCatalog.language.parse(Array(text.utf8), file: "s.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  @Test func everythingIsReadWhole() throws {
    let analysis = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml")
    #expect(analysis.firstResult?.date.value == "2026-11-24" && analysis.firstResult?.commit?.value == "ea5bcfb")
    #expect(analysis.claims[0].registered?.date.value == "2026-11-20" && analysis.claims[0].baseline == "Depth")
    #expect(analysis.claims[1].statementOf?.value == "sign" && analysis.claims[1].reading == "as such")
    #expect(analysis.findings.map(\.name.value) == ["large", "larger"])
    #expect(analysis.findings[0].of?.value == "main.a.kendall-tau-b" && analysis.findings[0].region == nil)
    #expect(analysis.findings[1].registered?.commit?.value == "0123456")
    #expect(analysis.changes.map(\.label) == ["2026-11-25", "2026-11-26, 0.2.0", "0.3.0"])
    #expect(analysis.changes.map(\.verdict) == [.doesNotHold, .holds, nil])
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    ("registered: 2026-11-20", "registered: 2026-11-31", ["9:90 bad-date"]),
    ("registered: 2026-11-20", "registered: soon", ["9:90 bad-date"]),
    ("registered: 2026-11-20", "registered: {commit: abcdef0}", ["9:90 missing-key"]),
    ("commit: ea5bcfb", "commit: main", ["4:42 bad-commit"]),
    ("date: 2026-11-24,", "date: 24 November,", ["4:22 bad-date"]),
    ("statement-of: sign", "statement-of: sing", ["10:92 unknown-name"]),
    ("statement-of: sign", "statement-of: part", ["10:92 unknown-name"]),
    ("  larger: {", "  sign: {", ["13:3 duplicate-name"]),
    ("  larger: {", "  totals: {", ["13:3 reserved-name"]),
    (
      "statement: It is larger., of: main.b.kendall-tau-b, region: {above: 0},", "statement: It.,", ["13:3 missing-key"]
    ),
    ("statement: It is larger., ", "", ["13:11 missing-key"]),
    ("statement: It is larger., ", "statement: L., family: all, ", ["13:27 unknown-key", "13:35 unknown-name"]),
    ("statement: It is larger., ", "statement: L., source: {reference: someone2020}, ", ["13:27 unknown-key"]),
    ("It is {{ main.a.kendall-tau-b | .2 }}.", "It is {{ main.a", ["12:43 bad-reference"]),
    (
      "main.b.kendall-tau-b, region: {above: 0}, registered: {", "mian.b.kendall-tau-b, registered: {",
      ["13:42 unknown-name"]
    ),
    ("claim: sign, from: holds", "claim: sing, from: holds", ["15:31 unknown-name"]),
    ("finding: large, from", "finding: lagre, from", ["17:31 unknown-name"]),
    (
      "{version: 0.3.0, finding", "{version: 0.3.0, claim: sign, finding",
      ["17:5 ambiguous-keys", "17:57 unknown-word", "17:57 broken-changes", "17:68 unknown-word"]
    ),
    ("{version: 0.3.0, finding: large, ", "{version: 0.3.0, ", ["17:5 ambiguous-keys"]),
    ("{version: 0.3.0, finding", "{finding", ["17:39 missing-key"]),
    ("date: 2026-11-26, version", "date: 2026-11-24, version", ["16:12 unordered-changes"]),
    ("date: 2026-11-26, version", "date: 2026-11-44, version", ["16:12 bad-date"]),
    ("to: does not hold, why: A slip.", "to: refuted, why: A slip.", ["15:54 unknown-word", "16:59 broken-changes"]),
    ("from: does not hold, to: holds", "from: cannot be told, to: holds", ["16:59 broken-changes"]),
    ("to: \"{{ main.a.kendall-tau-b | .2 }}\"", "to: large", ["17:55 unchecked-change"]),
    ("to: \"{{ main.a.kendall-tau-b | .2 }}\"", "to: holds", ["17:55 unchecked-change"]),
    ("- finding: large", "- finding: sign", ["21:14 unknown-name"]),
    ("- finding: large", "- claim: large", ["21:12 unknown-name"]),
    ("- table: changes", "- finding: large", ["21:14 duplicate-name"]),
    ("one: {use: set/one}", "findings: {use: set/one}", ["5:12 reserved-name", "6:19 unknown-name"]),
  ])
  func everyProblemHasItsPlace(_ old: String, _ new: String, _ expected: [String]) {
    #expect(Self.good.contains(old), "\(old)")
    #expect(problems(Self.good.replacing(old, with: new, maxReplacements: 1)) == expected)
  }

  @Test func tablesOfNothingAreReported() {
    for word in ["findings", "changes"] {
      #expect(
        problems("analysis: a\ntitle: b\ndatasets: {one: {use: set/one}}\nreport: [{table: \(word)}]") == [
          "4:18 unknown-name"
        ])
    }
  }
}
