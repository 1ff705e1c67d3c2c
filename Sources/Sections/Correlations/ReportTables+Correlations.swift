import Documents
import Figures
import Reports
import Specs
import Statistics
import Tables

/// Tables of correlation families.
extension ReportTables {
  func coefficients(_ part: CorrelationsPart) -> ReportTable {
    let family = part.compared
    let values = results[family.name]
    let rows = family.members.map { member -> [Cell] in
      let value = values?[member.name]
      let used = value?["n"]?.int ?? 0
      let total = value?["total"]?.int ?? 0
      return [memberCell(member), Cell(direction(member, family, value))]
        + family.coefficients.map { number(value?[$0.rawValue], interval: true) }
        + [.used(used, of: total, "n") { NumberText.grouped(Double($0)) ?? "" }]
    }
    var notes: [MarkdownText] = []
    if let interval = family.interval {
      let kind = interval.method == .bca ? "BCa bootstrap" : "percentile bootstrap"
      let units = family.isClustered ? clusterNote(family) : "rows"
      notes.append(
        "Brackets: \(NumberText.fixed(interval.level * 100, decimals: 0)) % \(kind) intervals, \(NumberText.grouped(Double(interval.resamples)) ?? "") resamples of \(units), seed \(interval.seed.value)."
      )
    }
    let end = family.target.better == .lower ? "lower" : "higher"
    notes.append(
      "Signed coefficients with \(family.target.title.lowercasedFirst) as it is (\(end) is better). Missing values: \(family.missing.rawValue)."
    )
    notes += weightNotes(family)
    return ReportTable(
      name: family.name, caption: "\(family.title): association with \(family.target.title.lowercasedFirst).",
      columns: [Header("Metric"), Header("As declared")]
        + family.coefficients.map { Header($0.title, isNumeric: true) }
        + [.used("n")], rows: rows, notes: notes)
  }

  func clusterNote(_ family: ComparedMetrics) -> String {
    guard let clusters = results[family.target.dataset]?["clusters"]?.double, let text = NumberText.grouped(clusters)
    else {
      return "clusters"
    }
    return "\(text) clusters"
  }

  /// Which rows coefficients that weigh the top give most weight to.
  func weightNotes(_ family: ComparedMetrics, _ coefficients: [Coefficient]? = nil) -> [MarkdownText] {
    let used = coefficients ?? family.coefficients
    let best = "the \(family.target.better == .lower ? "lowest" : "highest") \(family.target.title.lowercasedFirst)"
    return used.filter(\.isTopWeighted).map { coefficient in
      coefficient == .weightedTau
        ? "Weighted τ: most weight is on the rows with \(best), and on those that are best by the metric's declared direction (larger values where none is declared)."
        : "τ_AP: most weight is on the rows that are best by the metric's declared direction (larger values where none is declared)."
    }
  }

  /// Whether the association has the sign that the metric's declared direction promises, by τ-b or the first coefficient.
  /// Undecided when the interval has 0 in it, or is missing for another reason than that every resample has the same value,
  /// or rows are fewer than three.
  private func direction(_ member: FamilyMember, _ family: ComparedMetrics, _ value: JSONValue?) -> String {
    guard let better = member.better else { return "none declared" }
    let name =
      family.coefficients.contains(.kendallTauB) ? Coefficient.kendallTauB : family.coefficients[0]
    guard let estimate = value?[name.rawValue]?["value"]?.double else { return "undefined" }
    if (value?["n"]?.int ?? 0) < 3 { return "undecided" }
    if let reason = value?[name.rawValue]?["interval-undefined"]?.string, reason != Bootstrap.sameEverywhere {
      return "undecided"
    }
    let promised = better == family.target.better ? 1.0 : -1.0
    let isOpen = (value?[name.rawValue]?["lower"]?.double).map { lower in
      lower <= 0 && (value?[name.rawValue]?["upper"]?.double ?? 0) >= 0
    }
    let sign = estimate * promised > 0 ? "yes" : estimate == 0 ? "no association" : "no, reversed"
    return isOpen == true ? "undecided" : sign
  }

  func partial(_ part: CorrelationsPart) -> ReportTable {
    let family = part.compared
    let given = part.spec.given.map { name in
      table(family.target.dataset)?.column(name.value)?.displayTitle.lowercasedFirst ?? name.value
    }
    let rows = family.members.map { member -> [Cell] in
      let value = results[family.name]?[member.name]?["partial"]
      return [
        memberCell(member), number(results[family.name]?[member.name]?["kendall-tau-b"]), number(value?["kendall"]),
        number(value?["spearman"]), count(value?["n"]),
      ]
    }
    return ReportTable(
      name: "\(family.name)-partial",
      caption:
        "\(family.title): association with \(family.target.title.lowercasedFirst) given \(given.joined(separator: ", ")).",
      columns: [
        Header("Metric"), Header("τ-b", isNumeric: true), Header("Partial τ-b", isNumeric: true),
        Header("Partial Spearman ρ", isNumeric: true), Header("n", isNumeric: true),
      ], rows: rows)
  }

  func truncation(_ part: CorrelationsPart) -> ReportTable {
    let family = part.compared
    let shares = part.spec.truncation
    let coefficient = family.coefficients[0]
    let rows = family.members.map { member -> [Cell] in
      [memberCell(member)]
        + shares.map {
          number(results[family.name]?[member.name]?["truncation"]?[TruncationStep.key($0)]?[coefficient.rawValue])
        }
    }
    let first = results[family.name]?[family.members.first?.name ?? ""]?["truncation"]
    let headers = shares.map { share -> Header in
      let n = first?[TruncationStep.key(share)]?["n"]?.double.flatMap { NumberText.grouped($0) } ?? ""
      return Header("best \(NumberText.compact(share * 100)) % (n \(n))", isNumeric: true)
    }
    return ReportTable(
      name: "\(family.name)-truncation",
      caption:
        "\(family.title): \(coefficient.title) when only the best part of the ranking by \(family.target.title.lowercasedFirst) is kept.",
      columns: [Header("Metric")] + headers, rows: rows, notes: weightNotes(family, [coefficient]))
  }

  func top(_ part: CorrelationsPart) -> ReportTable {
    let family = part.compared
    let sizes = part.spec.top?.sizes ?? []
    var headers = [Header("Metric")]
    for size in sizes {
      let label = size < 1 ? "\(NumberText.compact(size * 100)) %" : NumberText.compact(size)
      headers += ["P@\(label)", "regret@\(label)", "nDCG@\(label)", "BR@\(label)", "WR@\(label)"].map {
        Header($0, isNumeric: true)
      }
    }
    let rows = family.members.map { member -> [Cell] in
      let value = results[family.name]?[member.name]
      return [memberCell(member)]
        + sizes.flatMap { size -> [Cell] in
          let top = value?[TopStep.key(size)]
          if let reason = top?["undefined"]?.string {
            return Array(repeating: .undefined(reason), count: 5)
          }
          return ["precision", "regret", "ndcg", "best-rank", "worst-rank"].map { number(top?[$0]) }
        }
    }
    return ReportTable(
      name: "\(family.name)-top",
      caption: "\(family.title): the top of the ranking, metrics in their declared direction.",
      columns: headers, rows: rows,
      notes: [
        "P@k: expected share of the true top k; regret in units of \(family.target.title.lowercasedFirst); nDCG with gain (target − min)/(max − min); BR@k and WR@k: best and worst true rank over n. Ties are broken by expectation."
      ])
  }

  func missing(_ part: CorrelationsPart) -> ReportTable {
    let family = part.compared
    let coefficient = family.coefficients[0]
    let rows = family.members.map { member -> [Cell] in
      let value = results[family.name]?[member.name]
      let policies = value?["policies"]
      let drop = policies?["drop"]?[coefficient.rawValue] ?? value?[coefficient.rawValue]
      let worst = policies?["worst"]?[coefficient.rawValue] ?? value?[coefficient.rawValue]
      return [
        memberCell(member), count(value?["missing-metric"]), count(value?["missing-target"]), number(drop),
        number(worst),
      ]
    }
    return ReportTable(
      name: "\(family.name)-missing",
      caption: "\(family.title): \(coefficient.title) under two policies for missing values.",
      columns: [
        Header("Metric"), Header("no metric", isNumeric: true), Header("no target", isNumeric: true),
        Header("left out", isNumeric: true), Header("worst rank", isNumeric: true),
      ], rows: rows, notes: weightNotes(family, [coefficient]))
  }
}
