import Documents
import Figures
import Outcomes
import Reports
import Specs
import Statistics

/// Tables of coefficients inside strata.
extension StrataPart {
  private typealias Cell = ReportTable.Cell
  private typealias Header = ReportTable.Column

  /// Strata as columns up to this number, as rows above it.
  private static let widest = 8

  private var target: String { family.target.title.lowercasedFirst }

  private func results(_ context: ReportTables) throws(Reason) -> [(member: FamilyMember, found: StrataResults)] {
    var results: [(member: FamilyMember, found: StrataResults)] = []
    for member in family.members { results.append((member, try context.output(of: step(of: member)))) }
    return results
  }

  func withinTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    let first = family.ranking
    var headers = [Header("Metric")]
    for coefficient in spec.coefficients {
      headers += ["all rows", "inside"].map { Header("\(coefficient.title), \($0)", isNumeric: true) }
    }
    headers.append(Header("n", isNumeric: true))
    if let margin = spec.equivalenceMargin {
      headers.append(Header("\(first.title) inside within ±\(JSONValue.numberText(margin))"))
    }
    let rows = try results(context).map { member, found -> [ReportTable.Cell] in
      var row: [ReportTable.Cell] = [.member(member)]
      for coefficient in spec.coefficients {
        row += [found.overall, found.within].map { Cell.estimate($0[coefficient]?.estimate) }
      }
      row.append(.count(found.rows.n))
      if spec.equivalenceMargin != nil { row.append(.verdict(found.within[first]?.equivalence)) }
      return row
    }
    return ReportTable(
      name: name, caption: "\(title): association with \(target) on all rows, and inside strata of \(label).",
      columns: headers, rows: rows, notes: notes)
  }

  func eachStratumTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    let coefficient = family.ranking
    let results = try results(context)
    let strata = Self.strata(of: results.map(\.found))
    let name = "\(self.name)-each-stratum"
    let caption: MarkdownText =
      "\(title): \(coefficient.title) with \(target) in each stratum of \(label)."
    func cell(_ found: StrataResults, _ key: String, hasInterval: Bool) -> ReportTable.Cell {
      .estimate(found.each[key]?.coefficients[coefficient]?.estimate, hasInterval: hasInterval)
    }
    if strata.count <= Self.widest {
      return ReportTable(
        name: name, caption: caption,
        columns: [Header("Metric")] + strata.map { Header("\($0.label) (n \($0.count))", isNumeric: true) },
        rows: results.map { member, found in
          [.member(member)] + strata.map { cell(found, $0.key, hasInterval: true) }
        }, notes: notes)
    }
    return ReportTable(
      name: name, caption: caption,
      columns: [Header(label), Header("n", isNumeric: true)]
        + family.members.map { Header($0.title, isNumeric: true) },
      rows: strata.map { stratum in
        [Cell(stratum.label), Cell(stratum.count)]
          + results.map { cell($0.found, stratum.key, hasInterval: false) }
      }, notes: notes)
  }

  /// The target's reliability and the noise ceiling in each stratum.
  func replicatesTable(_ context: ReportTables) throws(Reason) -> ReportTable {
    guard let reliability else { throw Reason("\(name) has no replicates") }
    let found = try context.output(of: reliability)
    let pooled = found.pooled
    var rows = found.each.entries.map(\.value).map { stratum -> [ReportTable.Cell] in
      [
        Cell(GroupLabel(stratum.group).title), .count(stratum.n), .count(stratum.groups), .count(stratum.replicated),
        .estimate(stratum.reliability), .estimate(stratum.noiseCeiling), .estimate(stratum.kendallNoiseCeiling),
      ]
    }
    rows.append([
      Cell("inside all strata"), .count(pooled.n), .count(pooled.groups), .count(pooled.replicated),
      .estimate(pooled.reliability), .estimate(pooled.noiseCeiling), .estimate(pooled.kendallNoiseCeiling),
    ])
    return ReportTable(
      name: "\(name)-replicates", caption: "\(title): reliability of \(target) from replicates.",
      columns: [
        Header(label), Header("n", isNumeric: true), Header("networks", isNumeric: true),
        Header("with replicates", isNumeric: true), Header("reliability", isNumeric: true),
        Header("noise ceiling", isNumeric: true), Header("noise ceiling, τ", isNumeric: true),
      ], rows: rows,
      notes: [
        "Reliability: 1 less the variance within networks over the variance of all; its root is the noise ceiling of r and ρ, (2/π) arcsin of that the ceiling of τ if both columns are normal. Inside all strata: the share of the variance in strata that is not error, each stratum's error from its own replicates. A correlation is only known to be below a ceiling when it is below the ceiling's lower end.",
        spec.interval?.bracketsOfShares(
          of: "\(IntervalSpec.units(family.unit)), all trainings of one network together"),
      ].compactMap { $0 })
  }

  /// The strata that any metric has, in order, with the number of rows of the metric that has most.
  private static func strata(of results: [StrataResults]) -> [(key: String, label: String, count: String)] {
    var found: [(key: String, label: GroupLabel, count: Int)] = []
    var places: [String: Int] = [:]
    for (key, stratum) in results.flatMap(\.each.entries) {
      if let place = places[key] {
        found[place].count = max(found[place].count, stratum.n)
      } else {
        places[key] = found.count
        found.append((key, GroupLabel(stratum.group), stratum.n))
      }
    }
    return found.sorted { $0.label < $1.label }.map {
      ($0.key, $0.label.title, NumberText.grouped($0.count))
    }
  }

  private var notes: [MarkdownText] {
    let end = family.target.better == .lower ? "Lower" : "Higher"
    let inside: MarkdownText =
      "Inside: pairs, mid-ranks and values are held against others of the same stratum alone, and pooled. \(end) \(target) is better; coefficients are signed."
    return [inside] + family.tieNotes() + family.weightNotes() + family.fitNotes()
      + [
        spec.interval?.brackets(
          of: "\(IntervalSpec.units(family.unit)), inside strata of each stratum's own")
      ].compactMap { $0 }
  }
}
