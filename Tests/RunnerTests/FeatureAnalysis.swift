import CairoRendering
import Datasets
import Diagnostics
import Documents
import Files
import Foundation
import Pipeline
import Reports
import Specs
import Store
import TestSupport
import Testing

@testable import Runner
@testable import Sections

/// A folder with a small search space, the analyses of whose features are carried out in it.
final class FeatureAnalysis: Sendable {
  /// Depth and width decide the score, the operation does not; every architecture was trained twice.
  static let spec = """
    analysis: features
    title: Features
    datasets:
      space: {use: set/space, cluster-by: [id]}
      rows: {use: set/space}
    target: {dataset: space, column: score}
    effects:
      tell:
        title: The space
        features: [depth, width, operation, noise]
        groups: {design: {title: Design, features: [width, operation]}, labels: [operation]}
        strata: [depth]
        permutations: 199
        top: {sizes: [10, 0.1]}
        interval: {resamples: 200}
      naive: {target: {dataset: rows, column: loss}, groups: {both: [depth, width]}, adjustment: none, permutations: 99}
    rule-search:
      rules: {title: The space, features: [depth, width, operation, noise], conjuncts: 2, share: 0.3, splits: 6, cuts: 6}
      best-mean: {target: {dataset: rows, column: loss}, features: [depth, width, operation], objective: mean, splits: 3, limit: 10}
    report:
      - text: |
          Width explains {{ tell.width.given-strata | .2 }} (p {{ tell.width.given-strata.p-value | .3 }}), the labels
          {{ tell.labels.given-strata | .2 }}; mean at depth 4 {{ tell.depth.levels.4.mean | interval .1 }}; in the top
          {{ tell.depth.levels.4.top-10.count | , }}. `{{ rules.chosen.rule-1.rule | text }}` in
          {{ rules.chosen.rule-1.times | , }} splits, unseen {{ rules.unseen.recall | .1% }}; {{ rules.method | text }} and
          {{ best-mean.method | text }}.
      - figure: {explained: tell}
      - figure: {level-means: tell, per-row: 2}
      - figure: {level-differences: tell, columns: [width, operation]}
      - figure: {explained: naive, name: naive}
      - figure: {pareto-front: rules}
      - table: tell
      - table: {from: tell, content: strata}
      - table: {from: tell, content: levels}
      - table: {from: tell, content: frequency}
      - table: naive
      - table: rules
      - table: {from: rules, content: splits}
      - table: {from: rules, content: front}
      - table: best-mean
    """

  let folder = NSTemporaryDirectory() + "trainfree-features-\(UUID().uuidString)"
  let catalog: Catalog

  init() throws {
    let operations = ["SDP", "DFT", "DSC 5"]
    var text = "id,depth,width,operation,noise,score,loss\n"
    for index in 0..<80 {
      for run in 0..<2 {
        let (depth, width) = (index % 2 == 0 ? 2 : 4, 1 + (index / 2) % 5)
        // Unlike chance, the same in every version of the language.
        let noise = Double((index * 7919 + run * 104_729) % 997) / 997
        let score = Double(depth * 5 + (width >= 4 ? 2 : 0)) + noise
        let third = operations[(index * 31 / 7) % 3]
        text += "\(index),\(depth),\(width),\(third),\(Double((index * 37) % 101) / 4),\(score),\(20 - score)\n"
      }
    }
    let entry = """
      files:
        space: {path: space.csv, address: "https://example.org", licence: MIT, citation: c, bytes: \(text.utf8.count), sha256: \(SHA256.hexDigest(text))}
      datasets:
        - id: set/space
          title: Space
          summary: S
          file: space
          format: csv
          columns:
            id: {type: integer, role: identifier}
            depth: {type: integer, title: Depth, role: feature}
            width: {type: integer, title: Width, role: feature}
            operation: {type: text, title: Operation, role: feature}
            noise: {title: Noise, role: feature}
            score: {title: Score, role: target, better: higher}
            loss: {title: Loss, role: target, better: lower}
      """
    catalog = try CatalogParser.parse(Array(entry.utf8), file: "c.yaml")
    try FileSystem.write(Array(text.utf8), to: folder + "/data/space.csv")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func store(_ name: String) throws -> Store { try Store.open("\(folder)/\(name).sqlite") }

  func plan(_ spec: String = FeatureAnalysis.spec) throws -> Plan {
    let resolved = try AnalysisResolver.resolve(
      SectionCatalog.language.parse(Array(spec.utf8), file: "s.yaml"), catalog: catalog, engine: nil)
    return PlanBuilder.plan(
      resolved,
      setting: RunSetting(
        catalog: catalog, location: DataLocation(folders: [folder + "/data"]), renderer: try CairoRenderer(),
        templates: try TemplateSet(folders: [checkout + "/templates"]), bibliography: [],
        version: "0", specDigest: ""))
  }

  func run(_ spec: String = FeatureAnalysis.spec, store name: String = "s", workers: Int = 2) async throws
    -> ExecutionResult
  {
    try await Executor(store: store(name), analysis: "features", options: ExecutionOptions(workers: workers))
      .run(plan(spec), run: nil)
  }

  func bytes(_ step: String, _ result: ExecutionResult, store name: String = "s") throws -> [UInt8] {
    try store(name).artifact(#require(result.records[step]?.output))
  }

  func json(_ step: String, _ result: ExecutionResult) throws -> JSONValue {
    JSONValue(try DocumentReader.read(bytes(step, result), file: step, limits: .data))
  }
}
