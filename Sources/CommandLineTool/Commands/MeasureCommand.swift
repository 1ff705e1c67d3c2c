import ArgumentParser
import Datasets
import Diagnostics
import Foundation
import Measurements
import Metrics
import Sizes
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
  var tokens = MeasurementSizes.tokens
  @Option(name: .long, help: "Words of the vocabulary; further ones of a text are <unk>.") var vocabulary =
    MeasurementSizes.vocabulary.standard
  @Option(name: .long, help: "Length of an embedding.") var embedding = MeasurementSizes.embedding.standard
  @Option(name: .long, help: "Length of a hidden state.") var hidden = MeasurementSizes.hidden.standard
  @Option(name: .long, help: "Layers.") var layers = MeasurementSizes.layers.standard
  @Flag(name: .long, help: "Give the decoder weights of its own.") var untied = false
  @Option(name: .long, help: "Time steps of a batch.") var steps = MeasurementSizes.sequenceLength.standard
  @Option(name: .long, help: "Sequences of a batch.") var columns = MeasurementSizes.batchSize.standard
  @Option(name: .long, help: "Number of a disjoint batch (repeatable); 0 when left out.") var batch: [Int] = []
  @Option(name: .customLong("protocol"), help: "Which published code version defines the metrics.")
  var protocolName = MetricProtocol.results
  @Option(name: .long, help: "Arithmetic.") var dtype = NumberType.float
  @Option(name: .shortAndLong, help: "Measurements at once.") var jobs: Int?
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  /// The floating-point type that `--dtype` names: single or double precision.
  enum NumberType: String, CaseIterable, ExpressibleByArgument {
    case float
    case double
  }

  func validate() throws {
    for (size, value) in [
      (MeasurementSizes.vocabulary, vocabulary), (MeasurementSizes.embedding, embedding),
      (MeasurementSizes.hidden, hidden), (MeasurementSizes.layers, layers), (MeasurementSizes.sequenceLength, steps),
      (MeasurementSizes.batchSize, columns),
    ] where !size.range.contains(value) {
      throw ValidationError("--\(size.name) must be from \(size.range.lowerBound) to \(size.range.upperBound).")
    }
    let countsAlone = !metric.isEmpty && metric.allSatisfy { MeasurementSizes.countMetrics.contains($0) }
    let problems =
      countsAlone
      ? []
      : SizeBounds.problems(
        vocabulary: vocabulary, embedding: embedding, hidden: hidden, layers: layers,
        sequenceLength: steps, batchSize: columns)
    if let problem = problems.first { throw ValidationError("Too large to measure: \(problem). Lower one of them.") }
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("-j must be from 1 to 1024.") }
    for (name, values, range) in [
      ("--seed", seed, MeasurementSizes.seeds), ("--batch", batch, MeasurementSizes.batches),
    ] where values.contains(where: { !range.contains($0) }) {
      throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound).")
    }
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
        files: files, settings: settings, seeds: seed.isEmpty ? [0] : Self.distinct(seed),
        batches: batch.isEmpty ? [0] : Self.distinct(batch),
        workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, places: places, console: console)
      try await action.run()
    }
  }

  private var settings: MeasureSettings {
    MeasureSettings(
      vocabulary: vocabulary, embedding: embedding, hidden: hidden, layers: layers, tied: !untied,
      metricProtocol: protocolName, precision: dtype == .double ? .float64 : .float32,
      tokens: MeasureSettings.Tokens(
        use: tokens, base: "", vocabulary: vocabulary, steps: steps, columns: columns, lastBatch: batch.max() ?? 0),
      metrics: metric.isEmpty ? MetricCatalog.ids(for: .recurrentCell) : Self.distinct(metric))
  }

  /// The values without those that stand there already.
  private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension MetricProtocol: ExpressibleByArgument {}
