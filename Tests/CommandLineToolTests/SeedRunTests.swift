import Foundation
import Testing

/// `--seed` on the built binary, over every section that draws at random. Needs no data: sixteen sampled cells.
@Suite struct SeedRunTests {
  private let spec = """
    analysis: seeded
    title: Seeded
    measure:
      cells:
        architectures: {sample: {count: 16, seed: 5}}
        network: {vocabulary: 40, embedding: 8, hidden: 12, layers: 2}
        tokens: {use: text-free, steps: 5, columns: 4, batches: [0, 1, 2]}
        metrics: [snip, jacobian-cosine, parameters]
    target: {dataset: cells, column: snip, better: higher}
    correlations:
      main: {metrics: [jacobian-cosine], baselines: [parameters], interval: {resamples: 199}}
    effects:
      tell: {features: [parameters], permutations: 99, interval: {resamples: 100}}
    rule-search:
      rules: {features: [parameters], splits: 3, conjuncts: 1}
    reductions:
      shrink: {candidates: {large: {top: 0.5, by: parameters, better: higher}}, against: {metrics: [jacobian-cosine]}, interval: {resamples: 100}}
    forensics:
      batches: {batch-overlap: {dataset: cells-runs, columns: [snip], subject: architecture, order: batch, permutations: 99}}
      gone: {survivorship: {dataset: cells-runs, survivors: cells, on: architecture, target: snip}}
    differences:
      compare: {metrics: [jacobian-cosine], baselines: [parameters], interval: {resamples: 199}}
    strata:
      cell-sizes: {metrics: [jacobian-cosine], by: [parameters], interval: {resamples: 100}}
    report:
      - table: main
    """

  private func stale(_ tool: Tool, _ more: [String]) throws -> Set<String> {
    let plan = try tool.run(["plan", "a.yaml", "--json"] + more)
    #expect(plan.status == 0, "\(plan.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any]
    let steps = try #require(object?["steps"] as? [[String: String]] ?? Self.plain(object?["steps"]))
    return Set(steps.filter { $0["status"] != "current" }.compactMap { $0["name"] })
  }

  /// The texts of steps, whatever else they hold.
  private static func plain(_ steps: Any?) -> [[String: String]]? {
    (steps as? [[String: Any]])?.map { $0.compactMapValues { $0 as? String } }
  }

  @Test func aGivenSeedReachesEverySectionAndNothingThatIsMeasured() throws {
    let tool = try Tool()
    try tool.write(spec, to: "a.yaml")
    let run = try tool.run(["run", "a.yaml"])
    try #require(run.status == 0, "\(run.errors)")
    #expect(try stale(tool, []).isEmpty && stale(tool, ["--seed", "1"]).isEmpty)
    let changed = try stale(tool, ["--seed", "77"])
    for step in [
      "coefficients/main/jacobian-cosine", "coefficients/main/parameters", "effects/tell", "rule-search/rules",
      "reduction/shrink/large", "forensics/batches", "forensics/gone", "differences/compare",
      "strata/cell-sizes/jacobian-cosine", "results", "report",
    ] { #expect(changed.contains(step), "\(step)") }
    for step in ["measure/cells", "table/cells", "table/cells-runs"] { #expect(!changed.contains(step), "\(step)") }
  }

  @Test(arguments: ["run", "plan", "audit"])
  func negativeSeedsAreRefused(_ command: String) throws {
    let result = try Tool().run([command, "a.yaml", "--seed=-1"])
    #expect(result.status == 64 && result.errors.contains("--seed must not be negative"), "\(result.errors)")
  }
}
