import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Reads a member and the target of a family from a table.
struct FamilyColumns {
  let family: ComparedMetrics
  let member: FamilyMember

  /// The parameters that a member's steps share: metric and target with their directions, and the policy.
  var parameters: [JSONMember] {
    [
      JSONMember(key: "metric", value: member.source.parameters),
      JSONMember(key: "metric-better", value: .string((member.better ?? .higher).rawValue)),
      JSONMember(key: "target", value: .string(family.target.column)),
      JSONMember(key: "target-better", value: .string(family.target.better.rawValue)),
      JSONMember(key: "missing", value: .string(family.missing.rawValue)),
    ]
  }

  var input: StepInput { .table(family.target.dataset) }

  var policy: MissingPolicy { family.missing }

  func pairs(_ inputs: StepInputs) throws(Reason) -> PairedColumns {
    let table = try inputs.table("table")
    let target = try table.column(family.target.column)
    return PairedColumns(
      metric: try member.source.numbers(in: table), target: target.offsets.values,
      metricHigherIsBetter: member.better != .lower,
      targetHigherIsBetter: family.target.better == .higher, clusters: family.isClustered ? table.clusters : nil)
  }
}

/// Numbers of rows: those behind a metric's values, all, and those without a value or a target.
struct RowCounts: Codable, Sendable, Hashable {
  /// Rows with both a value and a target, as far as they are used.
  var n: Int
  /// Rows of the table.
  var total: Int
  /// Rows without a value.
  var missingMetric: Int
  /// Rows without a target.
  var missingTarget: Int

  init(n: Int, total: Int, missingMetric: Int, missingTarget: Int) {
    self.n = n
    self.total = total
    self.missingMetric = missingMetric
    self.missingTarget = missingTarget
  }

  /// Counts the rows of a metric of which some are used.
  init(_ pairs: PairedColumns, used: Int) {
    self.init(
      n: used, total: pairs.metric.count, missingMetric: pairs.missingMetric, missingTarget: pairs.missingTarget)
  }
}

/// Values by coefficient, in the order of the spec. In JSON they stand under the coefficients' names, where a type encodes
/// them into its own encoder among its other members.
struct ByCoefficient<Value: Codable & Sendable>: Codable, Sendable {
  private(set) var entries: [(coefficient: Coefficient, value: Value)]

  /// Computes a value for each of some coefficients, once where one stands twice.
  init(_ coefficients: [Coefficient], _ value: (Coefficient) -> Value) {
    var seen: Set<Coefficient> = []
    entries = coefficients.filter { seen.insert($0).inserted }.map { ($0, value($0)) }
  }

  private struct Key: CodingKey {
    let coefficient: Coefficient
    var stringValue: String { coefficient.rawValue }
    var intValue: Int? { nil }

    init(_ coefficient: Coefficient) { self.coefficient = coefficient }
    init?(intValue _: Int) { nil }
    init?(stringValue: String) {
      guard let found = Coefficient(rawValue: stringValue) else { return nil }
      coefficient = found
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    entries = try container.allKeys.map { ($0.coefficient, try container.decode(Value.self, forKey: $0)) }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for entry in entries { try container.encode(entry.value, forKey: Key(entry.coefficient)) }
  }

  /// Changes the value of a coefficient, if it was computed.
  mutating func update(_ coefficient: Coefficient, _ change: (inout Value) -> Void) {
    guard let place = entries.firstIndex(where: { $0.coefficient == coefficient }) else { return }
    change(&entries[place].value)
  }

  /// The value of a coefficient; nil when it was not computed.
  subscript(coefficient: Coefficient) -> Value? { entries.first { $0.coefficient == coefficient }?.value }
}

extension ByCoefficient: Equatable where Value: Equatable {
  static func == (left: ByCoefficient, right: ByCoefficient) -> Bool {
    left.entries.elementsEqual(right.entries) { $0.coefficient == $1.coefficient && $0.value == $1.value }
  }
}
