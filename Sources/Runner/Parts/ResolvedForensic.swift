import Documents
import Forensics
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// A forensic check with the columns it chooses by role.
package struct ResolvedForensic: Sendable {
  /// How the spec describes it.
  package var spec: ForensicSpec
  /// The columns chosen by role or by name, in order; empty for a check without such a choice.
  package var columns: [ColumnSchema]
  /// The columns of the dataset examined, for the titles of what a finding names.
  package var known: [ColumnSchema]
  /// The columns of the dataset that it is held against; empty without one.
  package var knownOfOther: [ColumnSchema]

  /// The name for people.
  package var title: String { spec.title ?? spec.name.value }
}

extension ResolvedForensic: AnalysisPart {
  var name: String { spec.name.value }
  var steps: [any Step] { [ForensicStep(forensic: self)] }
  var seed: Int? { if case .batchOverlap(let check) = spec.check { check.seed.value } else { nil } }

  /// The finding by path, columns by their titles.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let record = try inputs.json("forensics/\(name)")
    return FindingRecord.values(
      ColumnMark.replaced(in: record, by: [.table: known, .other: knownOfOther]), title: title)
  }

  func table(_ content: TableContent?, _ tables: ReportTables) -> ReportTable {
    content == .details ? tables.details(self, section: nil) : tables.finding(self)
  }

  func table(_ spec: TableSpec, _ tables: ReportTables) -> ReportTable {
    spec.content == .details ? tables.details(self, section: spec.section?.value) : tables.finding(self)
  }
}

extension ResolvedForensic {
  /// The check with the columns that it chooses.
  var check: any ForensicCheck {
    let chosen = columns.map(\.name)
    func texts(_ names: [Located<String>]) -> [String] { names.map(\.value) }
    switch spec.check {
    case .duplicates(let check): return DuplicatesCheck(columns: chosen, id: check.id?.value)
    case .replicates(let check):
      return ReplicatesCheck(
        keys: chosen, target: check.target.value, differs: texts(check.differs), strata: texts(check.by),
        id: check.id?.value)
    case .functionOf(let check):
      return FunctionOfCheck(
        column: check.column.value, of: texts(check.of), tolerance: check.tolerance, exceptions: check.exceptions,
        id: check.id?.value)
    case .columnMatch(let check):
      return ColumnMatchCheck(
        column: check.column.value, candidates: texts(check.candidates),
        relations: Set(check.relations.compactMap { ColumnRelation(rawValue: $0.rawValue) }),
        tolerance: check.tolerance, share: check.share)
    case .survivorship(let check):
      return SurvivorshipCheck(keys: texts(check.on), target: check.target?.value, by: texts(check.by))
    case .batchOverlap(let check):
      return BatchOverlapCheck(
        columns: chosen, subject: texts(check.subject), order: check.order?.value, length: check.length,
        stride: check.stride, permutations: check.permutations, seed: check.seed.bits, level: check.level)
    case .constantOffset(let check):
      return ConstantOffsetCheck(
        column: check.column.value, minus: Self.counterpart(check.counterpart), tolerance: check.tolerance)
    case .copiedValues(let check):
      return CopiedValuesCheck(columns: chosen, over: check.over.value, keys: texts(check.on), share: check.share)
    case .aggregate(let check):
      return AggregateCheck(
        column: check.column.value, parts: texts(check.of),
        statistic: AggregateCheck.Statistic(rawValue: check.statistic.rawValue) ?? .mean, tolerance: check.tolerance,
        id: check.id?.value, by: check.by?.value)
    case .accumulation(let check):
      return AccumulationCheck(
        columns: chosen, subject: texts(check.subject), order: check.order?.value, per: texts(check.per),
        share: check.share, level: check.level)
    }
  }

  private static func counterpart(
    _ counterpart: ForensicCheckSpec.ConstantOffset.Counterpart
  ) -> ConstantOffsetCheck.Counterpart {
    switch counterpart {
    case .column(let name): return .column(name.value)
    case .conditions(let conditions):
      return .conditions(
        .init(
          column: conditions.column.value, first: conditions.values.first?.value ?? "",
          second: conditions.values.last?.value ?? "", keys: conditions.on.map(\.value)))
    }
  }
}
