import ArgumentParser
import Foundation
import Measurements
import Metrics
import Pipeline
import Proxies
import Sizes
import Tables

/// `trainfree metrics search`.
struct MetricsSearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search for a formula that ranks networks, and say what it found.",
    discussion: """
      Evolutionary search over LPZero's family of formulas on a table of architectures with trained scores. Each fold has a \
      search that never sees it, and is reported on; random formulas and sizes go the same way. What a formula reads of the \
      networks is computed on a small batch and kept in the store. docs/proxies.md explains what is printed.

      Examples:
        trainfree metrics search serianni2023/bert-benchmark --target glue --size parameters-as-trained --size depth \
      --variant as-trained --input head --input activation --input softmax
        trainfree metrics search litetransformersearch/gpt2-wt103 --target test-perplexity --size decoder-parameters
      """)

  @Argument(help: "A dataset of the catalogue, or the file of an analysis (.yaml).") var source: String
  @Option(
    name: .long, help: ArgumentHelp("The table of the analysis; that of its target when left out.", valueName: "name"))
  var dataset: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The column with architectures as JSON; record, configuration or recipe when left out.", valueName: "column"))
  var record: String?
  @Option(
    name: .long,
    help: ArgumentHelp("The column of trained scores; the target of the analysis when left out.", valueName: "column"))
  var target: String?
  @Option(name: .long, help: "higher or lower: the better end of the target; the catalogue's when left out.")
  var better: String?
  @Option(
    name: .long, help: ArgumentHelp("A column of size, whose part is told apart (repeatable).", valueName: "column"))
  var size: [String] = []
  @Option(
    name: .long, help: ArgumentHelp("A further column to be held against (repeatable).", valueName: "column"))
  var baseline: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The column that says which rows are one trained network; the catalogue's unit when left out.",
      valueName: "column"))
  var unit: String?
  @Option(
    name: .long,
    help: "weight, gradient, activation, head or softmax: what formulas read (repeatable); all when left out.")
  var input: [String] = []
  @Option(name: .long, help: "Objective whose gradients are read; that of the kind of network when left out.")
  var cotangent: String?
  @Option(name: .long, help: "Which of the networks that an encoder's record stands for; declared when left out.")
  var variant: EncoderVariant?
  @OptionGroup var dropout: DropoutOptions
  @Option(
    name: .long,
    help: ArgumentHelp(
      "text-free, documented, a text set's part as in wikitext-2/test, or a folder.", valueName: "source"))
  var tokens = MeasurementSizes.tokens
  @Option(name: .long, help: "Tokens of a sequence.") var steps = 32
  @Option(name: .long, help: "Sequences of the batch.") var columns = 4
  @Option(name: .long, help: "Seed of the initial weights.") var weightsSeed = 0
  @Option(name: .long, help: "spearman or somers-d: what formulas are ranked by.") var fitness = "spearman"
  @Option(name: .long, help: "overall, within-size or beyond-size: what of the architectures counts.")
  var objective = "overall"
  @Option(name: .long, help: "better-half or tournament: how parents are found.") var selection = "better-half"
  @Option(name: .long, help: "Formulas drawn for each tournament.") var tournament = 5
  @Option(name: .long, help: "Formulas in the population.") var population = 80
  @Option(name: .long, help: "Different formulas scored in each search.") var budget = 1080
  @Option(name: .long, help: "Chance that a child has parts of both parents.") var crossover = 0.5
  @Option(name: .long, help: "Chance that a part of a child is drawn anew.") var mutation = 0.5
  @Option(name: .long, help: "The best formulas among which the choosing rows decide.") var finalists = 20
  @Option(
    name: .long, help: "mean, sum, min or max: how layers are joined (repeatable); mean when left out.")
  var aggregation: [String] = []
  @Option(name: .long, help: "Folds of trained networks.") var folds = 5
  @Option(name: .long, help: "Parts that the first size of many values is cut into.") var sizeStrata = 8
  @Option(name: .long, help: "Seed of the search.") var seed = 1
  @Option(name: .long, help: "Resamples of the intervals.") var resamples = 1999
  @Option(name: .shortAndLong, help: "Measurements and searches at once.") var jobs: Int?
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws {
    try PathArgument.check([("The source", source)])
    if let better, Direction(rawValue: better) == nil { throw ValidationError("--better must be higher or lower.") }
    if size.isEmpty { throw ValidationError("--size must name a column: what is found is told apart from size.") }
    if Set(size).count < size.count || Set(baseline).count < baseline.count {
      throw ValidationError("A column stands twice.")
    }
    for (name, value, range) in [
      ("--steps", steps, MeasurementSizes.sequenceLength.range),
      ("--columns", columns, MeasurementSizes.batchSize.range),
      ("--weights-seed", weightsSeed, MeasurementSizes.seeds), ("--seed", seed, 0...Int.max),
      ("-j", jobs ?? 1, 1...1024),
    ] where !range.contains(value) {
      throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound).")
    }
    _ = try inputs
    _ = try spec
    _ = try objectiveOfGradients
    if let fault = try spec.fault { throw ValidationError("\(fault.text).") }
  }

  /// A word of an enumeration.
  private static func word<Word: RawRepresentable<String> & CaseIterable>(
    _ text: String, _ option: String, _: Word.Type
  ) throws -> Word {
    if let word = Word(rawValue: text) { return word }
    throw ValidationError("\(option) must be one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
  }

  private var inputs: [ProxyInput] {
    get throws {
      let chosen = try input.map { try Self.word($0, "--input", ProxyInput.self) }
      return chosen.isEmpty ? ProxyInput.allCases : ProxyInput.allCases.filter { chosen.contains($0) }
    }
  }

  private var objectiveOfGradients: Cotangent? {
    get throws {
      guard let cotangent else { return nil }
      if let known = Cotangent.choices.first(where: { $0.rawValue == cotangent }) { return known }
      throw ValidationError(
        "--cotangent must be one of \(Cotangent.choices.map(\.rawValue).joined(separator: ", ")).")
    }
  }

  private var spec: ProxySearchSpec {
    get throws {
      var spec = ProxySearchSpec()
      spec.fitness = try Self.word(fitness, "--fitness", ProxySearchSpec.Fitness.self)
      spec.objective = try Self.word(objective, "--objective", ProxySearchSpec.Objective.self)
      spec.selection = try Self.word(selection, "--selection", ProxySearchSpec.Selection.self)
      (spec.tournament, spec.population, spec.budget) = (tournament, population, budget)
      (spec.crossover, spec.mutation, spec.finalists) = (crossover, mutation, finalists)
      if !aggregation.isEmpty {
        spec.aggregations = try aggregation.map { try Self.word($0, "--aggregation", ProxyAggregation.self) }
      }
      (spec.folds, spec.sizeStrata, spec.resamples) = (folds, sizeStrata, resamples)
      spec.seed = UInt64(seed)
      return spec
    }
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      let action = ProxySearchAction(
        source: TableSource(source: source, table: dataset),
        columns: ProxySearchAction.Columns(
          record: record, target: target, better: better.flatMap { Direction(rawValue: $0) }, sizes: size,
          baselines: baseline, unit: unit),
        measured: ProxySearchAction.Measured(
          settings: { try settings($0) }, inputs: try inputs, cotangent: try objectiveOfGradients, seed: weightsSeed),
        spec: try spec,
        options: ExecutionOptions(
          workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, retriesFailed: true),
        storePath: store.store, places: places, console: console)
      try await action.run()
    }
  }

  private func settings(_ kind: ArchitectureKind) throws -> MeasureSettings {
    if variant != nil, kind != .encoder { throw ValidationError("--variant says nothing of \(kind.title).") }
    if dropout.dropout != nil, kind == .recurrentCell {
      throw ValidationError("--dropout says nothing of \(kind.title).")
    }
    return MeasureSettings(
      NetworkChoices(kind, variant: variant ?? NetworkChoices.variant, dropout: dropout.value), vocabulary: nil,
      embedding: nil, hidden: nil, layers: nil, tied: nil, metricProtocol: nil, precision: .float32, tokens: tokens,
      base: "", tokenSeed: nil,
      dictionary: nil, steps: steps, columns: columns, lastBatch: 0, metrics: [])
  }
}
