import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Searches of a benchmark with the metrics, baselines and combinations that they go by.
struct SearchPart: DrawnPart {
  let spec: SearchSpec
  let target: ResolvedTarget
  /// Metrics, then baselines, then combinations.
  let members: [SearchMember]
  /// The columns by which rows are near to one another.
  let features: [ColumnSchema]

  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  var step: SearchStep { SearchStep(part: self) }
  var steps: [any Step] { [step] }
  var seed: Int? { spec.seed.value }
  /// The budgets in ascending order.
  var budgets: [Int] { spec.budgets.sorted() }

  func valueNames(under path: [String]) -> [String]? {
    switch path.count {
    case 0: [SearchSpec.space] + members.map(\.name)
    case 1 where path[0] != SearchSpec.space:
      ["title", "n", "variation"] + budgets.map { BudgetValues<Double>.key($0) }
    default: nil
    }
  }

  var figureColumns: (what: String, names: [String])? { ("metric, baseline or combination", members.map(\.name)) }

  /// The output of the step, with titles.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let titles = Dictionary(members.map { ($0.name, $0.title) }) { first, _ in first }
    return try inputs.json(step.name).titled(titles)
  }

  func missingPolicy(of _: [Substring]) -> String? { MissingPolicy.drop.rawValue }

  func hasInterval(at path: [Substring]) -> Bool {
    path.first != Substring(SearchSpec.space)
      && ["found", "regret", "less-random", "less-baseline", "less-mean"].contains(path.last ?? "")
  }

  func comparison(at path: [Substring]) -> String? {
    guard let member = members.first(where: { $0.name == path.first ?? "" }) else { return nil }
    return switch path.last {
    case "less-random": "\(member.title) − random choice"
    case "less-baseline": "\(member.title) − the strongest baseline"
    case "less-mean": "\(member.title), by tests − by means"
    default: nil
    }
  }

  func valueTitle(at path: [Substring]) -> String? {
    ["less-random", "less-baseline", "less-mean"].contains(path.last ?? "") ? "difference in regret" : nil
  }
}

extension SearchPart {
  static let figures: [PartFigure<SearchPart>] = [
    PartFigure(.found, draw: SearchPart.found)
  ]

  /// Metrics that are named in the figure when none are asked for.
  private static var namedCount: Int { 4 }

  /// The best target found at each budget, of the metrics that find most and the strongest baseline, or of those asked for.
  private func found(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (results, figure) = (try inputs.output(of: step), source.spec)
    let last = budgets.last ?? 0
    func regret(_ member: SearchMember) -> Double {
      results.members.values[member.name]?.budgets[last]?.regret.value.value ?? .infinity
    }
    let wanted = figure.columns.compactMap { name in members.first { $0.name == name.value } }
    let metrics = members.filter { !$0.isBaseline }.enumerated().sorted {
      let (one, other) = (regret($0.element), regret($1.element))
      return one == other ? $0.offset < $1.offset : one < other
    }.map(\.element)
    let named =
      wanted.isEmpty
      ? Array(metrics.prefix(Self.namedCount)) + members.filter { $0.name == results.space.strongest } : wanted
    let others = wanted.isEmpty ? metrics.dropFirst(Self.namedCount) : []
    func line(_ member: SearchMember) -> FoundCurves.Line {
      let budgets = results.members.values[member.name]?.budgets
      return FoundCurves.Line(
        name: FigureText.plain(member.title),
        places: self.budgets.compactMap { budget in
          guard let found = budgets?[budget]?.found, let value = found.value.value else { return nil }
          return FoundCurves.Place(budget: budget, value: value, interval: found.ends.map { ($0.lower, $0.upper) })
        }, isBaseline: member.isBaseline, member: member.name)
    }
    let levels =
      (results.space.random.value.map { [FoundCurves.Level(name: "Random choice", value: $0.found)] } ?? [])
      + [FoundCurves.Level(name: "Best of all \(NumberText.grouped(results.space.n))", value: results.space.best)]
    let question =
      spec.chosen == 1
      ? "Train the one that a search chooses. How good is it?"
      : "Train the \(NumberText.grouped(spec.chosen)) that a search chooses. How good is the best?"
    let searches =
      spec.algorithm == .evolution ? "searches by regularised evolution" : "random searches"
    return FoundCurves.figure(
      named.map(line), others: others.map(line), levels: levels,
      title: "Best \(FigureText.plain(target.title.lowercasedFirst)) found by searches: \(FigureText.plain(title))",
      y: "best \(FigureText.plain(target.title.lowercasedFirst)) found",
      isReversed: target.better == .lower,
      headline: figure.headline.map { FigureText.plain($0.value) } ?? question,
      lead: figure.lead.map { FigureText.plain($0.value) }
        ?? "\(FigureText.plain(target.title)), mean of \(NumberText.grouped(spec.searches)) \(searches); bands are \(spec.interval.percent) % intervals over searches",
      width: figure.width.points)
  }
}

extension FigureKind {
  /// The best target found against the number of architectures evaluated.
  package static let found = FigureKind(
    "best-found", "The best target found by searches against the number of architectures evaluated.",
    hasHeadline: true)
}
