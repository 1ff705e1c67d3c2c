import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics

extension ReductionsPart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    let outputs = try outputs(context.inputs, candidates)
    return switch ReductionSpec.Content(rawValue: spec.content ?? "") ?? .reductions {
    case .reductions: reductions(outputs)
    case .recall: recall(outputs)
    case .sameSize: sameSize(outputs)
    case .inside: inside(outputs)
    case .bestOf: bestOf(outputs)
    case .truncation: truncation(outputs)
    }
  }

  /// Size, target and regret of each reduction, the whole space first.
  private func reductions(_ outputs: Outputs) -> ReportTable {
    func measures(_ location: ReducedLocation?) -> [Cell] {
      [
        .quantity(location?.mean), .quantity(location?.median), .quantity(location?.minimum),
        .quantity(location?.maximum),
      ]
    }
    var rows = [
      [Cell("whole space"), Cell(""), .count(outputs.whole.size), .share(1)]
        + measures(outputs.whole.described.value?.location) + [.quantity(0.0), .dash]
    ]
    rows += outputs.reductions.map { candidate, results in
      let definition = candidate.title == candidate.definition ? "" : candidate.definition
      let head = [
        Cell(candidate.title), Cell(definition), .count(results.kept?.size), .share(results.kept?.share),
      ]
      switch results.measures {
      case .failure(let reason): return head + undefined(reason, 6)
      case .success(let made):
        return head + measures(made.location) + [
          .quantity(made.regret), number(made.standardScore, decimals: 1),
        ]
      }
    }
    return ReportTable(
      name: name, caption: "\(title): \(targetName) inside each reduction.",
      columns: [
        Header("Reduction"), Header("Rule or ranking"), Header("n", isNumeric: true), Header("share", isNumeric: true),
        Header("mean", isNumeric: true), Header("median", isNumeric: true), Header("minimum", isNumeric: true),
        Header("maximum", isNumeric: true), Header("regret", isNumeric: true), Header("z", isNumeric: true),
      ], rows: rows,
      notes: [
        spec.interval.brackets(of: IntervalSpec.units(unit)),
        "Regret: how much better the best of all rows is, in units of \(targetName). z: the mean less that of all rows, in standard errors of the mean of a random subset of the same size.",
      ] + outputs.reductions.compactMap(unjudged))
  }

  /// A note with the number of rows that a reduction could not judge and up to three reasons; nil when there are none.
  private func unjudged(_ candidate: ResolvedCandidate, _ results: ReductionResults) -> MarkdownText? {
    guard let kept = results.kept, kept.unjudged > 0 else { return nil }
    let reasons = kept.unjudgedReasons.prefix(3).map(\.reason).joined(separator: "; ")
    return
      "\(candidate.title): \(NumberText.grouped(kept.unjudged)) rows could not be judged and are left out (\(reasons))."
  }

  /// Recall, enrichment and random bands at each size of the top.
  private func recall(_ outputs: Outputs) -> ReportTable {
    let rows = outputs.reductions.flatMap { candidate, results in
      spec.top.map { size -> [Cell] in
        let top = results.measures.value?.top[size]
        let head = [
          Cell(candidate.title),
          Cell("top \(TopSpec.label(size))", value: (top?.value?.size).map { .integer($0) } ?? .null),
        ]
        if case .failure(let reason) = top { return head + undefined(reason, 6) }
        return head + [
          .count(unit == nil ? top?.value?.size : top?.value?.units), .estimate(top?.value?.recall),
          .estimate(top?.value?.random), number((top?.value?.enrichment).map { .success($0) }, decimals: 2),
          chance(top?.value?.chance), chance(top?.value?.chanceOfAtMost),
        ]
      }
    }
    return ReportTable(
      name: "\(name)-recall", caption: "\(title): share of the best rows by \(targetName) that is kept.",
      columns: [
        Header("Reduction"), Header("of the"), Header("of \(IntervalSpec.units(unit))", isNumeric: true),
        Header("recall", isNumeric: true), Header("random subsets", isNumeric: true),
        Header("enrichment", isNumeric: true), Header("P, as much", isNumeric: true),
        Header("P, as little", isNumeric: true),
      ], rows: rows, notes: recallNotes(outputs))
  }

  /// What stands in the table of recalls: how random subsets were made, the intervals, the probabilities.
  private func recallNotes(_ outputs: Outputs) -> [MarkdownText] {
    let draws = outputs.reductions.lazy.compactMap { pair in
      self.spec.top.lazy.compactMap { pair.results.measures.value?.top[$0]?.value }.first
    }.first.flatMap(\.draws)
    let units = IntervalSpec.units(unit)
    let made: MarkdownText =
      draws.map {
        "whole \(units) in random order, the last by expectation; \(NumberText.grouped($0)) draws, seed \(spec.interval.seed.value)"
      } ?? "exactly (hypergeometric)"
    return [
      "Random subsets have the reduction's size: expected recall and \(spec.interval.percent) % band, \(made). Enrichment: recall over the share of rows kept. P: probability that a random subset keeps as much, or as little. Ties at a cut count by expectation.",
      "Brackets after a recall: \(spec.interval.percent) % intervals of Clopper and Pearson (1934) with the effective number of \(units) among the best (Korn and Graubard 1998), from \(NumberText.grouped(spec.interval.resamples)) resamples of \(units), seed \(spec.interval.seed.value), in which the reduction and the best rows are found anew; where recall is 0 or 1, with their number.",
    ]
  }

  /// Reductions beside the tops of every metric and baseline at the same size; reductions of one size stand together.
  private func sameSize(_ outputs: Outputs) -> ReportTable {
    func row(
      _ size: Int, _ title: Cell, mean: Outcome<Double>, regret: Double?, _ recall: (Double) -> Estimate?
    ) -> [Cell] {
      let head = [.count(size), title]
      if case .failure(let reason) = mean { return head + undefined(reason, 2 + spec.top.count) }
      return head + [.quantity(mean), .quantity(regret)] + spec.top.map { .estimate(recall($0)) }
    }
    var sizes: [Int] = []
    for size in outputs.reductions.compactMap(\.results.kept?.size) where size > 0 && !sizes.contains(size) {
      sizes.append(size)
    }
    let rows = sizes.flatMap { size -> [[Cell]] in
      let same = outputs.reductions.filter { $0.results.kept?.size == size }
      let own = same.map { candidate, results in
        let made = results.measures
        return row(
          size, Cell(candidate.title, isEmphasized: true), mean: made.flatMap(\.location.mean.value),
          regret: made.value?.regret
        ) { Self.recall(made.value?.top[$0]) }
      }
      guard let first = same.first?.results.measures.value else { return own }
      let random = first.random
      let rivals = members.map { member in
        let rival = first.sameSize[member.name]?.measures
        return row(
          size, .member(member),
          mean: rival?.map(\.mean) ?? .failure(Reason("not computed")), regret: rival?.value?.regret
        ) { rival?.value?.recall[$0] }
      }
      return own + [
        row(size, Cell("random subsets"), mean: random.mean.value, regret: random.regret) {
          first.top[$0]?.value?.random
        }
      ] + rivals
    }
    return ReportTable(
      name: "\(name)-same-size", caption: "\(title): reductions beside the tops of other rankings at the same size.",
      columns: [
        Header("n", isNumeric: true), Header("Reduction, or top by"), Header("mean", isNumeric: true),
        Header("regret", isNumeric: true),
      ] + spec.top.map { Header("recall of the top \(TopSpec.label($0))", isNumeric: true) }, rows: rows,
      notes: [
        "Rankings in their declared direction; ties at a cut by expectation. Brackets: \(spec.interval.percent) % intervals as in the table of recalls, for random subsets their band."
      ])
  }

  private static func recall(_ top: Outcome<ReductionResults.Top>?) -> Estimate? {
    switch top {
    case .success(let top): top.recall
    case .failure(let reason): Estimate(.failure(reason))
    case nil: nil
    }
  }

  /// Correlations of every metric and baseline inside each space.
  private func inside(_ outputs: Outputs) -> ReportTable {
    let spaces = outputs.spaces
    let rows = members.map { member -> [Cell] in
      [.member(member)]
        + spaces.flatMap { space -> [Cell] in
          let value = space.inside?.inside?[member.name]
          return [.estimate(value?.kendallTauB), .count(value?.n)]
        }
    }
    let coefficient = ReductionsPart.insideCoefficient.title
    return ReportTable(
      name: "\(name)-inside", caption: "\(title): \(coefficient) with \(targetName) inside each reduction.",
      columns: [Header("Metric")]
        + spaces.flatMap { space in [coefficient, "n"].map { Header($0, isNumeric: true, group: space.title) } },
      rows: rows,
      notes: ["Signed coefficients with \(targetName) as it is. Brackets: \(spec.interval.percent) % intervals."]
        + ceilings(spaces))
  }

  /// The noise ceilings from replicates, in a sentence.
  private func ceilings(_ spaces: [Outputs.Space]) -> [MarkdownText] {
    guard spec.replicates != nil else { return [] }
    let parts = spaces.compactMap { space -> String? in
      guard let replicates = space.inside?.replicates else { return nil }
      if case .failure(let reason) = replicates { return "\(space.title): undefined, \(reason)" }
      let (reliability, ceiling) = (replicates.value?.reliability, replicates.value?.kendallNoiseCeiling)
      return "\(space.title): \(Cell.estimate(reliability).text), ceiling \(Cell.estimate(ceiling).text)"
    }
    guard !parts.isEmpty else { return [] }
    return [
      "Reliability of \(targetName) from replicates, with the τ-b that an errorless metric could be expected to reach, and \(spec.interval.percent) % \(VarianceShares.method) intervals: \(parts.joined(separator: "; "))."
    ]
  }

  /// The expected best of some draws.
  private func bestOf(_ outputs: Outputs) -> ReportTable {
    ReportTable(
      name: "\(name)-best-of", caption: "\(title): expected best \(targetName) of some rows drawn without replacement.",
      columns: [Header("Drawn from")] + spec.draws.map { Header("best of \($0)", isNumeric: true) },
      rows: outputs.spaces.map { space in
        [Cell(space.title)] + spec.draws.map { .quantity(space.bestOf($0)) }
      })
  }

  /// Reductions as the ranking is cut to its best part.
  private func truncation(_ outputs: Outputs) -> ReportTable {
    let rows = outputs.reductions.flatMap { candidate, results in
      spec.truncation.map { share -> [Cell] in
        let value = results.measures.value?.truncation[TopSpec.shareKey(share)]
        return [
          Cell(candidate.title), Cell(TopSpec.shareLabel(share), value: .number(share)), .count(value?.n),
          .share(value?.shareInside), .quantity(value?.mean), .quantity(value?.meanOfAll),
        ] + spec.top.map { number(value?.enrichment[$0], decimals: 2) }
      }
    }
    return ReportTable(
      name: "\(name)-truncation", caption: "\(title): reductions among the best rows by \(targetName) alone.",
      columns: [
        Header("Reduction"), Header("best", isNumeric: true), Header("n", isNumeric: true),
        Header("inside", isNumeric: true), Header("mean inside", isNumeric: true),
        Header("mean of all", isNumeric: true),
      ] + spec.top.map { Header("enrichment of the top \(TopSpec.label($0))", isNumeric: true) }, rows: rows)
  }

  // MARK: Cells

  private func number(_ value: Outcome<Double>?, decimals: Int) -> Cell {
    .number(value) { NumberText.fixed($0, decimals: decimals) }
  }

  private func undefined(_ reason: Reason, _ count: Int) -> [Cell] {
    [Cell.undefined(reason.text)] + Array(repeating: .dash, count: count - 1)
  }

  private func chance(_ pValue: PValue?) -> Cell {
    .probability(pValue) { $0 < 0.001 ? "< .001" : NumberText.fixed($0, decimals: 3, leadingZero: false) }
  }
}
