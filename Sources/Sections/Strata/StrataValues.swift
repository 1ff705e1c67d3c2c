import Documents
import Outcomes
import Specs
import Statistics

/// Writes the coefficients of one metric on all rows, inside strata and in each stratum.
struct StrataValues {
  private let step: StrataStep
  private let sample: PairedSample
  private let stratified: StratifiedSample
  private let associations: [WithinStratum.Association]

  init(step: StrataStep, sample: PairedSample, stratified: StratifiedSample) {
    self.step = step
    self.sample = sample
    self.stratified = stratified
    associations = WithinStratum.associations(
      Self.coefficients(step), sample: stratified, settings: step.part.spec.interval?.settings)
  }

  private static func coefficients(_ step: StrataStep) -> [Coefficient] {
    step.part.spec.coefficients
  }

  /// On all rows that are in a stratum.
  var overall: JSONValue {
    let coefficients = Self.coefficients(step)
    let settings = step.part.spec.interval?.settings
    let resampled = settings.map { Bootstrap.resampled(coefficients, sample: sample, settings: $0) }
    return values { index in
      let value = Result { () throws(Reason) in try coefficients[index].value(sample) }
      return (value, resampled?[index])
    }
  }

  /// Pooled inside strata.
  var within: JSONValue { values { (associations[$0].pooled, associations[$0].pooledResamples) } }

  /// In one stratum.
  func stratum(_ stratum: Int, label: GroupLabel) -> JSONValue {
    let rows = stratified.strata[stratum]
    var members: [JSONMember] = [
      JSONMember(key: "group", value: .array(label.parts.map { .string($0) })),
      JSONMember(key: "n", value: .integer(rows.count)),
    ]
    if sample.clusters != nil {
      members.append(JSONMember(key: "clusters", value: .integer(stratified.unitCounts[stratum])))
    }
    let found = values { (associations[$0].strata[stratum], associations[$0].strataResamples?[stratum]) }
    return .object(members + (found.members ?? []))
  }

  private func values(
    _ found: (Int) -> (Result<Double, Reason>, Result<ResampledValue, Reason>?)
  ) -> JSONValue {
    let coefficients = Self.coefficients(step)
    return .object(
      coefficients.indices.map { index in
        if coefficients[index] == .pearson, case .lexicographic = step.member.source {
          return JSONMember(key: coefficients[index].rawValue, value: ["undefined": "an order has ranks, not values"])
        }
        let (value, resampled) = found(index)
        let estimate = JSONValue.estimate(value, interval: resampled?.flatMap { $0.interval() })
        return JSONMember(key: coefficients[index].rawValue, value: judged(estimate, resampled))
      })
  }

  /// The value with what its interval of coverage 1 − 2α says of the margin.
  private func judged(_ estimate: JSONValue, _ resampled: Result<ResampledValue, Reason>?) -> JSONValue {
    guard let margin = step.part.spec.equivalenceMargin, let resampled, estimate["value"] != nil else {
      return estimate
    }
    let verdict = JSONValue.equivalence(
      resampled, margin: margin, level: step.part.level)
    return .object((estimate.members ?? []) + [JSONMember(key: "equivalence", value: verdict)])
  }
}
