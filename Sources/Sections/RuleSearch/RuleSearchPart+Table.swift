import Figures
import Outcomes
import Reports
import Specs

extension RuleSearchPart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    let results = try context.output(of: step)
    return switch RuleSearchSpec.Content(rawValue: spec.content ?? "") ?? .rules {
    case .rules: rules(results)
    case .splits: splits(results)
    case .front: front(results)
    }
  }

  private var scoreTitle: String {
    switch spec.objective {
    case .recall: "recall"
    case .mean: "mean \(target.title.lowercasedFirst)"
    case .enrichment: "enrichment"
    }
  }

  /// A score: recall in per cent, others as they are.
  private func score(_ value: Outcome<Double>?) -> Cell {
    if case .failure(let reason) = value { return .undefined(reason.text) }
    return spec.objective == .recall ? .share(value?.value) : .quantity(value)
  }

  private func score(_ spread: Outcome<RuleSearchResults.Spread>) -> Cell { score(spread.map(\.value)) }

  /// A mean score of unseen rows with its interval.
  private func unseen(_ spread: Outcome<RuleSearchResults.Spread>) -> Cell {
    switch spread {
    case .failure(let reason): .undefined(reason.text)
    case .success(let spread):
      spec.objective == .recall
        ? .estimate(spread.estimate) { "\(NumberText.fixed($0 * 100, decimals: 1)) %" } : .quantity(spread.estimate)
    }
  }

  /// Notes under a table: the objective, the conditions and the method, the splits and their seed.
  private func notes(_ results: RuleSearchResults) -> [MarkdownText] {
    let room =
      spec.objective == .recall ? ", of rules that keep at most \(TopSpec.shareLabel(spec.share))" : ""
    let method =
      results.method == "exhaustive"
      ? "all \(NumberText.grouped(results.conjunctions)) conjunctions" : "a \(results.method) conjunctions"
    let parts = unit?.plural ?? "rows"
    return [
      "Looked for: the largest \(scoreTitle)\(room); the top is \(topTitle). Up to \(spec.conjuncts) of \(NumberText.grouped(results.conditions)) conditions: \(method).",
      "\(NumberText.grouped(results.splits)) random splits of the \(parts), seed \(spec.seed.value): the search sees \(NumberText.grouped(results.trainingRows)) rows, \(NumberText.grouped(results.unseenRows)) judge what it finds; each part has a top of its own.",
    ]
  }

  /// The mean over splits, the rules that they chose, and the rule of the search on all rows.
  private func rules(_ results: RuleSearchResults) -> ReportTable {
    var rows: [[Cell]] = [
      [
        Cell("mean over splits"), .dash, score(results.training.score), unseen(results.unseen.score),
        score(results.optimism), .share(results.unseen.share.value?.value),
      ]
    ]
    for choice in results.chosen.entries.map(\.value) {
      rows.append([Cell(choice.rule), .count(choice.times), .dash, score(choice.unseenScore), .dash, .dash])
    }
    let found = results.postHoc.value
    rows.append([
      Cell("\(found?.rule ?? "no rule fits") (post hoc)"), .dash, score(found?.measure.score), .dash, .dash,
      .share(found?.measure.share),
    ])
    return ReportTable(
      name: name, caption: "\(title): rules found by search, judged on architectures that it had not seen.",
      columns: [
        Header("Rule"), Header("times chosen", isNumeric: true), Header("\(scoreTitle), seen", isNumeric: true),
        Header("unseen", isNumeric: true), Header("optimism", isNumeric: true), Header("share kept", isNumeric: true),
      ], rows: rows,
      notes: notes(results) + [
        "Optimism: seen less unseen. Share kept: of the unseen rows, mean over splits; of all rows for the post hoc rule. That rule was found on all rows, and its score was not tested on others. A random subset has its share as recall. Brackets: 95 % intervals for what the search finds in so many rows, by the t interval of Nadeau and Bengio (2003), which allows for the rows that splits share."
      ])
  }

  /// The rule of each split.
  private func splits(_ results: RuleSearchResults) -> ReportTable {
    let rows = results.eachSplit.enumerated().map { index, split -> [Cell] in
      let (training, unseen) = (split.value?.training, split.value?.unseen)
      return [
        Cell(String(index + 1), value: .integer(index + 1)), Cell(split.value?.rule ?? split.reason?.text ?? ""),
        score(training?.score), .share(training?.share), score(unseen?.score), .share(unseen?.share),
        score(split.value?.optimism),
      ]
    }
    return ReportTable(
      name: "\(name)-splits", caption: "\(title): the rule of each split.",
      columns: [
        Header("Split", isNumeric: true), Header("Rule"), Header("\(scoreTitle), seen", isNumeric: true),
        Header("share kept", isNumeric: true), Header("unseen", isNumeric: true), Header("share kept", isNumeric: true),
        Header("optimism", isNumeric: true),
      ], rows: rows, notes: notes(results))
  }

  /// The rules of the search on all rows that no other beats in both size and recall.
  private func front(_ results: RuleSearchResults) -> ReportTable {
    let rows = results.front.map { found -> [Cell] in
      let measure = found.measure
      return [
        Cell(found.rule), .count(measure.size), .share(measure.share), .share(measure.recall),
        .quantity(measure.enrichment), .quantity(measure.mean),
      ]
    }
    return ReportTable(
      name: "\(name)-front",
      caption: "\(title): rules that no other of the search beats in both size and recall (post hoc).",
      columns: [
        Header("Rule"), Header("kept", isNumeric: true), Header("share", isNumeric: true),
        Header("recall of \(topTitle)", isNumeric: true), Header("enrichment", isNumeric: true),
        Header("mean \(target.title.lowercasedFirst)", isNumeric: true),
      ], rows: rows, notes: ["Found on all rows: on other architectures these rules keep less, as the splits show."])
  }
}
