import Diagnostics
import Documents
import Specs
import Testing

@testable import Runner
@testable import Sections

@Suite struct FeatureTests {
  @Test func effectsAndRulesAreAddressedByName() async throws {
    let analysis = try FeatureAnalysis()
    let result = try await analysis.run()
    #expect(result.failures.isEmpty, "\(result.failures)")
    let results = try analysis.json("results", result)
    func number(_ path: String) throws -> Double { try ValuePath.number(at: path, in: results) }
    func text(_ path: String) -> String? { ValuePath.value(at: path, in: results)?.string }
    #expect(try number("tell.width.given-strata") > 0.5)
    #expect(try number("tell.width.given-strata.p-value") == 1.0 / 200)
    #expect(try number("tell.width.given-strata.adjusted-p-value") > 1.0 / 200)
    #expect(try number("tell.labels.given-strata.p-value") > 0.05)
    #expect(try number("tell.design.given-strata.rank") == 3)
    #expect(text("tell.depth.given-strata.undefined") == "no feature varies within the strata")
    #expect(try number("tell.depth.units") == 80 && number("tell.depth.n") == 160)
    #expect(try number("tell.depth.levels.4.mean") > number("tell.depth.levels.2.mean.upper"))
    #expect(try number("tell.operation.levels.dsc-5.n") > 0)
    #expect(try number("tell.noise.levels.quarter-4.n") > 0)
    #expect(try number("tell.depth.levels.4.top-10.count") == 10)
    #expect(try number("tell.depth.levels.4.top-10-percent.enrichment") == 2)
    #expect(try number("tell.labels.strata.4.rank") == 2)
    #expect(try number("naive.both.alone.adjusted-p-value") == number("naive.both.alone.p-value"))
    #expect(text("rules.chosen.rule-1.rule") == "depth == 4 and width >= 4")
    // As a search by brute force in another language has it: one split is misled by `width == 5`.
    #expect(try number("rules.chosen.rule-1.times") == 5 && number("rules.training.recall") == 1)
    #expect(try abs(number("rules.unseen.recall") - 0.875) < 1e-12 && abs(number("rules.optimism") - 0.125) < 1e-12)
    #expect(try number("rules.training-rows") == 80)
    #expect(text("rules.chosen.rule-2.rule") == "width == 5")
    #expect(text("rules.post-hoc.rule") == "depth == 4 and width >= 4" && text("rules.method") == "exhaustive")
    #expect(text("best-mean.method") == "beam of 200")
    #expect(try number("best-mean.post-hoc.mean") < 0.5 && number("best-mean.optimism") < 0.2)
    #expect(try number("best-mean.training.score") == number("best-mean.training.mean"))
  }

  /// What a step gives does not depend on who computes it.
  @Test func numbersOfWorkersDoNotMatter() async throws {
    let analysis = try FeatureAnalysis()
    let alone = try await analysis.run(store: "one", workers: 1)
    let many = try await analysis.run(store: "five", workers: 5)
    for step in ["effects/tell", "effects/naive", "rule-search/rules", "rule-search/best-mean", "results", "report"] {
      let (one, other) = (try analysis.bytes(step, alone, store: "one"), try analysis.bytes(step, many, store: "five"))
      #expect(one == other, "\(step)")
    }
  }

  @Test func titlesChangeNoComputation() async throws {
    let analysis = try FeatureAnalysis()
    _ = try await analysis.run()
    let renamed = FeatureAnalysis.spec.replacing("title: The space", with: "title: Another")
    let result = try await analysis.run(renamed)
    for step in ["effects/tell", "rule-search/best-mean"] { #expect(result.outcomes[step] == .current, "\(step)") }
    #expect(result.outcomes["results"] != .current)
  }

  private func problems(_ old: String, _ new: String) throws -> [String] {
    let analysis = try FeatureAnalysis()
    let error = #expect(throws: DiagnosticsError.self) {
      try analysis.plan(FeatureAnalysis.spec.replacing(old, with: new, maxReplacements: 1))
    }
    return error?.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" } ?? []
  }

  @Test(arguments: [
    (
      "features: [depth, width, operation, noise]", "features: [depth, widht, operation, noise]", "10:23 unknown-column"
    ),
    ("strata: [depth]", "strata: [dept]", "12:14 unknown-column"),
    ("strata: [depth]", "strata: [depth]\n    by-level: [operation]", "13:16 not-a-number"),
    (
      "features: [depth, width, operation, noise]", "features: [depth, score, operation, noise]",
      "10:23 feature-is-target"
    ),
    ("target: {dataset: rows, column: loss}", "target: {dataset: rows, column: noise}", "16:43 no-direction"),
    ("columns: [width, operation]", "columns: [width, operations]", "29:56 unknown-metric"),
    ("pareto-front: rules", "pareto-front: rules, columns: [width]", "31:45 no-columns"),
  ])
  func namesAreLookedUp(_ old: String, _ new: String, _ expected: String) throws {
    let found = try problems(old, new)
    #expect(found.contains(expected), "\(found)")
  }
}
