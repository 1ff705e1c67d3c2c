import ArgumentParser
import Datasets
import Diagnostics
import Foundation
import Metrics
import Networks
import Specs

struct MeasureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Compute metrics of recurrent cells at initialisation.",
    discussion: """
      A file holds a recipe, a list of recipes, or a NAS-Bench-NLP log; - is standard input. Recipes are measured in \
      parallel; what comes out does not depend on how many at once.

      Examples:
        trainfree init --recipe gru my-cell.json
        trainfree measure my-cell.json
        trainfree measure my-cell.json --metric hidden-covariance --seed 0 --seed 1 --json
        trainfree measure my-cell.json --tokens wikitext-2/test --batch 0 --batch 1
      """)

  @Argument(help: "Files with recipes; - for standard input.") var files: [String]
  @Option(name: .long, help: ArgumentHelp("A metric (repeatable); all when left out.", valueName: "id"))
  var metric: [String] = []
  @Option(name: .long, help: "Seed of weights and noise (repeatable); 0 when left out.") var seed: [Int] = []
  @Option(
    name: .long,
    help: ArgumentHelp("text-free, a text set's part as in wikitext-2/test, or a folder.", valueName: "source"))
  var tokens = TokenSource.textFreeName
  @Option(name: .long, help: "Words of the vocabulary; further ones of a text are <unk>.") var vocabulary = 10_000
  @Option(name: .long, help: "Length of an embedding.") var embedding = 400
  @Option(name: .long, help: "Length of a hidden state.") var hidden = 600
  @Option(name: .long, help: "Layers.") var layers = 3
  @Flag(name: .long, help: "Give the decoder weights of its own.") var untied = false
  @Option(name: .long, help: "Time steps of a batch.") var steps = 70
  @Option(name: .long, help: "Sequences of a batch.") var columns = 50
  @Option(name: .long, help: "Number of a disjoint batch (repeatable); 0 when left out.") var batch: [Int] = []
  @Option(name: .customLong("protocol"), help: "Which published code version defines the metrics.")
  var protocolName = MetricProtocol.results
  @Option(name: .long, help: "Arithmetic.") var dtype = NumberType.float
  @Option(name: .shortAndLong, help: "Measurements at once.") var jobs: Int?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  /// How numbers are held.
  enum NumberType: String, CaseIterable, ExpressibleByArgument {
    case float
    case double
  }

  func validate() throws {
    for (name, value, range) in [
      ("--vocabulary", vocabulary, LanguageModelSettings.vocabularySizes),
      ("--embedding", embedding, LanguageModelSettings.widths), ("--hidden", hidden, LanguageModelSettings.widths),
      ("--layers", layers, LanguageModelSettings.layerCounts), ("--steps", steps, TokenBatch.lengths),
      ("--columns", columns, TokenBatch.lengths),
    ] where !range.contains(value) {
      throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound).")
    }
    let problems = SizeBounds.problems(
      vocabulary: vocabulary, embedding: embedding, hidden: hidden, layers: layers, steps: steps, columns: columns)
    if let problem = problems.first { throw ValidationError("Too large to measure: \(problem). Lower one of them.") }
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("-j must be from 1 to 1024.") }
    if seed.contains(where: { !(0...Int(UInt32.max)).contains($0) }) {
      throw ValidationError("--seed must be from 0 to 4294967295.")
    }
    if batch.contains(where: { $0 < 0 }) { throw ValidationError("--batch must not be negative.") }
    if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be named once.") }
    for id in metric where MetricCatalog.description(of: id) == nil { throw Self.unknownMetric(id) }
  }

  /// The complaint about a metric that is not in the catalogue.
  static func unknownMetric(_ id: String) -> ValidationError {
    let close = Suggestion.closest(to: id, in: MetricCatalog.all.map(\.id))
    let hint = close.map { "did you mean \($0)?" } ?? "`trainfree metrics list` shows what there is."
    return ValidationError("There is no metric \(ConsoleWriter.visible(id)); \(hint)")
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      let action = MeasureAction(
        files: files,
        settings: MeasureAction.Settings(
          metrics: metric.isEmpty ? MetricCatalog.all.map(\.id) : Self.distinct(metric), network: try network(),
          protocolName: protocolName, precision: dtype == .double ? .float64 : .float32,
          seeds: seed.isEmpty ? [0] : Self.distinct(seed), tokens: tokens, steps: steps, columns: columns,
          batches: batch.isEmpty ? [0] : Self.distinct(batch)),
        workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, places: places, console: console)
      try await action.run()
    }
  }

  private func network() throws(NetworkError) -> LanguageModelSettings {
    try LanguageModelSettings(
      vocabularySize: vocabulary, embeddingSize: embedding, hiddenSize: hidden, layerCount: layers, isTied: !untied)
  }

  /// The values without those that stand there already.
  private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension MetricProtocol: ExpressibleByArgument {}
