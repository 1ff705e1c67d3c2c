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
import Tables
import TestSupport
import Testing

@testable import Runner
@testable import Sections

/// A folder with forty architectures, their layers and losses, and an analysis of reductions.
final class ReducedAnalysis: Sendable {
  static let spec = """
    analysis: reduced
    title: Reduced
    datasets:
      names:
        use: set/names
        derive: {id: number - 100}
      nets:
        use: set/nets
        derive:
          size: depth * width
          wide: {expression: width == 256, title: Wide}
          twice: size * 2
          code: {expression: "if(family == 'b', 1, 0)", role: baseline, better: higher}
        join: [{dataset: names, on: [id], columns: [family], keep-unmatched: true}]
        cluster-by: [twin]
    target: {dataset: nets, column: loss}
    reductions:
      shrink:
        title: Shrinking
        candidates:
          deep: {rule: depth == 4, title: Deep}
          wide: wide and count(layer.heads == 2) >= 1
          family: family == "b"
          large: {top: 13, by: size, better: higher}
          best-wide: {rule: wide, top: 0.1, by: [depth, alpha]}
          none: depth == 7
        against: {metrics: all, baselines: [size, {lexicographic: [depth, width], name: order}]}
        top: [5, 0.25, 100]
        best-of: [1, 3]
        truncation: [1, 0.5]
        interval: {resamples: 200, seed: 4}
        ties: {draws: 30}
        correlations: true
        replicates: {by: [depth, width]}
    report:
      - text: |
          {{ shrink.deep.mean | .2 }} {{ shrink.deep.mean | interval .2 }} {{ shrink.deep.top-5.recall }}
          {{ shrink.deep.top-5.random | interval .2 }} {{ shrink.whole.inside.alpha.kendall-tau-b | .2 }}
          {{ shrink.large.same-size.order.top-5 | .2 }} {{ shrink.deep.definition | text }}
      - table: shrink
      - table: {from: shrink, content: recall}
      - table: {from: shrink, content: same-size}
      - table: {from: shrink, content: inside}
      - table: {from: shrink, content: best-of}
      - table: {from: shrink, content: truncation}
      - figure: {recall: shrink}
      - figure: {distributions: shrink, columns: [deep, none]}
      - figure: {inside: shrink, columns: [deep]}
    """

  /// id, depth, width, heads of each layer, alpha, loss, twin; the loss of row 7 is missing.
  static let rows: [[String]] = (1...40).map { id in
    let depth = id % 2 == 0 ? 4 : 2
    let width = id % 3 == 0 ? 256 : 128
    let heads = (0..<4).map { $0 < depth ? String(2 + 2 * ((id / ($0 + 1)) % 2)) : "none" }
    let loss = 5 - 0.4 * Double(depth) - Double(width) / 400 + Double(id * 7 % 11) / 20
    return [String(id), String(depth), String(width)] + heads
      + [String(id * 13 % 40), id == 7 ? "nan" : "\(loss)", String((id + 1) / 2)]
  }

  let folder = NSTemporaryDirectory() + "trainfree-reduced-\(UUID().uuidString)"
  let catalog: Catalog

  init() throws {
    let header = "id,depth,width,h1,h2,h3,h4,alpha,loss,twin\n"
    let nets = header + Self.rows.map { $0.joined(separator: ",") + "\n" }.joined()
    let names = "number,family\n" + (101...130).map { "\($0),\($0 % 3 == 0 ? "b" : "a")\n" }.joined()
    func entry(_ name: String, _ text: String) -> String {
      """
        \(name): {path: \(name).csv, address: "https://example.org", licence: MIT, citation: c, bytes: \(text.utf8.count), sha256: \(SHA256.hexDigest(text))}

      """
    }
    let heads = (1...4).map { "layer-\($0)-heads: {header: h\($0), type: integer, missing: {none: no such layer}}" }
    let text = """
      files:
      \(entry("nets", nets))\(entry("names", names))datasets:
        - {id: set/nets, title: Nets, summary: S, file: nets, format: csv, columns: {id: {type: integer, role: identifier}, depth: {type: integer, better: higher}, width: {type: integer, better: higher}, \(heads.joined(separator: ", ")), alpha: {type: integer, role: metric, better: higher, title: Alpha}, loss: {role: target, better: lower, title: Loss, missing: {nan: diverged}}, twin: {type: integer}}}
        - {id: set/names, title: Names, summary: S, file: names, format: csv, columns: {number: {type: integer, role: identifier}, family: {type: text}}}
      """
    catalog = try CatalogParser.parse(Array(text.utf8), file: "c.yaml")
    try FileSystem.write(Array(nets.utf8), to: folder + "/data/nets.csv")
    try FileSystem.write(Array(names.utf8), to: folder + "/data/names.csv")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func resolve(
    _ spec: String = ReducedAnalysis.spec, language: SpecLanguage = SectionCatalog.language
  ) throws -> ResolvedAnalysis {
    try AnalysisResolver.resolve(language.parse(Array(spec.utf8), file: "s.yaml"), catalog: catalog)
  }

  func run(
    _ spec: String = ReducedAnalysis.spec, workers: Int = 2, store name: String = "s",
    language: SpecLanguage = SectionCatalog.language
  ) async throws -> (result: ExecutionResult, store: Store) {
    let plan = PlanBuilder.plan(
      try resolve(spec, language: language),
      setting: RunSetting(
        catalog: catalog, location: DataLocation(folders: [folder + "/data"]), renderer: try CairoRenderer(),
        templates: try TemplateSet(folders: [checkout + "/templates"]), bibliography: [],
        version: "0", specDigest: ""))
    let store = try Store.open("\(folder)/\(name).sqlite")
    let result = try await Executor(
      store: store, analysis: "reduced", options: ExecutionOptions(workers: workers)
    ).run(plan, run: nil)
    return (result, store)
  }
}
