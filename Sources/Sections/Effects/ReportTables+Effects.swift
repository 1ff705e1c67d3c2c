import Documents
import Figures
import Reports
import Specs

/// Tables of feature effects.
extension ReportTables {
  /// A p-value: never 0.
  func probability(_ value: JSONValue?) -> Cell {
    guard let number = value?.double else { return Cell("–", value: .null) }
    return Cell(
      number < 0.0001 ? "< .0001" : NumberText.fixed(number, decimals: number < 0.01 ? 4 : 3, leadingZero: false),
      value: .finite(number))
  }

  /// A number in the units of the target, with its interval.
  func quantity(_ value: JSONValue?) -> Cell {
    guard let value else { return Cell("–", value: .null) }
    if let reason = value["undefined"]?.string { return .undefined(reason) }
    guard let number = value.double ?? value["value"]?.double else { return Cell("–", value: .null) }
    func text(_ number: Double) -> String { NumberText.compact(number).filter { $0 != "{" && $0 != "}" } }
    return .estimate(number, value, text)
  }

  func explained(_ effects: EffectsPart) -> ReportTable {
    let adjustment = effects.spec.adjustment.authors
    let hasStrata = !effects.strata.isEmpty
    let keys = hasStrata ? ["alone", "given-strata"] : ["alone"]
    let rows = effects.entries.map { entry -> [Cell] in
      let value = results[effects.name]?[entry.name]
      return [Cell(entry.isGroup ? "\(entry.title) (together)" : entry.title)]
        + keys.flatMap { key -> [Cell] in
          let made = value?[key]
          return [number(made, decimals: 4), number(made?["chance"], decimals: 4), count(made?["rank"])]
            + [probability(made?["p-value"])] + (adjustment == nil ? [] : [probability(made?["adjusted-p-value"])])
        }
    }
    let heads = keys.flatMap { key -> [Header] in
      let suffix = hasStrata ? (key == "alone" ? " alone" : " given \(effects.strataTitle)") : ""
      return ["R²\(suffix)", "by chance", "df", "p"].map { Header($0, isNumeric: true) }
        + (adjustment.map { [Header("p (\($0))", isNumeric: true)] } ?? [])
    }
    return ReportTable(
      name: effects.name,
      caption: "\(effects.title): variance of \(effects.target.title.lowercasedFirst) explained.",
      columns: [Header("Feature")] + heads, rows: rows, notes: notes(effects, adjustment))
  }

  private func notes(_ effects: EffectsPart, _ adjustment: String?) -> [MarkdownText] {
    let spec = effects.spec
    let any = results[effects.name]?[effects.entries.first?.name ?? ""]
    let permutations = NumberText.grouped(Double(spec.permutations)) ?? ""
    var text: MarkdownText = "Permutation tests: \(permutations) permutations, seed \(spec.seed.value)"
    text +=
      effects.strata.isEmpty
      ? "." : "; given \(effects.strataTitle), within the \(any?["strata-count"]?.int ?? 0) strata."
    if let adjustment {
      text += " Adjusted after \(adjustment) for the \(effects.entries.count) features and groups."
    }
    text += " By chance: mean R² over the permutations. df: independent columns."
    var notes: [MarkdownText] = [text, "n \(NumberText.grouped(any?["n"]?.double ?? 0) ?? "")."]
    if effects.isClustered {
      notes[1] =
        "n \(NumberText.grouped(any?["n"]?.double ?? 0) ?? "") in \(NumberText.grouped(any?["units"]?.double ?? 0) ?? "") clusters, each tested as one row with its mean target."
    }
    if let missing = any?["missing-target"]?.double, missing > 0 {
      notes.append("\(NumberText.grouped(missing) ?? "") rows without a target are left out.")
    }
    return notes
  }

  func strata(_ effects: EffectsPart) -> ReportTable {
    let groups = effects.entries.filter(\.isGroup)
    let rows = groups.flatMap { group -> [[Cell]] in
      (results[effects.name]?[group.name]?["strata"]?.members ?? []).map { stratum in
        let label = GroupLabel((stratum.value["group"]?.elements ?? []).compactMap(\.string)).title
        return [
          Cell(group.title), Cell(label), number(stratum.value, decimals: 4),
          number(stratum.value["chance"], decimals: 4),
          count(stratum.value["rank"]), probability(stratum.value["p-value"]),
        ]
      }
    }
    return ReportTable(
      name: "\(effects.name)-strata",
      caption: "\(effects.title): variance of \(effects.target.title.lowercasedFirst) explained within each stratum.",
      columns: [Header("Features"), Header(effects.strataTitle.capitalizedFirst)]
        + ["R²", "by chance", "df", "p"].map { Header($0, isNumeric: true) }, rows: rows,
      notes: ["p-values are not adjusted."])
  }

  func levels(_ effects: EffectsPart) -> ReportTable {
    let rows = effects.features.flatMap { feature -> [[Cell]] in
      (results[effects.name]?[feature.name]?["levels"]?.members ?? []).map { level in
        [
          Cell(feature.displayTitle), Cell(GroupLabel.shown(level.value["label"]?.string ?? level.key)),
          count(level.value["n"]),
          quantity(level.value["mean"]), quantity(level.value["sd"]), quantity(level.value["difference"]),
        ]
      }
    }
    var notes: [MarkdownText] = [
      "Difference: mean at the level less the mean of the other levels"
        + (effects.strata.isEmpty ? "." : ", within \(effects.strataTitle), pooled with weights nm/(n + m).")
    ]
    if let interval = effects.spec.interval {
      let kind = interval.method == .bca ? "BCa bootstrap" : "percentile bootstrap"
      notes.append(
        "Brackets: \(NumberText.compact(interval.level * 100)) % \(kind) intervals, \(NumberText.grouped(Double(interval.resamples)) ?? "") resamples of \(effects.isClustered ? "clusters" : "rows"), seed \(interval.seed.value)."
      )
    }
    return ReportTable(
      name: "\(effects.name)-levels",
      caption: "\(effects.title): \(effects.target.title.lowercasedFirst) at each level.",
      columns: [Header("Feature"), Header("Level")]
        + ["n", "mean", "SD", "difference"].map { Header($0, isNumeric: true) }, rows: rows, notes: notes)
  }

  func frequency(_ effects: EffectsPart) -> ReportTable {
    let adjustment = effects.spec.adjustment.authors
    let sizes = effects.spec.top?.sizes ?? []
    let rows = effects.features.flatMap { feature -> [[Cell]] in
      (results[effects.name]?[feature.name]?["levels"]?.members ?? []).map { level in
        let first = level.value[TopStep.key(sizes.first ?? 0)]
        return [
          Cell(feature.displayTitle), Cell(GroupLabel.shown(level.value["label"]?.string ?? level.key)),
          percent(first?["share-of-all"]),
        ]
          + sizes.flatMap { size -> [Cell] in
            let value = level.value[TopStep.key(size)]
            return [percent(value?["share"]), quantity(value?["enrichment"]), probability(value?["p-value"])]
              + (adjustment == nil ? [] : [probability(value?["adjusted-p-value"])])
          }
      }
    }
    let heads = sizes.flatMap { size -> [Header] in
      let label = size < 1 ? "\(NumberText.compact(size * 100)) %" : NumberText.compact(size)
      return ["in the top \(label)", "enrichment", "p"].map { Header($0, isNumeric: true) }
        + (adjustment.map { [Header("p (\($0))", isNumeric: true)] } ?? [])
    }
    return ReportTable(
      name: "\(effects.name)-frequency",
      caption: "\(effects.title): levels in the top by \(effects.target.title.lowercasedFirst) against all.",
      columns: [Header("Feature"), Header("Level"), Header("of all", isNumeric: true)] + heads, rows: rows,
      notes: [
        "Two-sided hypergeometric p: the smaller tail twice\(adjustment.map { "; adjusted after \($0) for all levels of a top" } ?? ""). Of ties at the edge of a top, the order with the largest p."
      ])
  }

  /// A share in per cent.
  func percent(_ value: JSONValue?) -> Cell {
    percent(ofShare: value?.double ?? value?["value"]?.double)
  }

  func percent(ofShare share: Double?) -> Cell {
    guard let share else { return Cell("–", value: .null) }
    return Cell("\(NumberText.fixed(share * 100, decimals: 1)) %", value: .finite(share))
  }
}

extension String {
  /// The text with its first letter in upper case.
  fileprivate var capitalizedFirst: String { first.map { $0.uppercased() + dropFirst() } ?? self }
}
