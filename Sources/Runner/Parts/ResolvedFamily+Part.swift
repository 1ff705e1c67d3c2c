import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

extension ResolvedFamily: AnalysisPart {
  var steps: [any Step] {
    var steps: [any Step] = []
    for member in members {
      let columns = FamilyColumns(family: self, member: member)
      steps.append(CoefficientStep(columns: columns))
      if !spec.given.isEmpty { steps.append(PartialStep(columns: columns)) }
      if !spec.truncation.isEmpty { steps.append(TruncationStep(columns: columns)) }
      if spec.top != nil { steps.append(TopStep(columns: columns)) }
    }
    if spec.agreement { steps.append(AgreementStep(family: self)) }
    return steps
  }

  var seed: Int? { spec.interval?.seed.value }

  var figureColumns: (what: String, names: [String])? { ("metric or baseline", members.map(\.name)) }

  func valueNames(under path: [String]) -> [String]? {
    let own = members.map(\.name)
    if path.isEmpty { return own + [FamilyHighlights.best] + (spec.agreement ? [FamilyHighlights.agreement] : []) }
    return path.count == 1 && own.contains(path[0]) ? valueNamesOfMember : nil
  }

  /// What stands under the name of a member.
  private var valueNamesOfMember: [String] {
    ["title", "role", "declared-better", "undefined", "n", "total", "missing-metric", "missing-target"]
      + ["distinct-metric", "distinct-target", "clusters", "policies"] + spec.coefficients.map(\.rawValue)
      + parts.dropFirst().filter { $0 != "top" } + (spec.top?.sizes ?? []).map { TopStep.key($0) }
  }

  private var parts: [String] {
    ["coefficients"] + (spec.given.isEmpty ? [] : ["partial"]) + (spec.truncation.isEmpty ? [] : ["truncation"])
      + (spec.top == nil ? [] : ["top"])
  }

  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values: [JSONMember] = []
    for member in members {
      var parts: [JSONMember] = [
        JSONMember(key: "title", value: .string(member.title)),
        JSONMember(key: "role", value: member.isBaseline ? "baseline" : "metric"),
        JSONMember(key: "declared-better", value: .string(member.better?.rawValue ?? "none")),
      ]
      for part in self.parts {
        let value = try inputs.json("\(part)/\(name)/\(member.name)")
        if part == "coefficients" || part == "top" {
          parts += value.members ?? []
        } else {
          parts.append(JSONMember(key: part, value: value))
        }
      }
      values.append(JSONMember(key: member.name, value: .object(parts)))
    }
    let names = Set(members.map(\.name))
    if !names.contains(FamilyHighlights.best), let best = FamilyHighlights(family: self).best(values) {
      values.append(JSONMember(key: FamilyHighlights.best, value: best))
    }
    if spec.agreement, !names.contains(FamilyHighlights.agreement) {
      let matrices = try inputs.json("agreement/\(name)")
      values.append(
        JSONMember(key: FamilyHighlights.agreement, value: FamilyHighlights(family: self).agreement(matrices)))
    }
    return .object(values)
  }

  func settings(of _: [Substring]) -> ValueSettings {
    ValueSettings(spec.interval, isClustered: isClustered, policy: spec.missing.rawValue)
  }

  func table(_ content: TableContent?, _ tables: ReportTables) -> ReportTable {
    switch content {
    case .top: tables.top(self)
    case .partial: tables.partial(self)
    case .truncation: tables.truncation(self)
    case .missing: tables.missing(self)
    default: tables.coefficients(self)
    }
  }

  func figureInputs(_ figure: FigureSpec) -> [StepInput] {
    if figure.kind == .heatMap { return [StepInput("agreement", from: "agreement/\(name)")] }
    let part: String =
      switch figure.kind {
      case .truncation: "truncation"
      case .top: "top"
      default: "coefficients"
      }
    let steps = FigureSource.members(of: self, figure).map { StepInput($0.name, from: "\(part)/\(name)/\($0.name)") }
    return (figure.kind == .smallMultiples ? [StepInput("table", from: "table/\(target.dataset)")] : []) + steps
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    switch source.spec.kind {
    case .smallMultiples: try source.smallMultiples(self, inputs)
    case .heatMap: try source.heatMap(self, inputs)
    case .truncation: try source.truncation(self, inputs)
    case .top: try source.top(self, inputs)
    default: try source.forest(self, inputs)
    }
  }
}
