import Datasets
import Diagnostics
import Documents
import Figures
import Files
import Foundation
import Measurements
import Pipeline
import Reports
import Specs
import Store
import TestSupport
import Testing

@testable import Auditing
@testable import Runner
@testable import Sections

/// A renderer without fonts or libraries: what it draws is the display list, the same on every machine.
struct PlainRenderer: FigureRenderer {
  let version = "plain"
  var date = "2000-01-01T00:00:00Z"

  func extent(of text: String, size: Double, isBold: Bool) -> (width: Double, height: Double) {
    (Double(text.count) * size / 2, size)
  }

  func render(
    _ list: DisplayList, format: FigureFormat, theme: FigureTheme
  ) throws(FigureRenderingError) -> [UInt8] {
    let text = RoundedText.of("\(list)").map { $0 == "<" || $0 == ">" || $0 == "&" || $0 == "-" ? " " : $0 }
    return Array(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9pt\" height=\"9pt\" viewBox=\"0 0 9 9\"><text>\(theme) \(String(text))</text></svg>"
        .utf8)
  }
}

/// Texts with their long numbers rounded to nine significant digits, so that the last bits of a machine's logarithm do not
/// tell, and without digests, which are of such numbers.
enum RoundedText {
  static func of(_ text: String) -> String {
    text.replacing(/[0-9a-f]{64}/, with: "digest").replacing(/sha256-[A-Za-z0-9+\/]{43}=/, with: "digest")
      .replacing(/-?[0-9]+\.[0-9]{6,}(e-?[0-9]+)?/) { match in
        Double(match.output.0).map { String(format: "%.9g", $0) } ?? String(match.output.0)
      }
  }
}

/// A folder with two small tables, and an analysis of them in which every section and every key of the spec stands.
final class EveryAnalysis: Sendable {
  /// The spec, of `Fixtures/every.yaml`.
  static let spec = (try? String(contentsOfFile: folderOfFixtures + "/every.yaml", encoding: .utf8)) ?? ""
  static let claims = (try? String(contentsOfFile: folderOfFixtures + "/known2024.yaml", encoding: .utf8)) ?? ""
  static let folderOfFixtures = FileSystem.folder(of: #filePath) + "/Fixtures"

  let folder = NSTemporaryDirectory() + "trainfree-every-\(UUID().uuidString)"
  /// The catalogue's text.
  let catalogue: String
  private let templates: TemplateSet

  init() throws {
    templates = try TemplateSet(folders: [checkout + "/templates"])
    let operations = ["SDP", "DFT"]
    var space = "id,recipe,depth,width,operation,one,noise,score,loss,twin,label\n"
    for id in 1...24 {
      // Every architecture stands in two rows.
      let number = (id - 1) / 2
      let (depth, width) = (number % 2 == 0 ? 2 : 4, 1 + number / 2 % 3)
      let noise = (id * 7919) % 97
      let score = Double(depth * 5 + width) + Double(noise) / 97
      space +=
        "\(id),cell \(1 + number),\(depth),\(width),\(operations[number / 3 % 2]),1,\(noise),\(score),\(20 - score),\(number),a\(id)b\n"
    }
    space += "bad,cell 1,x,1,SDP,1,1,1,1,1,a0b\n"
    let published = "number,family,published-alpha\n" + (101...124).map { "\($0),\($0 % 3),\($0 - 100)\n" }.joined()
    func file(_ name: String, _ text: String) -> String {
      """
        \(name): {path: \(name).csv, address: "https://example.org/\(name)", licence: MIT, citation: known2024, bytes: \(text.utf8.count), sha256: \(SHA256.hexDigest(text)), by-hand: Ask for it}

      """
    }
    catalogue = """
      files:
      \(file("space", space))\(file("published", published))column-sets:
        keys:
          number: {type: integer, role: identifier, title: Number, unit: none, summary: Counts.}
      datasets:
        - id: set/space
          title: Space
          summary: Small.
          file: space
          format: csv
          malformed: error
          repair-glued-header: false
          repetition-of: twin
          ignored-headers: [unread, unheard]
          unit: {by: [twin], noun: pair of twins, nouns: pairs of twins}
          columns:
            id: {type: integer, title: Id, role: identifier}
            recipe: {type: text, title: Recipe}
            depth: {type: integer, title: Depth, role: feature, better: higher}
            width: {type: integer, title: Width, role: feature, better: higher, unit: cells, summary: How wide.}
            operation: {type: text, title: Operation, role: feature}
            one: {type: integer, title: One}
            noise: {title: Noise, role: metric, better: higher, missing: {nan: diverged}}
            score: {title: Score, role: target, better: higher, unit: points}
            loss: {title: Loss, role: target, better: lower}
            twin: {type: integer, title: Twin}
            number: {header: id, type: integer, title: Number}
            family: {header: operation, type: text, title: Family}
            label: {header: label, type: text, title: Label, part: {before: a, after: b}}
        - id: set/published
          title: Published
          summary: Printed.
          file: published
          format: csv
          unit: {of: set/space, on: [number]}
          column-sets: [keys]
          columns:
            family: {type: text, title: Family}
            published-alpha: {title: Alpha as published, role: metric, better: lower}
      """
    try FileSystem.write(Array(space.utf8), to: folder + "/data/space.csv")
    try FileSystem.write(Array(published.utf8), to: folder + "/data/published.csv")
    _ = try ReportFixture.earlier(in: folder)
    try Self.writeOwnFiles(in: folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The folder `reports` beside the spec, with the report of an earlier analysis.
  private var reports: ReportFolders { ReportFolders(beside: folder + "/s.yaml", home: folder + "/home") }

  /// Files of the user's own in which the values of every key about them can be changed.
  private static func writeOwnFiles(in folder: String) throws {
    func write(_ text: String, _ name: String) throws {
      try FileSystem.write(Array(text.utf8), to: "\(folder)/\(name)")
    }
    let rows = (1...12).map { "n\($0);5\($0),5;\($0 * 7 % 13),25;k\($0 % 3)\n" }.joined()
    try write(rows, "own.csv")
    try write(rows + "n13;-999;oom;k1\n", "own-other.csv")
    try write("arch,acc,score,scorex\n" + (1...12).map { "n\($0),\($0),\($0 * 5 % 13),\($0)\n" }.joined(), "named.csv")
    try write(#"{"arch": "n1", "acc": 5, "synflow": 2.5}"#, "one.json")
    let records = (1...4).map { #""n\#($0)": {"acc": \#($0), "snip": 0.\#($0)}"# }.joined(separator: ", ")
    try write(#"{"results": {"one": {\#(records)}}, "resultsx": {"two": {\#(records)}}}"#, "keys.json")
    let long = (1...6).flatMap { row in (1...2).map { "n\(row),m\(row),a\($0),b\($0),\(row + $0),\(row * $0)\n" } }
      .joined()
    try write("arch,archx,metric,metricx,value,valuex\n\(long)", "long.csv")
    try FileSystem.write(FileSystem.read(folderOfFixtures + "/own.db"), to: "\(folder)/own.db")
  }

  func resolve(
    _ spec: String = spec, catalogue: String? = nil, claims: String = claims, seed: Int? = nil,
    engine: FakeEngine = FakeEngine()
  ) throws -> (resolved: ResolvedAnalysis, catalog: Catalog) {
    let catalog = try CatalogParser.parse(Array((catalogue ?? self.catalogue).utf8), file: "c.yaml")
    let file = try ClaimsFile.parse(Array(claims.utf8), file: "known2024.yaml")
    let analysis = try SectionCatalog.language.parse(Array(spec.utf8), file: "s.yaml", seed: seed)
    let resolved = try AnalysisResolver.resolve(
      analysis, catalog: catalog, engine: engine,
      library: ClaimsLibrary(files: ["known2024": file], names: ["known2024"]), reports: reports,
      files: OwnFolders(beside: folder + "/s.yaml"))
    return (resolved, catalog)
  }

  /// The plan, whatever the spec's digest: a key must not need it to tell two specs apart.
  func plan(
    _ spec: String = spec, catalogue: String? = nil, claims: String = claims, seed: Int? = nil,
    engine: FakeEngine = FakeEngine(), renderer: any FigureRenderer = PlainRenderer(),
    bibliography: String = bibliography
  ) throws -> Plan {
    let (resolved, catalog) = try resolve(spec, catalogue: catalogue, claims: claims, seed: seed, engine: engine)
    return PlanBuilder.plan(
      resolved,
      setting: RunSetting(
        catalog: catalog, location: DataLocation(folders: [folder + "/data"]), renderer: renderer, templates: templates,
        bibliography: try Bibliography.parse(Array(bibliography.utf8), file: "r.bib"), version: "0", specDigest: "",
        engine: engine, reports: reports))
  }

  static let bibliography = """
    @article{known2024, title = {Known}, author = {A. Known}, year = {2024}, journal = {J}, doi = {10.1/x}}
    @article{other2024, title = {Other}, author = {B. Other}, year = {2024}, journal = {J}}
    """

  func run(_ plan: Plan, store name: String = "s") async throws -> (result: ExecutionResult, store: Store) {
    let store = try Store.open("\(folder)/\(name).sqlite")
    let result = try await Executor(
      store: store, analysis: "every", options: ExecutionOptions(workers: 2, keepsGoing: true)
    ).run(plan, run: nil)
    return (result, store)
  }
}
