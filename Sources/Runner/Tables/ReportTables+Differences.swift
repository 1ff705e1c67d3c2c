import Documents
import Figures
import Reports
import Specs
import Statistics

/// Tables of differences between metrics.
extension ReportTables {
  func differences(_ part: ResolvedDifferences) -> ReportTable {
    let values = results[part.name]
    let tests = part.spec.tests.map(\.value)
    let isAdjusted = part.spec.adjustment != .none
    var headers = [Header("Difference"), Header("Δ\(part.coefficientTitle)", isNumeric: true)]
    for test in tests {
      if test == .zou {
        headers.append(Header("Zou's interval", isNumeric: true))
      } else {
        headers.append(Header("p, \(Self.title(test))", isNumeric: true))
        if isAdjusted { headers.append(Header("adjusted", isNumeric: true)) }
      }
    }
    if let margin = part.spec.equivalenceMargin {
      headers.append(Header("Within ±\(NumberText.compact(margin))"))
    }
    let rows = part.pairs.map { pair -> [Cell] in
      let value = values?[part.key(pair)]
      var cells = [Cell(part.label(pair)), number(value?["difference"], interval: true)]
      for test in tests {
        let found = value?[test.rawValue]
        if test == .zou {
          cells.append(interval(found))
        } else {
          cells.append(probability(found?["p"], reason: found?["undefined"]?.string))
          if isAdjusted { cells.append(probability(found?["adjusted"], reason: found?["undefined"]?.string)) }
        }
      }
      if part.spec.equivalenceMargin != nil { cells.append(verdict(value?["equivalence"])) }
      return cells
    }
    return ReportTable(
      name: part.name, caption: "\(part.title): differences of \(part.coefficientTitle) with \(target(of: part)).",
      columns: headers, rows: rows, notes: notes(of: part))
  }

  /// The coefficients that are compared.
  func compared(_ part: ResolvedDifferences) -> ReportTable {
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
      ], rows: rows, notes: [orientation(of: part), rowsNote(of: part)])
  }

  private func notes(of part: ResolvedDifferences) -> [String] {
    let tests = part.spec.tests.map(\.value)
    let spec = part.family.spec.interval ?? .standard
    let level = NumberText.fixed(spec.level * 100, decimals: 0)
    let units = part.family.isClustered ? clusterNote(part.family) : "rows"
    var notes = [
      orientation(of: part), rowsNote(of: part),
      "Brackets: \(level) % \(spec.method == .bca ? "BCa" : "percentile") intervals of the differences, \(NumberText.grouped(Double(spec.resamples)) ?? "") resamples of \(units) that all metrics share, seed \(spec.seed).",
    ]
    let families = tests.filter { $0 != .zou }.compactMap { test -> String? in
      guard let family = results[part.name]?["families"]?[test.rawValue] else { return nil }
      let undefined = family["undefined"]?.int ?? 0
      return
        "\(Self.title(test)): \(family["rejected"]?.int ?? 0) of \(family["tests"]?.int ?? 0) below \(NumberText.compact(1 - spec.level))\(undefined > 0 ? ", \(undefined) undefined" : "")"
    }
    if !families.isEmpty {
      notes.append(
        "P-values are two-sided, \(part.spec.adjustment.label) over the pairs of this table. \(families.joined(separator: "; "))."
      )
    }
    if tests.contains(where: \.isParametric) {
      let approximate =
        part.family.spec.coefficients[0] == .spearman
        ? " They are made for Pearson's r; for Spearman's ρ they are approximate." : ""
      notes.append(
        "Steiger, Meng and Zou take rows as independent\(part.family.isClustered ? ", which rows of a cluster are not: they find too much here" : "").\(approximate)"
      )
    }
    if let margin = part.spec.equivalenceMargin {
      let inner = NumberText.fixed(EquivalenceVerdict.level(for: spec.level) * 100, decimals: 0)
      notes.append(
        "Equivalence: two one-sided tests by the \(inner) % interval, inside ±\(NumberText.compact(margin)) for equivalent, outside for different; undecided is neither."
      )
    }
    return notes
  }

  private func orientation(of part: ResolvedDifferences) -> String {
    part.spec.orientation == .declared
      ? "Coefficients are signed so that positive means: as the metric's declared direction promises."
      : "Magnitudes of coefficients, whatever their sign."
  }

  private func rowsNote(of part: ResolvedDifferences) -> String {
    let value = results[part.name]
    let (used, total) = (value?["n"]?.double ?? 0, value?["total"]?.double ?? 0)
    return
      "Rows with a value of every metric: \(NumberText.grouped(used) ?? "") of \(NumberText.grouped(total) ?? "")."
  }

  private func target(of part: ResolvedDifferences) -> String { part.family.target.title.lowercasedFirst }

  private static func title(_ test: DifferencesSpec.Test) -> String {
    switch test {
    case .pairedBootstrap: "paired bootstrap"
    case .steiger: "Steiger"
    case .meng: "Meng"
    case .zou: "Zou"
    }
  }

  /// A p-value, small ones as a power of ten.
  func probability(_ value: JSONValue?, reason: String? = nil) -> Cell {
    guard let number = value?.double else { return Cell(reason.map { "undefined: \($0)" } ?? "–", value: .null) }
    if number > 0, number < 1e-4 { return Cell(NumberText.scientific(number, digits: 1).superscripted, value: value) }
    return Cell(NumberText.fixed(number, decimals: 4, leadingZero: false), value: value)
  }

  private func interval(_ value: JSONValue?) -> Cell {
    if let reason = (value?["undefined"] ?? value?["interval-undefined"])?.string {
      return Cell("undefined: \(reason)", value: .null)
    }
    guard let lower = value?["lower"]?.double, let upper = value?["upper"]?.double else {
      return Cell("–", value: .null)
    }
    let ends = [lower, upper].map { NumberText.fixed($0, decimals: 3, leadingZero: false) }
    return Cell("[\(ends[0]), \(ends[1])]", value: .finite(lower))
  }

  /// What an interval says of a margin.
  func verdict(_ value: JSONValue?) -> Cell {
    if let reason = value?["undefined"]?.string { return Cell("undefined: \(reason)", value: .null) }
    return Cell(value?["verdict"]?.string ?? "–")
  }
}

extension ResolvedDifferences {
  /// The coefficient's name for people.
  var coefficientTitle: String {
    let name = family.spec.coefficients[0].rawValue
    let title = Coefficient(rawValue: name)?.title ?? name
    return spec.orientation == .magnitude ? "|\(title)|" : title
  }
}
