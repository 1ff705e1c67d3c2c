import Figures
import Outcomes
import Reports
import Specs

extension SearchPart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    table(SearchSpec.Content(rawValue: spec.content ?? "") ?? .searches, try context.output(of: step))
  }

  /// A table of what searches found.
  func table(_ content: SearchSpec.Content, _ results: SearchResults) -> ReportTable {
    switch content {
    case .searches: searches(results)
    case .budgets: ofBudgets(results)
    case .units: overUnits(results)
    case .variation: variation(results)
    }
  }

  /// What was searched, by what, and how intervals are made.
  private func notes(_ results: SearchResults) -> [MarkdownText] {
    let space = results.space
    func left(_ count: Int, _ words: String) -> String? { count > 0 ? "\(NumberText.grouped(count)) \(words)" : nil }
    let leftOut = [
      left(space.missingTarget, "without \(target.title.lowercasedFirst)"),
      left(space.outside, "outside the constraints"),
    ].compactMap(\.self)
    let bounds = spec.constraints.flatMap { bound in
      [bound.atLeast.map { ("≥", $0) }, bound.atMost.map { ("≤", $0) }].compactMap { end in
        end.map { "\(bound.column.value) \($0.0) \(NumberText.compact($0.1).superscripted)" }
      }
    }
    let how =
      spec.algorithm == .evolution
      ? "Regularised evolution (Real et al. 2019): population \(NumberText.grouped(spec.population)), tournaments of \(NumberText.grouped(spec.sample)), mutation to \(features.isEmpty ? "any other architecture" : "one of the \(NumberText.grouped(spec.neighbours)) nearest by \(features.map(\.displayTitle.lowercasedFirst).joined(separator: ", "))")."
      : "Random search: architectures drawn without replacement."
    let choice: String? =
      spec.choice == .mannWhitney
      ? "Metrics choose by one-sided Mann–Whitney tests in a random order, p < \(String(spec.alpha)): an architecture takes the place of the one before where its values are significantly greater (Rumiantsev and Coates 2025). Same in another order: searches in which a second random order leads to the same choice. Exact p-values without ties."
      : nil
    let combined = members.compactMap { member -> String? in
      let parts = member.parts.map(\.title).joined(separator: ", ")
      return switch member.method {
      case .rankSum: "\(member.title): Σ ln(rank/l) of \(parts) over the l architectures evaluated so far (AZ-NAS)."
      case .labelledWeights:
        "\(member.title): weights of \(parts) found by \(NumberText.grouped(spec.chosen)) labels, drawn at random where RoBoT fits Gaussian processes; what it finds is the best of those labelled."
      case nil: nil
      }
    }
    return [
      "\(NumberText.grouped(space.n)) of \(NumberText.grouped(space.total)) architectures\(bounds.isEmpty ? "" : " with \(bounds.joined(separator: " and "))")\(leftOut.isEmpty ? "" : " (\(leftOut.joined(separator: ", ")))"); the best \(target.title.lowercasedFirst) is \(NumberText.compact(space.best).superscripted). Regret: the best less \(spec.chosen == 1 ? "the one chosen" : "the best of the \(NumberText.grouped(spec.chosen)) chosen"); beside its mean the 5 % and 95 % quantiles over searches.",
      "\(how) \(NumberText.grouped(spec.searches)) searches, seed \(spec.seed.value); ties are coin flips; larger values are better where no direction is declared.",
      spec.interval.brackets(of: "searches"),
    ] + ([choice].compactMap(\.self) + combined).map { "\($0)" } + [
      "Intervals are over what searches draw, not over other benchmarks. Random choice and strata are expectations in closed form. The strongest baseline is the one whose searches find most at the largest budget, picked on the same searches."
    ]
  }

  /// What is found at the largest budget, beside a random choice and the strongest baseline.
  private func searches(_ results: SearchResults) -> ReportTable {
    let last = budgets.last ?? 0
    let hasBaseline = results.space.strongest != nil
    let hasOrders = spec.choice == .mannWhitney
    var headers = [
      Header("Score"), Header("found", isNumeric: true), Header("regret", isNumeric: true),
      Header("5 % of searches", isNumeric: true), Header("95 % of searches", isNumeric: true),
      Header("regret less random choice", isNumeric: true),
    ]
    if hasBaseline { headers.append(Header("less the strongest baseline", isNumeric: true)) }
    if hasOrders { headers.append(Header("less choice by means", isNumeric: true)) }
    headers.append(Header("different choices", isNumeric: true))
    if hasOrders { headers.append(Header("same in another order", isNumeric: true)) }
    var rows = members.map { member -> [Cell] in
      guard let at = results.members.values[member.name]?.budgets[last] else { return [] }
      let isStrongest = member.name == results.space.strongest
      var row = [
        Cell(isStrongest ? "\(member.label), the strongest" : member.label, member: member.name), .quantity(at.found),
        .quantity(at.regret), .quantity(at.low), .quantity(at.high), .quantity(at.lessRandom),
      ]
      if hasBaseline { row.append(.quantity(at.lessBaseline)) }
      if hasOrders { row.append(.quantity(at.lessMean)) }
      row.append(.count(at.choices))
      if hasOrders { row.append(.share(at.sameInAnotherOrder)) }
      return row
    }
    let blanks = [Cell](repeating: .dash, count: headers.count - 3)
    func blind(_ name: String, _ value: Outcome<SearchResults.Blind>) -> [Cell] {
      [Cell(name), .quantity(value.map(\.found)), .quantity(value.map(\.regret))] + blanks
    }
    rows.append(
      blind("random choice\(spec.chosen == 1 ? "" : " of \(NumberText.grouped(spec.chosen))")", results.space.random))
    if spec.chosen > 1 {
      for (name, value) in results.space.strata.entries {
        let title = members.first { $0.name == name }?.title.lowercasedFirst ?? name
        let labels = value.value?.labels ?? spec.chosen
        rows.append(blind("one of each of \(NumberText.grouped(labels)) strata of \(title)", value))
      }
    }
    return ReportTable(
      name: name,
      caption: "\(title): best \(target.title.lowercasedFirst) found after \(NumberText.grouped(last)) evaluations.",
      columns: headers, rows: rows, notes: notes(results))
  }

  /// The regret at every budget.
  private func ofBudgets(_ results: SearchResults) -> ReportTable {
    let rows = members.map { member -> [Cell] in
      let values = results.members.values[member.name]?.budgets
      return [Cell(member.label, member: member.name)] + budgets.map { .quantity(values?[$0]?.regret) }
    }
    let random =
      [Cell("random choice\(spec.chosen == 1 ? "" : " of \(NumberText.grouped(spec.chosen))")")]
      + budgets.map { _ in .quantity(results.space.random.map(\.regret)) }
    return ReportTable(
      name: "\(name)-budgets",
      caption: "\(title): regret by the number of architectures evaluated.",
      columns: [Header("Score")] + budgets.map { Header(NumberText.grouped($0), isNumeric: true) },
      rows: rows + [random], notes: notes(results))
  }

  /// Differences with intervals over trained networks at every budget.
  private func overUnits(_ results: SearchResults) -> ReportTable {
    let hasBaseline = results.space.strongest != nil
    let hasTests = spec.choice == .mannWhitney
    var headers = [
      Header("Score"), Header("evaluations", isNumeric: true), Header("regret less random choice", isNumeric: true),
    ]
    if hasBaseline { headers.append(Header("less the strongest baseline", isNumeric: true)) }
    if hasTests { headers.append(Header("less choice by means", isNumeric: true)) }
    let rows = members.flatMap { member in
      budgets.compactMap { budget -> [Cell]? in
        let values = results.members.values[member.name]
        guard let at = values?.budgets[budget]?.overUnits else { return nil }
        var row = [Cell(member.label, member: member.name), .count(budget), .quantity(at.lessRandom)]
        if hasBaseline { row.append(.quantity(at.lessBaseline)) }
        if hasTests { row.append(.quantity(at.lessMean)) }
        return row
      }
    }
    return ReportTable(
      name: "\(name)-units",
      caption: "\(title): differences in regret, with intervals over trained networks.",
      columns: headers, rows: rows,
      notes: [
        "\(NumberText.grouped(results.space.n)) architectures, \(NumberText.grouped(results.space.units ?? 0)) trained networks. In brackets \(spec.interval.percent) % percentile intervals: in each of \(NumberText.grouped(spec.draws)) draws as many trained networks are drawn whole, with replacement, and all \(NumberText.grouped(spec.searches)) searches are made anew. Below 0 less is lost. A network that is drawn twice is two candidates of equal values."
      ])
  }

  /// How far metrics vary over the rows of an architecture.
  private func variation(_ results: SearchResults) -> ReportTable {
    let rows = members.compactMap { member -> [Cell]? in
      guard let value = results.members.values[member.name], let variation = value.variation else { return nil }
      let made = variation.value
      return [
        Cell(member.label, member: member.name), .count(value.n),
        made.map {
          Cell($0.fewest == $0.most ? "\($0.most)" : "\($0.fewest)–\($0.most)", value: .integer($0.fewest))
        } ?? .dash,
        .quantity(variation.map(\.varianceOverMean)), .quantity(variation.map(\.deviationOverMean)),
      ]
    }
    return ReportTable(
      name: "\(name)-variation",
      caption: "\(title): coefficients of variation of metrics, means over architectures.",
      columns: [
        Header("Metric"), Header("architectures", isNumeric: true), Header("values each", isNumeric: true),
        Header("variance / mean", isNumeric: true), Header("deviation / mean", isNumeric: true),
      ], rows: rows,
      notes: [
        "Rumiantsev and Coates (2025) are read as variance over mean; the usual coefficient is standard deviation over mean. Both take the variance of n − 1 and the magnitude of the mean, and depend on where a metric has its zero."
      ])
  }
}
