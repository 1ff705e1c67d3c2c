import Documents
import Specs

/// Values of a family that are made from those of its members, for prose: the best metric's, and the agreement of metrics.
struct FamilyHighlights {
  let family: ComparedMetrics

  /// The name under which the best metric's values stand.
  static let best = "best"
  /// The name under which the agreement of metrics stands.
  static let agreement = "agreement"

  /// The values of the metric, baselines left out, whose first coefficient is largest in magnitude; nil when none has one.
  func best(_ values: [JSONMember]) -> JSONValue? {
    let coefficient = family.coefficients[0].rawValue
    let metrics = Set(family.members.filter { !$0.isBaseline }.map(\.name))
    let candidates = values.filter { metrics.contains($0.key) }.compactMap { member in
      member.value[coefficient]?["value"]?.double.map { (value: member.value, size: abs($0)) }
    }
    return candidates.max { $0.size < $1.size }?.value
  }

  /// Coefficients by pair of members, `a.b.kendall-tau-b`; and `strongest` and `weakest`, the pairs of metrics that agree
  /// most and least in magnitude by the first coefficient, with their titles `first` and `second`.
  func agreement(_ matrices: JSONValue) -> JSONValue {
    let coefficients = family.coefficients.map(\.rawValue)
    func entry(_ coefficient: String, _ row: Int, _ column: Int) -> JSONValue {
      guard let rows = matrices[coefficient]?.elements, row < rows.count, let cells = rows[row].elements,
        column < cells.count, cells[column].double != nil
      else { return ["undefined": "the coefficient has no value"] }
      return ["value": cells[column]]
    }
    let members = family.members
    var all = members.indices.map { row in
      JSONMember(
        key: members[row].name,
        value: .object(
          members.indices.filter { $0 != row }.map { column in
            JSONMember(
              key: members[column].name,
              value: .object(coefficients.map { JSONMember(key: $0, value: entry($0, row, column)) }))
          }))
    }
    let metrics = members.indices.filter { !members[$0].isBaseline }
    let pairs = metrics.flatMap { row in metrics.filter { $0 > row }.map { (row: row, column: $0) } }.compactMap {
      pair in
      entry(coefficients[0], pair.row, pair.column)["value"]?.double.map { (pair: pair, size: abs($0)) }
    }
    for (key, found) in [("strongest", pairs.max { $0.size < $1.size }), ("weakest", pairs.min { $0.size < $1.size })] {
      guard let found, !members.contains(where: { $0.name == key }) else { continue }
      let titles: [JSONMember] = [
        JSONMember(key: "first", value: .string(members[found.pair.row].title)),
        JSONMember(key: "second", value: .string(members[found.pair.column].title)),
      ]
      all.append(
        JSONMember(
          key: key,
          value: .object(
            titles
              + coefficients.map { JSONMember(key: $0, value: entry($0, found.pair.row, found.pair.column)) })))
    }
    return .object(all)
  }
}
