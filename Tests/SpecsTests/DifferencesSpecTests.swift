import Diagnostics
import Documents
import Testing

@testable import Sections
@testable import Specs

@Suite struct DifferencesSpecTests {
  static let good = """
    analysis: compared
    title: Compared
    datasets:
      bert: {use: set/bert}
    target: {dataset: bert, column: glue, better: higher}
    differences:
      plain: {}
      full:
        title: Against size
        target: {dataset: bert, column: loss, better: lower}
        metrics: [alpha, beta]
        baselines: [parameters, {lexicographic: [depth, width], name: order}]
        against: [parameters, order]
        coefficient: spearman
        orientation: magnitude
        interval: {method: percentile, resamples: 500, seed: 3, level: 0.9}
        tests: [paired-bootstrap, steiger, meng, zou]
        equivalence-margin: 0.05
        adjustment: benjamini-hochberg
    strata:
      cells:
        by: [depth, width]
        metrics: [alpha]
        coefficients: [spearman]
        interval: {resamples: 200}
        equivalence-margin: 0.1
        replicates: {by: [depth, heads]}
      bare: {by: [depth], interval: none}
    score-samples:
      seeds:
        dataset: bert
        subject: id
        metrics: [alpha]
        target: {column: glue, better: lower}
        alpha: 0.01
        adjustment: none
    report:
      - table: full
      - table: {from: full, content: coefficients}
      - table: {from: cells, content: each-stratum}
      - table: {from: cells, content: replicates}
      - table: seeds
      - figure: {forest: full, columns: [alpha-minus-parameters]}
      - figure: {forest: cells, coefficient: spearman}
    """

  private func problems(_ text: String) -> [String] {
    do {
      _ = try SectionCatalog.language.parse(Array(text.utf8), file: "s.yaml")
      return []
    } catch {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  @Test func everySettingIsRead() throws {
    let analysis = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml")
    let full = analysis.parts(DifferencesSpec.self)[1]
    #expect(full.name.value == "full" && full.title == "Against size" && full.target?.better == .lower)
    #expect(full.coefficient == .spearman && full.baselines.count == 2)
    #expect(full.against.map(\.value) == ["parameters", "order"] && full.orientation == .magnitude)
    #expect(full.tests.map(\.value) == [.pairedBootstrap, .steiger, .meng, .zou])
    #expect(full.equivalenceMargin == 0.05 && full.adjustment == .benjaminiHochberg)
    #expect(full.interval.method == .percentile && full.interval.level == 0.9)
    let cells = analysis.parts(StrataSpec.self)[0]
    #expect(cells.by.map(\.value) == ["depth", "width"] && cells.replicates?.by.map(\.value) == ["depth", "heads"])
    #expect(cells.coefficients == [.spearman] && cells.equivalenceMargin == 0.1)
    #expect(cells.interval?.resamples == 200)
    let seeds = analysis.parts(ScoreSamplesSpec.self)[0]
    #expect(
      seeds.subject.map(\.value) == ["id"] && seeds.target?.column.value == "glue" && seeds.target?.better == .lower)
    #expect(seeds.alpha == 0.01 && seeds.adjustment == .none)
  }

  @Test func whatIsLeftOutIsTheStandard() throws {
    let analysis = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml")
    let plain = analysis.parts(DifferencesSpec.self)[0]
    #expect(plain.coefficient == .somersD && plain.families.isEmpty)
    #expect(plain.interval.method == .bca && plain.interval.resamples == 9999 && plain.interval.seed.value == 1)
    #expect(plain.orientation == .declared && plain.tests.map(\.value) == [.pairedBootstrap])
    #expect(plain.adjustment == .holm && plain.against.isEmpty && plain.equivalenceMargin == nil)
    #expect(analysis.parts(StrataSpec.self)[1].interval == nil)
    #expect(analysis.parts(StrataSpec.self)[1].coefficients == [.kendallTauB, .somersD, .spearman, .pearson])
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    (
      "coefficient: spearman\n    or", "coefficient: kendall-tau-b\n    or",
      ["17:31 unfitting-test", "17:40 unfitting-test", "17:46 unfitting-test"]
    ),
    (
      "coefficient: spearman\n    or", "coefficient: rho\n    or",
      ["14:18 unknown-word", "17:31 unfitting-test", "17:40 unfitting-test", "17:46 unfitting-test"]
    ),
    ("tests: [paired-bootstrap, steiger", "tests: [t-test, steiger", ["17:13 unknown-word"]),
    ("equivalence-margin: 0.05", "equivalence-margin: 0", ["18:25 out-of-range"]),
    ("adjustment: benjamini-hochberg", "adjustment: bonferroni", ["19:17 unknown-word"]),
    ("baselines: [parameters,", "baselines: [alpha,", ["12:17 duplicate-member"]),
    ("target: {dataset: bert, column: loss", "target: {dataset: bret, column: loss", ["10:23 unknown-name"]),
    (
      "target: {dataset: bert, column: glue, better: higher}\n", "",
      ["6:3 no-target", "20:3 no-target", "27:3 no-target"]
    ),
    ("by: [depth, width]", "metrics: [beta]", ["22:5 duplicate-key"]),
    ("interval: {resamples: 200}", "interval: none", ["21:3 needs-interval"]),
    ("replicates: {by: [depth, heads]}", "replicates: {by: [depth, width]}", ["27:23 no-replicates"]),
    ("    replicates: {by: [depth, heads]}\n", "", ["40:19 unfitting-content"]),
    ("coefficients: [spearman]", "coefficients: [tau-ap]", ["24:20 unknown-word"]),
    ("coefficient: spearman}", "coefficient: pearson}", ["44:22 unknown-coefficient"]),
    ("alpha: 0.01", "alpha: 0.5", ["35:12 out-of-range"]),
    ("dataset: bert\n    subject", "dataset: bart\n    subject", ["31:14 unknown-name"]),
    ("- table: seeds", "- table: {from: seeds, content: coefficients}", ["42:19 unfitting-content"]),
    ("- table: seeds", "- figure: {forest: seeds}", ["42:22 unknown-name"]),
  ])
  func mistakesAreLocated(_ old: String, _ new: String, _ expected: [String]) {
    #expect(Self.good.contains(old), "\(old)")
    #expect(problems(Self.good.replacing(old, with: new, maxReplacements: 1)) == expected)
  }
}
