import Documents
import Figures
import Reports
import Specs

/// Tables of reduced search spaces.
extension ReportTables {
  /// Size, target and regret of each reduction, the whole space first.
  func reductions(_ part: ReductionsPart) -> ReportTable {
    let values = results[part.name]
    func measures(_ value: JSONValue?) -> [Cell] {
      [
        estimate(value?["mean"]), estimate(value?["median"]), plain(value?["minimum"]), plain(value?["maximum"]),
      ]
    }
    let whole = values?[ReductionSpec.whole]
    var rows = [
      [Cell("whole space"), Cell(""), count(whole?["size"]), .share(1)] + measures(whole) + [
        plain(.integer(0)), Cell("–", value: .null),
      ]
    ]
    rows += part.candidates.map { candidate in
      let value = values?[candidate.name]
      if let reason = value?["undefined"]?.string {
        return [Cell(candidate.title), Cell(code(candidate))]
          + [count(value?["size"]), percent(value?["share"])] + undefined(reason, 6)
      }
      return [Cell(candidate.title), Cell(code(candidate)), count(value?["size"]), percent(value?["share"])]
        + measures(value) + [plain(value?["regret"]), number(value?["standard-score"], decimals: 1)]
    }
    let interval = part.spec.interval
    let units = part.isClustered ? "clusters" : "rows"
    return ReportTable(
      name: part.name, caption: "\(part.title): \(part.targetName) inside each reduction.",
      columns: [
        Header("Reduction"), Header("Rule or ranking"), Header("n", isNumeric: true), Header("share", isNumeric: true),
        Header("mean", isNumeric: true), Header("median", isNumeric: true), Header("minimum", isNumeric: true),
        Header("maximum", isNumeric: true), Header("regret", isNumeric: true), Header("z", isNumeric: true),
      ], rows: rows,
      notes: [
        "Brackets: \(level(part)) % \(interval.method == .bca ? "BCa" : "percentile") bootstrap intervals, \(NumberText.grouped(Double(interval.resamples)) ?? "") resamples of \(units), seed \(interval.seed.value).",
        "Regret: how much better the best of all rows is, in units of \(part.targetName). z: the mean less that of all rows, in standard errors of the mean of a random subset of the same size.",
      ] + unjudged(part))
  }

  /// Recall, enrichment and random bands at each size of the top.
  func recall(_ part: ReductionsPart) -> ReportTable {
    let rows = part.candidates.flatMap { candidate in
      part.spec.top.map { size -> [Cell] in
        let value = results[part.name]?[candidate.name]?[TopStep.key(size)]
        let head = [Cell(candidate.title), Cell(topLabel(size), value: value?["size"] ?? .null)]
        if let reason = value?["undefined"]?.string { return head + undefined(reason, 4) }
        return head + [
          number(value?["recall"]), number(value?["random"], interval: true), number(value?["enrichment"], decimals: 2),
          chance(value?["chance"]),
        ]
      }
    }
    return ReportTable(
      name: "\(part.name)-recall", caption: "\(part.title): share of the best rows by \(part.targetName) that is kept.",
      columns: [
        Header("Reduction"), Header("of the"), Header("recall", isNumeric: true),
        Header("random subsets", isNumeric: true), Header("enrichment", isNumeric: true), Header("P", isNumeric: true),
      ], rows: rows,
      notes: [
        "Random subsets have the reduction's size: expected recall and \(level(part)) % band, exactly (hypergeometric). Enrichment: recall over the share of rows kept. P: probability that a random subset keeps as much. Ties at a cut count by expectation."
      ])
  }

  /// Reductions beside the tops of every metric and baseline at the same size; reductions of one size stand together.
  func sameSize(_ part: ReductionsPart) -> ReportTable {
    let tops = part.spec.top
    let values = results[part.name]
    func row(_ size: Int, _ title: String, _ value: JSONValue?, _ recall: (Double) -> JSONValue?) -> [Cell] {
      let head = [count(.integer(size)), Cell(title)]
      if let reason = value?["undefined"]?.string { return head + undefined(reason, 2 + tops.count) }
      let mean = value?["mean"]
      return head + [plain(mean?["value"] ?? mean), plain(value?["regret"])] + tops.map { number(recall($0)) }
    }
    var sizes: [Int] = []
    for candidate in part.candidates {
      if let size = values?[candidate.name]?["size"]?.int, size > 0, !sizes.contains(size) { sizes.append(size) }
    }
    let rows = sizes.flatMap { size -> [[Cell]] in
      let same = part.candidates.filter { values?[$0.name]?["size"]?.int == size }
      let first = same.first.flatMap { values?[$0.name] }
      let own = same.map { candidate in
        let value = values?[candidate.name]
        return row(size, "**\(candidate.title)**", value) {
          value?[TopStep.key($0)]?["recall"] ?? value?[TopStep.key($0)]
        }
      }
      let random = first?["random"].map { random in
        row(size, "random subsets", random) { first?[TopStep.key($0)]?["random"] ?? first?[TopStep.key($0)] }
      }
      let rivals = first?["same-size"] == nil ? [] : part.members
      return own + [random].compactMap { $0 }
        + rivals.map { member in
          let rival = first?["same-size"]?[member.name]
          return row(size, member.isBaseline ? "\(member.title) (baseline)" : member.title, rival) {
            rival?[TopStep.key($0)]
          }
        }
    }
    return ReportTable(
      name: "\(part.name)-same-size",
      caption: "\(part.title): reductions beside the tops of other rankings at the same size.",
      columns: [
        Header("n", isNumeric: true), Header("Reduction, or top by"), Header("mean", isNumeric: true),
        Header("regret", isNumeric: true),
      ] + tops.map { Header("recall of the \(topLabel($0))", isNumeric: true) }, rows: rows,
      notes: ["Rankings in their declared direction; ties at a cut by expectation."])
  }

  /// Correlations of every metric and baseline inside each reduction.
  func inside(_ part: ReductionsPart) -> ReportTable {
    let spaces = [(ReductionSpec.whole, "whole space")] + part.candidates.map { ($0.name, $0.title) }
    let rows = part.members.map { member -> [Cell] in
      [Cell(member.isBaseline ? "\(member.title) (baseline)" : member.title)]
        + spaces.flatMap { space, _ -> [Cell] in
          let value = results[part.name]?[space]?["inside"]?[member.name]
          return [number(value?["kendall-tau-b"], interval: true), count(value?["n"])]
        }
    }
    return ReportTable(
      name: "\(part.name)-inside",
      caption: "\(part.title): Kendall τ-b with \(part.targetName) inside each reduction.",
      columns: [Header("Metric")]
        + spaces.flatMap { [Header($0.1, isNumeric: true), Header("n", isNumeric: true)] }, rows: rows,
      notes: ["Signed coefficients with \(part.targetName) as it is. Brackets: \(level(part)) % intervals."]
        + ceilings(part, spaces))
  }

  /// The expected best of some draws.
  func bestOf(_ part: ReductionsPart) -> ReportTable {
    let spaces = [(ReductionSpec.whole, "whole space")] + part.candidates.map { ($0.name, $0.title) }
    return ReportTable(
      name: "\(part.name)-best-of",
      caption: "\(part.title): expected best \(part.targetName) of some rows drawn without replacement.",
      columns: [Header("Drawn from")] + part.spec.draws.map { Header("best of \($0)", isNumeric: true) },
      rows: spaces.map { space, title in
        [Cell(title)]
          + part.spec.draws.map { draws in
            let value = results[part.name]?[space]?["best-of-\(draws)"]
            if let reason = value?["undefined"]?.string { return .undefined(reason) }
            return plain(value?["value"] ?? value)
          }
      })
  }

  /// Reductions as the ranking is cut to its best part.
  func truncation(_ part: ReductionsPart) -> ReportTable {
    let rows = part.candidates.flatMap { candidate in
      part.spec.truncation.map { share -> [Cell] in
        let value = results[part.name]?[candidate.name]?["truncation"]?[TruncationStep.key(share)]
        return [
          Cell(candidate.title), Cell("\(NumberText.compact(share * 100)) %", value: .number(share)),
          count(value?["n"]),
          percent(value?["share-inside"]), plain(value?["mean"]), plain(value?["mean-of-all"]),
        ]
          + part.spec.top.map { number(value?["enrichment"]?[TopStep.key($0)], decimals: 2) }
      }
    }
    return ReportTable(
      name: "\(part.name)-truncation",
      caption: "\(part.title): reductions among the best rows by \(part.targetName) alone.",
      columns: [
        Header("Reduction"), Header("best", isNumeric: true), Header("n", isNumeric: true),
        Header("inside", isNumeric: true), Header("mean inside", isNumeric: true),
        Header("mean of all", isNumeric: true),
      ] + part.spec.top.map { Header("enrichment of the \(topLabel($0))", isNumeric: true) }, rows: rows)
  }

  // MARK: Cells

  private func level(_ part: ReductionsPart) -> String {
    NumberText.fixed(part.spec.interval.level * 100, decimals: 0)
  }

  private func topLabel(_ size: Double) -> String {
    size < 1 ? "top \(NumberText.compact(size * 100)) %" : "top \(NumberText.compact(size))"
  }

  private func code(_ candidate: ResolvedCandidate) -> String {
    candidate.title == candidate.definition ? "" : candidate.definition
  }

  private func undefined(_ reason: String, _ count: Int) -> [Cell] {
    [Cell.undefined(reason)] + Array(repeating: Cell("–", value: .null), count: count - 1)
  }

  private func plain(_ value: JSONValue?) -> Cell {
    if let reason = value?["undefined"]?.string { return .undefined(reason) }
    guard let number = value?.double else { return Cell("–", value: .null) }
    return Cell(Self.text(number), value: .finite(number))
  }

  private func estimate(_ value: JSONValue?) -> Cell {
    guard let number = value?["value"]?.double else { return plain(value) }
    return .estimate(number, value, Self.text)
  }

  private func chance(_ value: JSONValue?) -> Cell {
    guard let number = value?.double else { return Cell("–", value: .null) }
    return Cell(
      number < 0.001 ? "< .001" : NumberText.fixed(number, decimals: 3, leadingZero: false), value: .finite(number))
  }

  private static func text(_ number: Double) -> String {
    NumberText.compact(number, digits: 4).filter { $0 != "{" && $0 != "}" }
  }

  /// The noise ceilings from replicates, in a sentence each.
  private func ceilings(_ part: ReductionsPart, _ spaces: [(String, String)]) -> [MarkdownText] {
    guard part.spec.replicates != nil else { return [] }
    let parts = spaces.map { space, title -> String in
      let value = results[part.name]?[space]?["replicates"]
      if let reason = value?["undefined"]?.string { return "\(title): undefined, \(reason)" }
      let ceiling = value?["kendall-noise-ceiling"]
      return "\(title): \(number(value?["reliability"]).text), ceiling \(number(ceiling).text)"
    }
    return [
      "Reliability of \(part.targetName) from replicates, with the τ-b that an errorless metric could be expected to reach: \(parts.joined(separator: "; "))."
    ]
  }

  private func unjudged(_ part: ReductionsPart) -> [MarkdownText] {
    part.candidates.compactMap { candidate -> MarkdownText? in
      guard let value = results[part.name]?[candidate.name], let count = value["unjudged"]?.int, count > 0 else {
        return nil
      }
      let reasons = (value["unjudged-reasons"]?.elements ?? []).prefix(3).compactMap { $0["reason"]?.string }
      return
        "\(candidate.title): \(NumberText.grouped(Double(count)) ?? "") rows could not be judged and are left out (\(reasons.joined(separator: "; ")))."
    }
  }
}
