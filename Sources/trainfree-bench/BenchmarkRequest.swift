import Diagnostics

/// The request of the command line: some of the benchmarks, or the usage text.
enum BenchmarkRequest: Equatable {
  case help
  /// Everything but the null rates.
  case standard
  /// Networks with the recipes of files, those of the reference values when there are none.
  case networks([String])
  case products
  case jackknife
  case differences
  case ruleSearch
  case reductions
  case nullRates

  static let usage = """
    usage: trainfree-bench [networks [RECIPE.json …] | products | jackknife | differences | rule-search | reductions | null-rates]
    Prints what it measured; all but null-rates by default.
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
    if let option = arguments.first(where: { $0.hasPrefix("-") }) {
      throw UsageProblem(message: "there is no option \(ConsoleWriter.visible(option))")
    }
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case nil: self = .standard
    case "networks":
      self = .networks(rest)
      return
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
}
