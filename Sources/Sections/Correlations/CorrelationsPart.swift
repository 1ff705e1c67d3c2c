import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// A correlation family with the metrics it holds against its target.
struct CorrelationsPart: MetricPart {
  /// How the spec describes it.
  let spec: CorrelationsSpec
  /// Metrics and baselines with their target.
  let compared: ComparedMetrics

  var name: String { compared.name }
  var title: String { compared.title }
  package var members: [FamilyMember] { compared.members }
  package var highlights: [String] { [FamilyHighlights.best, FamilyHighlights.agreement] }

  var steps: [any Step] {
    var steps: [any Step] = []
    for member in members {
      let columns = FamilyColumns(family: compared, member: member)
      steps.append(CoefficientStep(columns: columns))
      if !spec.given.isEmpty { steps.append(PartialStep(columns: columns, given: spec.given.map(\.value))) }
      if !spec.truncation.isEmpty { steps.append(TruncationStep(columns: columns, shares: spec.truncation)) }
      if spec.top != nil { steps.append(TopStep(columns: columns, sizes: spec.top?.sizes ?? [])) }
    }
    if spec.agreement { steps.append(AgreementStep(family: compared)) }
    return steps
  }

  var seed: Int? { spec.interval?.seed.value }

  var groupedTable: String? { compared.target.dataset }

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
    if !names.contains(FamilyHighlights.best), let best = FamilyHighlights(family: compared).best(values) {
      values.append(JSONMember(key: FamilyHighlights.best, value: best))
    }
    if spec.agreement, !names.contains(FamilyHighlights.agreement) {
      let matrices = try inputs.json("agreement/\(name)")
      values.append(
        JSONMember(key: FamilyHighlights.agreement, value: FamilyHighlights(family: compared).agreement(matrices)))
    }
    return .object(values)
  }

  func settings(of _: [Substring]) -> ValueSettings {
    ValueSettings(spec.interval, isClustered: compared.isClustered, policy: spec.missing.rawValue)
  }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch CorrelationsSpec.Content(rawValue: spec.content ?? "") ?? .coefficients {
    case .coefficients: context.coefficients(self)
    case .missing: context.missing(self)
    case .top: context.top(self)
    case .partial: context.partial(self)
    case .truncation: context.truncation(self)
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
    let steps = FigureSource.members(of: compared, figure).map {
      StepInput($0.name, from: "\(part)/\(name)/\($0.name)")
    }
    return (figure.kind == .smallMultiples ? [.table(compared.target.dataset)] : []) + steps
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    switch source.spec.kind {
    case .smallMultiples: try source.smallMultiples(compared, inputs)
    case .heatMap: try source.heatMap(compared, inputs)
    case .truncation: try source.truncation(compared, inputs)
    case .top: try source.top(self, inputs)
    default: try source.forest(compared, inputs)
    }
  }
}
