import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics

/// A correlation family with the metrics it holds against its target.
struct CorrelationsPart: MetricPart, DrawnPart {
  let spec: CorrelationsSpec
  /// Metrics and baselines with their target.
  let compared: ComparedMetrics

  /// The name under which the values of the best metric stand again.
  static let best = "best"
  /// The name under which the agreement of metrics stands.
  static let agreement = "agreement"

  var name: String { compared.name }
  var title: String { compared.title }
  package var members: [FamilyMember] { compared.members }
  package var highlights: [String] { [Self.best, Self.strongestBaseline, Self.agreement] }

  var steps: [any Step] {
    members.flatMap { steps(of: $0) } + [agreement].compactMap { $0 }
  }

  private func steps(of member: FamilyMember) -> [any Step] {
    let all: [(any Step)?] = [
      coefficients(of: member), partial(of: member), truncation(of: member), failed(of: member), top(of: member),
    ]
    return all.compactMap { $0 }
  }

  private func columns(of member: FamilyMember) -> FamilyColumns { FamilyColumns(family: compared, member: member) }

  func coefficients(of member: FamilyMember) -> CoefficientStep {
    CoefficientStep(columns: columns(of: member), spec: spec)
  }

  func partial(of member: FamilyMember) -> PartialStep? {
    spec.given.isEmpty ? nil : PartialStep(columns: columns(of: member), spec: spec)
  }

  func truncation(of member: FamilyMember) -> TruncationStep? {
    spec.truncation.map { TruncationStep(columns: columns(of: member), spec: spec, truncation: $0) }
  }

  func failed(of member: FamilyMember) -> FailedStep? {
    spec.failed.map { FailedStep(columns: columns(of: member), spec: spec, failed: $0) }
  }

  func top(of member: FamilyMember) -> TopStep? {
    spec.top == nil ? nil : TopStep(columns: columns(of: member), spec: spec)
  }

  /// The results of the members in order, p-values adjusted over the metrics: this alone adjusts them, for the values and for
  /// the table. A baseline keeps its p-value as it is.
  ///
  /// - Parameter output: The output of a step.
  func adjusted(
    _ output: (CoefficientStep) throws(Reason) -> CoefficientResults
  ) throws(Reason) -> [CoefficientResults] {
    var results: [CoefficientResults] = []
    for member in members { results.append(try output(coefficients(of: member))) }
    guard let neutral = compared.tieNeutral, spec.adjustment != .none else { return results }
    let pValues = zip(members, results).map { $0.isBaseline ? nil : $1.coefficients[neutral]?.test?.pValue }
    let adjusted = try AdjustedPValues(of: pValues, method: spec.adjustment).adjusted
    for (place, pValue) in adjusted.enumerated() {
      guard let pValue else { continue }
      results[place].coefficients.update(neutral) {
        $0.test?.adjustedPValue = pValue
        $0.test?.adjustment = spec.adjustment.rawValue
        $0.test?.family = name
      }
    }
    return results
  }

  var agreement: AgreementStep? { spec.agreement ? AgreementStep(family: compared, spec: spec) : nil }

  var seed: Int? { spec.interval?.seed.value }

  var groupedTable: String? { compared.target.dataset }
  var drawnTable: String? { spec.interval == nil ? nil : compared.target.dataset }
  var ignoresUnits: Bool { spec.interval?.clustered == false }

  var figureColumns: (what: String, names: [String])? { ("metric or baseline", members.map(\.name)) }

  func missingPolicy(of _: [Substring]) -> String? { spec.missing.rawValue }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch CorrelationsSpec.Content(rawValue: spec.content ?? "") ?? .coefficients {
    case .coefficients: try coefficientTable(context)
    case .missing: try missingTable(context)
    case .top: try topTable(context)
    case .partial: try partialTable(context)
    case .truncation: try truncationTable(.target, context)
    case .truncationByMetric: try truncationTable(.metric, context)
    case .pairs: try pairsTable(context)
    case .failed: try failedTable(context)
    }
  }
}

/// The values under the part's name in the results document, and their names.
extension CorrelationsPart {
  func valueNames(under path: [String]) -> [String]? {
    let own = members.map(\.name)
    if path.isEmpty {
      return own + [Self.best] + (isOneStrongest ? [Self.strongestBaseline] : [])
        + (spec.agreement ? [Self.agreement] : [])
    }
    return path.count == 1 && own.contains(path[0]) ? valueNamesOfMember : nil
  }

  /// The keys that a member's values may have in the results document.
  private var valueNamesOfMember: [String] {
    ["title", "role", "declared-better", "undefined", "n", "total", "missing-metric", "missing-target"]
      + ["distinct-metric", "distinct-target", "tied-metric", "tied-target", "clusters", "policies"]
      + spec.coefficients.map(\.rawValue)
      + (spec.given.isEmpty ? [] : ["partial"]) + (spec.truncation == nil ? [] : ["truncation"])
      + (spec.failed == nil ? [] : ["failed"])
      + (spec.top?.sizes ?? []).map { TopSpec.key($0) }
  }

  /// The values of each member with its title; then those of the best metric and the strongest baseline and the agreement of metrics, unless a member has
  /// that name.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values: [JSONMember] = []
    var best: (value: JSONValue, size: Double)?
    let results = try adjusted { step throws(Reason) in try inputs.output(of: step) }
    for (member, coefficients) in zip(members, results) {
      var parts: [JSONMember] = [
        JSONMember(key: "title", value: .string(member.title)),
        JSONMember(key: "role", value: .string(member.role.rawValue)),
        JSONMember(key: "declared-better", value: .string(member.better?.rawValue ?? "none")),
      ]
      parts += try JSONValue(encoding: coefficients).members ?? []
      if let step = partial(of: member) {
        parts.append(JSONMember(key: "partial", value: try inputs.json(step.name)))
      }
      if let step = truncation(of: member) {
        parts.append(JSONMember(key: "truncation", value: try inputs.json(step.name)))
      }
      if let step = failed(of: member) {
        parts.append(JSONMember(key: "failed", value: try inputs.json(step.name)))
      }
      if let step = top(of: member) { parts += try inputs.json(step.name).members ?? [] }
      values.append(JSONMember(key: member.name, value: .object(parts)))
      // The metric, baselines left out, whose coefficient is largest in magnitude, by one that ties do not lift; of equal ones
      // the first.
      if !member.isBaseline, let size = coefficients.coefficients[compared.ranking]?.value.value.map({ abs($0) }),
        best.map({ $0.size < size }) ?? true
      {
        best = (.object(parts), size)
      }
    }
    let names = Set(members.map(\.name))
    if !names.contains(Self.best), let best { values.append(JSONMember(key: Self.best, value: best.value)) }
    if !names.contains(Self.strongestBaseline), let strongest = try strongest(inputs),
      let value = values.first(where: { $0.key == strongest.member.name })?.value
    {
      let among: [JSONMember] = [
        JSONMember(key: "name", value: .string(strongest.member.name)),
        JSONMember(key: "among", value: .integer(strongest.among)),
        JSONMember(key: "by", value: .string(strongest.coefficient.rawValue)),
      ]
      values.append(JSONMember(key: Self.strongestBaseline, value: .object(among + (value.members ?? []))))
    }
    if let agreement, !names.contains(Self.agreement) {
      values.append(JSONMember(key: Self.agreement, value: try agreementValues(try inputs.output(of: agreement))))
    }
    return .object(values)
  }

  /// Coefficients by pair of members, `a.b.kendall-tau-b`; and `strongest` and `weakest`, the pairs of metrics that agree
  /// most and least in magnitude by the first coefficient, with their titles `first` and `second`.
  private func agreementValues(_ found: AgreementResults) throws(Reason) -> JSONValue {
    func coefficients(_ row: Int, _ column: Int) throws(Reason) -> [JSONMember] {
      let values = ByCoefficient(spec.symmetricCoefficients) { Estimate(found.value($0, row, column)) }
      return try JSONValue(encoding: values).members ?? []
    }
    var all = try members.indices.map { row throws(Reason) in
      let others = try members.indices.filter { $0 != row }.map { column throws(Reason) in
        JSONMember(key: members[column].name, value: .object(try coefficients(row, column)))
      }
      return JSONMember(key: members[row].name, value: .object(others))
    }
    let metrics = members.indices.filter { !members[$0].isBaseline }
    let pairs = metrics.flatMap { row in metrics.filter { $0 > row }.map { (row: row, column: $0) } }.compactMap {
      pair in found.value(compared.first.symmetric, pair.row, pair.column).value.map { (pair: pair, size: abs($0)) }
    }
    for (key, found) in [("strongest", pairs.max { $0.size < $1.size }), ("weakest", pairs.min { $0.size < $1.size })] {
      guard let found, !members.contains(where: { $0.name == key }) else { continue }
      let titles: [JSONMember] = [
        JSONMember(key: "first", value: .string(members[found.pair.row].title)),
        JSONMember(key: "second", value: .string(members[found.pair.column].title)),
      ]
      all.append(JSONMember(key: key, value: .object(titles + (try coefficients(found.pair.row, found.pair.column)))))
    }
    return .object(all)
  }
}
