import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics

/// Tables of coefficients over pairs of equal size.
extension EqualSizePart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  /// The name of γ for people.
  static let gammaTitle = "Goodman–Kruskal γ"

  private var target: String { family.target.title.lowercasedFirst }

  /// What the pairs have in common: `pairs within 10 % in parameters and of the same width`.
  private var pairs: String {
    let close = sizes.map(\.lowercasedFirst).joined(separator: " and ")
    let alike = same.map(\.lowercasedFirst).joined(separator: " and ")
    return "pairs within \(NumberText.percent(spec.within)) % in \(close)"
      + (same.isEmpty ? "" : " and equal in \(alike)")
  }

  func equalSizeTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    var rows: [[ReportTable.Cell]] = []
    var tiedTargets: [Double] = []
    var counts: [Int?] = []
    for member in members {
      let found = try context.output(of: step(of: member))
      rows.append([
        .member(member), .count(found.rows.n), .count(found.pairs), .share(found.tiedMetric), .estimate(found.gamma),
        .estimate(found.somersD),
      ])
      tiedTargets += [found.tiedTarget].compactMap { $0 }
      counts.append(found.clusters)
    }
    return ReportTable(
      name: name, caption: "\(title): association with \(target) over \(pairs).",
      columns: [
        Header("Metric"), Header("n", isNumeric: true), Header("Pairs", isNumeric: true),
        Header("Tied", isNumeric: true),
        Header(Self.gammaTitle, isNumeric: true), Header(Coefficient.somersD.title, isNumeric: true),
      ], rows: rows,
      notes: [pairsNote, gammaNote] + family.tieNotes() + [tiesNote(tiedTargets), signNote] + family.fitNotes()
        + brackets(context, counts))
  }

  func differencesTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    var rows: [[ReportTable.Cell]] = []
    var counts: [Int?] = []
    let held = members.filter(\.isBaseline).filter { baseline in members.contains { rivals(of: $0).contains(baseline) }
    }
    for member in members {
      let rivals = rivals(of: member)
      guard !rivals.isEmpty else { continue }
      let found = try context.output(of: step(of: member))
      counts.append(found.clusters)
      for rival in rivals {
        let difference = found.minus[rival.name]
        rows.append([
          Cell("\(member.title) − \(rival.title)"), .count(difference?.pairs), .estimate(difference?.gamma),
          .estimate(difference?.somersD),
        ])
      }
    }
    let orientation: MarkdownText =
      spec.orientation == .declared
      ? "Coefficients are signed so that positive means: as the declared direction promises."
      : "Differences are those of magnitudes, whatever the signs."
    return ReportTable(
      name: "\(name)-differences", caption: "\(title): metrics less baselines over \(pairs).",
      columns: [
        Header("Pair"), Header("Pairs", isNumeric: true), Header("Δ \(Self.gammaTitle)", isNumeric: true),
        Header("Δ \(Coefficient.somersD.title)", isNumeric: true),
      ], rows: rows,
      notes: [pairsNote, gammaNote] + family.tieNotes() + [orientation]
        + held.fitNotes(units: IntervalSpec.units(family.unit))
        + brackets(context, counts))
  }

  private var pairsNote: MarkdownText {
    let ratio = JSONValue.numberText(((1 - spec.within) * 1e12).rounded() / 1e12)
    let same: MarkdownText =
      same.isEmpty ? "" : " They are the same in \(self.same.map(\.lowercasedFirst).joined(separator: " and "))."
    return
      "Pairs of rows of which the smaller is more than \(ratio) of the larger in \(sizes.map(\.lowercasedFirst).joined(separator: " and in ")).\(same)"
  }

  private var gammaNote: MarkdownText {
    "\(MarkdownText(stringLiteral: Self.gammaTitle)): concordant less discordant pairs over both; pairs tied in the metric or in \(target) are left out, which rewards a metric that has ties."
  }

  private func tiesNote(_ shares: [Double]) -> MarkdownText {
    let largest = shares.max() ?? 0
    let tied: MarkdownText =
      if largest == 0 {
        "None of them is tied in \(target)."
      } else if largest < 0.001 {
        "Fewer than 0.1 % of them are tied in \(target)."
      } else {
        "Up to \(NumberText.fixed(largest * 100, decimals: 1)) % of them are tied in \(target)."
      }
    return "Tied: the share of the pairs that have the same value of the metric. \(tied)"
  }

  private var signNote: MarkdownText {
    "\(family.target.better == .lower ? "Lower" : "Higher") \(target) is better; coefficients are signed as they are."
  }

  private func brackets(_ context: ReportTables, _ counts: [Int?]) -> [MarkdownText] {
    guard let interval = spec.interval else { return [] }
    return [interval.brackets(of: context.units(of: family, used: counts))]
  }
}
