import Documents
import Forensics
import Outcomes
import Pipeline
import Specs

/// A forensic check of a table, or of one table against another.
struct ForensicStep: SynchronousStep {
  let forensic: ResolvedForensic
  let kind = StepKind("forensics", version: 2)

  private var check: ForensicCheckSpec { forensic.spec.check }

  var name: String { "forensics/\(forensic.name)" }

  var inputs: [StepInput] {
    [StepInput("table", from: "table/\(check.dataset.value)")]
      + (check.other.map { [StepInput("other", from: "table/\($0.value)")] } ?? [])
  }

  var parameters: JSONValue {
    .object(
      [JSONMember(key: "check", value: .string(type(of: forensic.check).kind))]
        + (check.selection == nil
          ? [] : [JSONMember(key: "columns", value: .array(forensic.columns.map { .string($0.name) }))])
        + check.settings)
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let tables = ForensicTables(
      try inputs.table("table").withMarks(.table),
      against: check.other == nil ? nil : try inputs.table("other").withMarks(.other))
    return .json(FindingRecord.json(forensic.check.finding(tables), of: type(of: forensic.check)))
  }
}

extension ForensicCheckSpec {
  /// The settings besides the columns that are chosen by role, for the key of a step.
  fileprivate var settings: [JSONMember] {
    func text(_ key: String, _ name: Located<String>?) -> JSONMember {
      JSONMember(key: key, value: name.map { .string($0.value) } ?? .null)
    }
    func texts(_ key: String, _ names: [Located<String>]) -> JSONMember {
      JSONMember(key: key, value: .array(names.map { .string($0.value) }))
    }
    func member(_ key: String, _ value: JSONValue) -> JSONMember { JSONMember(key: key, value: value) }
    switch self {
    case .duplicates(let check): return [text("id", check.id)]
    case .replicates(let check):
      return [
        text("target", check.target), texts("differs", check.differs), texts("by", check.by), text("id", check.id),
      ]
    case .functionOf(let check):
      return [
        text("column", check.column), texts("of", check.of), member("tolerance", .number(check.tolerance)),
        member("exceptions", .integer(check.exceptions)), text("id", check.id),
      ]
    case .columnMatch(let check):
      return [
        text("column", check.column), texts("candidates", check.candidates),
        member("relations", .array(check.relations.map(\.rawValue).sorted().map { .string($0) })),
        member("tolerance", .number(check.tolerance)), member("share", .number(check.share)),
      ]
    case .survivorship(let check): return [texts("on", check.on), text("target", check.target), texts("by", check.by)]
    case .batchOverlap(let check):
      return [
        texts("subject", check.subject), text("order", check.order),
        member("length", check.length.map { .integer($0) } ?? .null),
        member("stride", check.stride.map { .integer($0) } ?? .null),
        member("permutations", .integer(check.permutations)), member("seed", .integer(check.seed.value)),
        member("level", .number(check.level)),
      ]
    case .constantOffset(let check):
      return [text("column", check.column), member("tolerance", .number(check.tolerance))]
        + counterpart(check.counterpart)
    case .copiedValues(let check):
      return [text("over", check.over), texts("on", check.on), member("share", .number(check.share))]
    case .aggregate(let check):
      return [
        text("column", check.column), texts("of", check.of), member("statistic", .string(check.statistic.rawValue)),
        member("tolerance", .number(check.tolerance)), text("id", check.id), text("by", check.by),
      ]
    case .accumulation(let check):
      return [
        texts("subject", check.subject), text("order", check.order), texts("per", check.per),
        member("share", .number(check.share)), member("level", .number(check.level)),
      ]
    }
  }

  private func counterpart(_ counterpart: ConstantOffset.Counterpart) -> [JSONMember] {
    switch counterpart {
    case .column(let name): return [JSONMember(key: "minus", value: .string(name.value))]
    case .conditions(let conditions):
      return [
        JSONMember(
          key: "minus",
          value: [
            "column": .string(conditions.column.value),
            "values": .array(conditions.values.map { .string($0.value) }),
            "on": .array(conditions.on.map { .string($0.value) }),
          ])
      ]
    }
  }
}
