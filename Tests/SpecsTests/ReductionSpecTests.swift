import Diagnostics
import Documents
import Expressions
import Testing

@testable import Sections
@testable import Specs

@Suite struct ReductionSpecTests {
  static let good = """
    analysis: small
    title: A small analysis
    datasets:
      one:
        use: set/one
        derive:
          size: depth * hidden_size
          is-deep: {expression: "depth == 4", title: Deep, role: baseline, better: higher}
    target: {dataset: one, column: loss, better: lower}
    reductions:
      shrink:
        title: Shrinking
        candidates:
          deep: depth == 4
          wide: {rule: 'hidden_size >= 256 and op in ["SA", "LT"]', title: Wide}
          large: {top: 0.25, by: size, better: higher}
          both:
            rule: >
              count(layer.op == "SA") >= 2
              and depth == 4
            top: 20
            by: [depth, size]
        against: {metrics: none, baselines: [size, {lexicographic: [depth, size], name: order}]}
        top: [10, 0.1]
        best-of: [1, 5]
        truncation: [0.5]
        interval: {resamples: 500, seed: 3}
        ties: {draws: 20, seed: 9}
        correlations: true
        replicates: {by: [depth, size]}
    report:
      - table: shrink
      - table: {from: shrink, content: inside}
      - figure: {recall: shrink, columns: [deep]}
    """

  private func problems(_ text: String) -> [String] {
    do {
      _ = try SectionCatalog.language.parse(Array(text.utf8), file: "s.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  @Test func reductionsAreReadWhole() throws {
    let analysis = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml")
    let derived = analysis.datasets[0].derive
    #expect(derived.map { $0.expression.expression?.text } == ["depth * hidden-size", "depth == 4"])
    #expect(derived.map(\.role) == [.feature, .baseline] && derived[1].better == .higher && derived[1].title == "Deep")
    let part = try #require(analysis.parts(ReductionSpec.self).first)
    #expect(part.candidates.map(\.name.value) == ["deep", "wide", "large", "both"])
    #expect(part.candidates[0].rule?.expression?.text == "depth == 4" && part.candidates[0].top == nil)
    #expect(part.candidates[2].top == 0.25 && part.candidates[2].by.map(\.value) == ["size"])
    #expect(part.candidates[3].rule?.expression?.text == "count(layer.operation == \"SA\") >= 2 and depth == 4")
    #expect(part.candidates[3].top == 20 && part.candidates[3].by.count == 2)
    #expect(part.against.metrics == nil && part.against.baselines.count == 2)
    #expect(part.top == [10, 0.1] && part.draws == [1, 5] && part.truncation == [0.5] && part.correlations)
    #expect(part.interval.resamples == 500 && part.ties.draws == 20 && part.ties.seed.value == 9)
    #expect(part.replicates?.by.map(\.value) == ["depth", "size"])
    #expect(analysis.parts.map(\.name.value) == ["shrink"])
  }

  @Test func whatIsLeftOutHasDefaults() throws {
    let text = """
      analysis: s
      title: S
      datasets: {one: {use: set/one}}
      target: {dataset: one, column: loss}
      reductions: {r: {candidates: {deep: depth == 4}}}
      report: [{table: r}]
      """
    let analysis = try SectionCatalog.language.parse(Array(text.utf8), file: "s.yaml")
    let part = try #require(analysis.parts(ReductionSpec.self).first)
    #expect(part.top == [10, 25, 50, 100, 0.1] && part.draws == [1, 10, 25] && part.truncation == [1, 0.5, 0.25])
    #expect(part.interval.method == .bca && part.interval.resamples == 9999 && part.interval.seed.value == 1)
    #expect(part.interval.level == 0.95 && part.interval.clustered)
    #expect(part.ties.draws == 100 && part.ties.seed.value == 1)
    #expect(part.against.metrics == .all && !part.correlations && part.replicates == nil)
  }

  /// Replacements in the good spec, and the findings they cause, at the character in the expression.
  @Test(arguments: [
    ("deep: depth == 4", "deep: depth = 4", ["14:19 unexpected-character"]),
    ("size: depth * hidden_size", "size: depth * ", ["7:20 unfinished-expression"]),
    ("\"depth == 4\"", "\"depht(4) == 4\"", ["8:30 unknown-function"]),
    ("and op in", "und op in", ["15:40 missing-operator"]),
    ("      and depth == 4", "      and depth = 4", ["20:21 unexpected-character"]),
    ("[\"SA\", ", "[SA, ", ["15:51 not-a-literal"]),
    ("top: 0.25, by: size", "top: 0.25", ["16:7 missing-key", "16:7 unfitting-key"]),
    ("top: 0.25, by: size", "by: size", ["16:7 missing-key"]),
    ("{top: 0.25, by: size, better: higher}", "{title: None}", ["16:7 no-rule"]),
    ("title: Wide}", "title: Wide, better: lower}", ["15:7 unfitting-key"]),
    ("deep: depth", "whole: depth", ["14:7 reserved-name"]),
    ("correlations: true", "correlations: false", ["33:19 needs-correlations"]),
    ("content: inside", "content: partial", ["33:19 unfitting-content"]),
    ("recall: shrink", "recall: shirnk", ["34:22 unknown-name"]),
    ("recall: shrink", "forest: shrink", ["34:22 unknown-name"]),
    (
      "better: lower}\nreductions", "better: lower}\nreduction",
      ["10:1 unknown-key", "32:12 unknown-name", "33:19 unknown-name", "34:22 unknown-name"]
    ),
    ("best-of: [1, 5]", "best-of: [0]", ["25:15 out-of-range"]),
  ])
  func everyProblemHasItsPlace(_ old: String, _ new: String, _ expected: [String]) {
    let found = problems(Self.good.replacing(old, with: new, maxReplacements: 1))
    #expect(found == expected)
  }

  /// All problems of an expression, and of several, are reported together.
  @Test func problemsComeTogether() {
    let text = Self.good.replacing("deep: depth == 4", with: "deep: \"(depth = 4 and x in [] or y\"").replacing(
      "size: depth * hidden_size", with: "size: 3 +")
    #expect(
      problems(text) == [
        "7:16 unfinished-expression", "14:14 unbalanced-bracket", "14:21 unexpected-character", "14:34 empty-list",
      ])
  }

  /// An alias stands for its expression however often; it is read once.
  @Test func aliasesOfLongExpressionsAreCheap() {
    let long = (0..<50).map { "x in [\($0), \($0 + 1), \($0 + 2), \($0 + 3)]" }.joined(separator: " or ")
    let uses = (0..<20).map { "c\($0): *e" }.joined(separator: ", ")
    let text = """
      analysis: s
      title: S
      datasets: {one: {use: set/one, derive: {d: &e "\(long)"}}}
      target: {dataset: one, column: loss}
      reductions: {r: {candidates: {\(uses)}}}
      report: [{table: r}]
      """
    #expect(problems(text) == [])
  }

  @Test func numbersOfExpressionsAreBounded() {
    let many = (0..<201).map { "d\($0): a" }.joined(separator: ", ")
    let candidates = (0..<1001).map { "c\($0): a == 1" }.joined(separator: ", ")
    let text = """
      analysis: s
      title: S
      datasets: {one: {use: set/one, derive: {\(many)}}}
      target: {dataset: one, column: loss}
      reductions: {r: {candidates: {\(candidates)}}}
      report: [{table: r}]
      """
    #expect(problems(text) == ["3:12 too-many", "5:14 too-many"])
  }
}
