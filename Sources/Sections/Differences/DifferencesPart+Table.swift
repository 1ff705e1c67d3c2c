import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics

/// Tables of differences between metrics.
extension DifferencesPart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  /// The coefficient's name for people.
  var coefficientTitle: String {
    spec.orientation == .magnitude ? "|\(spec.coefficient.title)|" : spec.coefficient.title
  }

  private var target: String { family.target.title.lowercasedFirst }
  private var tests: [DifferencesSpec.Test] { spec.tests.map(\.value) }
  private var isAdjusted: Bool { spec.adjustment != .none }

  func differencesTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    let results = try context.output(of: step)
    var headers = [Header("Pair"), Header("Δ \(coefficientTitle)", isNumeric: true)]
    for test in tests {
      if test == .zou {
        headers.append(Header("Zou's interval", isNumeric: true, valueTitle: "Zou's interval: lower"))
      } else {
        headers.append(
          Header(
            "p, \(test == .pairedBootstrap ? isJackknife(results.n) ? "jackknife" : "bootstrap" : title(test, results))",
            isNumeric: true))
        if isAdjusted { headers.append(Header("adjusted", isNumeric: true)) }
      }
    }
    headers.append(Header("Tied", isNumeric: true, valueTitle: "Tied: first"))
    if isDivided { headers.append(Header("Family")) }
    if let margin = spec.equivalenceMargin { headers.append(Header("Within ±\(JSONValue.numberText(margin))")) }
    return ReportTable(
      name: name, caption: "\(title): differences of \(coefficientTitle) with \(target).",
      columns: headers, rows: pairs.indices.map { row($0, results) }, notes: notes(results, context))
  }

  /// True when the spec divides the pairs into families.
  private var isDivided: Bool { !spec.families.isEmpty }

  private func row(_ index: Int, _ results: DifferencesResults) -> [ReportTable.Cell] {
    let pair = pairs[index]
    let found = results.pairs[key(pair)]
    var cells = [Cell(label(pair)), Cell.estimate(found?.difference)]
    // Where there is no difference, its reason is given once.
    let judged = found?.difference.value.reason == nil ? found : nil
    for test in tests {
      if test == .zou {
        cells.append(Self.interval(judged?[test]))
      } else {
        cells.append(Self.probability(judged?[test], \.pValue))
        if isAdjusted { cells.append(Self.probability(judged?[test], \.adjustedPValue)) }
      }
    }
    cells.append(Self.ties([pair.first, pair.second].map { results.ties.members[family.members[$0].name] }))
    if isDivided { cells.append(Cell(families.first { $0.pairs.contains(index) }?.name ?? "others")) }
    return spec.equivalenceMargin == nil ? cells : cells + [.verdict(judged?.equivalence)]
  }

  /// The coefficients that are compared.
  func coefficientTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    let results = try context.output(of: step)
    let rows = family.members.map { member in
      [
        .member(member),
        Cell(member.better.map { "\($0.rawValue) is better" } ?? "none, taken as higher"),
        Cell.estimate(results.coefficients[member.name]), .share(results.ties.members[member.name]),
      ]
    }
    return ReportTable(
      name: "\(name)-coefficients",
      caption: "\(title): \(coefficientTitle) with \(target) on the rows that are compared.",
      columns: [
        Header("Metric"), Header("Declared direction"), Header(coefficientTitle, isNumeric: true),
        Header("Tied", isNumeric: true),
      ], rows: rows,
      notes: [orientationNote, rowsNote(results)] + tieNotes(results) + family.weightNotes([spec.coefficient]))
  }

  private func notes(_ results: DifferencesResults, _ context: ReportTables) -> [MarkdownText] {
    let interval = spec.interval
    var notes: [MarkdownText] =
      [
        orientationNote, rowsNote(results),
      ]
      + interval.brackets(
        "intervals of the differences",
        of: "\(context.units(of: family, used: [results.clusters])) that all metrics share", rows: [results.n],
        isDifference: true)
      + tieNotes(results) + family.weightNotes([spec.coefficient]) + family.fitNotes()
    let level = JSONValue.numberText(((1 - interval.level) * 1e12).rounded() / 1e12)
    let counts = tests.compactMap { test -> String? in
      guard let found = results.families[test.rawValue] else { return nil }
      let undefined = found.undefined > 0 ? " (\(found.undefined) undefined)" : ""
      return "\(found.rejected) of \(found.tests) by \(title(test, results))\(undefined)"
    }
    if !counts.isEmpty {
      notes.append(
        "P-values are two-sided, \(spec.adjustment.label) over \(isDivided ? "the pairs of each family" : "the pairs of this table"). At \(level) differ: \(counts.joined(separator: ", "))."
      )
    }
    if tests.contains(.pairedBootstrap), isCoarse, !isJackknife(results.n) {
      notes.append(
        "With so few resamples no p-value of so many pairs can fall to \(level) by Holm's method: take more of them.")
    }
    if tests.contains(.pairedBootstrap), !isJackknife(results.n) {
      notes.append("≤ marks the smallest p-value that so many resamples can give, and what is adjusted from it.")
    }
    let parametric = tests.filter(\.isParametric).map { title($0, results) }
    if !parametric.isEmpty {
      let approximate = spec.coefficient == .spearman ? " Made for Pearson's r, for Spearman's ρ approximate." : ""
      notes.append(
        "\(parametric.joined(separator: ", ")): rows are taken as independent\(family.isClustered ? ", which those of one \(family.unit?.singular ?? "unit") are not, so that too much is found" : "").\(approximate)"
      )
    }
    if let margin = spec.equivalenceMargin {
      let inner = NumberText.percent(EquivalenceVerdict.level(for: interval.level))
      notes.append(
        "Equivalence: two one-sided tests by the \(inner) % interval, inside ±\(JSONValue.numberText(margin)) for equivalent, outside for different; undecided is neither."
      )
    }
    return notes
  }

  /// True when the smallest bootstrap p-value there can be, 2/(B + 1), times the number of pairs is over the significance
  /// level.
  private var isCoarse: Bool {
    spec.adjustment == .holm
      && 2 * Double(families.map(\.pairs.count).max() ?? 0) / Double(spec.interval.resamples + 1) > 1
        - spec.interval.level
  }

  private var orientationNote: MarkdownText {
    spec.orientation == .declared
      ? "Coefficients are signed so that positive means: as the metric's declared direction promises."
      : "Magnitudes of coefficients, whatever their sign."
  }

  private func rowsNote(_ results: DifferencesResults) -> MarkdownText {
    let (used, total) = (NumberText.grouped(results.n), NumberText.grouped(results.total))
    return "Rows with a value of every metric: \(used) of \(total)."
  }

  /// What the coefficient does with ties, how many there are, and the warning where it rewards those that one side has more of.
  private func tieNotes(_ results: DifferencesResults) -> [MarkdownText] {
    let target = NumberText.fixed((results.ties.target ?? 0) * 100, decimals: 1)
    return family.tieNotes([spec.coefficient])
      + ["Tied: the share of pairs of rows with the same value. In \(self.target) \(target) % of the pairs are tied."]
      + [tieWarning(results)].compactMap { $0 }
  }

  /// The warning that the coefficient lifts a metric for its ties; nil where no pair is concerned.
  func tieWarning(_ results: DifferencesResults) -> MarkdownText? {
    guard !results.unequalTies.isEmpty else { return nil }
    let concerned = pairs.filter { results.unequalTies.contains(key($0)) }
    var members = concerned.flatMap { [$0.first, $0.second] }.reduce(into: [Int]()) { found, member in
      if !found.contains(member) { found.append(member) }
    }
    .compactMap { member in
      results.ties.members[family.members[member].name].map { (title: family.members[member].title, share: $0) }
    }
    members.sort { $0.share > $1.share }
    let shares = members.prefix(4).map { "\($0.title) \(NumberText.fixed($0.share * 100, decimals: 1)) %" }
    let all = concerned.count == pairs.count ? "all pairs" : "\(concerned.count) of \(pairs.count) pairs"
    return
      "\(MarkdownText(stringLiteral: spec.coefficient.title)) rewards ties, and in \(all) of this table the two sides have unequal shares of them (\(shares.joined(separator: ", "))\(members.count > 4 ? ", …" : "")): such a difference is one of ties too. See coefficient: somers-d."
  }

  private func title(_ test: DifferencesSpec.Test, _ results: DifferencesResults) -> String {
    switch test {
    case .pairedBootstrap: isJackknife(results.n) ? "the paired jackknife" : "the paired bootstrap"
    case .steiger: "Steiger"
    case .meng: "Meng"
    case .zou: "Zou"
    }
  }

  /// A p-value of a test, or why there is none.
  private static func probability(
    _ found: Outcome<DifferencesResults.Finding>?, _ value: KeyPath<DifferencesResults.Finding, PValue?>
  ) -> ReportTable.Cell {
    if let reason = found?.reason { return .undefined(reason.text) }
    return .probability(found?.value?[keyPath: value])
  }

  /// The shares of tied pairs of both sides, the first side's as the value.
  private static func ties(_ shares: [Double?]) -> ReportTable.Cell {
    let texts = shares.map { share in share.map { NumberText.fixed($0 * 100, decimals: 1) } ?? "–" }
    return Cell(
      "\(texts.joined(separator: ", ")) %", value: shares[0].map { .finite($0) } ?? .null,
      details: [.init("Tied: second", shares[1].map { .finite($0) } ?? .null)])
  }

  private static func interval(_ found: Outcome<DifferencesResults.Finding>?) -> ReportTable.Cell {
    if let reason = found?.reason { return .undefined(reason.text) }
    guard let lower = found?.value?.lower, let upper = found?.value?.upper else { return .dash }
    let ends = [lower, upper].map { NumberText.fixed($0, decimals: 3, leadingZero: false) }
    return Cell(
      "[\(ends[0]), \(ends[1])]", value: .finite(lower),
      details: [.init("Zou's interval: upper", .finite(upper))])
  }
}
