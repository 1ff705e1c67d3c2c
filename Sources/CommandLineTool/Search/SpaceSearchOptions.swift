import ArgumentParser
import Measurements
import Sections
import Sizes

/// Options of the search of a space.
struct SpaceSearchOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A formula to search by, as docs/proxies.md explains them.", valueName: "name=formula"))
  var formula: [String] = []
  @Option(name: .long, help: "Most operations of one sequence.") var maxFlops: Double?
  @Option(name: .long, help: "Which of the networks that an encoder's record stands for; declared when left out.")
  var variant: EncoderVariant?
  @OptionGroup var dropout: DropoutOptions
  @Option(name: .long, help: "Evaluations of each architecture, each with a seed and a batch of its own.")
  var evaluations = 1
  @Option(
    name: .long,
    help: ArgumentHelp(
      "text-free, documented, a text set's part as in wikitext-2/test, or a folder; text-free when left out.",
      valueName: "source"))
  var tokens: String?
  @Option(name: .long, help: "Tokens of a sequence; 128 when left out.") var steps: Int?
  @Option(name: .long, help: "Sequences of a batch; 8 when left out.") var columns: Int?
  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the best architecture is written as JSON.", valueName: "file"))
  var output: String?

  func validate() throws {
    try FormulaOption.check(formula)
    try PathArgument.check([("--output", output)])
    if maxFlops?.isFinite == false { throw ValidationError("--max-flops must be a number.") }
    for (name, value, range) in [
      ("--evaluations", evaluations, 1...1000), ("--steps", steps ?? 1, MeasurementSizes.sequenceLength.range),
      ("--columns", columns ?? 1, MeasurementSizes.batchSize.range),
    ] where !range.contains(value) {
      throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  /// The options that were given.
  var given: [String] {
    let all: [(String, Bool)] = [
      ("--formula", !formula.isEmpty), ("--max-flops", maxFlops != nil), ("--variant", variant != nil),
      ("--evaluations", evaluations != 1), ("--tokens", tokens != nil), ("--steps", steps != nil),
      ("--columns", columns != nil), ("--output", output != nil), ("--dropout", dropout.dropout != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  var bounds: [SearchBound] {
    maxFlops.map { limit in
      [
        SearchBound {
          $0.column = TableSource.located("flops")
          $0.atMost = limit
        }
      ]
    } ?? []
  }

  /// The settings for a kind.
  func settings(
    _ kind: ArchitectureKind, metrics: [String], proxies: [MeasuredProxy]
  ) throws -> MeasureSettings {
    if variant != nil, kind != .encoder { throw ValidationError("--variant says nothing of \(kind.title).") }
    var settings = MeasureSettings(
      NetworkChoices(kind, variant: variant ?? NetworkChoices.variant, dropout: dropout.value), vocabulary: nil,
      embedding: nil, hidden: nil, layers: nil, tied: nil, metricProtocol: nil, precision: .float32,
      tokens: tokens ?? MeasurementSizes.tokens,
      base: "", tokenSeed: nil, dictionary: nil, steps: steps, columns: columns, lastBatch: evaluations - 1,
      metrics: metrics)
    settings.proxies = proxies
    return settings
  }
}
