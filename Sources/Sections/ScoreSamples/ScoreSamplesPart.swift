import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// Architectures compared by samples of scores, with the columns of scores.
struct ScoreSamplesPart: AnalysisPart {
  let spec: ScoreSamplesSpec
  /// The columns of scores, in order.
  let columns: [ColumnSchema]
  /// The column with which the order of each pair is compared; nil for no comparison.
  let target: ResolvedTarget?
  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  private func step(_ column: ColumnSchema) -> ScoreSamplesStep { ScoreSamplesStep(part: self, column: column) }
  var steps: [any Step] { columns.map { step($0) } }

  func valueNames(under path: [String]) -> [String]? { path.isEmpty ? columns.map(\.name) : nil }

  /// Each column with its title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values: [JSONMember] = []
    for column in columns {
      let found = try inputs.json(step(column).name)
      values.append(JSONMember(key: column.name, value: found.titled(column.displayTitle)))
    }
    return .object(values)
  }
}

extension ScoreSamplesPart {
  /// Pairs decided by each column's scores, and the shares of pairs that agree with the target.
  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    var headers: [ReportTable.Column] = [
      .init("Metric"), .used("architectures"), .init("scores each", isNumeric: true),
      .init("pairs", isNumeric: true), .init("decided", isNumeric: true), .init("unbeaten", isNumeric: true),
    ]
    if let target {
      headers += [
        .init("decided as \(target.title.lowercasedFirst)", isNumeric: true),
        .init("all pairs as \(target.title.lowercasedFirst)", isNumeric: true),
      ]
    }
    var rows: [[ReportTable.Cell]] = []
    for column in columns {
      let found = try context.output(of: step(column))
      let (fewest, most) = (found.fewestScores, found.mostScores)
      var row: [ReportTable.Cell] = [
        .init(column.displayTitle, member: column.name),
        .used(found.architectures, of: found.total, "architectures") { String($0) },
        .init(
          fewest == most ? "\(most)" : "\(fewest)–\(most)", value: .integer(fewest),
          details: fewest == most ? [] : [.init("most", .integer(most))]),
        Self.count(found.pairs), Self.share(found.decidedShare), Self.count(found.unbeaten),
      ]
      if target != nil { row += [Self.share(found.agreement), Self.share(found.agreementOfAll)] }
      rows.append(row)
    }
    return ReportTable(
      name: name, caption: "\(title): architectures compared pair by pair by samples of scores.",
      columns: headers, rows: rows,
      notes: [
        "One-sided Mann–Whitney tests in both orders of each pair, \(spec.adjustment.label) over all of them; a pair is decided at p ≤ \(NumberText.compact(spec.alpha)). Unbeaten: architectures to which no other is decided to be better."
          + (target == nil
            ? ""
            : " As the target: share of the pairs, decided ones or all with a direction, that the scores order as the target does, pairs with equal targets left out.")
      ])
  }

  private static func count(_ count: Outcome<Int>) -> ReportTable.Cell {
    count.reason.map { .undefined($0.text) } ?? .count(count.value)
  }

  private static func share(_ share: Estimate?) -> ReportTable.Cell {
    .estimate(share, hasInterval: false) { NumberText.fixed($0 * 100, decimals: 1) + " %" }
  }
}
