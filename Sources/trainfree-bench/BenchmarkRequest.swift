import Diagnostics

/// The request of the command line: some of the benchmarks, or the usage text.
enum BenchmarkRequest: Equatable {
  case help
  /// Everything but null rates and coverage.
  case standard
  /// Networks with the recipes of files, those of the reference values when there are none.
  case networks([String])
  case transformers
  case products
  case jackknife
  case differences
  case ruleSearch
  case reductions
  case nullRates
  case coverage(CoverageBenchmark.Settings)

  static let usage = """
    usage: trainfree-bench [networks [RECIPE.json …] | transformers | products | jackknife | differences | rule-search | reductions | null-rates]
           trainfree-bench coverage [--simulations N] [--seed N] [WORD …]
    Prints what it measured; all but null-rates and coverage by default. `coverage` counts how often intervals hold the true
    value of simulated data; words choose the checks whose names contain one of them.
    """

  /// Arguments that ask for nothing that there is.
  struct UsageProblem: Error, Equatable {
    var message: String
  }

  /// Reads the arguments.
  ///
  /// - Throws: `UsageProblem` naming the first that does not fit.
  init(_ arguments: [String]) throws(UsageProblem) {
    if arguments.contains("--help") || arguments.contains("-h") {
      self = .help
      return
    }
    if arguments.first == "coverage" {
      self = .coverage(try Self.coverage(Array(arguments.dropFirst())))
      return
    }
    if let option = arguments.first(where: { $0.hasPrefix("-") }) {
      throw UsageProblem(message: "there is no option \(ConsoleWriter.visible(option))")
    }
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case nil: self = .standard
    case "networks":
      self = .networks(rest)
      return
    case "transformers": self = .transformers
    case "products": self = .products
    case "jackknife": self = .jackknife
    case "differences": self = .differences
    case "rule-search": self = .ruleSearch
    case "reductions": self = .reductions
    case "null-rates": self = .nullRates
    case let other?: throw UsageProblem(message: "there is no benchmark \(ConsoleWriter.visible(other))")
    }
    if let first = rest.first {
      throw UsageProblem(message: "\(arguments[0]) takes no argument, not \(ConsoleWriter.visible(first))")
    }
  }

  /// Reads the arguments of `coverage`.
  private static func coverage(_ arguments: [String]) throws(UsageProblem) -> CoverageBenchmark.Settings {
    var settings = CoverageBenchmark.Settings()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--simulations":
        guard let number = rest.popFirst().flatMap({ Int($0) }), (1...1_000_000).contains(number) else {
          throw UsageProblem(message: "--simulations takes a number from 1 to 1,000,000")
        }
        settings.simulations = number
      case "--seed":
        guard let number = rest.popFirst().flatMap({ UInt64($0) }) else {
          throw UsageProblem(message: "--seed takes a whole number")
        }
        settings.seed = number
      default:
        guard !argument.hasPrefix("-") else {
          throw UsageProblem(message: "there is no option \(ConsoleWriter.visible(argument))")
        }
        settings.words.append(argument)
      }
    }
    return settings
  }
}
