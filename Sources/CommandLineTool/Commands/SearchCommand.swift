import ArchitectureSearch
import ArgumentParser
import Diagnostics
import Documents
import Foundation
import Metrics
import Pipeline
import SearchSpaces
import Sections
import Sizes
import Specs
import Tables

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search a benchmark or a space of architectures with metrics.",
    discussion: """
      The source is a dataset of the catalogue, or an analysis, with the name of one of its tables: joined, derived or \
      measured. Each metric is what a search goes by: it evaluates as many architectures as its budget, and the best by the \
      metric are trained. What is found is held against the best of all, against a random choice, and against searches by \
      size. -v adds how everything was done.

      The source may also be a space of which nothing was trained, or a .json file with records or configurations: \
      serianni2023-encoders, litetransformersearch-gpt2, litetransformersearch-transformer-xl, \
      litetransformersearch-transformer-xl-homogeneous. Then metrics are measured as the search goes on, under bounds of \
      parameters, of operations of one sequence, and of features of the architectures, and the best ones are printed.

      Examples:
        trainfree search serianni2023/bert-results --metric head-confidence --size parameters --target glue
        trainfree search serianni2023/bert-results --target glue --algorithm evolution --budget 50 --max-parameters 12e6
        trainfree search analyses/audit-transformers.yaml --metric head-confidence --size depth --chosen 20
        trainfree search serianni2023-encoders --metric synaptic-diversity --max-parameters 12e6 -o best.json
        trainfree search records.json --formula 'my-proxy=mean(layers, mean(square(head)))' --budget 20
      """)

  @Argument(help: "A dataset of the catalogue, an analysis (.yaml), a space, or a file with records (.json).")
  var source: String
  @Option(
    name: .long, help: ArgumentHelp("The table of the analysis; that of its target when left out.", valueName: "name"))
  var dataset: String?
  @Option(
    name: .long,
    help: ArgumentHelp("The column of trained scores; the target of the analysis when left out.", valueName: "column"))
  var target: String?
  @Option(name: .long, help: "higher or lower: the better end of the target; the catalogue's when left out.")
  var better: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A column to search by (repeatable); all of role metric when neither it nor a combination is named.",
      valueName: "column"))
  var metric: [String] = []
  @Option(name: .long, help: ArgumentHelp("A size to search by (repeatable).", valueName: "column")) var size:
    [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("Metrics combined by AZ-NAS's sum of logarithms of ranks (repeatable).", valueName: "a,b,…"))
  var rankSum: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("Metrics combined by weights found by labels, as RoBoT's (repeatable).", valueName: "a,b,…"))
  var labelledWeights: [String] = []
  @Option(name: .long, help: "random or evolution.") var algorithm = SearchSpec.Algorithm.random
  @Option(name: .long, help: "mean or mann-whitney, which needs --subject, or --evaluations of a space.") var choice =
    SearchSpec.Choice.mean
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns that tell architectures apart where one has several rows (repeatable).", valueName: "column"))
  var subject: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("Architectures evaluated (repeatable); 10, 25, 50 and 100 when left out.", valueName: "n"))
  var budget: [Int] = []
  @Option(name: .long, help: "Architectures chosen and trained in the end; 1, of a space 5, when left out.")
  var chosen: Int?
  @Option(name: .long, help: "Most parameters; the column parameters.") var maxParameters: Double?
  @Option(name: .long, help: "Fewest parameters; the column parameters.") var minParameters: Double?
  @Option(name: .long, help: ArgumentHelp("A bound on a column (repeatable).", valueName: "column=number"))
  var atMost: [String] = []
  @Option(name: .long, help: ArgumentHelp("A bound on a column (repeatable).", valueName: "column=number"))
  var atLeast: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("A column by which mutations go to near rows (repeatable).", valueName: "column"))
  var feature: [String] = []
  @Option(name: .long, help: "Nearest rows to which a mutation may go.") var neighbours = 10
  @Option(name: .long, help: "Members of the population of evolution.") var population = 20
  @Option(name: .long, help: "Members drawn for a tournament of evolution.") var sample = 5
  @Option(name: .long, help: "Searches of a benchmark, each with a seed of its own; 100 when left out.") var seeds: Int?
  @Option(name: .long, help: "Seed from which theirs are drawn.") var seed = 1
  @Option(name: .shortAndLong, help: "Searches at once.") var jobs: Int?
  @OptionGroup(title: "Of a space") var space: SpaceSearchOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws {
    for (name, value, range) in [
      ("--chosen", chosen ?? 1, 1...1000), ("--neighbours", neighbours, 1...10_000),
      ("--population", population, 2...10_000),
      ("--sample", sample, 1...10_000), ("--seeds", seeds ?? 2, 2...10_000), ("--seed", seed, 0...Int.max),
      ("-j", jobs ?? 1, 1...1024),
    ] + budget.map({ ("--budget", $0, 1...100_000) }) where !range.contains(value) {
      throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound).")
    }
    let spaces = PublishedSpace.allCases.map(\.rawValue)
    if !source.contains("/"), !spaces.contains(source), let near = Suggestion.closest(to: source, in: spaces) {
      throw ValidationError("There is no space \(source); did you mean \(near)?")
    }
    if let better, Direction(rawValue: better) == nil { throw ValidationError("--better must be higher or lower.") }
    if better != nil, target == nil, !SpaceSearchAction.takes(source) {
      throw ValidationError("--better belongs to --target.")
    }
    if Set(budget).count < budget.count { throw ValidationError("A --budget stands twice.") }
    try PathArgument.check([("The source", source)])
    for (name, bounds) in [("--at-most", atMost), ("--at-least", atLeast)] {
      for bound in bounds where Self.bound(bound) == nil {
        throw ValidationError("\(name) must be a column and a number, as in parameters=12e6.")
      }
    }
    for (name, lists) in [("--rank-sum", rankSum), ("--labelled-weights", labelledWeights)] {
      for list in lists where list.split(separator: ",").isEmpty {
        throw ValidationError("\(name) must be columns, as in a,b.")
      }
    }
    for (name, bound) in [("--max-parameters", maxParameters), ("--min-parameters", minParameters)] {
      if bound?.isFinite == false { throw ValidationError("\(name) must be a number.") }
    }
    if SpaceSearchAction.takes(source) { return try checkSpace() }
    if let foreign = space.given.first { throw ValidationError("\(foreign) belongs to the search of a space.") }
  }

  /// Reports what a search of a space does not take, or lacks.
  private func checkSpace() throws {
    let foreign: [(String, Bool)] = [
      ("--dataset", dataset != nil), ("--target", target != nil), ("--size", !size.isEmpty),
      ("--labelled-weights", !labelledWeights.isEmpty), ("--subject", !subject.isEmpty),
      ("--feature", !feature.isEmpty), ("--seeds", seeds != nil),
    ]
    if let name = foreign.first(where: { $0.1 })?.0 {
      throw ValidationError("\(name) belongs to the search of a benchmark.")
    }
    if budget.count > 1 { throw ValidationError("A search of a space has one --budget.") }
    if better != nil, space.formula.isEmpty { throw ValidationError("--better belongs to --formula.") }
    if rankSum.count > 1 || !rankSum.isEmpty && !(metric.isEmpty && space.formula.isEmpty) {
      throw ValidationError("A search of a space goes by one metric, one formula, or one --rank-sum.")
    }
    if rankSum.isEmpty, metric.count + space.formula.count != 1 {
      throw ValidationError("A search of a space goes by one --metric, one --formula, or a --rank-sum.")
    }
    for id in spaceMetrics where MetricCatalog.selection(id) == nil { throw MeasureCommand.unknownMetric(id) }
    if choice == .mannWhitney, space.evaluations < 4 {
      throw ValidationError("--choice mann-whitney compares at least 4 --evaluations: fewer are never significant.")
    }
  }

  private var spaceMetrics: [String] {
    rankSum.isEmpty ? metric : rankSum[0].split(separator: ",").map(String.init)
  }

  private func searchSpace(_ console: Console) async throws {
    let proxies = try FormulaOption.proxies(space.formula, better: better.flatMap { Direction(rawValue: $0) })
    let evolution = SearchSettings.Evolution(population: population, sample: sample)
    let action = SpaceSearchAction(
      source: source, variant: space.variant ?? NetworkChoices.variant,
      settings: { try space.settings($0, metrics: spaceMetrics, proxies: proxies) }, evaluations: space.evaluations,
      search: SearchSettings(
        algorithm == .random ? .random : .evolution(evolution),
        choice: !rankSum.isEmpty ? .rankSum : choice == .mannWhitney ? .mannWhitney(alpha: SearchSpec().alpha) : .mean,
        budgets: [budget.first ?? 100], chosen: chosen ?? 5,
        constraints: (bounds + space.bounds).map {
          SearchConstraint($0.column.value, atLeast: $0.atLeast, atMost: $0.atMost)
        }),
      seed: seed, workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, output: space.output, places: places,
      console: console)
    try await action.run()
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
      if SpaceSearchAction.takes(source) { return try await searchSpace(console) }
      let action = SearchAction(
        source: source, table: dataset, target: target.map { ($0, better.flatMap { Direction(rawValue: $0) }) },
        search: search,
        options: ExecutionOptions(
          workers: jobs ?? ProcessInfo.processInfo.activeProcessorCount, retriesFailed: true),
        storePath: store.store, places: places, console: console)
      try await action.run()
    }
  }

  /// A column and a number; nil when it is not.
  private static func bound(_ text: String) -> (column: String, number: Double)? {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let number = Double(parts[1]), number.isFinite else { return nil }
    return (String(parts[0]), number)
  }

  /// The settings as a part of an analysis has them.
  private var search: SearchSpec {
    var search = SearchSpec()
    if !metric.isEmpty || !rankSum.isEmpty || !labelledWeights.isEmpty {
      search.metrics = .columns(metric.map { TableSource.located($0) })
    }
    search.baselines = size.map { .column(TableSource.located($0)) }
    search.combinations = Entries(
      combinations("rank-sum", .rankSum, rankSum) + combinations("labelled-weights", .labelledWeights, labelledWeights))
    search.subject = subject.map { TableSource.located($0) }
    (search.algorithm, search.choice, search.chosen) = (algorithm, choice, chosen ?? 1)
    if !budget.isEmpty { search.budgets = budget }
    search.constraints = bounds
    search.features = feature.map { TableSource.located($0) }
    (search.neighbours, search.population, search.sample) = (neighbours, population, sample)
    search.searches = seeds ?? 100
    search.seed.reseed(seed)
    return search
  }

  private var bounds: [SearchBound] {
    func bound(_ column: String, atMost: Double?, atLeast: Double?) -> SearchBound {
      SearchBound {
        $0.column = TableSource.located(column)
        ($0.atMost, $0.atLeast) = (atMost, atLeast)
      }
    }
    let ofParameters =
      maxParameters == nil && minParameters == nil
      ? [] : [bound("parameters", atMost: maxParameters, atLeast: minParameters)]
    return ofParameters + atMost.compactMap { Self.bound($0) }.map { bound($0.column, atMost: $0.number, atLeast: nil) }
      + atLeast.compactMap { Self.bound($0) }.map { bound($0.column, atMost: nil, atLeast: $0.number) }
  }

  private func combinations(
    _ name: String, _ method: SearchCombination.Method, _ lists: [String]
  ) -> [SearchCombination] {
    lists.enumerated().map { place, list in
      SearchCombination {
        $0.name = TableSource.located(place == 0 ? name : "\(name)-\(place + 1)")
        $0.of = list.split(separator: ",").map { TableSource.located(String($0)) }
        $0.by = method
      }
    }
  }
}

extension SearchSpec.Algorithm: ExpressibleByArgument {}
extension SearchSpec.Choice: ExpressibleByArgument {}
