import Documents
import Pipeline
import Testing

@testable import Runner
@testable import Sections

/// The reliability of a target from replicates is one number with one interval, wherever it is asked for.
@Suite struct ReliabilityTests {
  private static let spec = """
    analysis: reduced
    title: Reliable
    datasets: {nets: {use: set/nets, derive: {network: "floor(id / 5)"}}}
    target: {dataset: nets, column: loss}
    reductions:
      shrink:
        candidates: {deep: depth == 4}
        interval: &interval {resamples: 200, seed: 4}
        replicates: &replicates {by: [network]}
    strata:
      cells: {metrics: [alpha], by: [depth], interval: *interval, replicates: *replicates}
      plain: {metrics: [alpha], by: [depth], interval: none, replicates: *replicates}
    effects:
      tell: {features: [width], strata: [depth], permutations: 99, interval: *interval, replicates: *replicates}
      bare: {features: [width], strata: [depth], permutations: 99, replicates: *replicates}
    forensics:
      noise: {replicates: {dataset: nets, same: [network], target: loss, by: [depth]}}
    report:
      - table: {from: cells, content: replicates}
    """

  @Test func oneNumberEverywhere() async throws {
    let made = try await ReducedAnalysis().run(Self.spec)
    #expect(made.result.failures.isEmpty, "\(made.result.failures)")
    let digest = try #require(made.result.records["results"]?.output)
    let values = JSONValue(try DocumentReader.read(made.store.artifact(digest), file: "results", limits: .data))
    let pooled = values["cells"]?["reliability"]?["pooled"]?["reliability"]
    #expect(pooled?["value"]?.double != nil && pooled?["lower"]?.double != nil)
    #expect(pooled == values["tell"]?["variance"]?["reliability"])
    let cell = values["cells"]?["reliability"]?["each"]?["4"]
    let deep = values["shrink"]?["deep"]?["replicates"]
    #expect(cell?["reliability"] != nil && cell?["icc"]?["lower"]?.double != nil)
    for name in ["reliability", "icc", "noise-ceiling", "kendall-noise-ceiling"] {
      #expect(cell?[name] == deep?[name])
    }
    let noise = values["noise"]?["strata"]?["4"]
    #expect(abs((noise?["reliability"]?.double ?? 9) - (cell?["reliability"]?["value"]?.double ?? -9)) < 1e-12)
    #expect(noise?["lower"]?.double == cell?["icc"]?["lower"]?.double)
    // Without an interval in the spec there is none, and the value stays.
    let plain = values["plain"]?["reliability"]?["pooled"]?["reliability"]
    #expect(plain?["value"] == pooled?["value"] && plain?.members?.map(\.key) == ["value", "n"])
    #expect(plain == values["bare"]?["variance"]?["reliability"])
  }
}
