import Documents
import Outcomes
import Specs
import Tables

/// Which of several columns a column equals, row by row: exactly, up to a relative error, up to its sign, a factor, an
/// offset, or both. Tells which metric under which protocol a published column holds, or which network its parameter counts
/// belong to.
///
/// For each candidate the simplest relation that holds is taken; when none does, the one with the smallest median error. A
/// relation holds when at least `share` of the rows have an error within the tolerance, more rows than fix its constants are
/// there, and the median of |y − f(x)| is at most a tenth of the column's own spread (columns that hardly vary are close to
/// one another whatever they hold). Candidates come best first: those that hold, by relation; then by median error; ties
/// by their order. See `FittedRelation` for the constants and the errors.
///
/// | number | what it is |
/// |---|---|
/// | `best`, `relation` | the first candidate and its relation |
/// | `factor`, `offset` | its constants |
/// | `rows`, `exact`, `within` | rows compared; rows that are the same number; rows within the tolerance |
/// | `median-error`, `90-error`, `largest-error` | quantiles of the error under the relation |
/// | `spread-error` | the median of \|y − f(x)\| relative to the spread of the column |
/// | `matches` | candidates that hold |
/// | section `candidates` | the same for each |
package struct ColumnMatchCheck: ForensicCheck {
  package static let definition = "column-match"
  package static let summary =
    "Which of several columns a column equals, up to an error, a sign, a factor or an offset."
  package static let meaning = "One of the candidates equals the column, in one of the permitted relations."

  /// The dataset examined.
  package var dataset = Located<String>.unread
  package var column = Located<String>.unread
  package var candidates: [Located<String>] = []
  /// The relations permitted; equality always is.
  package var relations: [ColumnRelation] = [.equal]
  package var tolerance = 1e-9
  package var share = 1.0

  package init() {}

  package static let fields: [Field<ColumnMatchCheck>] = [
    .table("dataset", \.dataset, "Name of a dataset with all of the columns."),
    .column("column", \.column, "The column.", isNumeric: true),
    .columns("candidates", \.candidates, "Columns it may equal.", isRequired: true, isNumeric: true, orOne: true),
    .optional("relations", \.relations, "The relations to a candidate that are tried."),
    .optional(
      "tolerance", \.tolerance, "The largest error that counts as agreement.", .number(0...1, exclusive: false)),
    .optional("share", \.share, "The share of rows that must agree.", .number(0...1, exclusive: false)),
  ]

  package var details: [String] { ["candidates"] }
  package func check(_ name: Located<String>, _ checks: inout AnalysisChecks) {
    checks.exclude(column, from: candidates, "every column equals itself")
  }

  /// Examines the table. O(candidates · rows · log rows).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let values = try table.readNumbers(column)
    guard !candidates.isEmpty else { throw Reason("no candidate is named") }
    guard let first = values.compactMap({ $0 }).first, values.contains(where: { $0 != nil && $0 != first }) else {
      throw Reason("the column does not vary")
    }
    var matches: [Match] = []
    for (place, name) in candidates.enumerated() {
      let title = try table.read(name).schema.displayTitle
      matches.append(match(name.value, title, place, try table.readNumbers(name), values))
    }
    matches.sort { $0.isBetter(than: $1) }
    let best = matches[0]
    guard best.rows > 0 else { throw Reason("no row has a value of the column and of a candidate") }
    var section = FindingSection("candidates", "Candidates", rowTitle: "Candidate")
    for match in matches { section.add(match.title, key: match.name, match.numbers) }
    return Finding(
      best.holds,
      [
        FindingNumber("best", "Closest candidate", .text(best.title)),
        FindingNumber("matches", "Candidates that agree", .count(matches.count { $0.holds })),
      ] + best.numbers, headline: ["best", "relation", "rows", "exact", "largest-error"], sections: [section])
  }

  private func match(_ name: String, _ title: String, _ place: Int, _ x: [Double?], _ y: [Double?]) -> Match {
    let rows = x.indices.filter { x[$0] != nil && y[$0] != nil }
    let (x, y) = (rows.compactMap { x[$0] }, rows.compactMap { y[$0] })
    var match = Match(name: name, title: title, place: place, rows: rows.count)
    match.exact = zip(x, y).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    guard !rows.isEmpty else { return match }
    let center = FittedRelation.Center(y)
    for relation in ColumnRelation.allCases where relation == .equal || relations.contains(relation) {
      guard rows.count > relation.rowsNeeded, let fit = FittedRelation(relation, x: x, y: y, center: center) else {
        continue
      }
      let within = fit.errors.count { $0 <= tolerance }
      let holds = Double(within) >= share * Double(rows.count) && (fit.spreadError ?? 2) <= 0.1
      let median = Quantities.median(fit.errors) ?? 2
      guard holds || match.fit == nil || median < match.median else { continue }
      match.fit = fit
      match.within = within
      match.holds = holds
      match.median = median
      if holds { break }
    }
    return match
  }
}

/// A candidate under its relation.
private struct Match {
  let name: String
  let title: String
  let place: Int
  let rows: Int
  var exact = 0
  var within = 0
  var holds = false
  var median = Double.infinity
  var fit: FittedRelation?

  init(name: String, title: String, place: Int, rows: Int) {
    self.name = name
    self.title = title
    self.place = place
    self.rows = rows
  }

  func isBetter(than other: Match) -> Bool {
    if holds != other.holds { return holds }
    if holds, let own = fit?.relation, let others = other.fit?.relation, own != others {
      return ColumnRelation.allCases.firstIndex(of: own) ?? 0 < ColumnRelation.allCases.firstIndex(of: others) ?? 0
    }
    return median == other.median ? place < other.place : median < other.median
  }

  var numbers: [FindingNumber] {
    let none = "no row has both values"
    let errors = fit?.errors.sorted() ?? []
    return [
      FindingNumber("relation", "Relation", fit.map { .text($0.relation.rawValue) } ?? .undefined(none)),
      FindingNumber("factor", "Factor", fit.map { .number($0.factor) } ?? .undefined(none)),
      FindingNumber("offset", "Offset", fit.map { .number($0.offset) } ?? .undefined(none)),
      FindingNumber("rows", "Rows", .count(rows)),
      FindingNumber("exact", "Same number", .count(exact)),
      FindingNumber("within", "Within the tolerance", .count(within)),
      FindingNumber("median-error", "Median error", Quantities.median(errors).number({ .small($0) }, else: none)),
      FindingNumber(
        "90-error", "90 % of the errors", Quantities.quantile(errors, 0.9).number({ .small($0) }, else: none)),
      FindingNumber("largest-error", "Largest error", errors.last.number({ .small($0) }, else: none)),
      FindingNumber(
        "spread-error", "Median error in units of the spread",
        (fit?.spreadError).number({ .small($0) }, else: fit == nil ? none : "the column does not vary")),
    ]
  }
}
