import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics

/// Tables and the figure of truncated rankings.
extension CorrelationsPart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  private var target: String { compared.target.title.lowercasedFirst }

  /// The coefficient by which truncated rankings are read: the first to which ties are coin flips, since cuts by a metric with
  /// ties leave few values of it; else the first that is made of pairs, which has intervals and references.
  var cutCoefficient: Coefficient {
    let ofPairs = compared.coefficients.filter(\.isOfPairs)
    return ofPairs.first(where: \.isTieNeutral) ?? ofPairs.first ?? compared.first
  }

  /// A row for each metric and each best share of a ranking.
  func truncationTable(
    _ ranking: TruncationSpec.Ranking, _ context: ReportTables
  ) throws(Reason) -> ReportTable {
    guard let truncation = spec.truncation else { throw Reason("\(name) has no truncation") }
    let coefficient = cutCoefficient
    let units = compared.isClustered
    var rows: [[ReportTable.Cell]] = []
    for member in members {
      guard let step = self.truncation(of: member), let found = try context.output(of: step)[ranking] else { continue }
      for share in truncation.shares {
        guard let part = found[TopSpec.shareKey(share)] else { continue }
        let value = part.coefficients[coefficient]
        rows.append(
          [.member(member), Cell(TopSpec.shareLabel(share), value: .finite(share)), .count(part.n)]
            + (units ? [.count(part.clusters)] : [])
            + [.estimate(value?.estimate), .number(value?.reference.map { .success($0) }), Cell(Self.verdict(value))])
      }
    }
    let by: MarkdownText = ranking == .target ? "\(target)" : "the metric itself, in its declared direction"
    return ReportTable(
      name: "\(name)-truncation\(ranking == .target ? "" : "-by-metric")",
      caption: "\(title): \(coefficient.title) with \(target) among the best part of the ranking by \(by).",
      columns: [Header("Metric"), Header("Best", isNumeric: true), Header("n", isNumeric: true)]
        + (units ? [Header(IntervalSpec.units(compared.unit), isNumeric: true)] : [])
        + [
          Header(coefficient.title, isNumeric: true), Header("Range restriction alone", isNumeric: true),
          Header("Against it"),
        ], rows: rows, notes: try truncationNotes(context) + compared.weightNotes([coefficient]))
  }

  private func truncationNotes(_ context: ReportTables) throws(Reason) -> [MarkdownText] {
    guard let truncation = spec.truncation else { return [] }
    var notes: [MarkdownText] = []
    if let interval = spec.interval {
      let counts = try members.map { member throws(Reason) in try context.output(of: coefficients(of: member)).clusters
      }
      let units = context.units(of: compared, used: counts)
      notes.append(truncation.interval(interval).brackets(of: "\(units), each cut to its own best part"))
      if truncation.shares.contains(where: { $0 >= 1 }) {
        notes.append(interval.brackets("intervals of all rows", of: units))
      }
    }
    notes.append(
      "Best: that share of the rows, and all that are tied with its last. Range restriction alone: what a Gaussian copula with the coefficient of all rows keeps after the same cut, by numerical integration; a reference, not a model of these data. Against it: weaker, stronger or opposite where the interval does not hold the reference, whose own error is left out."
    )
    return notes
  }

  /// The verdict on a reference in a word.
  private static func verdict(_ value: TruncatedRanking.Coefficient?) -> String {
    guard let ends = value?.estimate.ends, let reference = value?.reference, let isExcluded = value?.excludesReference
    else { return "–" }
    guard isExcluded else { return "not told apart" }
    if reference > 0 { return ends.upper < 0 ? "opposite" : ends.upper < reference ? "weaker" : "stronger" }
    return ends.lower > 0 && reference < 0
      ? "opposite" : ends.lower > reference && reference < 0 ? "weaker" : "stronger"
  }

  /// The parts of the concordance that come from inside the halves by the target, and from between them.
  func pairsTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    let coefficient = cutCoefficient
    var rows: [[ReportTable.Cell]] = []
    for member in members {
      guard let step = truncation(of: member) else { continue }
      let pairs = try context.output(of: step).pairs
      let whole = try context.output(of: coefficients(of: member)).coefficients[coefficient]
      var row: [ReportTable.Cell] = [.member(member), .estimate(whole)]
      for part in [\PairsByHalves.between, \.worstHalf, \.bestHalf] {
        switch pairs {
        case .success(let found): row += [.share(found[keyPath: part].share), .share(found[keyPath: part].reference)]
        case .failure(let reason): row += [.undefined(reason.text), .dash]
        }
      }
      rows.append(row)
    }
    return ReportTable(
      name: "\(name)-pairs", caption: "\(title): pairs from which the association with \(target) comes.",
      columns: [Header("Metric"), Header(coefficient.title, isNumeric: true)]
        + ["between the halves", "inside the worst half", "inside the best half"].flatMap {
          [Header($0, isNumeric: true), Header("\($0), reference", isNumeric: true)]
        }, rows: rows,
      notes: [
        "Shares of concordant less discordant pairs, halves by \(target); they add up to 100 %. Reference: the shares in a Gaussian copula with the same τ, where no half is special. No shares where the interval of all rows holds 0."
      ])
  }

  /// A panel for each metric: the coefficient by share kept, with what range restriction alone would leave.
  func truncationFigure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    guard let truncation = spec.truncation else { throw Reason("\(name) has no truncation") }
    let coefficient = source.spec.namedCoefficient ?? cutCoefficient
    var panels: [TruncationPanels.Plot] = []
    for member in source.members(of: compared) {
      guard let step = self.truncation(of: member) else { continue }
      let found = try inputs.output(of: step)
      let series = TruncationSpec.Ranking.allCases.compactMap { ranking -> TruncationPanels.Series? in
        found[ranking].map { parts in
          TruncationPanels.Series(
            name: ranking == .target ? "best by \(target)" : "best by the metric",
            steps: truncation.shares.map { share in
              let part = parts[TopSpec.shareKey(share)]
              let value = part?.coefficients[coefficient]
              return TruncationPanels.Step(
                share: share, count: part?.n ?? 0, value: value?.estimate.value.value,
                interval: value?.estimate.ends.map { ($0.lower, $0.upper) },
                reference: value?.reference ?? (share >= 1 ? value?.estimate.value.value : nil))
            })
        }
      }
      panels.append(TruncationPanels.Plot(title: member.title, series: series, member: member.name))
    }
    let level = spec.interval.map { ", \($0.percent) % interval" } ?? ""
    return TruncationPanels.figure(
      panels, title: "Truncation: \(title)", share: "best share of the ranking kept",
      axis: "\(coefficient.title) with \(target)\(level)", perRow: source.spec.perRow ?? min(2, max(1, panels.count)),
      width: source.spec.width.points
    ).showing([coefficient])
  }
}
