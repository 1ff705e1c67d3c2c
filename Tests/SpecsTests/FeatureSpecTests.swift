import Diagnostics
import Documents
import Testing

@testable import Sections
@testable import Specs

@Suite struct FeatureSpecTests {
  static let good = """
    analysis: features
    title: Features
    datasets:
      space: {use: set/space}
    target: {dataset: space, column: score}
    effects:
      plain: {features: [depth, width]}
      full:
        title: Everything
        target: {dataset: space, column: loss, better: lower}
        features: [width]
        groups:
          operations: [sdp, dft]
          shape: {title: Shape, features: [heads, width]}
        by-level: [heads]
        strata: [depth, hidden]
        permutations: 999
        seed: 5
        adjustment: benjamini-hochberg
        top: {sizes: [50, 0.1]}
        interval: {resamples: 500}
    rule-search:
      plain-rules: {features: [depth]}
      full-rules:
        title: Rules
        target: {dataset: space, column: loss, better: lower}
        features: [depth, width]
        conjuncts: 2
        objective: recall
        share: 0.4
        top: 50
        minimum-size: 10
        splits: 7
        training-share: 0.7
        seed: 4
        cuts: 9
        limit: 1000
        beam: 30
    report:
      - figure: {explained: full}
      - figure: {level-means: full, columns: [width]}
      - figure: {level-differences: full}
      - figure: {pareto-front: full-rules}
      - table: full
      - table: {from: full, content: strata}
      - table: {from: full, content: frequency}
      - table: {from: full, content: levels}
      - table: {from: full-rules, content: splits}
      - table: {from: full-rules, content: front}
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
    let effects = analysis.parts(EffectsSpec.self)[1]
    #expect(effects.name.value == "full" && effects.title == "Everything" && effects.target?.better == .lower)
    #expect(effects.declared.map(\.value) == ["width"])
    #expect(effects.features.map(\.value) == ["width", "sdp", "dft", "heads"])
    #expect(effects.groups.map(\.name.value) == ["operations", "shape"])
    #expect(effects.groups.map { $0.features.map(\.value) } == [["sdp", "dft"], ["heads", "width"]])
    #expect(effects.groups.map(\.title) == [nil, "Shape"])
    #expect(effects.byLevel.map(\.value) == ["heads"] && effects.strata.map(\.value) == ["depth", "hidden"])
    #expect(effects.permutations == 999 && effects.seed.value == 5 && effects.adjustment == .benjaminiHochberg)
    #expect(effects.top?.sizes == [50, 0.1] && effects.interval?.resamples == 500)
    let search = analysis.parts(RuleSearchSpec.self)[1]
    #expect(search.features.map(\.value) == ["depth", "width"] && search.title == "Rules")
    #expect(search.conjuncts == 2 && search.objective == .recall && search.share == 0.4 && search.top == 50)
    #expect(search.minimumSize == 10 && search.splits == 7 && search.trainingShare == 0.7 && search.seed.value == 4)
    #expect(search.cuts == 9 && search.limit == 1000 && search.beam == 30)
  }

  @Test func whatIsLeftOutHasADefault() throws {
    let analysis = try SectionCatalog.language.parse(Array(Self.good.utf8), file: "s.yaml")
    let effects = analysis.parts(EffectsSpec.self)[0]
    #expect(effects.permutations == 9999 && effects.seed.value == 1 && effects.adjustment == .holm)
    #expect(effects.strata.isEmpty && effects.groups.isEmpty && effects.top == nil && effects.interval == nil)
    let search = analysis.parts(RuleSearchSpec.self)[0]
    #expect(search.conjuncts == 3 && search.objective == .recall && search.share == 0.25 && search.top == 0.1)
    #expect(search.minimumSize == 0.02 && search.splits == 20 && search.trainingShare == 0.5 && search.seed.value == 1)
    #expect(search.cuts == 32 && search.limit == 50_000_000 && search.beam == 200)
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    ("plain: {features: [depth, width]}", "plain: {}", ["7:3 no-features"]),
    ("plain: {features: [depth, width]}", "plain: {strata: [depth], features: [depth]}", ["7:3 features-are-strata"]),
    ("features: [depth, width]", "features: [depth, depth]", ["7:29 repeated-element"]),
    ("operations: [sdp", "width: [sdp", ["13:7 duplicate-name"]),
    ("by-level: [heads]", "by-level: [head]", ["15:16 unknown-name"]),
    ("permutations: 999", "permutations: 5", ["17:19 out-of-range"]),
    ("adjustment: benjamini-hochberg", "adjustment: bonferroni", ["19:17 unknown-word"]),
    ("target: {dataset: space, column: loss", "target: {dataset: spacy, column: loss", ["10:23 unknown-name"]),
    ("plain-rules: {features: [depth]}", "plain-rules: {seed: 3}", ["23:16 missing-key"]),
    ("minimum-size: 10", "minimum-size: 0.5", ["24:3 no-room"]),
    ("conjuncts: 2", "conjuncts: 7", ["28:16 out-of-range"]),
    ("objective: recall", "objective: recal", ["29:16 unknown-word"]),
    ("share: 0.4", "share: 1", ["30:12 out-of-range"]),
    ("splits: 7", "splits: 9223372036854775807", ["33:13 out-of-range"]),
    ("explained: full", "explained: full-rules", ["40:25 unknown-name"]),
    ("pareto-front: full-rules", "pareto-front: full", ["43:28 unknown-name"]),
    ("content: levels", "content: rules", ["47:19 unfitting-content"]),
    ("    top: {sizes: [50, 0.1]}\n", "", ["45:19 unfitting-content"]),
    ("    strata: [depth, hidden]\n", "", ["44:19 unfitting-content"]),
    ("plain-rules", "plain", ["23:3 duplicate-name"]),
    ("target: {dataset: space, column: score}\n", "", ["6:3 no-target", "22:3 no-target"]),
  ])
  func everyProblemHasItsPlace(_ old: String, _ new: String, _ expected: [String]) {
    #expect(problems(Self.good.replacing(old, with: new, maxReplacements: 1)) == expected)
  }

  @Test func numbersOfFeaturesAreBounded() {
    let many = (0..<201).map { "f\($0)" }.joined(separator: ", ")
    #expect(
      problems(Self.good.replacing("features: [depth, width]}", with: "features: [\(many)]}")) == ["7:3 too-many"])
    #expect(problems(Self.good.replacing("{features: [depth]}", with: "{features: [\(many)]}")) == ["23:3 too-many"])
  }
}
