import CairoRendering
import Datasets
import Diagnostics
import Documents
import Files
import Foundation
import Measurements
import Pipeline
import Reports
import Specs
import Store
import Tables
import TestSupport
import Testing

@testable import Runner
@testable import Sections

/// A folder with a small catalogue, its data, and stores; analyses are carried out in it with the fake engine.
final class MeasuredAnalysis: Sendable {
  /// Two datasets: architectures with recipes, and values published for some of them.
  static let spec = """
    analysis: measured
    title: Measured
    datasets:
      logs: {use: set/logs}
      both:
        use: set/published
        join: [{dataset: fresh, on: [id]}]
    measure:
      fresh:
        title: Cells
        architectures: {dataset: logs, recipe: recipe, id: id, keep: [loss]}
        network: {layers: 2, seeds: [0, 1, 2]}
        tokens: {use: text-free, batches: [0, 4]}
      sampled:
        architectures: {sample: {count: 6, seed: 2}}
        metrics: [alpha]
    correlations:
      main: {target: {dataset: fresh, column: loss, better: lower}, metrics: all, baselines: [parameters], agreement: true}
      runs: {target: {dataset: fresh-runs, column: loss, better: lower}, metrics: [alpha], interval: {resamples: 100}}
    reliability:
      seeds: {title: Cells, dataset: fresh-runs, subject: architecture, rater: [seed, batch]}
    comparisons:
      against:
        title: Cells
        dataset: both
        pairs: [{computed: alpha, published: published-alpha}, {computed: layer-1-layered, published: published-alpha, name: other, title: Other}]
    report:
      - text: |
          {{ fresh.rows }} cells, {{ fresh.seeds }} seeds; ICC {{ seeds.alpha.icc | .2 }} {{ seeds.alpha.icc | interval .2 }},
          lowest {{ seeds.lowest.title }}; error {{ against.alpha.median-relative-error | .1e }}; best {{ main.best.title }}
          {{ main.best.kendall-tau-b | .2 }}; {{ main.agreement.strongest.first }} and
          {{ main.agreement.alpha.layer-1-layered.kendall-tau-b | .2 }}.
      - figure: {forest: seeds}
      - figure: {rank-rank: against}
      - figure: {heat-map: main}
      - figure: {box-plots: fresh-runs, group-by: architecture, columns: [alpha]}
      - table: seeds
      - table: against
      - table: main
      - table: data
    """

  let folder = NSTemporaryDirectory() + "trainfree-measure-\(UUID().uuidString)"
  let catalog: Catalog

  /// - Parameter recipes: The recipe of each architecture, numbered from 1.
  init(recipes: [String] = (1...12).map { $0 == 7 ? "loop" : "cell \($0)" }) throws {
    let logs =
      "id,recipe,loss\n"
      + recipes.enumerated().map { "\($0 + 1),\($1),\(4.5 - Double(($0 * 5) % 13) / 10)\n" }.joined()
    let published = "id,published-alpha\n" + (1...10).map { "\($0),\($0)\n" }.joined()
    func entry(_ name: String, _ text: String) -> String {
      """
        \(name): {path: \(name).csv, address: "https://example.org", licence: MIT, citation: c, bytes: \(text.utf8.count), sha256: \(SHA256.hexDigest(text))}

      """
    }
    let text = """
      files:
      \(entry("logs", logs))\(entry("published", published))datasets:
        - {id: set/logs, title: Logs, summary: S, file: logs, format: csv, columns: {id: {type: integer, role: identifier}, recipe: {type: text}, loss: {role: target, better: lower}}}
        - {id: set/published, title: Published, summary: S, file: published, format: csv, columns: {id: {type: integer, role: identifier}, published-alpha: {role: metric}}}
      """
    catalog = try CatalogParser.parse(Array(text.utf8), file: "c.yaml")
    try FileSystem.write(Array(logs.utf8), to: folder + "/data/logs.csv")
    try FileSystem.write(Array(published.utf8), to: folder + "/data/published.csv")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The folder `reports` beside the spec.
  private var reports: ReportFolders { ReportFolders(beside: folder + "/s.yaml", home: folder + "/home") }

  func store(_ name: String = "s") throws -> Store { try Store.open("\(folder)/\(name).sqlite") }

  func resolve(_ spec: String = MeasuredAnalysis.spec, engine: FakeEngine? = FakeEngine()) throws -> ResolvedAnalysis {
    try AnalysisResolver.resolve(
      SectionCatalog.language.parse(Array(spec.utf8), file: "s.yaml"), catalog: catalog, engine: engine,
      reports: reports)
  }

  func plan(_ spec: String = MeasuredAnalysis.spec, engine: FakeEngine = FakeEngine()) throws -> Plan {
    PlanBuilder.plan(
      try resolve(spec, engine: engine),
      setting: RunSetting(
        catalog: catalog, location: DataLocation(folders: [folder + "/data"]), renderer: try CairoRenderer(),
        templates: try TemplateSet(folders: [checkout + "/templates"]), bibliography: [], version: "0",
        specDigest: String(repeating: "5e", count: 32), engine: engine, reports: reports))
  }

  @discardableResult
  func run(
    _ spec: String = MeasuredAnalysis.spec, engine: FakeEngine = FakeEngine(), store name: String = "s",
    workers: Int = 2,
    forced: Bool = false, until: [String]? = nil, report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws -> ExecutionResult {
    var plan = try plan(spec, engine: engine)
    if let until { plan = plan.until(until) }
    let options = ExecutionOptions(workers: workers, isForced: forced)
    return try await Executor(store: store(name), analysis: "measured", options: options, report: report).run(
      plan, run: nil)
  }

  func table(_ step: String, _ result: ExecutionResult, store name: String = "s") throws -> Table {
    try Table(decoding: store(name).artifact(#require(result.records[step]?.output)))
  }

  func json(_ step: String, _ result: ExecutionResult, artifact: String? = nil) throws -> JSONValue {
    let record = try #require(result.records[step])
    let digest = try #require(artifact.map { record.artifacts[$0] } ?? record.output)
    return JSONValue(try DocumentReader.read(store().artifact(digest), file: step, limits: .data))
  }
}
