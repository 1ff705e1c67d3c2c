import Diagnostics
import Documents
import Foundation
import Pipeline
import Store
import Tables
import Testing

@testable import Runner
@testable import Sections

@Suite struct ReductionTests {
  private let analysis: ReducedAnalysis

  init() throws { analysis = try ReducedAnalysis() }

  private func problems(_ spec: String) throws -> [String] {
    do {
      _ = try analysis.resolve(spec)
      return []
    } catch let error as DiagnosticsError {
      return error.diagnostics.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }
    }
  }

  private func json(_ step: String, _ made: (result: ExecutionResult, store: Store)) throws -> JSONValue {
    let digest = try #require(made.result.records[step]?.output)
    return JSONValue(try DocumentReader.read(made.store.artifact(digest), file: step, limits: .data))
  }

  /// Rows with a loss, and some of them, as plain loops find them.
  private func losses(_ test: ([String]) -> Bool = { _ in true }) -> [Double] {
    ReducedAnalysis.rows.filter { $0[8] != "nan" && test($0) }.compactMap { Double($0[8]) }
  }

  @Test func columnsAreDerivedBeforeAndAfterJoins() async throws {
    let resolved = try analysis.resolve()
    let nets = try #require(resolved.table("nets"))
    #expect(nets.derivedBeforeJoins.map(\.schema.name) == ["size", "wide", "twice"])
    #expect(nets.derivedAfterJoins.map(\.schema.name) == ["code"])
    #expect(nets.column("size")?.type == .integer && nets.column("wide")?.type == .boolean)
    #expect(nets.column("code")?.role == .baseline && nets.column("code")?.better == .higher)
    let made = try await analysis.run()
    let table = try Table(decoding: made.store.artifact(#require(made.result.records["table/nets"]?.output)))
    #expect(table["size"]?[2] == .integer(2 * 256) && table["twice"]?[2] == .integer(1024))
    #expect(table["family"]?[3] == .text("a") && table["code"]?[1] == .integer(1))
    #expect(table["code"]?[35] == .undefined("family: no matching row"))
    #expect(table["layer-3-heads"]?[0] == .undefined(Cell.noSuchLayer))
  }

  @Test func valuesAreThoseOfPlainLoops() async throws {
    let made = try await analysis.run()
    #expect(made.result.failures.isEmpty, "\(made.result.failures)")
    let values = try #require(try json("results", made)["shrink"])
    let deep = losses { $0[1] == "4" }
    let all = losses().sorted()
    #expect(values["whole"]?["size"] == 39 && values["whole"]?["missing-target"] == 1)
    #expect(values["deep"]?["size"]?.int == deep.count && values["deep"]?["title"] == "Deep")
    let mean = deep.reduce(0, +) / Double(deep.count)
    #expect(abs((values["deep"]?["mean"]?["value"]?.double ?? 0) - mean) < 1e-12)
    #expect((values["deep"]?["mean"]?["lower"]?.double ?? 9) < mean)
    #expect(values["deep"]?["minimum"]?.double == deep.min() && values["deep"]?["best"]?.double == deep.min())
    let recall = Double(deep.count { all.prefix(5).contains($0) }) / 5
    #expect(values["deep"]?["top-5"]?["recall"]?["value"]?.double == recall)
    #expect(values["deep"]?["top-5"]?["enrichment"]?.double == recall / (Double(deep.count) / 39))
    #expect(values["deep"]?["top-100"]?["undefined"] == "a top of 100 of 39 rows")
    #expect(values["deep"]?["top-25-percent"]?["size"] == 10)
    // Wide with some layer of two heads.
    let wide = ReducedAnalysis.rows.filter { $0[2] == "256" && $0[3...6].contains("2") && $0[8] != "nan" }
    #expect(values["wide"]?["size"]?.int == wide.count)
    // Thirteen largest: 4 × 256 first, then of the ties.
    #expect(values["large"]?["size"] == 13 && values["large"]?["ties"]?["tied"]?.int ?? 0 > 0)
    #expect(values["none"]?["size"] == 0 && values["none"]?["undefined"] == "no row is kept")
    #expect(values["family"]?["unjudged"] == 10)
    #expect(
      values["family"]?["unjudged-reasons"]?.elements?.first?["reason"] == "family: no matching row")
    #expect(values["best-wide"]?["size"] == 4)
    #expect(values["deep"]?["same-size"]?["order"]?["top-5"]?["value"]?.double == recall)
    #expect(values["whole"]?["inside"]?["alpha"]?["n"] == 39)
    #expect(values["deep"]?["inside"]?["size"]?["kendall-tau-b"]?["value"]?.double ?? 0 < 0)
    #expect(values["deep"]?["replicates"]?["groups"] != nil && values["whole"]?["replicates"] == nil)
  }

  @Test func bytesDoNotDependOnWorkers() async throws {
    let one = try await analysis.run(workers: 1, store: "one")
    let two = try await analysis.run(workers: 2, store: "two")
    let digests = { (made: (result: ExecutionResult, store: Store)) in made.result.records.mapValues(\.output) }
    #expect(digests(one) == digests(two))
    let again = try await analysis.run(store: "two")
    #expect(again.result.outcomes.values.allSatisfy { $0 == .current })
  }

  @Test func reportsShowTablesAndFigures() async throws {
    let made = try await analysis.run()
    let record = try #require(made.result.records["report"])
    let markdown = String(
      decoding: try made.store.artifact(#require(record.artifacts["report.md"])), as: UTF8.self)
    for text in [
      "Shrinking: loss inside each reduction", "depth == 4", "random subsets", "size (baseline)", "no row is kept",
      "top 13 by size", "best of 3", "rows could not be judged", "enrichment of the top 5",
    ] { #expect(markdown.contains(text), "\(text)") }
    for figure in ["shrink-recall", "shrink-distributions", "shrink-inside"] {
      #expect(record.artifacts["figures/\(figure).svg"] != nil, "\(figure)")
      let drawn = try json("figure/\(figure)", made)
      #expect(drawn["description"]?.string?.contains("Deep") == true)
    }
  }

  /// A table without metrics is reduced all the same: of its problems, columns that other tables have, none is that.
  @Test func metricsNeedNotBeThere() throws {
    let spec = ReducedAnalysis.spec.replacing(
      "{dataset: nets, column: loss}", with: "{dataset: names, column: number, better: lower}"
    ).replacing("baselines: [size, {lexicographic: [depth, width], name: order}]", with: "baselines: [number]")
    let found = try problems(spec)
    #expect(found.contains { $0.hasSuffix("unknown-column") } && !found.contains { $0.hasSuffix("no-metrics") })
  }

  /// Replacements in the good spec, and the findings they cause, at the character in the expression.
  @Test(arguments: [
    ("depth == 4, title", "depht == 4, title", ["21:20 unknown-column"]),
    ("depth == 4, title", "depth, title", ["21:20 wrong-type"]),
    ("count(layer.heads", "count(layer.hades", ["22:28 unknown-layer-column"]),
    ("family == \"b\"\n", "family == 3\n", ["23:22 different-types"]),
    ("top: 13, by: size", "top: 13, by: sise", ["24:28 unknown-column"]),
    ("by: size, better: higher", "by: size, better: lower", []),
    ("by: size, better: higher", "by: size", ["24:28 no-direction"]),
    ("top: 13, by: size", "top: 13, by: family", ["24:28 not-a-number"]),
    ("by: [depth, alpha]", "by: [twin, alpha]", ["25:46 no-direction"]),
    ("size: depth * width", "size: depth * family", ["10:21 wrong-type"]),
    ("twice: size * 2", "twice: latter * 2", ["12:14 unknown-column"]),
    ("twice: size * 2", "depth: size * 2", ["12:7 duplicate-column"]),
    ("replicates: {by: [depth, width]}", "replicates: {by: [breadth]}", ["34:23 unknown-column"]),
    ("columns: [deep, none]", "columns: [deep, nine]", ["47:53 unknown-metric"]),
  ])
  func everyProblemHasItsPlace(_ old: String, _ new: String, _ expected: [String]) throws {
    let found = try problems(ReducedAnalysis.spec.replacing(old, with: new, maxReplacements: 1))
    #expect(found == expected)
  }

  /// Steps of analyses without derived columns keep the keys they had.
  @Test func tablesWithoutDerivedColumnsKeepTheirKeys() throws {
    let names = try #require(try analysis.resolve().table("names"))
    var plain = names
    plain.derivedBeforeJoins = []
    let use = try #require(names.use)
    #expect(TableStep(table: plain, use: use).parameters["derive"] == nil)
    #expect(TableStep(table: names, use: use).parameters["derive"] == ["id = number - 100 | feature | "])
  }
}
