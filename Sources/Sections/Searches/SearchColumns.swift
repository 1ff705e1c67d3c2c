import ArchitectureSearch
import Outcomes
import Specs
import Statistics
import Tables

/// The architectures of a table that are searched, with what is known of them.
struct SearchColumns {
  let part: SearchPart
  /// The rows of each architecture that is searched.
  private let rows: [[Int]]
  private let table: Table
  /// Architectures of the table; those without a target; those that do not keep the constraints.
  let total: Int
  let missingTarget: Int
  let outside: Int
  /// The target of each architecture, turned so that greater is better.
  let gains: [Double]
  let space: BenchmarkSpace
  /// The trained network of each architecture, numbered from 0; nil where none are named.
  let units: [Int]?
  var unitCount: Int? { units.map { ($0.max() ?? -1) + 1 } }

  /// Reads them from a table: with `subject`, rows alike in its columns are one architecture.
  ///
  /// - Throws: `Reason` when no architecture with a target keeps the constraints, and as `BenchmarkSpace` and `NearestRows`.
  init(_ part: SearchPart, _ table: Table) throws(Reason) {
    self.part = part
    self.table = table
    let column = try table.column(part.target.column)
    try column.requireExact()
    let target = column.numbers
    let groups =
      part.spec.subject.isEmpty
      ? Array(0..<table.rowCount) : table.groups(by: part.spec.subject.map(\.value))
    var all = [[Int]](repeating: [], count: (groups.max() ?? -1) + 1)
    for (row, group) in groups.enumerated() { all[group].append(row) }
    func means(_ values: [Double?], _ groups: [[Int]]) -> [Double?] {
      groups.map { rows in
        let known = rows.compactMap { values[$0] }
        return known.isEmpty ? nil : Mean.value(known)
      }
    }
    total = all.count
    let trained = zip(all, means(target, all)).filter { $1 != nil }.map(\.0)
    missingTarget = all.count - trained.count
    var isInside = trained.map { _ in true }
    for bound in part.spec.constraints {
      let values = means(try table.column(bound.column.value).numbers, trained)
      for place in trained.indices where !bound.constraint.admits(values[place]) { isInside[place] = false }
    }
    let kept = trained.indices.filter { isInside[$0] }.map { trained[$0] }
    outside = trained.count - kept.count
    rows = kept
    guard !kept.isEmpty else {
      throw Reason(
        trained.isEmpty
          ? "no architecture has a value of \(part.target.column)" : "no architecture keeps the constraints")
    }
    let sign = part.target.better == .higher ? 1.0 : -1.0
    gains = means(target, kept).map { ($0 ?? 0) * sign }
    guard gains.allSatisfy(\.isFinite), ((gains.max() ?? 0) - (gains.min() ?? 0)).isFinite else {
      throw Reason("the range of \(part.target.column) is too large")
    }
    if part.spec.units.isEmpty {
      units = nil
    } else {
      let all = table.groups(by: part.spec.units.map(\.value))
      var numbers: [Int: Int] = [:]
      units = kept.map { rows in
        let unit = all[rows[0]]
        if let number = numbers[unit] { return number }
        numbers[unit] = numbers.count
        return numbers.count - 1
      }
    }
    var features: [SearchFeature] = []
    if part.spec.algorithm == .evolution {
      for feature in try table.columns(part.features.map(\.name)) {
        features.append(
          feature.schema.type == .text
            ? .levels(kept.map { feature.text($0[0]) }) : SearchFeature(means(feature.offsets.values, kept)))
      }
    }
    space = try BenchmarkSpace(
      count: kept.count,
      neighbours: features.isEmpty
        ? nil : NearestRows.neighbours(of: features, count: part.spec.neighbours))
  }

  /// The values of a metric, baseline or combination for each architecture.
  ///
  /// - Throws: `Reason` when a column cannot be read.
  func evaluations(_ member: SearchMember) throws(Reason) -> [Outcome<CandidateEvaluation>] {
    var columns: [[Double?]] = []
    for part in member.parts {
      let sign = part.better == .lower ? -1.0 : 1.0
      columns.append(try part.source.numbers(in: table).map { $0.map { $0 * sign } })
    }
    return rows.map { rows in
      let values = columns.map { column in rows.compactMap { column[$0] } }
      guard values.allSatisfy({ !$0.isEmpty }) else { return .failure(Reason("no value")) }
      return .of { () throws(Reason) in try CandidateEvaluation(values) }
    }
  }

  /// The target of a gain.
  func target(_ gain: Double) -> Double { part.target.better == .higher ? gain : -gain }
}
