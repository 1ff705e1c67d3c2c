import Documents
import Outcomes
import Pipeline
import Reports
import Statistics

/// The strongest of several trivial baselines: what a metric has to be held against when several were tried.
extension CorrelationsPart {
  /// The name under which the values of the strongest baseline stand again.
  static let strongestBaseline = "strongest-baseline"

  /// True when there are baselines to choose from.
  var isOneStrongest: Bool { members.count(where: \.isBaseline) > 1 }

  /// The coefficient that tells which is strongest: Somers' d, which ties do not lift, where it is computed, else the first.
  private var deciding: Coefficient {
    Coefficient(rawValue: "somers-d").flatMap { compared.coefficients.contains($0) ? $0 : nil } ?? compared.first
  }

  /// The baseline whose coefficient is largest in magnitude, of equal ones the first, among how many; nil when there is no choice,
  /// or none has a value.
  func strongest(
    _ inputs: StepInputs
  ) throws(Reason) -> (member: FamilyMember, coefficient: Coefficient, among: Int)? {
    guard isOneStrongest else { return nil }
    var found: (member: FamilyMember, size: Double)?
    let baselines = members.filter(\.isBaseline)
    for member in baselines {
      guard let value = try inputs.output(of: coefficients(of: member)).coefficients[deciding]?.value.value else {
        continue
      }
      if found.map({ $0.size < abs(value) }) ?? true { found = (member, abs(value)) }
    }
    return found.map { ($0.member, deciding, baselines.count) }
  }

  /// The note that names the strongest baseline, and what was gained by choosing it.
  func strongestNote(_ context: ReportTables) throws(Reason) -> MarkdownText? {
    guard let found = try strongest(context.inputs) else { return nil }
    return
      "Strongest of the \(found.among) baselines by \(found.coefficient.title): \(found.member.title). It was picked as the largest of \(found.among). That favours it: a metric ahead of it needs no correction; for the claim that it is ahead of a metric, the p-value has to be adjusted for \(found.among) tests."
  }
}
