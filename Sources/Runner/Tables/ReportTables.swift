import Documents
import Figures
import Reports
import Specs
import Statistics

/// Makes the tables of a report from the results document.
struct ReportTables {
  let resolved: ResolvedAnalysis
  let results: JSONValue
  let published: [String: JSONValue]

  typealias Cell = ReportTable.Cell
  typealias Header = ReportTable.Column

  func table(_ spec: TableSpec, caption: MarkdownText?) -> ReportTable {
    let from = spec.from.value
    var table: ReportTable
    if from == "data" {
      table = data()
    } else if from == ClaimsStep.stepName {
      table = claims()
    } else if from == "forensics" {
      table = findings()
    } else if let part = resolved.part(from) {
      table = part.table(spec, self)
    } else {
      table = self.published(from)
    }
    table.name = spec.name.value
    if let caption { table.caption = caption }
    return table.notingMissingIntervals
  }

  // MARK: Cells

  func number(_ value: JSONValue?, decimals: Int = 3, interval: Bool = false) -> Cell {
    guard let value else { return Cell("–", value: .null) }
    if let reason = value["undefined"]?.string { return .undefined(reason) }
    guard let number = value.double ?? value["value"]?.double else { return Cell("–", value: .null) }
    return .estimate(number, interval ? value : nil) {
      NumberText.fixed($0, decimals: decimals, leadingZero: false)
    }
  }

  func count(_ value: JSONValue?) -> Cell {
    guard let number = value?.double else { return Cell("–", value: .null) }
    return Cell(NumberText.grouped(number) ?? NumberText.compact(number), value: value)
  }

  private func measure(_ value: JSONValue?) -> Cell {
    guard let number = value?.double else { return Cell("–", value: .null) }
    return Cell(plain(NumberText.compact(number, digits: 5)), value: value)
  }

  private func plain(_ text: String) -> String { text.filter { $0 != "{" && $0 != "}" } }

  private func memberCell(_ member: FamilyMember) -> Cell {
    Cell(member.isBaseline ? "\(member.title) (baseline)" : member.title)
  }

  private func title(_ name: CoefficientName) -> String { Coefficient(rawValue: name.rawValue)?.title ?? name.rawValue }

  // MARK: Families

  func coefficients(_ family: ResolvedFamily) -> ReportTable {
    let values = results[family.name]
    let rows = family.members.map { member -> [Cell] in
      let value = values?[member.name]
      let used = value?["n"]?.int ?? 0
      let total = value?["total"]?.int ?? 0
      return [memberCell(member), Cell(direction(member, family, value))]
        + family.spec.coefficients.map { number(value?[$0.rawValue], interval: true) }
        + [.used(used, of: total, "n") { NumberText.grouped(Double($0)) ?? "" }]
    }
    var notes: [MarkdownText] = []
    if let interval = family.spec.interval {
      let kind = interval.method == .bca ? "BCa bootstrap" : "percentile bootstrap"
      let units = family.isClustered ? clusterNote(family) : "rows"
      notes.append(
        "Brackets: \(NumberText.fixed(interval.level * 100, decimals: 0)) % \(kind) intervals, \(NumberText.grouped(Double(interval.resamples)) ?? "") resamples of \(units), seed \(interval.seed.value)."
      )
    }
    let end = family.target.better == .lower ? "lower" : "higher"
    notes.append(
      "Signed coefficients with \(family.target.title.lowercasedFirst) as it is (\(end) is better). Missing values: \(family.spec.missing.rawValue)."
    )
    notes += weightNotes(family)
    return ReportTable(
      name: family.name, caption: "\(family.title): association with \(family.target.title.lowercasedFirst).",
      columns: [Header("Metric"), Header("As declared")]
        + family.spec.coefficients.map { Header(title($0), isNumeric: true) }
        + [.used("n")], rows: rows, notes: notes)
  }

  func clusterNote(_ family: ResolvedFamily) -> String {
    guard let clusters = results[family.target.dataset]?["clusters"]?.double, let text = NumberText.grouped(clusters)
    else {
      return "clusters"
    }
    return "\(text) clusters"
  }

  /// Which rows coefficients that weigh the top give most weight to.
  func weightNotes(_ family: ResolvedFamily, _ coefficients: [CoefficientName]? = nil) -> [MarkdownText] {
    let used = (coefficients ?? family.spec.coefficients).compactMap { Coefficient(rawValue: $0.rawValue) }
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
  private func direction(_ member: FamilyMember, _ family: ResolvedFamily, _ value: JSONValue?) -> String {
    guard let better = member.better else { return "none declared" }
    let name =
      family.spec.coefficients.contains(.kendallTauB) ? CoefficientName.kendallTauB : family.spec.coefficients[0]
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

  func partial(_ family: ResolvedFamily) -> ReportTable {
    let given = family.spec.given.map { name in
      resolved.table(family.target.dataset)?.column(name.value)?.displayTitle.lowercasedFirst ?? name.value
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

  func truncation(_ family: ResolvedFamily) -> ReportTable {
    let shares = family.spec.truncation
    let coefficient = family.spec.coefficients[0]
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
        "\(family.title): \(title(coefficient)) when only the best part of the ranking by \(family.target.title.lowercasedFirst) is kept.",
      columns: [Header("Metric")] + headers, rows: rows, notes: weightNotes(family, [coefficient]))
  }

  func top(_ family: ResolvedFamily) -> ReportTable {
    let sizes = family.spec.top?.sizes ?? []
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

  func missing(_ family: ResolvedFamily) -> ReportTable {
    let coefficient = family.spec.coefficients[0]
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
      caption: "\(family.title): \(title(coefficient)) under two policies for missing values.",
      columns: [
        Header("Metric"), Header("no metric", isNumeric: true), Header("no target", isNumeric: true),
        Header("left out", isNumeric: true), Header("worst rank", isNumeric: true),
      ], rows: rows, notes: weightNotes(family, [coefficient]))
  }

  // MARK: Others

  func summary(_ spec: SummarySpec) -> ReportTable {
    let table = resolved.table(spec.dataset.value)
    let parts = ["mean", "sd", "median", "minimum", "maximum"]
    var headers = spec.groupBy.map { Header(table?.column($0.value)?.displayTitle ?? $0.value) }
    if headers.isEmpty { headers = [Header("Rows")] }
    for column in spec.columns {
      let name = table?.column(column.value)?.displayTitle ?? column.value
      headers.append(Header("n", isNumeric: true))
      headers += parts.map {
        Header(spec.columns.count > 1 ? "\(name): \($0)" : $0 == "sd" ? "SD" : $0, isNumeric: true)
      }
    }
    let rows = (results[spec.name.value]?.members ?? []).map { group -> [Cell] in
      let labels = (group.value["group"]?.elements ?? []).compactMap(\.string)
      let keys = labels.map {
        Cell(GroupLabel.shown($0), value: Int($0).map { .integer($0) } ?? Double($0).map { .finite($0) } ?? .string($0))
      }
      return (keys.isEmpty ? [Cell("all")] : keys)
        + spec.columns.flatMap { column in
          let value = group.value[column.value]
          return [count(value?["n"])] + parts.map { measure(value?[$0]) }
        }
    }
    let names = spec.columns.map { table?.column($0.value)?.displayTitle ?? $0.value }
    return ReportTable(
      name: spec.name.value, caption: "\(spec.title ?? "\(names.joined(separator: ", ")) in groups").",
      columns: headers, rows: rows)
  }

  private func published(_ name: String) -> ReportTable {
    let spec = resolved.analysis.published.first { $0.name.value == name }
    let value = published[name]
    let rows = (value?["values"]?.elements ?? []).map { item -> [Cell] in
      let magnitude = item["magnitude"] == .bool(true)
      let computed = item["computed"]?.double
      return [
        Cell(quantity(item["of"]?.string ?? "")),
        Cell((magnitude ? "|·| = " : "") + (item["printed"]?.string ?? "")),
        computed.map {
          Cell(
            abs($0) < 2
              ? NumberText.fixed($0, decimals: 4, leadingZero: false) : plain(NumberText.compact($0, digits: 6)),
            value: .finite($0))
        } ?? Cell("–", value: .null),
        Cell([item["verdict"]?.string, item["rounding"]?.string].compactMap { $0 }.joined(separator: ", ")),
        Cell(item["note"]?.string ?? ""),
      ]
    }
    var caption: MarkdownText = "\(spec?.title ?? name)"
    switch (spec?.reference?.value, spec?.locator) {
    case (let key?, let locator?): caption += " (\(MarkdownText(source: "[@\(key)]")), \(locator))"
    case (let key?, nil): caption += " (\(MarkdownText(source: "[@\(key)]")))"
    case (nil, let locator?): caption += " (\(locator))"
    case (nil, nil): break
    }
    return ReportTable(
      name: name, caption: caption + ".",
      columns: [
        Header("Quantity"), Header("Printed", isNumeric: true), Header("Recomputed", isNumeric: true),
        Header("Verdict"),
        Header("Note"),
      ], rows: rows,
      notes: [
        "\(value?["reproduced"]?.int ?? 0) of \(value?["total"]?.int ?? 0) printed numbers are met to their printed digits."
      ])
  }

  /// "main.head-confidence.kendall-tau-b" → "Head confidence, Kendall τ-b".
  private func quantity(_ path: String) -> String {
    let parts = path.split(separator: ".").map(String.init)
    guard parts.count >= 3, let family = resolved.family(parts[0]),
      let member = family.members.first(where: { $0.name == parts[1] })
    else { return path }
    let rest = parts.dropFirst(2).map {
      Coefficient(rawValue: $0)?.title ?? $0.split(separator: "-").joined(separator: " ")
    }
    return "\(member.title), \(rest.joined(separator: ", "))"
  }

  private func data() -> ReportTable {
    let tables = resolved.tables.filter { if case .measured(_, isRuns: true) = $0.source { false } else { true } }
    let rows = tables.map { table -> [Cell] in
      let value = results[table.name]
      func notes(_ key: String) -> [String] {
        (value?[key]?.elements ?? []).map {
          "\($0["count"]?.int ?? 0) \(key == "missing" ? "" : "\(key): ")\($0["reason"]?.string ?? "")"
        }
      }
      let joins = (value?["joins"]?.members ?? []).compactMap { join -> String? in
        guard let count = join.value["unmatched"]?.int, count > 0 else { return nil }
        let fate = join.value["kept"] == .bool(true) ? "kept" : "left out"
        return "\(NumberText.grouped(Double(count)) ?? "") without a partner in \(join.key), \(fate)"
      }
      let file = value?["file"]?.string ?? ""
      return [
        Cell(value?["title"]?.string ?? table.name), Cell(file), count(value?["rows-read"]),
        count(value?["skipped-count"]),
        count(value?["rows"]), count(value?["clusters"]),
        Cell((notes("skipped") + notes("repaired") + notes("missing") + joins).joined(separator: "; ")),
      ]
    }
    return ReportTable(
      name: "data", caption: "Data: rows read, left out and used.",
      columns: [
        Header("Dataset"), Header("File"), Header("Rows read", isNumeric: true), Header("Left out", isNumeric: true),
        Header("Used", isNumeric: true), Header("Clusters", isNumeric: true), Header("Remarks"),
      ], rows: rows)
  }
}
