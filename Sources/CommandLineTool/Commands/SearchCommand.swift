import ArgumentParser
import Diagnostics
import Documents
import Foundation
import Pipeline
import Sections
import Specs
import Tables

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search a benchmark with metrics, and say what is found.",
    discussion: """
      The source is a dataset of the catalogue, or an analysis, with the name of one of its tables: joined, derived or \
      measured. Each metric is what a search goes by: it evaluates as many architectures as its budget, and the best by the \
      metric are trained. What is found is held against the best of all, against a random choice, and against searches by \
      size. -v adds how everything was done.

      Examples:
        trainfree search serianni2023/bert-results --metric head-confidence --size parameters --target glue
        trainfree search serianni2023/bert-results --target glue --algorithm evolution --budget 50 --max-parameters 12e6
        trainfree search analyses/audit-transformers.yaml --metric head-confidence --size depth --chosen 20
      """)

  @Argument(help: "A dataset of the catalogue, or the file of an analysis (.yaml).") var source: String
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
  @Option(name: .long, help: "mean or mann-whitney, which needs --subject.") var choice = SearchSpec.Choice.mean
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns that tell architectures apart where one has several rows (repeatable).", valueName: "column"))
  var subject: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("Architectures evaluated (repeatable); 10, 25, 50 and 100 when left out.", valueName: "n"))
  var budget: [Int] = []
  @Option(name: .long, help: "Architectures chosen and trained in the end.") var chosen = 1
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
  @Option(name: .long, help: "Number of searches, each with a seed of its own.") var seeds = 100
  @Option(name: .long, help: "Seed from which theirs are drawn.") var seed = 1
  @Option(name: .shortAndLong, help: "Searches at once.") var jobs: Int?
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func validate() throws {
    for (name, value, range) in [
      ("--chosen", chosen, 1...1000), ("--neighbours", neighbours, 1...10_000),
      ("--population", population, 2...10_000),
      ("--sample", sample, 1...10_000), ("--seeds", seeds, 2...10_000), ("--seed", seed, 0...Int.max),
      ("-j", jobs ?? 1, 1...1024),
    ] + budget.map({ ("--budget", $0, 1...100_000) }) where !range.contains(value) {
      throw ValidationError("\(name) must be from \(range.lowerBound) to \(range.upperBound).")
    }
    if let better, Direction(rawValue: better) == nil { throw ValidationError("--better must be higher or lower.") }
    if better != nil, target == nil { throw ValidationError("--better belongs to --target.") }
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
  }

  func run() async throws {
    let console = out.console
    try await Failure.handled(console) {
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
      search.metrics = .columns(metric.map { SearchAction.located($0) })
    }
    search.baselines = size.map { .column(SearchAction.located($0)) }
    search.combinations = Entries(
      combinations("rank-sum", .rankSum, rankSum) + combinations("labelled-weights", .labelledWeights, labelledWeights))
    search.subject = subject.map { SearchAction.located($0) }
    (search.algorithm, search.choice, search.chosen) = (algorithm, choice, chosen)
    if !budget.isEmpty { search.budgets = budget }
    search.constraints = bounds
    search.features = feature.map { SearchAction.located($0) }
    (search.neighbours, search.population, search.sample) = (neighbours, population, sample)
    search.searches = seeds
    search.seed.reseed(seed)
    return search
  }

  private var bounds: [SearchBound] {
    func bound(_ column: String, atMost: Double?, atLeast: Double?) -> SearchBound {
      SearchBound {
        $0.column = SearchAction.located(column)
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
        $0.name = SearchAction.located(place == 0 ? name : "\(name)-\(place + 1)")
        $0.of = list.split(separator: ",").map { SearchAction.located(String($0)) }
        $0.by = method
      }
    }
  }
}

extension SearchSpec.Algorithm: ExpressibleByArgument {}
extension SearchSpec.Choice: ExpressibleByArgument {}
