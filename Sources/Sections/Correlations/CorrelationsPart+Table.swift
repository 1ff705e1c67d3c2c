import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics
import Tables

/// Tables of correlation families.
extension CorrelationsPart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  private var target: String { compared.target.title.lowercasedFirst }

  func coefficientTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    let results = try adjusted { step throws(Reason) in try context.output(of: step) }
    let tested = testedHeader
    let rows = zip(members, results).map { member, found -> [ReportTable.Cell] in
      [.member(member)] + (compared.target.isProxy ? [] : [Cell(direction(member, found))])
        + compared.coefficients.map { .estimate(found.coefficients[$0]) }
        + (tested == nil ? [] : [.probability(probability(found))])
        + [.share(found.tiedMetric), .used(found.rows.n, of: found.rows.total, "n")]
    }
    let units = context.units(of: compared, used: results.map(\.clusters))
    let counts = results.map(\.rows.n)
    var notes = spec.interval.map { $0.brackets(of: units, rows: counts) } ?? []
    let end = compared.target.isProxy ? "" : " (\(compared.target.better == .lower ? "lower" : "higher") is better)"
    notes.append(
      "Signed coefficients with \(target) as it is\(end). Missing values: \(spec.missing.rawValue).")
    notes += compared.tieNotes() + compared.weightNotes() + compared.fitNotes()
    let tied = results.compactMap(\.tiedTarget).max() ?? 0
    notes.append(
      "Tied: the share of pairs of rows with the same value of the metric. In \(target) \(NumberText.fixed(tied * 100, decimals: 1)) % of the pairs are tied."
    )
    if let neutral = compared.tieNeutral, let interval = spec.interval, tested != nil {
      notes.append(
        "p: two-sided, of the hypothesis that \(MarkdownText(stringLiteral: neutral.title)) is 0, by the \(interval.testName(rows: counts)), \(spec.adjustment.label)\(spec.adjustment == .none ? "" : " over the metrics of this table")\(interval.isJackknife(rows: counts) == .all ? "" : "; ≤ marks the smallest that so many resamples can give")."
      )
    }
    notes += [try strongestNote(context)].compactMap { $0 }
    return ReportTable(
      name: name, caption: "\(title): association with \(target).",
      columns: [Header("Metric")] + (compared.target.isProxy ? [] : [Header("As declared")])
        + compared.coefficients.map { Header($0.title, isNumeric: true) }
        + [tested, Header("Tied", isNumeric: true)].compactMap { $0 } + [.used("n")], rows: rows, notes: notes)
  }

  /// The head of the column of p-values; nil without one: there have to be intervals, more than one metric, and a coefficient to
  /// which ties are coin flips.
  private var testedHeader: ReportTable.Column? {
    guard spec.interval != nil, compared.tieNeutral != nil, members.count(where: { !$0.isBaseline }) > 1 else {
      return nil
    }
    return Header(spec.adjustment.authors.map { "p (\($0))" } ?? "p", isNumeric: true)
  }

  private func probability(_ found: CoefficientResults) -> PValue? {
    let test = compared.tieNeutral.flatMap { found.coefficients[$0]?.test }
    return spec.adjustment == .none ? test?.pValue : test?.adjustedPValue
  }

  /// `yes` when the association has the sign that the metric's declared direction promises, by τ-b or the first coefficient.
  /// Undecided when the interval has 0 in it, or is missing for another reason than that every resample has the same value,
  /// or rows are fewer than three.
  private func direction(_ member: FamilyMember, _ found: CoefficientResults) -> String {
    guard let better = member.better else { return "none declared" }
    let coefficient = compared.coefficients.contains(.kendallTauB) ? .kendallTauB : compared.first
    guard let estimate = found.coefficients[coefficient], let value = estimate.value.value else { return "undefined" }
    if found.rows.n < 3 { return "undecided" }
    if let reason = estimate.interval?.reason, !Bootstrap.unchanging.contains(reason.text) { return "undecided" }
    if let ends = estimate.ends, ends.lower <= 0, ends.upper >= 0 { return "undecided" }
    let promised = better == compared.target.better ? 1.0 : -1.0
    return value * promised > 0 ? "yes" : value == 0 ? "no association" : "no, reversed"
  }

  func partialTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    let given = spec.given.map { name in
      context.table(compared.target.dataset)?.column(name.value)?.displayTitle.lowercasedFirst ?? name.value
    }
    var rows: [[ReportTable.Cell]] = []
    for member in members {
      let whole = try context.output(of: coefficients(of: member)).coefficients[.kendallTauB]
      let found = try partial(of: member).map { step throws(Reason) in try context.output(of: step) }
      rows.append([
        .member(member), .estimate(whole, hasInterval: false), .estimate(found?.kendall),
        .estimate(found?.spearman), .count(found?.n),
      ])
    }
    return ReportTable(
      name: "\(name)-partial",
      caption: "\(title): association with \(target) given \(given.joined(separator: ", ")).",
      columns: [
        Header("Metric"), Header("τ-b", isNumeric: true), Header("Partial τ-b", isNumeric: true),
        Header("Partial Spearman ρ", isNumeric: true), Header("n", isNumeric: true),
      ], rows: rows)
  }

  func topTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    let sizes = spec.top?.sizes ?? []
    var headers = [Header("Metric")]
    for size in sizes {
      let label = TopSpec.label(size)
      headers += ["P@\(label)", "regret@\(label)", "nDCG@\(label)", "BR@\(label)", "WR@\(label)"].map {
        Header($0, isNumeric: true)
      }
    }
    var rows: [[ReportTable.Cell]] = []
    for member in members {
      let found = try top(of: member).map { step throws(Reason) in try context.output(of: step) }
      rows.append(
        [.member(member)]
          + sizes.flatMap { size -> [ReportTable.Cell] in
            let top = found?[TopSpec.key(size)]
            return [\TopResults.precision, \.regret, \.ndcg, \.bestRank, \.worstRank].map { measure in
              .number(top?.map { $0[keyPath: measure] })
            }
          })
    }
    return ReportTable(
      name: "\(name)-top",
      caption: "\(title): the top of the ranking, metrics in their declared direction.",
      columns: headers, rows: rows,
      notes: [
        "P@k: expected share of the true top k; regret in units of \(target); nDCG with gain (target − min)/(max − min); BR@k and WR@k: best and worst true rank over n. Ties are broken by expectation."
      ])
  }

  func missingTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    var rows: [[ReportTable.Cell]] = []
    for member in members {
      let found = try context.output(of: coefficients(of: member))
      let (drop, worst) = (found.policies?.drop, found.policies?.worst)
      rows.append([
        .member(member), .count(found.rows.missingMetric), .count(found.rows.missingTarget),
        .estimate((drop ?? found.coefficients)[compared.first], hasInterval: false),
        .estimate((worst ?? found.coefficients)[compared.first], hasInterval: false),
      ])
    }
    return ReportTable(
      name: "\(name)-missing",
      caption: "\(title): \(compared.first.title) under two policies for missing values.",
      columns: [
        Header("Metric"), Header("no metric", isNumeric: true), Header("no target", isNumeric: true),
        Header("left out", isNumeric: true), Header("worst rank", isNumeric: true),
      ], rows: rows, notes: compared.weightNotes([compared.first]))
  }
}
