import Documents
import Figures
import Reports
import Specs
import Statistics

/// Tables of coefficients inside strata.
extension ReportTables {
  /// Strata as columns up to this number, as rows above it.
  private static let widest = 8

  func strata(_ part: StrataPart) -> ReportTable {
    let coefficients = part.spec.coefficients
    let first = coefficients[0].rawValue
    var headers = [Header("Metric")]
    for name in coefficients {
      headers += ["all rows", "inside"].map { Header("\(title(name)), \($0)", isNumeric: true) }
    }
    headers.append(Header("n", isNumeric: true))
    if let margin = part.spec.equivalenceMargin {
      headers.append(Header("\(title(coefficients[0])) inside within ±\(JSONValue.numberText(margin))"))
    }
    let rows = part.family.members.map { member -> [Cell] in
      let value = results[part.name]?[member.name]
      var cells = [name(member)]
      for name in coefficients {
        cells += ["overall", "within"].map { number(value?[$0]?[name.rawValue], interval: true) }
      }
      cells.append(count(value?["n"]))
      if part.spec.equivalenceMargin != nil { cells.append(verdict(value?["within"]?[first]?["equivalence"])) }
      return cells
    }
    return ReportTable(
      name: part.name,
      caption:
        "\(part.title): association with \(part.family.target.title.lowercasedFirst) on all rows, and inside strata of \(part.label).",
      columns: headers, rows: rows, notes: notes(of: part))
  }

  func eachStratum(_ part: StrataPart) -> ReportTable {
    let coefficient = part.spec.coefficients[0]
    let strata = strataOf(part)
    let name = "\(part.name)-each-stratum"
    let caption: MarkdownText =
      "\(part.title): \(title(coefficient)) with \(part.family.target.title.lowercasedFirst) in each stratum of \(part.label)."
    func value(_ member: FamilyMember, _ key: String) -> JSONValue? {
      results[part.name]?[member.name]?["each"]?[key]?[coefficient.rawValue]
    }
    if strata.count <= Self.widest {
      return ReportTable(
        name: name, caption: caption,
        columns: [Header("Metric")] + strata.map { Header("\($0.label) (n \($0.count))", isNumeric: true) },
        rows: part.family.members.map { member in
          [self.name(member)] + strata.map { number(value(member, $0.key), interval: true) }
        }, notes: notes(of: part))
    }
    return ReportTable(
      name: name, caption: caption,
      columns: [Header(part.label), Header("n", isNumeric: true)]
        + part.family.members.map { Header($0.title, isNumeric: true) },
      rows: strata.map { stratum in
        [Cell(stratum.label), Cell(stratum.count)] + part.family.members.map { number(value($0, stratum.key)) }
      }, notes: notes(of: part))
  }

  /// The target's reliability and the noise ceiling in each stratum.
  func replicates(_ part: StrataPart) -> ReportTable {
    let found = results[part.name]?[StrataPart.reliability]
    func cells(_ label: String, _ value: JSONValue?) -> [Cell] {
      [
        Cell(label), count(value?["n"]), count(value?["groups"]), count(value?["replicated"]),
        number(value?["reliability"]), number(value?["icc"], interval: true), number(value?["noise-ceiling"]),
        number(value?["kendall-noise-ceiling"]),
      ]
    }
    let each = (found?["each"]?.members ?? []).map { stratum in
      cells(GroupLabel((stratum.value["group"]?.elements ?? []).compactMap(\.string)).title, stratum.value)
    }
    let level = NumberText.fixed(part.level * 100, decimals: 0)
    return ReportTable(
      name: "\(part.name)-replicates",
      caption: "\(part.title): reliability of \(part.family.target.title.lowercasedFirst) from replicates.",
      columns: [
        Header(part.label), Header("n", isNumeric: true), Header("networks", isNumeric: true),
        Header("with replicates", isNumeric: true), Header("reliability", isNumeric: true),
        Header("ICC(1,1)", isNumeric: true), Header("noise ceiling", isNumeric: true),
        Header("noise ceiling, τ", isNumeric: true),
      ], rows: each + [cells("inside all strata", found?["pooled"])],
      notes: [
        "Reliability: 1 less the variance within networks over the variance of all; its root is the noise ceiling of r and ρ, (2/π) arcsin of that the ceiling of τ if both columns are normal. Inside all strata: the share of the variance in strata that is not error, each stratum's error from its own replicates. ICC(1,1) by one-way analysis of variance; brackets: \(level) % intervals from the F distribution, approximate for groups of unequal size."
      ])
  }

  /// The strata that any metric has, in order, with the number of rows of the metric that has most.
  private func strataOf(_ part: StrataPart) -> [(key: String, label: String, count: String)] {
    var found: [(key: String, label: GroupLabel, count: Int)] = []
    var places: [String: Int] = [:]
    for member in part.family.members {
      for stratum in results[part.name]?[member.name]?["each"]?.members ?? [] {
        let count = stratum.value["n"]?.int ?? 0
        if let place = places[stratum.key] {
          found[place].count = max(found[place].count, count)
        } else {
          places[stratum.key] = found.count
          found.append((stratum.key, GroupLabel((stratum.value["group"]?.elements ?? []).compactMap(\.string)), count))
        }
      }
    }
    return found.sorted { $0.label < $1.label }.map {
      ($0.key, $0.label.title, NumberText.grouped(Double($0.count)) ?? "")
    }
  }

  private func notes(of part: StrataPart) -> [MarkdownText] {
    var notes: [MarkdownText] = [
      "Inside: pairs, mid-ranks and values are held against others of the same stratum alone, and pooled. \(part.family.target.better == .lower ? "Lower" : "Higher") \(part.family.target.title.lowercasedFirst) is better; coefficients are signed."
    ]
    notes += weightNotes(part.family)
    if let interval = part.spec.interval {
      let units = part.family.isClustered ? "clusters" : "rows"
      notes.append(
        "Brackets: \(NumberText.fixed(interval.level * 100, decimals: 0)) % \(interval.method == .bca ? "BCa" : "percentile") bootstrap intervals, \(NumberText.grouped(Double(interval.resamples)) ?? "") resamples of \(units), inside strata of each stratum's own, seed \(interval.seed.value)."
      )
    }
    return notes
  }

  private func name(_ member: FamilyMember) -> Cell {
    Cell(member.isBaseline ? "\(member.title) (baseline)" : member.title)
  }

  private func title(_ coefficient: Coefficient) -> String { coefficient.title }
}
