import Documents
import Outcomes
import Pipeline
import Statistics

/// Coefficients of one metric with its target, their bootstrap intervals, and the counts behind them.
struct CoefficientStep: SynchronousStep {
  let columns: FamilyColumns
  let kind = StepKind("coefficients", version: 2)

  var name: String { "coefficients/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    var members = columns.parameters
    members.append(
      JSONMember(key: "coefficients", value: .array(columns.coefficients.map { .string($0.rawValue) })))
    if let interval = columns.family.interval {
      members.append(
        JSONMember(key: "interval", value: interval.parameters(isClustered: columns.family.isClustered)))
    }
    return .object(members)
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let pairs = try columns.pairs(inputs)
    let sample: PairedSample
    do throws(Reason) { sample = try pairs.sample(columns.policy) } catch {
      if columns.policy == .error, pairs.missingRows > 0 { throw Reason(error.text) }
      return .json(
        .object(
          counts(pairs, used: pairs.completeRows.count)
            + columns.coefficients.map { JSONMember(key: $0.rawValue, value: ["undefined": .string(error.text)]) }))
    }
    var members = counts(pairs, used: sample.count)
    members.append(JSONMember(key: "distinct-metric", value: .integer(Set(sample.x).count)))
    members.append(JSONMember(key: "distinct-target", value: .integer(Set(sample.y).count)))
    if sample.clusters != nil { members.append(JSONMember(key: "clusters", value: .integer(sample.unitCount))) }
    let intervals = self.intervals(sample)
    for (index, coefficient) in columns.coefficients.enumerated() {
      var value: JSONValue = ["undefined": "Pearson's r has no meaning where a missing value stands for a rank"]
      if coefficient == .pearson, case .lexicographic = columns.member.source {
        value = ["undefined": "an order has ranks, not values"]
      } else if pairs.permits(coefficient, columns.policy) {
        value = FamilyColumns.json { () throws(Reason) in try coefficient.value(sample) }
      }
      if let intervals, let number = value["value"]?.double { value = .estimate(number, intervals[index]) }
      members.append(JSONMember(key: coefficient.rawValue, value: value))
    }
    if pairs.missingRows > 0 { members.append(JSONMember(key: "policies", value: policies(pairs))) }
    return .json(.object(members))
  }

  private func counts(_ pairs: PairedColumns, used: Int) -> [JSONMember] {
    [
      JSONMember(key: "n", value: .integer(used)), JSONMember(key: "total", value: .integer(pairs.metric.count)),
      JSONMember(key: "missing-metric", value: .integer(pairs.missingMetric)),
      JSONMember(key: "missing-target", value: .integer(pairs.missingTarget)),
    ]
  }

  private func intervals(_ sample: PairedSample) -> [Result<Interval, Reason>]? {
    guard let spec = columns.family.interval else { return nil }
    return Bootstrap.intervals(of: columns.coefficients, sample: sample, settings: spec.settings)
  }

  /// The coefficients under `drop` and `worst`, side by side.
  private func policies(_ pairs: PairedColumns) -> JSONValue {
    .object(
      [MissingPolicy.drop, .worst].map { policy in
        JSONMember(
          key: policy.rawValue,
          value: .object(
            columns.coefficients.map { coefficient in
              guard pairs.permits(coefficient, policy) else {
                return JSONMember(key: coefficient.rawValue, value: ["undefined": "a missing value stands for a rank"])
              }
              return JSONMember(
                key: coefficient.rawValue,
                value: FamilyColumns.json { () throws(Reason) in try coefficient.value(pairs.sample(policy)) })
            }))
      })
  }
}
