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
    commandName: "measure", abstract: "Compute metrics of networks at initialisation.",
    discussion: """
      A file holds a recipe of a recurrent cell, a NAS-Bench-NLP log, a record of an encoder as in the BERT benchmark, a \
      decoder's model_config.yaml as in LiteTransformerSearch, or a list of one of these; - is standard input. What it is \
      shows from its keys, or is named by --kind. Architectures are measured in parallel; what comes out does not depend on \
      how many at once.

      A metric may be named with a scope, a cotangent and a reduction, as in snip-all, synaptic-saliency-ones-mean; \
      `trainfree metrics show ID` says which it has.

      Examples:
        trainfree init --recipe gru my-cell.json
        trainfree measure my-cell.json
        trainfree measure my-cell.json --metric hidden-covariance --seed 0 --seed 1 --json
        trainfree measure my-cell.json --tokens wikitext-2/test --batch 0 --batch 1
        trainfree measure record.json --variant as-trained --metric synaptic-diversity --metric parameters
        trainfree measure model_config.yaml --metric snip-language-model --dtype double
        trainfree measure record.json --formula 'my-proxy=mean(layers, mean(square(weight)))'
      """)

  @Argument(help: "Files with architectures; - for standard input.") var files: [String]
  @Option(name: .long, help: "What the files hold; recognised when left out.") var kind: ArchitectureKind?
  @Option(name: .long, help: "Which of the networks that an encoder's record stands for; declared when left out.")
  var variant: EncoderVariant?
  @Option(name: .long, help: "How weights of transformers are drawn; torch when left out.") var weights: WeightSource?
  @Option(
    name: .long,
    help: ArgumentHelp("A metric (repeatable); all when left out, none beside a formula.", valueName: "name"))
  var metric: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A metric by a formula over the network's matrices, as docs/proxies.md explains them (repeatable).",
      valueName: "name=formula"))
  var formula: [String] = []
  @Option(name: .long, help: "Seed of weights and noise (repeatable); 0 when left out.") var seed: [Int] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "text-free, documented, a text set's part as in wikitext-2/test, or a folder.", valueName: "source"))
  var tokens = MeasurementSizes.tokens
  @Option(name: .long, help: "First state of the generator of documented tokens; 12345 when left out.")
  var tokenSeed: Int?
  @Option(name: .long, help: "Seed of random cotangents; 777 when left out.") var cotangentSeed: Int?
  @OptionGroup var dropout: DropoutOptions
  @Option(
    name: .long,
    help: "Words of a recurrent network's vocabulary; further ones of a text are <unk>. 10000 when left out.")
  var vocabulary: Int?
  @Option(name: .long, help: "Length of an embedding of a recurrent network; 400 when left out.") var embedding: Int?
  @Option(name: .long, help: "Length of a hidden state of a recurrent network; 600 when left out.") var hidden: Int?
  @Option(name: .long, help: "Layers of a recurrent network (3 when left out), or the most of a transformer (4; 16).")
  var layers: Int?
  @Flag(name: .long, help: "Give a recurrent network's decoder weights of its own.") var untied = false
  @Option(name: .long, help: "Time steps of a batch; 70 of a recurrent network, 128 of a transformer.") var steps: Int?
  @Option(name: .long, help: "Sequences of a batch; 50 of a recurrent network, 8 of a transformer.") var columns: Int?
  @Option(name: .long, help: "Number of a disjoint batch (repeatable); 0 when left out.") var batch: [Int] = []
  @Option(
    name: .long,
    help: "Order of the sequences of a batch: rounding noise differs from one to the other; as-read when left out.")
  var order = BatchOrder.asRead
  @Option(
    name: .customLong("protocol"),
    help: "Which published code version defines the metrics of recurrent cells; results when left out.")
  var protocolName: MetricProtocol?
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
    ] where value.map({ !size.range.contains($0) }) ?? false {
      throw ValidationError("--\(size.name) must be from \(size.range.lowerBound) to \(size.range.upperBound).")
    }
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("-j must be from 1 to 1024.") }
    for (name, values, range) in [
      ("--seed", seed, MeasurementSizes.seeds), ("--batch", batch, MeasurementSizes.batches),
      ("--token-seed", tokenSeed.map { [$0] } ?? [], MeasurementSizes.seeds),
      ("--cotangent-seed", cotangentSeed.map { [$0] } ?? [], MeasurementSizes.seeds),
    ] where values.contains(where: { !range.contains($0) }) {
      throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound).")
    }
    if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be named once.") }
    for id in metric where MetricCatalog.selection(id) == nil { throw Self.unknownMetric(id) }
    try FormulaOption.check(formula)
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
      let proxies = try FormulaOption.proxies(formula)
      let action = MeasureAction(
        files: files, kind: kind, settings: { try settings($0, proxies) },
        seeds: seed.isEmpty ? [0] : Self.distinct(seed),
        batches: batch.isEmpty ? [0] : Self.distinct(batch),
        workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, places: places, console: console)
      try await action.run()
    }
  }

  /// The settings for a kind of architectures.
  ///
  /// - Throws: `ValidationError` for options that say nothing of the kind, and sizes that are too large together.
  private func settings(_ kind: ArchitectureKind, _ proxies: [MeasuredProxy]) throws -> MeasureSettings {
    let isRecurrent = kind == .recurrentCell
    let given: [(option: String, isGiven: Bool, isOwn: Bool)] = [
      ("--variant", variant != nil, kind == .encoder), ("--weights", weights != nil, !isRecurrent),
      ("--dropout", dropout.dropout != nil, !isRecurrent),
      ("--vocabulary", vocabulary != nil, isRecurrent), ("--embedding", embedding != nil, isRecurrent),
      ("--hidden", hidden != nil, isRecurrent), ("--untied", untied, isRecurrent),
      ("--protocol", protocolName != nil, isRecurrent),
    ]
    if let foreign = given.first(where: { $0.isGiven && !$0.isOwn }) {
      throw ValidationError("\(foreign.option) says nothing of \(kind.title).")
    }
    var settings = MeasureSettings(
      NetworkChoices(
        kind, variant: variant ?? NetworkChoices.variant, weights: weights ?? NetworkChoices.weights,
        cotangentSeed: cotangentSeed ?? NetworkChoices.cotangentSeed, dropout: dropout.value),
      vocabulary: vocabulary, embedding: embedding, hidden: hidden, layers: layers, tied: untied ? false : nil,
      metricProtocol: protocolName, precision: dtype == .double ? .float64 : .float32, tokens: tokens, base: "",
      tokenSeed: tokenSeed, dictionary: nil, steps: steps, columns: columns, lastBatch: batch.max() ?? 0,
      metrics: metric.isEmpty && proxies.isEmpty ? Engine.standard.metricIDs(of: kind) : Self.distinct(metric))
    settings.proxies = proxies
    settings.tokens.order = order
    let countsAlone =
      proxies.isEmpty && !metric.isEmpty && metric.allSatisfy { MeasurementSizes.countMetrics.contains($0) }
    let (steps, columns) = (settings.tokens.steps, settings.tokens.columns)
    let problems =
      isRecurrent && !countsAlone
      ? SizeBounds.problems(
        vocabulary: settings.vocabulary, embedding: settings.embedding, hidden: settings.hidden,
        layers: settings.layers, sequenceLength: steps, batchSize: columns)
      : SizeBounds.problems(sequenceLength: steps, batchSize: columns)
    if let problem = problems.first { throw ValidationError("Too large to measure: \(problem). Lower one of them.") }
    return settings
  }

  /// The values without those that stand there already.
  private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension MetricProtocol: ExpressibleByArgument {}
extension WeightSource: ExpressibleByArgument {}
