import Diagnostics
import Tables
import Testing

@testable import Runner
@testable import Sections

@Suite struct MeasureResolverTests {
  private let analysis: MeasuredAnalysis

  init() throws { analysis = try MeasuredAnalysis() }

  private func problems(_ spec: String, engine: FakeEngine? = FakeEngine()) throws -> [String] {
    do {
      _ = try analysis.resolve(spec, engine: engine)
      return []
    } catch let error as DiagnosticsError {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  @Test func tablesHaveTheirColumns() throws {
    let resolved = try analysis.resolve()
    #expect(resolved.tables.map(\.name) == ["logs", "both", "fresh", "fresh-runs", "sampled", "sampled-runs"])
    #expect(
      resolved.table("fresh-runs")?.unit == UnitNoun("architecture") && resolved.table("fresh")?.unit == nil
    )
    #expect(resolved.table("both")?.column("alpha")?.title == "Alpha")
    #expect(resolved.table("fresh")?.column("layer-2-layered")?.better == .higher)
    #expect(
      (resolved.part("main") as? any MetricPart)?.members.map(\.name) == [
        "alpha", "layer-1-layered", "layer-2-layered", "odd", "parameters",
      ])
    let reliability = try #require(resolved.part("seeds") as? ReliabilityPart)
    #expect(reliability.columns.map(\.name) == ["alpha", "layer-1-layered", "layer-2-layered", "odd"])
    #expect((resolved.part("against") as? ComparisonPart)?.titles == ["Alpha", "Other"])
  }

  @Test func metricsThatAreCarriedAlongAreNoneOfItsOwn() async throws {
    let spec = MeasuredAnalysis.spec.replacing(
      "logs: {use: set/logs}",
      with:
        "published: {use: set/published}\n  logs: {use: set/logs, join: [{dataset: published, on: [id], keep-unmatched: true}]}"
    ).replacing("keep: [loss]", with: "keep: [loss, published-alpha]").replacing(
      "join: [{dataset: fresh, on: [id]}]",
      with: "join: [{dataset: fresh, on: [id], columns: [alpha, layer-1-layered]}]")
    let resolved = try analysis.resolve(spec)
    #expect(resolved.table("fresh")?.column("published-alpha")?.role == .other)
    #expect((resolved.part("main") as? any MetricPart)?.members.contains { $0.name == "published-alpha" } == false)
    let result = try await analysis.run(spec, until: ["table/fresh"])
    let column = try #require(try analysis.table("table/fresh", result)["published-alpha"])
    #expect(column.schema.role == .other && column[3] == .integer(4) || column[3] == .real(4))
    #expect(column[11] == .undefined("no matching row"))
  }

  /// Replacements in the good spec, and the findings they cause.
  @Test(arguments: [
    ("metrics: [alpha]\ncorr", "metrics: [alpha, alhpa]\ncorr", ["16:22 unknown-metric"]),
    ("keep: [loss]", "keep: [los]", ["11:67 unknown-column", "18:43 unknown-column", "19:48 unknown-column"]),
    ("keep: [loss]", "keep: [loss, recipe]", []),
    ("recipe: recipe", "recipe: loss", ["11:44 not-text"]),
    ("id: id, keep", "id: di, keep", ["7:34 unknown-column", "11:56 unknown-column"]),
    ("keep: [loss]", "keep: [loss], select: {deciles-of: recipe}", ["11:95 not-a-number"]),
    ("use: text-free", "use: some/text", ["13:19 no-text"]),
    ("title: Cells", "title: Cells\n    paired: true", ["9:3 unpaired"]),
    ("rater: [seed, batch]", "rater: [sed]", ["21:77 unknown-column"]),
    ("subject: architecture, rater", "columns: [alpha, beta], subject: architecture, rater", ["21:63 unknown-column"]),
    ("published: published-alpha}", "published: published-beta}", ["26:42 unknown-column"]),
    ("{forest: seeds}", "{forest: seeds, columns: [loss]}", ["33:39 unknown-column"]),
    ("{rank-rank: against}", "{rank-rank: against, columns: [loss]}", ["34:44 unknown-metric"]),
  ])
  func everyNameIsLookedUp(_ old: String, _ new: String, _ expected: [String]) throws {
    #expect(try problems(MeasuredAnalysis.spec.replacing(old, with: new, maxReplacements: 1)) == expected)
  }

  @Test func columnsOfAMeasuredTableAreUnique() throws {
    let spec = MeasuredAnalysis.spec.replacing(
      "use: set/logs}", with: "use: set/logs, join: [{dataset: sampled, on: [recipe], columns: [alpha, depth]}]}"
    )
    .replacing("keep: [loss]", with: "keep: [loss, alpha, depth]")
    #expect(try problems(spec) == ["11:73 duplicate-column", "11:80 duplicate-column"])
  }

  @Test func withoutAnEngineMeasurementsAreRefused() throws {
    #expect(try problems(MeasuredAnalysis.spec, engine: nil) == ["9:3 no-engine", "14:3 no-engine"])
  }
}
