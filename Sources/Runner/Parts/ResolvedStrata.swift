import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// Coefficients inside strata, with the columns that make them.
struct ResolvedStrata {
  /// How the spec describes them.
  let spec: StrataSpec
  /// The metrics and baselines with their target.
  let family: ResolvedFamily
  /// The columns that make the strata.
  let columns: [ColumnSchema]

  /// The name under which the target's reliability stands.
  static let reliability = "reliability"

  /// What makes the strata, for people: `depth and hidden size`.
  var label: String { columns.map(\.displayTitle.lowercasedFirst).joined(separator: " and ") }
}

extension ResolvedStrata: AnalysisPart {
  var name: String { family.name }
  var title: String { family.title }
  var seed: Int? { family.seed }

  var steps: [any Step] {
    family.members.map { StrataStep(part: self, member: $0) as any Step }
      + (spec.replicates.isEmpty ? [] : [StrataReliabilityStep(part: self)])
  }

  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? family.members.map(\.name) + (spec.replicates.isEmpty ? [] : [Self.reliability]) : nil
  }

  var figureColumns: (what: String, names: [String])? { family.figureColumns }

  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values: [JSONMember] = []
    for member in family.members {
      let about: [JSONMember] = [
        JSONMember(key: "title", value: .string(member.title)),
        JSONMember(key: "role", value: member.isBaseline ? "baseline" : "metric"),
      ]
      let found = try inputs.json("strata/\(name)/\(member.name)").members ?? []
      values.append(JSONMember(key: member.name, value: .object(about + found)))
    }
    if !spec.replicates.isEmpty {
      values.append(JSONMember(key: Self.reliability, value: try inputs.json("strata-reliability/\(name)")))
    }
    return .object(values)
  }

  func settings(of path: [Substring]) -> ValueSettings {
    guard path.first.map(String.init) == Self.reliability else { return family.settings(of: path) }
    return ValueSettings(method: "F distribution", level: family.spec.interval?.level ?? 0.95)
  }

  func table(_ content: TableContent?, _ tables: ReportTables) -> ReportTable {
    switch content {
    case .eachStratum: tables.eachStratum(self)
    case .replicates: tables.replicates(self)
    default: tables.strata(self)
    }
  }

  func figureInputs(_ figure: FigureSpec) -> [StepInput] {
    FigureSource.members(of: family, figure).map { StepInput($0.name, from: "strata/\(name)/\($0.name)") }
      + (spec.replicates.isEmpty ? [] : [StepInput(Self.reliability, from: "strata-reliability/\(name)")])
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    try source.strata(self, inputs)
  }
}
