import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics

extension EffectsPart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    if spec.content == EffectsSpec.Content.variance.rawValue { return try varianceTable(context) }
    let results = try context.output(of: step)
    return switch EffectsSpec.Content(rawValue: spec.content ?? "") ?? .explained {
    case .explained, .variance: explained(results)
    case .strata: strata(results)
    case .levels: levels(results)
    case .frequency: frequency(results)
    }
  }

  private var targetName: String { target.title.lowercasedFirst }
  private var adjustment: String? { spec.adjustment.authors }

  /// Variance explained by each feature and group, alone and given the strata.
  private func explained(_ results: EffectsStep.Output) -> ReportTable {
    let rows = entries.map { entry -> [Cell] in
      let value = results[entry.name]
      return [Cell(entry.isGroup ? "\(entry.title) (together)" : entry.title)] + tested(value?.alone)
        + (strata.isEmpty ? [] : tested(value?.givenStrata))
    }
    let suffixes = strata.isEmpty ? [""] : [" alone", " given \(strataTitle)"]
    let heads = suffixes.flatMap { suffix -> [Header] in
      let group = suffix.isEmpty ? nil : String(suffix.dropFirst())
      return [Header("R²", isNumeric: true, valueTitle: "R²\(suffix)", group: group)]
        + ["by chance", "df", "p"].map { Header($0, isNumeric: true, group: group) }
        + (adjustment.map { [Header("p (\($0))", isNumeric: true, group: group)] } ?? [])
    }
    return ReportTable(
      name: name, caption: "\(title): variance of \(targetName) explained.", columns: [Header("Feature")] + heads,
      rows: rows, notes: notes(results))
  }

  /// True for a p-value that is the smallest that the permutations can give.
  private static func isAtFloor(_ made: Outcome<EffectsResult.Explained>?) -> Bool {
    made?.value?.pValue.isFloor == true
  }

  private func tested(_ made: Outcome<EffectsResult.Explained>?) -> [Cell] {
    shares(made) + (adjustment == nil ? [] : [.probability(made?.value?.adjustedPValue)])
  }

  /// Cells of R², its mean over the permutations, degrees of freedom and p.
  private func shares(_ made: Outcome<EffectsResult.Explained>?) -> [Cell] {
    func share(_ number: Double) -> String { NumberText.fixed(number, decimals: 4, leadingZero: false) }
    return [
      .number(made?.map(\.value), share), .number((made?.value?.chance).map { .success($0) }, share),
      .count(made?.value?.rank), .probability(made?.value?.pValue),
    ]
  }

  private func notes(_ results: EffectsStep.Output) -> [MarkdownText] {
    func grouped(_ count: Int?) -> String { NumberText.grouped(count ?? 0) }
    let any = entries.first.flatMap { results[$0.name] }
    var text: MarkdownText = "Permutation tests: \(grouped(spec.permutations)) permutations, seed \(spec.seed.value)"
    text += strata.isEmpty ? "." : "; given \(strataTitle), within the \(any?.strataCount ?? 0) strata."
    if let adjustment {
      text += " Adjusted after \(adjustment) for the \(entries.count) features and groups."
    }
    text += " By chance: mean R² over the permutations. df: independent columns."
    let tested = entries.flatMap { [results[$0.name]?.alone, results[$0.name]?.givenStrata] }
    if tested.contains(where: Self.isAtFloor) {
      text += " ≤ marks the smallest p that so many permutations can give, and what is adjusted from it."
    }
    var notes: [MarkdownText] = [text, "n \(grouped(any?.n))."]
    if let unit {
      notes[1] =
        "n \(grouped(any?.n)) in \(grouped(any?.units)) \(unit.plural), each tested as one row with its mean target."
      let varying = entries.filter { !$0.isGroup && results[$0.name]?.variesWithinUnits == true }.map(\.title)
      if !varying.isEmpty {
        notes.append(
          "Rows of one \(unit.singular) differ in \(varying.joined(separator: ", ")): tested are means over its rows, of levels their shares."
        )
      }
    }
    if let missing = any?.missingTarget, missing > 0 {
      notes.append("\(grouped(missing)) rows without a target are left out.")
    }
    return notes
  }

  /// Variance explained by each group within each stratum.
  private func strata(_ results: EffectsStep.Output) -> ReportTable {
    let rows = entries.filter(\.isGroup).flatMap { group in
      (results[group.name]?.strata?.entries ?? []).map { stratum in
        [Cell(group.title), Cell(GroupLabel(stratum.value.group).title)] + shares(stratum.value.explained)
      }
    }
    return ReportTable(
      name: "\(name)-strata", caption: "\(title): variance of \(targetName) explained within each stratum.",
      columns: [Header("Features"), Header(strataTitle.capitalizedFirst)]
        + ["R²", "by chance", "df", "p"].map { Header($0, isNumeric: true) }, rows: rows,
      notes: [
        entries.contains { results[$0.name]?.strata?.entries.contains { Self.isAtFloor($0.value.explained) } == true }
          ? "p-values are not adjusted; ≤ marks the smallest that so many permutations can give."
          : "p-values are not adjusted."
      ])
  }

  /// The levels of all features with the cells that begin their rows.
  private func levels(
    of results: EffectsStep.Output
  ) -> [(head: [ReportTable.Cell], level: EffectsResult.Level)] {
    features.flatMap { feature in
      (results[feature.name]?.levels?.entries ?? []).map { level in
        ([Cell(feature.displayTitle), Cell(GroupLabel.shown(level.value.location.label))], level.value)
      }
    }
  }

  /// The target at each level of each feature.
  private func levels(_ results: EffectsStep.Output) -> ReportTable {
    let rows = levels(of: results).map { head, level -> [Cell] in
      let location = level.location
      return head + [
        .count(location.n), .quantity(location.mean), .quantity(location.sd), .quantity(location.difference),
      ]
    }
    var notes: [MarkdownText] = [
      "Difference: mean at the level less the mean of the other levels"
        + (strata.isEmpty ? "." : ", within \(strataTitle), pooled with weights nm/(n + m).")
    ]
    if let interval = spec.interval {
      notes.append(interval.brackets(of: IntervalSpec.units(unit)))
    }
    return ReportTable(
      name: "\(name)-levels", caption: "\(title): \(targetName) at each level.",
      columns: [Header("Feature"), Header("Level")]
        + ["n", "mean", "SD", "difference"].map { Header($0, isNumeric: true) }, rows: rows, notes: notes)
  }

  /// The frequency of each level in the tops of the ranking.
  private func frequency(_ results: EffectsStep.Output) -> ReportTable {
    let sizes = spec.top?.sizes ?? []
    let rows = levels(of: results).map { head, level -> [Cell] in
      let first = sizes.first.flatMap { level.top[$0]?.value }
      return head + [.share(first?.shareOfAll)]
        + sizes.flatMap { size -> [Cell] in
          let made = level.top[size]
          if case .failure(let reason) = made {
            return [.undefined(reason.text), .dash, .dash] + (adjustment == nil ? [] : [.dash])
          }
          let value = made?.value
          return [.share(value?.share), .quantity(value?.enrichment), .probability(value?.pValue)]
            + (adjustment == nil ? [] : [.probability(value?.adjustedPValue)])
        }
    }
    let heads = sizes.flatMap { size -> [Header] in
      let label = TopSpec.label(size)
      let group = sizes.count > 1 ? "top \(label)" : nil
      return ["in the top \(label)", "enrichment", "p"].map { Header($0, isNumeric: true, group: group) }
        + (adjustment.map { [Header("p (\($0))", isNumeric: true, group: group)] } ?? [])
    }
    return ReportTable(
      name: "\(name)-frequency", caption: "\(title): levels in the top by \(targetName) against all.",
      columns: [Header("Feature"), Header("Level"), Header("of all", isNumeric: true)] + heads, rows: rows,
      notes: [
        "Two-sided hypergeometric p: the smaller tail twice\(adjustment.map { "; adjusted after \($0) for all levels of a top" } ?? ""). Of ties at the edge of a top, the order with the largest p."
      ])
  }
}

extension String {
  /// The text with its first letter in upper case.
  fileprivate var capitalizedFirst: String { first.map { $0.uppercased() + dropFirst() } ?? self }
}
