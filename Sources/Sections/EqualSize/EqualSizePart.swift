import Documents
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics

/// Coefficients over pairs of equal size, with the columns that make these.
struct EqualSizePart: MetricPart {
  let spec: EqualSizeSpec
  /// The metrics and baselines with their target.
  let family: ComparedMetrics
  /// The titles of the columns of sizes.
  let sizes: [String]
  /// The titles of the columns that are the same in both rows of a pair.
  let same: [String]

  var name: String { family.name }
  var title: String { family.title }
  package var members: [FamilyMember] { family.members }
  package var highlights: [String] { [] }
  var seed: Int? { spec.interval?.seed.value }
  var drawnTable: String? { spec.interval == nil ? nil : family.target.dataset }
  var ignoresUnits: Bool { spec.interval?.clustered == false }

  var steps: [any Step] { members.map { step(of: $0) } }

  func step(of member: FamilyMember) -> EqualSizeStep { EqualSizeStep(part: self, member: member) }

  /// The baselines that a member is held against: none for a baseline.
  func rivals(of member: FamilyMember) -> [FamilyMember] {
    guard !member.isBaseline else { return [] }
    let named = Set(spec.against.map(\.value))
    return members.filter { $0.isBaseline && (named.isEmpty || named.contains($0.name)) }
  }

  func valueNames(under path: [String]) -> [String]? {
    guard let first = path.first else { return members.map(\.name) }
    guard let member = members.first(where: { $0.name == first }) else { return nil }
    let rivals = rivals(of: member)
    switch path.count {
    case 1:
      return ["title", "role", "n", "total", "missing-metric", "missing-target", "without-size", "clusters", "pairs"]
        + ["tied-metric", "tied-target", Self.gamma, Coefficient.somersD.rawValue]
        + (rivals.isEmpty ? [] : [Self.minus])
    case 2 where path[1] == Self.minus: return rivals.map(\.name)
    default: return nil
    }
  }

  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values: [JSONMember] = []
    for member in members {
      let about: [JSONMember] = [
        JSONMember(key: "title", value: .string(member.title)),
        JSONMember(key: "role", value: .string(member.role.rawValue)),
      ]
      let found = try inputs.json(step(of: member).name).members ?? []
      values.append(JSONMember(key: member.name, value: .object(about + found)))
    }
    return .object(values)
  }

  func missingPolicy(of _: [Substring]) -> String? { family.missing.rawValue }

  /// The key of γ among the values.
  private static let gamma = "gamma"
  /// The key of the differences to baselines among the values.
  private static let minus = "minus"

  private func isCoefficient(_ key: Substring?) -> Bool {
    key.map(String.init) == Self.gamma || key.map(String.init) == Coefficient.somersD.rawValue
  }

  /// True for the path of a coefficient, or of a difference of two.
  func hasInterval(at path: [Substring]) -> Bool {
    spec.interval != nil && isCoefficient(path.last) && (path.count == 2 || path.count == 4)
  }

  func valueTitle(at path: [Substring]) -> String? {
    guard isCoefficient(path.last) else { return nil }
    let title = path.last.map(String.init) == Self.gamma ? Self.gammaTitle : Coefficient.somersD.title
    return path.count == 4 ? "difference in \(title) at equal size" : "\(title) at equal size"
  }

  func comparison(at path: [Substring]) -> String? {
    guard path.count == 4, path[1] == Self.minus else { return nil }
    let both = [path[0], path[2]].compactMap { name in members.first { $0.name == name }?.title }
    return both.count == 2 ? both.joined(separator: " − ") : nil
  }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch EqualSizeSpec.Content(rawValue: spec.content ?? "") ?? .equalSize {
    case .equalSize: try equalSizeTable(context)
    case .differences: try differencesTable(context)
    }
  }
}

extension EqualSizePart {
  init(
    _ spec: EqualSizeSpec, _ family: ComparedMetrics, sizes: [String], same: [String], _ lookup: inout ColumnLookup
  ) {
    let baselines = family.members.filter(\.isBaseline).map(\.name)
    for name in spec.against where !baselines.contains(name.value) {
      lookup.report(
        name, id: "unknown-baseline", "\(spec.name.value) has no baseline \(name.value)", known: baselines)
    }
    self.init(spec: spec, family: family, sizes: sizes, same: same)
  }
}
