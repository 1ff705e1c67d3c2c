import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics

/// The table of failed rows, and the distribution of the target.
extension CorrelationsPart {
  private typealias Header = ReportTable.Column

  private var target: String { compared.target.title.lowercasedFirst }

  /// The association without the failed rows, and how well each metric tells these apart.
  func failedTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    guard let failed = spec.failed else { throw Reason("\(name) has no failed rows") }
    let coefficient = cutCoefficient
    var rows: [[ReportTable.Cell]] = []
    var counts: [Int?] = []
    var kept: [Int] = []
    for member in members {
      guard let step = self.failed(of: member) else { continue }
      let found = try context.output(of: step)
      counts.append(found.clusters)
      kept.append(found.n - found.failed)
      let whole = try context.output(of: coefficients(of: member)).coefficients[coefficient]
      rows.append(
        [.member(member), .count(found.n)] + (compared.isClustered ? [.count(found.clusters)] : [])
          + [
            .count(found.failed), .share(found.share), .estimate(whole), .estimate(found.without[coefficient]),
            .estimate(found.superiority),
          ])
    }
    let rule = failed.rule.map { $0.expression?.text ?? $0.text } ?? ""
    var notes: [MarkdownText] = [
      "Rows that count as failed: \(rule). Tells them apart: the chance that a row that did not fail has the better value of the metric in its declared direction than one that failed, ties one half (area under the ROC curve); .5 tells nothing."
    ]
    if let interval = spec.interval {
      let own = interval.with(resamples: failed.resamples)
      let units = context.units(of: compared, used: counts)
      notes += own.brackets(of: units, rows: kept)
      if own.isJackknife(rows: kept) != .none { notes.append("Tells them apart: \(own.brackets(of: units))") }
      if own.resamples != interval.resamples {
        notes.append("Intervals of all rows: \(NumberText.grouped(interval.resamples)) resamples.")
      }
    }
    return ReportTable(
      name: "\(name)-failed",
      caption: "\(title): association with \(target) with and without the rows that failed.",
      columns: [Header("Metric"), Header("n", isNumeric: true)]
        + (compared.isClustered ? [Header(IntervalSpec.units(compared.unit), isNumeric: true)] : [])
        + [
          Header("Failed", isNumeric: true), Header("Share", isNumeric: true),
          Header("\(coefficient.title), all", isNumeric: true),
          Header("\(coefficient.title), not failed", isNumeric: true), Header("Tells them apart", isNumeric: true),
        ], rows: rows, notes: notes)
  }

  /// The distribution of the target over all rows that have one.
  func histogram(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let table = try inputs.table("table")
    let values = try table.column(compared.target.column).numbers
    var parts = [Histogram.Part(name: "all rows", values: values.compactMap(\.self))]
    if let failed = spec.failed {
      let isFailed = try failed.values(in: table)
      func part(_ wanted: Bool) -> [Double] {
        values.indices.filter { isFailed[$0] == wanted }.compactMap { values[$0] }
      }
      let (others, those) = (part(false), part(true))
      let share = Double(those.count) / Double(max(1, those.count + others.count))
      let percent = "\(NumberText.fixed(share * 100, decimals: 1)) %"
      parts = [
        .init(name: "the others: \(NumberText.grouped(others.count)) rows", values: others),
        .init(
          name: "\(FigureText.plain(failed.displayTitle)): \(NumberText.grouped(those.count)) rows, \(percent)",
          values: those),
      ]
    }
    return Histogram.figure(
      parts, title: "Distribution of \(target): \(title)", axis: compared.target.title, count: "rows",
      isReversed: source.spec.reversed ?? false, width: source.spec.width.points)
  }
}
