import Datasets
import Diagnostics
import Documents
import Files
import Foundation
import Metrics
import Networks
import SearchSpaces
import Synchronization
import Tensors

/// Recurrent networks at full size: operations needed, operations a second, against the rate of a large product in the same
/// run. Released code, for comparison: 0.6–1.5 s a cell for hidden covariance, 3.8–17.9 s for all metrics of the paper.
struct NetworkBenchmarks {
  private let settings: LanguageModelSettings
  private let tokens: TokenBatch

  private init() throws {
    settings = try LanguageModelSettings()
    let window = TextFreeSequence(vocabularySize: settings.vocabularySize)
      .window(firstRow: 0, sequenceLength: 70, batchSize: 50)
    tokens = try TokenBatch(sequenceLength: 70, batchSize: 50, ids: window.ids)
  }

  /// Runs on the recipes of a file with the reference values' form, or on given recipe files.
  static func run(_ files: [String]) throws {
    let recipes = try files.isEmpty ? referenceRecipes() : files.flatMap { try Self.recipes(in: $0) }
    guard !recipes.isEmpty else {
      print("no recipes: name some, or set TRAINFREE_GOLDEN to the folder of reference values")
      return
    }
    print(
      "kernels: \(MeasurementWorker.kernels); V 10,000, e 400, h 600, 3 layers, 70 × 50 tokens, float32")
    try NetworkBenchmarks().run(recipes)
  }

  private static func referenceRecipes() throws -> [(String, Recipe)] {
    let environment = ProcessInfo.processInfo.environment
    let folder = environment["TRAINFREE_GOLDEN"] ?? environment["TRAINFREE_DATA"].map { $0 + "/../golden" } ?? ""
    let path = folder + "/rnn_full.json"
    return FileManager.default.fileExists(atPath: path) ? try recipes(in: path) : []
  }

  /// The recipes of a file: one recipe, or the `arch` of reference values.
  ///
  /// - Throws: `DiagnosticsError`, of kind `missingInput` when there is no file.
  private static func recipes(in path: String) throws(DiagnosticsError) -> [(String, Recipe)] {
    let root = try DocumentReader.read(bytes(of: path), file: path, limits: .data)
    guard let cells = root["arch"]?.elements else { return [(path, try RecipeParser.parse(root))] }
    var recipes: [(String, Recipe)] = []
    for cell in cells {
      if let recipe = cell["recepie"] {
        recipes.append((cell["recepie_id"]?.text ?? "?", try RecipeParser.parse(recipe)))
      }
    }
    guard !recipes.isEmpty else {
      throw DiagnosticsError([
        Diagnostic(
          id: "no-recipe", location: root.location, message: "`arch` has no item with a `recepie`", fix: "name a recipe"
        )
      ])
    }
    return recipes
  }

  private static func bytes(of path: String) throws(DiagnosticsError) -> [UInt8] {
    do { return try FileSystem.read(path, limit: DocumentLimits.data.bytes) } catch {
      let isMissing = if case .notFound = error { true } else { false }
      throw DiagnosticsError(
        [
          Diagnostic(
            id: isMissing ? "missing-file" : "unreadable-file", message: "\(error)", fix: "name a file with a recipe")
        ], kind: isMissing ? .missingInput : .badInput)
    }
  }

  private func run(_ recipes: [(String, Recipe)]) throws {
    for (title, metrics) in [
      ("hidden covariance of all layers", ["hidden-covariance"]), ("all metrics of the paper", MetricCatalog.published),
      ("all metrics", MetricCatalog.all.map(\.id)),
    ] {
      var total = (operations: 0.0, seconds: 0.0, needed: 0.0, rate: 0.0)
      print("\(title):")
      for (name, recipe) in recipes {
        let worker = MeasurementWorker()
        var best: MeasurementResult?
        var rate = 0.0
        for _ in 0..<3 {
          rate = max(rate, Self.productRate())
          let result = try worker.measure(request(recipe, metrics))
          if result.seconds < best?.seconds ?? .infinity { best = result }
        }
        guard let best else { continue }
        let forward = try forwardOperations(recipe)
        total.operations += best.floatingPointOperations
        total.seconds += best.seconds
        total.needed += forward
        total.rate = max(total.rate, rate)
        line(name, best.floatingPointOperations, best.seconds, forward, rate, best.peakBytes)
      }
      line("together", total.operations, total.seconds, total.needed, total.rate, nil)
    }
    try workers(recipes)
  }

  private func request(_ recipe: Recipe, _ metrics: [String]) -> MeasurementRequest {
    MeasurementRequest(architecture: RecurrentArchitecture(recipe, settings), metrics: metrics, tokens: tokens)
  }

  private func forwardOperations(_ recipe: Recipe) throws -> Double {
    Double(
      try recipe.floatingPointOperations(
        settings.sizes, sequenceLength: tokens.sequenceLength, batchSize: tokens.batchSize
      ).linear)
  }

  private func line(
    _ name: String, _ operations: Double, _ seconds: Double, _ forward: Double, _ rate: Double, _ bytes: Int?
  ) {
    let speed = operations / seconds
    print(
      String(
        format: "  %@: %.3f s, forward %.1f GFLOP, run %.1f GFLOP (%.1f forward), %.1f GFLOP/s = %.0f %% of %.1f%@",
        name, seconds, forward / 1e9, operations / 1e9, operations / forward, speed / 1e9, 100 * speed / rate,
        rate / 1e9, bytes.map { ", peak \($0 / 1_000_000) MB" } ?? ""))
  }

  /// Operations a second of a product of 1024 × 1024 matrices on one core, the best of five.
  static func productRate() -> Double {
    let workspace = Workspace()
    let a: Tensor<Float> = workspace.zeros(1024, 1024)
    let b: Tensor<Float> = workspace.zeros(1024, 1024)
    let c: Tensor<Float> = workspace.zeros(1024, 1024)
    let time = Stopwatch.seconds(5) { c.assignProduct(a, b) }
    return 2 * 1024.0 * 1024 * 1024 / time.smallest
  }

  /// All recipes by one worker and by two, each of which takes the largest that is left.
  private func workers(_ recipes: [(String, Recipe)]) throws {
    let ordered = try recipes.map { (recipe: $0.1, size: try forwardOperations($0.1)) }.sorted { $0.size > $1.size }
    func seconds(_ count: Int) -> Double {
      Stopwatch.seconds(1) {
        let next = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: count) { _ in
          let worker = MeasurementWorker()
          while true {
            let index = next.withLock { value in
              value += 1
              return value - 1
            }
            guard index < ordered.count else { return }
            _ = try? worker.measure(request(ordered[index].recipe, MetricCatalog.published))
          }
        }
      }.smallest
    }
    let one = seconds(1)
    let two = seconds(2)
    print(
      String(
        format: "all metrics of the paper, all recipes: one worker %.2f s, two workers %.2f s, %.2f times as fast", one,
        two, one / two))
  }
}
