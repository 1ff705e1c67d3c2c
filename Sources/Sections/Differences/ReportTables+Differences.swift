import Documents
import Figures
import Reports
import Specs
import Statistics

/// Tables of differences between metrics.
extension ReportTables {
  func differences(_ part: DifferencesPart) -> ReportTable {
    let values = results[part.name]
    let tests = part.spec.tests.map(\.value)
    let isAdjusted = part.spec.adjustment != .none
    var headers = [Header("Pair"), Header("Δ \(part.coefficientTitle)", isNumeric: true)]
    for test in tests {
      if test == .zou {
        headers.append(Header("Zou's interval", isNumeric: true, valueTitle: "Zou's interval: lower"))
      } else {
        headers.append(Header("p, \(test == .pairedBootstrap ? "bootstrap" : Self.title(test))", isNumeric: true))
        if isAdjusted { headers.append(Header("adjusted", isNumeric: true)) }
      }
    }
    if let margin = part.spec.equivalenceMargin {
      headers.append(Header("Within ±\(JSONValue.numberText(margin))"))
    }
    let rows = part.pairs.map { pair -> [Cell] in
      let value = values?[part.key(pair)]
      var cells = [Cell(part.label(pair)), number(value?["difference"], interval: true)]
      let isUndefined = value?["difference"]?["undefined"] != nil
      for test in tests {
        let found = isUndefined ? nil : value?[test.rawValue]
        if test == .zou {
          cells.append(interval(found))
        } else {
          cells.append(tested(found, "p-value"))
          if isAdjusted { cells.append(tested(found, "adjusted-p-value")) }
        }
      }
      if part.spec.equivalenceMargin != nil { cells.append(verdict(isUndefined ? nil : value?["equivalence"])) }
      return cells
    }
    return ReportTable(
      name: part.name, caption: "\(part.title): differences of \(part.coefficientTitle) with \(target(of: part)).",
      columns: headers, rows: rows, notes: notes(of: part))
  }

  /// The coefficients that are compared.
  func compared(_ part: DifferencesPart) -> ReportTable {
    let values = results[part.name]
    let rows = part.family.members.map { member -> [Cell] in
      let value = values?["coefficients"]?[member.name]
      return [
        Cell(member.isBaseline ? "\(member.title) (baseline)" : member.title),
        Cell(member.better.map { "\($0.rawValue) is better" } ?? "none, taken as higher"),
        number(value, interval: true),
      ]
    }
    return ReportTable(
      name: "\(part.name)-coefficients",
      caption: "\(part.title): \(part.coefficientTitle) with \(target(of: part)) on the rows that are compared.",
      columns: [
        Header("Metric"), Header("Declared direction"), Header(part.coefficientTitle, isNumeric: true),
      ], rows: rows,
      notes: [orientation(of: part), rowsNote(of: part)]
        + weightNotes(part.family, [part.spec.coefficient]))
  }

  private func notes(of part: DifferencesPart) -> [MarkdownText] {
    let tests = part.spec.tests.map(\.value)
    let spec = part.spec.interval
    let coverage = NumberText.fixed(spec.level * 100, decimals: 0)
    let units = part.family.isClustered ? clusterNote(part.family) : "rows"
    var notes: [MarkdownText] =
      [
        orientation(of: part), rowsNote(of: part),
        "Brackets: \(coverage) % \(spec.method == .bca ? "BCa" : "percentile") intervals of the differences, \(NumberText.grouped(Double(spec.resamples)) ?? "") resamples of \(units) that all metrics share, seed \(spec.seed.value).",
      ] + weightNotes(part.family, [part.spec.coefficient])
    let level = JSONValue.numberText(((1 - spec.level) * 1e12).rounded() / 1e12)
    let families = tests.filter { $0 != .zou }.compactMap { test -> String? in
      guard let family = results[part.name]?["families"]?[test.rawValue] else { return nil }
      let undefined = family["undefined"]?.int ?? 0
      return
        "\(family["rejected"]?.int ?? 0) of \(family["tests"]?.int ?? 0) by \(Self.title(test))\(undefined > 0 ? " (\(undefined) undefined)" : "")"
    }
    if !families.isEmpty {
      notes.append(
        "P-values are two-sided, \(part.spec.adjustment.label) over the pairs of this table. At \(level) differ: \(families.joined(separator: ", "))."
      )
    }
    if tests.contains(.pairedBootstrap), isCoarse(part) {
      notes.append(
        "With so few resamples no p-value of so many pairs can fall to \(level) by Holm's method: take more of them.")
    }
    let parametric = tests.filter(\.isParametric).map { Self.title($0) }
    if !parametric.isEmpty {
      let approximate =
        part.spec.coefficient == .spearman ? " Made for Pearson's r, for Spearman's ρ approximate." : ""
      notes.append(
        "\(parametric.joined(separator: ", ")): rows are taken as independent\(part.family.isClustered ? ", which those of a cluster are not, so that too much is found" : "").\(approximate)"
      )
    }
    if let margin = part.spec.equivalenceMargin {
      let inner = NumberText.fixed(EquivalenceVerdict.level(for: spec.level) * 100, decimals: 0)
      notes.append(
        "Equivalence: two one-sided tests by the \(inner) % interval, inside ±\(JSONValue.numberText(margin)) for equivalent, outside for different; undecided is neither."
      )
    }
    return notes
  }

  /// Whether the smallest bootstrap p-value there can be, 2/(B + 1), times the number of pairs is over the significance
  /// level.
  private func isCoarse(_ part: DifferencesPart) -> Bool {
    let spec = part.spec.interval
    return part.spec.adjustment == .holm
      && 2 * Double(part.pairs.count) / Double(spec.resamples + 1) > 1 - spec.level
  }

  private func orientation(of part: DifferencesPart) -> MarkdownText {
    part.spec.orientation == .declared
      ? "Coefficients are signed so that positive means: as the metric's declared direction promises."
      : "Magnitudes of coefficients, whatever their sign."
  }

  private func rowsNote(of part: DifferencesPart) -> MarkdownText {
    let value = results[part.name]
    let (used, total) = (value?["n"]?.double ?? 0, value?["total"]?.double ?? 0)
    return
      "Rows with a value of every metric: \(NumberText.grouped(used) ?? "") of \(NumberText.grouped(total) ?? "")."
  }

  private func target(of part: DifferencesPart) -> String { part.family.target.title.lowercasedFirst }

  private static func title(_ test: DifferencesSpec.Test) -> String {
    switch test {
    case .pairedBootstrap: "the paired bootstrap"
    case .steiger: "Steiger"
    case .meng: "Meng"
    case .zou: "Zou"
    }
  }

  /// A number of a test, or why there is none.
  private func tested(_ test: JSONValue?, _ key: String) -> Cell {
    if let reason = test?["undefined"]?.string { return .undefined(reason) }
    return probability(test?[key])
  }

  private func interval(_ value: JSONValue?) -> Cell {
    if let reason = value?["undefined"]?.string {
      return .undefined(reason)
    }
    guard let lower = value?["lower"]?.double, let upper = value?["upper"]?.double else {
      return Cell("–", value: .null)
    }
    let ends = [lower, upper].map { NumberText.fixed($0, decimals: 3, leadingZero: false) }
    return Cell(
      "[\(ends[0]), \(ends[1])]", value: .finite(lower),
      details: [.init("Zou's interval: upper", .finite(upper))])
  }

  /// What an interval says of a margin.
  func verdict(_ value: JSONValue?) -> Cell {
    if let reason = value?["undefined"]?.string { return .undefined(reason) }
    return Cell(value?["verdict"]?.string ?? "–")
  }
}

extension DifferencesPart {
  /// The coefficient's name for people.
  var coefficientTitle: String {
    spec.orientation == .magnitude ? "|\(spec.coefficient.title)|" : spec.coefficient.title
  }
}
