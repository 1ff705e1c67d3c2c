import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// The association of one metric with its target over pairs of equal size, and what it is ahead of baselines on the same pairs.
///
/// A metric's own values are of the rows in which it, the target and the sizes have one; a difference is of those in which the
/// baseline has one too.
struct EqualSizeStep: ResultStep {
  let part: EqualSizePart
  let member: FamilyMember
  let kind = StepKind("equal-size", version: 1)

  private var spec: EqualSizeSpec { part.spec }
  private var columns: FamilyColumns { FamilyColumns(family: part.family, member: member) }

  var name: String { "equal-size/\(part.name)/\(member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    let against = part.rivals(of: member).map { rival -> JSONValue in
      .record([
        "name": .string(rival.name), "values": rival.source.parameters,
        "better": .string((rival.better ?? .higher).rawValue),
      ])
    }
    return .object(
      columns.parameters + [
        JSONMember(key: "against", value: .array(against)),
        JSONMember(key: "settings", value: spec.canonical(except: ComparedMetrics.keys.union(["against"]))),
        JSONMember(key: "clustered", value: UnitNoun.parameter(part.family.unit)),
      ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> EqualSizeResults { try result(inputs) }

  func result(_ inputs: StepInputs) throws(Reason) -> EqualSizeResults {
    let table = try inputs.table("table")
    let pairs = try columns.pairs(inputs)
    let sizes = try SizedRows(spec, table)
    let rivals = part.rivals(of: member)
    var values: [[Double?]] = []
    for rival in rivals { values.append(try rival.source.numbers(in: table)) }
    let rows = pairs.completeRows.filter { sizes.isSized[$0] }
    // Baselines that have a value in all of these rows are held against the metric on the same resamples.
    let isWhole = values.map { value in rows.allSatisfy { value[$0] != nil } }
    let found = comparison([pairs.metric] + zip(values, isWhole).filter(\.1).map(\.0), rows, pairs, sizes)
    var next = 1
    let differences = zip(rivals, zip(values, isWhole)).map { rival, value -> (String, EqualSizeResults.Difference) in
      if value.1 {
        defer { next += 1 }
        return (rival.name, difference(rival, found, next, rows, pairs))
      }
      let shared = rows.filter { value.0[$0] != nil }
      return (
        rival.name, difference(rival, comparison([pairs.metric, value.0], shared, pairs, sizes), 1, shared, pairs)
      )
    }
    let own = found.map { $0[0] }
    let share = { (count: KeyPath<EqualSizeAssociation, Int>) -> Double? in
      own.value.flatMap { $0.pairs > 0 ? Double($0[keyPath: count]) / Double($0.pairs) : nil }
    }
    return EqualSizeResults(
      rows: RowCounts(pairs, used: rows.count), withoutSize: pairs.completeRows.count - rows.count,
      clusters: clusters(rows, pairs), pairs: own.value?.pairs, tiedMetric: share(\.tiedMetric),
      tiedTarget: share(\.tiedTarget), gamma: estimate(own, .gamma, rows, pairs),
      somersD: estimate(own, .somersD, rows, pairs), minus: NamedValues(differences.map { (name: $0.0, value: $0.1) }))
  }

  /// The two coefficients.
  private enum Kind {
    case gamma, somersD

    func value(_ found: EqualSizeAssociation) -> Outcome<Double> { self == .gamma ? found.gamma : found.somersD }

    func resamples(_ found: EqualSizeAssociation) -> Outcome<ResampledValue>? {
      found.resamples.map { self == .gamma ? $0.gamma : $0.somersD }
    }
  }

  /// The association of each of some columns, which have a value in every one of some rows.
  private func comparison(
    _ columns: [[Double?]], _ rows: [Int], _ pairs: PairedColumns, _ sizes: SizedRows
  ) -> Outcome<[EqualSizeAssociation]> {
    Outcome.of { () throws(Reason) in
      guard rows.count >= 2 else { throw Reason("fewer than two rows") }
      return try sizes.pairs(rows).associations(
        of: columns.map { column in rows.compactMap { column[$0] } }, target: rows.compactMap { pairs.target[$0] },
        clusters: pairs.clusters.map { all in rows.map { all[$0] } }, settings: spec.interval?.settings)
    }
  }

  private func clusters(_ rows: [Int], _ pairs: PairedColumns) -> Int? {
    pairs.clusters.map { all in Set(rows.map { all[$0] }).count }
  }

  private func basis(_ rows: [Int], _ pairs: PairedColumns) -> Estimate.Basis {
    spec.interval?.basis(n: rows.count, clusters: clusters(rows, pairs), unit: part.family.unit) ?? Estimate.Basis()
  }

  private func estimate(
    _ found: Outcome<EqualSizeAssociation>, _ kind: Kind, _ rows: [Int], _ pairs: PairedColumns
  ) -> Estimate {
    Estimate(
      found.flatMap { kind.value($0) },
      interval: found.value.flatMap { kind.resamples($0) }?.flatMap { $0.interval() }, basis: basis(rows, pairs))
  }

  /// The metric, which comes first, less the baseline at a place.
  private func difference(
    _ rival: FamilyMember, _ found: Outcome<[EqualSizeAssociation]>, _ place: Int, _ rows: [Int], _ pairs: PairedColumns
  ) -> EqualSizeResults.Difference {
    func made(_ kind: Kind) -> Estimate {
      guard case .success(let both) = found else {
        return Estimate(.failure(found.reason ?? Reason("it was not computed")))
      }
      let (metric, baseline) = (both[0], both[place])
      let value = oriented(kind.value(metric), member).flatMap { first in
        oriented(kind.value(baseline), rival).map { first - $0 }
      }
      var interval: Outcome<Interval>?
      if let first = kind.resamples(metric), let second = kind.resamples(baseline) {
        interval = first.flatMap { first in
          second.flatMap { second in
            Outcome.of { () throws(Reason) in
              try oriented(first, member).minus(oriented(second, rival))
            }
          }
        }.flatMap { $0.interval() }
      }
      var basis = basis(rows, pairs)
      basis.method = basis.method.map { "paired \($0)" }
      return Estimate(value, interval: interval, basis: basis)
    }
    return EqualSizeResults.Difference(
      n: rows.count, pairs: found.value?[place].pairs, gamma: made(.gamma), somersD: made(.somersD))
  }

  private func isPromisedPositive(_ member: FamilyMember) -> Bool {
    (member.better ?? .higher) == part.family.target.better
  }

  private func oriented(_ value: Outcome<Double>, _ member: FamilyMember) -> Outcome<Double> {
    value.map { $0 * spec.orientation.sign(of: $0, isPromisedPositive: isPromisedPositive(member)) }
  }

  private func oriented(_ value: ResampledValue, _ member: FamilyMember) -> ResampledValue {
    spec.orientation.applied(to: value, isPromisedPositive: isPromisedPositive(member))
  }
}

/// The sizes of a table's rows, and the groups inside of which pairs are made.
private struct SizedRows {
  /// True for a row with a value in every column of `by` and of `same`.
  let isSized: [Bool]
  private let sizes: [[Double?]]
  private let groups: [Int?]?
  private let within: Double

  init(_ spec: EqualSizeSpec, _ table: Table) throws(Reason) {
    var sizes: [[Double?]] = []
    for column in try table.columns(spec.by.map(\.value)) { sizes.append(column.numbers) }
    groups =
      spec.same.isEmpty
      ? nil : try LabelledGroups(table, by: spec.same.map(\.value), undefined: .leftOut).numbers
    self.sizes = sizes
    within = spec.within
    isSized = (0..<table.rowCount).map { [groups] row in
      sizes.allSatisfy { $0[row] != nil } && (groups.map { $0[row] != nil } ?? true)
    }
  }

  /// The pairs among some rows that have sizes.
  func pairs(_ rows: [Int]) throws(Reason) -> EqualSizePairs {
    try EqualSizePairs(
      sizes: sizes.map { size in rows.compactMap { size[$0] } }, within: within,
      groups: groups.map { all in rows.compactMap { all[$0] } })
  }
}
