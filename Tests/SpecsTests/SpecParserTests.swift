import Diagnostics
import Documents
import Testing

@testable import Sections
@testable import Specs

@Suite struct SpecParserTests {
  static let good = """
    analysis: small
    title: A small analysis
    references: [someone2020]
    datasets:
      one: {use: set/one, cluster-by: metric-vector}
      two:
        use: set/two
        rows: [{column: loss, defined: true}]
        join: [{dataset: one, on: [id], columns: [size], prefix: "p-"}]
    target: {dataset: two, column: loss, better: lower}
    summaries:
      cells: {dataset: two, group-by: [depth], columns: [loss]}
    correlations:
      main:
        metrics: [a, b]
        baselines: [size, {lexicographic: [depth, size], name: both}]
        interval: {resamples: 200, seed: 3}
        truncation: [1, 0.5]
        top: {sizes: [10, 0.1]}
        agreement: true
    published:
      paper: {reference: someone2020, values: [{of: main.a.kendall-tau-b, printed: "0.37", magnitude: true}]}
    report:
      - text: "τ is {{ main.a.kendall-tau-b | .3 }}, \\\\{{ plain }}"
      - figure: {small-multiples: main, name: plots, width: column}
      - table: main
      - table: {from: main, content: top}
      - table: data
    """

  private func problems(_ text: String) -> [String] {
    do {
      _ = try SectionCatalog.language.parse(Array(text.utf8), file: "s.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  @Test func aGoodSpecIsReadWhole() throws {
    let analysis = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml")
    #expect(analysis.datasets.map(\.name.value) == ["one", "two"])
    #expect(analysis.datasets[0].clusterBy.value == .metricVector)
    #expect(analysis.datasets[1].join[0].prefix == "p-")
    let family = try #require(analysis.parts(CorrelationsSpec.self).first)
    #expect(family.interval?.resamples == 200 && family.interval?.method == .bca && family.interval?.level == 0.95)
    #expect(family.coefficients == [.kendallTauB, .somersD, .spearman, .pearson] && family.missing == .drop)
    #expect(family.baselines.count == 2 && family.top?.sizes == [10, 0.1])
    #expect(analysis.published[0].values[0].magnitude)
    #expect(analysis.report.count == 5)
    guard case .figure(let figure) = analysis.report[1] else { throw DiagnosticsError([]) }
    #expect(figure.kind == .smallMultiples && figure.width == .column && figure.name.value == "plots")
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    ("title:", "titel:", ["1:1 missing-key", "2:1 unknown-key"]),
    ("column: loss, better: lower", "column: loss, better: smaller", ["10:46 unknown-word"]),
    ("{dataset: two, column: loss", "{dataset: tow, column: loss", ["10:19 unknown-name"]),
    ("resamples: 200", "resamples: 2", ["17:27 out-of-range"]),
    ("- table: main", "- table: mian", ["26:12 unknown-name"]),
    ("dataset: one, on", "dataset: two, on", ["9:22 join-cycle"]),
    ("cells: {dataset", "main: {dataset", ["14:3 duplicate-name"]),
    ("small-multiples: main", "small-multipels: main", ["25:14 unknown-key"]),
    ("| .3 }}", "| .3 }", ["24:17 bad-reference"]),
    ("[10, 0.1]", "[10.5]", ["19:19 wrong-type"]),
    ("content: top", "content: partial", ["27:19 unfitting-content"]),
    ("references: [someone2020]", "references: [other2020]", ["22:22 unlisted-reference"]),
    ("defined: true", "defined: true, at-least: 3", ["8:12 ambiguous-keys"]),
    ("main.a.kendall-tau-b, printed", "MAIN, printed", ["22:49 bad-path"]),
  ])
  func everyProblemHasItsPlace(_ old: String, _ new: String, _ expected: [String]) {
    #expect(problems(Self.good.replacing(old, with: new, maxReplacements: 1)) == expected)
  }

  @Test func problemsAreReportedTogether() {
    let text = Self.good.replacing("titel", with: "title").replacing("resamples: 200", with: "resamples: many")
      .replacing("- table: data", with: "- table: dat").replacing("metric-vector", with: "metrics")
    #expect(problems(text).count == 3)
  }

  @Test func mutatedSpecsNeverCrash() {
    let seed = Array(Self.good.utf8)
    var state: UInt64 = 99
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var good = 0
    for _ in 0..<1500 {
      var bytes = seed
      for _ in 0...next(3) {
        let start = next(bytes.count)
        switch next(4) {
        case 0: bytes[start] = UInt8(next(256))
        case 1: bytes.removeSubrange(start..<min(bytes.count, start + 1 + next(30)))
        case 2: bytes.insert(contentsOf: bytes[start..<min(bytes.count, start + 1 + next(40))], at: next(bytes.count))
        default: bytes.insert(Array("[]{}:&*-|>?\n\"'9".utf8)[next(15)], at: start)
        }
      }
      if (try? SectionCatalog.language.parse(bytes, file: "s")) != nil { good += 1 }
    }
    #expect(good < 1500)
  }

  @Test func textTemplatesAreSplit() {
    let template = TextTemplate("a {{ b.c-d | .3 }}\n\\{{x}} {{e.f}}")
    #expect(
      template.segments == [
        .text("a "), .reference(path: "b.c-d", format: ".3", line: 0), .text("\n{{x}} "),
        .reference(path: "e.f", format: nil, line: 1),
      ])
    #expect(TextTemplate("{{ a }}").problems.count == 1)
    #expect(TextTemplate("x\n{{ a.b").problems.first?.line == 1)
  }
}
