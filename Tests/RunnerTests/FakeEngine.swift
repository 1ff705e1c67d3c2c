import Datasets
import Diagnostics
import Measurements
import Outcomes
import Sizes
import Synchronization
import Tables

/// Measures recipes of the form `cell N`: values are simple functions of N, the seed and the batch.
struct FakeEngine: ArchitectureMeasuring {
  /// Counts evaluations over all sessions, and is told of each.
  final class Counter: Sendable {
    private let state = Mutex<(count: Int, asked: [String])>((0, []))
    private let onEvaluation: @Sendable (Int) -> Void

    init(_ onEvaluation: @escaping @Sendable (Int) -> Void = { _ in }) { self.onEvaluation = onEvaluation }

    var count: Int { state.withLock { $0.count } }
    var asked: [String] { state.withLock { $0.asked.sorted() } }

    func add(_ what: String) {
      let count = state.withLock { state -> Int in
        state.count += 1
        state.asked.append(what)
        return state.count
      }
      onEvaluation(count)
    }
  }

  var version = 1
  var kernels = "none"
  var counter = Counter()
  /// Added to every value of alpha.
  var shift = 0.0
  /// Before every title.
  var prefix = ""

  func metricIDs(of kind: ArchitectureKind) -> [String] { ["alpha", "layered", "odd", "parameters"] }
  func isMetric(_ name: String) -> Bool { metricIDs(of: .recurrentCell).contains(name) }

  func metricColumns(of settings: MeasureSettings) -> [ColumnSchema] {
    settings.metrics.flatMap { id -> [ColumnSchema] in
      switch id {
      case "layered":
        (1...settings.layers).map {
          ColumnSchema(
            name: "layer-\($0)-layered", type: .real, title: "\(prefix)Layer \($0) layered", role: .metric,
            better: .higher)
        }
      case "parameters":
        [ColumnSchema(name: id, type: .real, title: "\(prefix)Parameters", role: .baseline, better: .higher)]
      default: [ColumnSchema(name: id, type: .real, title: prefix + id.capitalized, role: .metric, better: .lower)]
      }
    }
      + settings.proxies.map {
        ColumnSchema(
          name: $0.name, type: .real, title: $0.title ?? $0.program.text, role: .metric, better: $0.better)
      }
  }

  func featureColumns(of settings: MeasureSettings) -> [ColumnSchema] {
    ["parameters", "depth"].map {
      ColumnSchema(name: $0, type: .integer, title: prefix + $0.capitalized, role: .feature)
    }
  }

  func tokenFiles(of settings: MeasureSettings, catalog: Catalog) throws(DiagnosticsError) -> TokenFiles {
    guard ["text-free", "documented"].contains(settings.tokens.use) else {
      throw DiagnosticsError([Diagnostic(id: "no-text", message: "there is no text \(settings.tokens.use)")])
    }
    return TokenFiles()
  }

  func session(
    _ settings: MeasureSettings, catalog: Catalog, location: DataLocation
  ) throws(DiagnosticsError) -> any MeasuringSession {
    FakeSession(engine: self, settings: settings)
  }
}

struct FakeSession: MeasuringSession {
  let engine: FakeEngine
  let settings: MeasureSettings

  static func number(_ text: String) -> Int? { text.hasPrefix("cell ") ? Int(text.dropFirst(5)) : nil }

  func architecture(_ recipe: String, source: String) throws(DiagnosticsError) -> MeasuredArchitecture {
    guard let number = Self.number(recipe) else {
      throw DiagnosticsError([
        Diagnostic(
          id: "unknown-op", location: SourceLocation(file: source, line: 1, column: 3),
          message: "there is no op \(recipe)")
      ])
    }
    let depth = Cell.integer(number % 4)
    return MeasuredArchitecture(
      text: recipe,
      features: settings.metrics.contains("parameters") ? [depth] : [.integer(100 * number), depth])
  }

  var textDigest: String? { nil }

  func checkBatch(_ index: Int) {}

  func sample(count: Int, seed: Int) throws(DiagnosticsError) -> [String] {
    (0..<count).map { "cell \($0 * 3 + seed)" }
  }

  func makeWorker() -> any ArchitectureWorker {
    FakeWorker(engine: engine, columns: engine.metricColumns(of: settings))
  }
}

final class FakeWorker: ArchitectureWorker {
  private let engine: FakeEngine
  private let columns: [ColumnSchema]

  init(engine: FakeEngine, columns: [ColumnSchema]) {
    self.engine = engine
    self.columns = columns
  }

  func measure(_ request: EvaluationRequest) -> Evaluation {
    let (architecture, seed, batch) = (request.architecture, request.seed, request.batch)
    engine.counter.add("\(columns.count) columns: \(architecture.text) seed \(seed) batch \(batch)")
    let n = Double(FakeSession.number(architecture.text) ?? 0)
    let noise = Double((Int(n) * 31 + seed * 17 + batch * 7) % 11)
    let outcomes = columns.map { column -> Outcome<Double> in
      switch column.name {
      case "alpha": .success(n + 0.1 * noise + engine.shift)
      case "odd": Int(n) % 5 == 0 && seed == 1 ? .failure(Reason("divisible by five")) : .success(noise)
      case "parameters": .success(100 * n + 0.1)
      default: .success(-n * n + noise)
      }
    }
    return Evaluation(outcomes: outcomes, seconds: 0.001, peakBytes: 1 << 20)
  }
}
