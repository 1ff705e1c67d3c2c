import Foundation

/// The report for people.
extension ProxySearchReport {
  /// Lines of text without a final line end.
  package var text: String { (heading + [""] + table + [""] + foldLines + [""] + conclusion).joined(separator: "\n") }

  private var heading: [String] {
    let strata = "\(sizeStrata) \(sizeStrata == 1 ? "stratum" : "strata")"
    return [
      "Search for proxies: \(rows) architectures, \(units) units, \(spec.folds) folds, seed \(spec.seed)",
      "fitness \(fitness), budget \(spec.budget) programs for each search",
      "programs of all folds: evolution \(Self.shown(folds.map(\.evolutionCounts))); random \(Self.shown(folds.map(\.randomCounts)))",
      "size: \(sizes.isEmpty ? "no column" : sizes.joined(separator: ", ")), \(strata)"
        + (rowsLeftOut > 0 ? "; \(rowsLeftOut) rows left out, without a value of some program" : ""),
    ]
  }

  private var fitness: String {
    switch spec.objective {
    case .overall: spec.fitness.coefficient.title
    case .withinSize: "\(spec.fitness.coefficient.title) inside strata of size"
    case .beyondSize: "partial correlation of ranks given size"
    }
  }

  private static func shown(_ counts: [ProxySearchFold.Counts]) -> String {
    func sum(_ path: KeyPath<ProxySearchFold.Counts, Int>) -> Int { counts.reduce(0) { $0 + $1[keyPath: path] } }
    let exhausted = counts.count { $0.isExhausted }
    return
      "\(sum(\.scored)) scored, drawn again: \(sum(\.undefined)) undefined, \(sum(\.constant)) constant, \(sum(\.duplicates)) known"
      + (exhausted > 0 ? ", nothing new left in \(exhausted) searches" : "")
  }

  private var table: [String] {
    let head = ["on units never seen", "overall", "inside strata of size", "share that is size", "beyond size"]
    func row(_ name: String, _ outcome: Assessment) -> [String] {
      [name] + [outcome.overall, outcome.withinSize, outcome.sizeShare, outcome.beyondSize].map(Self.shown)
    }
    let rows = [
      head, row("evolution", evolution), row("random programs", random), row("best column", baseline),
      ["target", "", "", Self.shown(targetSizeShare), ""],
    ]
    let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
      + [
        "evolution less random programs: \(Self.shown(aboveRandom))",
        "evolution less best column: \(Self.shown(aboveBaseline))",
      ]
  }

  private var foldLines: [String] {
    folds.map { "fold \($0.number + 1): " + Self.shown($0.evolution) }
      + (final.map { ["all folds: " + Self.shown($0.evolution)] } ?? [])
  }

  private var conclusion: [String] {
    let beyond = Self.shown(evolution.beyondSize)
    switch verdict {
    case .beyondSize:
      return [
        "What was found ranks units that no search saw better than size alone: the partial correlation is \(beyond)."
      ]
    case .nothingBeyondSize:
      return [
        "Nothing beyond size was found: on units that no search saw, the partial correlation given size is \(beyond)."
      ]
    case .undecided:
      return [
        "Whether anything beyond size was found is undecided: \(evolution.beyondSize.reason ?? "there is no interval")."
      ]
    }
  }

  private static func shown(_ choice: ProxySearchFold.Choice?) -> String {
    guard let choice else { return "no program has a value" }
    let scores = [choice.training, choice.choosing, choice.reporting].map { $0.map(number) ?? "none" }
    return
      "\(choice.text), \(choice.higherIsBetter ? "higher" : "lower") is better; training \(scores[0]), choosing \(scores[1]), unseen \(scores[2])"
  }

  private static func shown(_ estimate: Estimate) -> String {
    guard let value = estimate.value else { return "none (\(estimate.reason ?? "no reason"))" }
    guard let lower = estimate.lower, let upper = estimate.upper else {
      return number(value) + (estimate.reason.map { " (\($0))" } ?? "")
    }
    return "\(number(value)) [\(number(lower)), \(number(upper))]"
  }

  /// Three decimals, a minus for negative numbers.
  private static func number(_ value: Double) -> String {
    let thousandths = Int((abs(value) * 1000).rounded())
    let digits = String(thousandths % 1000)
    return (value < 0 && thousandths > 0 ? "−" : "") + "\(thousandths / 1000)."
      + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
