import Documents
import Figures
import Reports
import Specs

/// Tables of rule searches.
extension ReportTables {
  private func scoreTitle(_ search: RuleSearchPart) -> String {
    switch search.spec.objective {
    case .recall: "recall"
    case .mean: "mean \(search.target.title.lowercasedFirst)"
    case .enrichment: "enrichment"
    }
  }

  /// A score: recall in per cent, others as they are.
  private func score(_ search: RuleSearchPart, _ value: JSONValue?) -> Cell {
    if let reason = value?["undefined"]?.string { return .undefined(reason) }
    return search.spec.objective == .recall ? percent(value) : quantity(value)
  }

  /// What was done, in sentences.
  private func notes(_ search: RuleSearchPart) -> [MarkdownText] {
    let value = results[search.name]
    func grouped(_ key: String) -> String { value?[key]?.double.flatMap { NumberText.grouped($0) } ?? "–" }
    let spec = search.spec
    let room =
      spec.objective == .recall ? ", of rules that keep at most \(NumberText.compact(spec.share * 100)) %" : ""
    let method =
      value?["method"]?.string == "exhaustive"
      ? "all \(grouped("conjunctions")) conjunctions" : "a \(value?["method"]?.string ?? "beam") conjunctions"
    let parts = search.isClustered ? "clusters" : "architectures"
    return [
      "Looked for: the largest \(scoreTitle(search))\(room); the top is \(search.topTitle). Up to \(spec.conjuncts) of \(grouped("conditions")) conditions: \(method).",
      "\(grouped("splits")) random splits of the \(parts), seed \(spec.seed.value): the search sees \(grouped("training-rows")) rows, \(grouped("unseen-rows")) judge what it finds; each part has a top of its own.",
    ]
  }

  func rules(_ search: RuleSearchPart) -> ReportTable {
    let value = results[search.name]
    let dash = Cell("–", value: .null)
    var rows: [[Cell]] = [
      [
        Cell("mean over splits"), dash, score(search, value?["training"]?["score"]),
        score(search, value?["unseen"]?["score"]), score(search, value?["optimism"]),
        percent(value?["unseen"]?["share"]),
      ]
    ]
    for choice in value?["chosen"]?.members ?? [] {
      rows.append([
        Cell(choice.value["rule"]?.string ?? ""), count(choice.value["times"]), dash,
        score(search, choice.value["unseen-score"]), dash, dash,
      ])
    }
    let found = value?["post-hoc"]
    rows.append([
      Cell("\(found?["rule"]?.string ?? "no rule fits") (post hoc)"), dash, score(search, found?["score"]), dash, dash,
      percent(found?["share"]),
    ])
    return ReportTable(
      name: search.name,
      caption: "\(search.title): rules found by search, judged on architectures that it had not seen.",
      columns: [
        Header("Rule"), Header("times chosen", isNumeric: true), Header("\(scoreTitle(search)), seen", isNumeric: true),
        Header("unseen", isNumeric: true), Header("optimism", isNumeric: true), Header("share kept", isNumeric: true),
      ], rows: rows,
      notes: notes(search) + [
        "Optimism: seen less unseen. Share kept: of the unseen rows, mean over splits; of all rows for the post hoc rule. That rule was found on all rows, and its score was not tested on others. A random subset has its share as recall."
      ])
  }

  func splits(_ search: RuleSearchPart) -> ReportTable {
    let rows = (results[search.name]?["each-split"]?.elements ?? []).enumerated().map { index, split -> [Cell] in
      let (training, unseen) = (split["training"], split["unseen"])
      return [
        Cell(String(index + 1), value: .integer(index + 1)),
        Cell(split["rule"]?.string ?? split["undefined"]?.string ?? ""), score(search, training?["score"]),
        percent(training?["share"]), score(search, unseen?["score"]), percent(unseen?["share"]),
        score(search, split["optimism"]),
      ]
    }
    return ReportTable(
      name: "\(search.name)-splits", caption: "\(search.title): the rule of each split.",
      columns: [
        Header("Split", isNumeric: true), Header("Rule"), Header("\(scoreTitle(search)), seen", isNumeric: true),
        Header("share kept", isNumeric: true), Header("unseen", isNumeric: true), Header("share kept", isNumeric: true),
        Header("optimism", isNumeric: true),
      ], rows: rows, notes: notes(search))
  }

  func front(_ search: RuleSearchPart) -> ReportTable {
    let rows = (results[search.name]?["front"]?.elements ?? []).map { found in
      [
        Cell(found["rule"]?.string ?? ""), count(found["size"]), percent(found["share"]), percent(found["recall"]),
        quantity(found["enrichment"]), quantity(found["mean"]),
      ]
    }
    return ReportTable(
      name: "\(search.name)-front",
      caption: "\(search.title): rules that no other of the search beats in both size and recall (post hoc).",
      columns: [
        Header("Rule"), Header("kept", isNumeric: true), Header("share", isNumeric: true),
        Header("recall of \(search.topTitle)", isNumeric: true), Header("enrichment", isNumeric: true),
        Header("mean \(search.target.title.lowercasedFirst)", isNumeric: true),
      ], rows: rows, notes: ["Found on all rows: on other architectures these rules keep less, as the splits show."])
  }
}
