import Claims
import Documents
import Files
import Outcomes
import Pipeline
import Sections
import Specs

/// Judges the claims and findings of an analysis on its values.
package struct ClaimsStep: ResultStep {
  package typealias Output = JudgedClaims

  private let audited: AuditedAnalysis

  package init(_ audited: AuditedAnalysis) { self.audited = audited }

  /// The step's name, and the name under which verdicts stand in the results document.
  package static let stepName = "claims"
  /// The name under which findings stand in the results document.
  package static let findingsName = "findings"

  package let name = ClaimsStep.stepName
  package let kind = ClaimsStep.judge
  private static let judge = StepKind("claims", version: 6, failsOnBadInput: true)

  package var inputs: [StepInput] {
    [StepInput("results", from: "results")]
      + audited.analysis.published.map { StepInput("published/\($0.name.value)", from: "published/\($0.name.value)") }
  }

  package var parameters: JSONValue {
    .record([
      "claims": .array(audited.claims.map(\.parameters)),
      "findings": .array(audited.findings.map(\.parameters)),
      "comparisons": .array(audited.judged.map { .string(audited.comparison(of: $0) ?? "") }),
      "changes": .array(
        audited.analysis.changes.compactMap { change in
          change.subject.map { .array([.string($0.value), .string(change.to.value)]) }
        }),
      "families": .array(audited.analysis.claimFamilies.map { Self.parameters($0) }),
      "missing": .array(audited.judged.map { .string(Self.missingPolicies($0, audited)) }),
    ])
  }

  private static func parameters(_ family: ClaimFamilySpec) -> JSONValue {
    [
      "name": .string(family.name.value), "correction": .string(family.correction.rawValue),
      "alpha": .number(family.alpha), "title": .string(family.title ?? ""),
    ]
  }

  /// By a claim's name, SHA-256 of all that its verdicts depend on besides the values: its definition, its family with the
  /// claims in it, the policy for missing values, the version of the judge.
  static func definitions(in audited: AuditedAnalysis) -> [String: String] {
    let families = audited.analysis.claimFamilies.map { family in
      let members = audited.claims.filter { $0.claim.family == family.name.value }
      let text = JSONValue.array([parameters(family)] + members.map(\.parameters)).text()
      return (family.name.value, SHA256.hexDigest(text))
    }
    let known = Dictionary(families) { first, _ in first }
    let definitions = audited.judged.map { claim in
      let parts: JSONValue = [
        "version": .integer(judge.version), "claim": claim.parameters,
        "family": .string(claim.claim.family.flatMap { known[$0] } ?? ""),
        "missing": .string(missingPolicies(claim, audited)),
      ]
      return (claim.name, SHA256.hexDigest(parts.text()))
    }
    return Dictionary(definitions) { first, _ in first }
  }

  /// The treatment of missing values for each of a claim's values, joined by ` | `.
  private static func missingPolicies(_ claim: ResolvedClaim, _ audited: AuditedAnalysis) -> String {
    [claim.valuePath, claim.regionPath].compactMap(\.self).map { audited.missingPolicy(of: $0.value) ?? "" }
      .joined(separator: " | ")
  }

  package func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> JudgedClaims {
    var members = try inputs.json("results").members ?? []
    for table in audited.analysis.published {
      members.append(JSONMember(key: table.name.value, value: try inputs.json(PublishedStep(table).name)))
    }
    let values = ClaimValues(results: .object(members), analysis: audited)
    var problems: [String] = []
    func find(_ path: Located<String>?, otherwise reason: String? = nil) -> RecomputedValue {
      guard let path else { return RecomputedValue(.undefined(reason ?? "nothing is claimed")) }
      do throws(ValueFailure) { return try values.value(at: path.value) } catch {
        problems.append("\(path.location): \(error.words)")
        return RecomputedValue(.undefined("not found"))
      }
    }
    var judged = audited.judged.map { claim in
      let value = find(claim.valuePath, otherwise: claim.notCheckable)
      var estimate =
        claim.regionPath == claim.valuePath ? value : find(claim.regionPath, otherwise: claim.notCheckable)
      if let path = claim.pValuePath {
        _ = find(path)
        // A test that the claim itself names is adjusted over the claims.
        estimate.pValue = values.pValue(at: path.value)
        estimate.adjusted = nil
      }
      if claim.claim.basis == .value, let path = claim.regionPath, Self.hasInterval(estimate) {
        problems.append(
          "\(path.location): \(path.value) has an interval, and \(claim.name) is judged on the value; "
            + JudgedClaim.unusedInterval)
      }
      return ClaimJudgement(claim: claim, value: value, estimate: estimate)
    }
    guard problems.isEmpty else { throw Reason(problems.joined(separator: "\n")) }
    for family in audited.analysis.claimFamilies { Self.adjust(&judged, family) }
    let all = JudgedClaims(judged, of: audited, definitions: Self.definitions(in: audited))
    problems = changeProblems(all)
    guard problems.isEmpty else { throw Reason(problems.joined(separator: "\n")) }
    return all
  }

  /// True when an interval was asked for, whether or not it has ends.
  private static func hasInterval(_ value: RecomputedValue) -> Bool {
    value.interval != nil || value.intervalUndefined != nil
  }

  /// The newest change of each claim and finding that states another verdict than it has.
  private func changeProblems(_ judged: JudgedClaims) -> [String] {
    var newest: [String: ChangeSpec] = [:]
    for change in audited.analysis.changes { if let name = change.subject?.value { newest[name] = change } }
    return newest.sorted { $0.value.to.location < $1.value.to.location }.compactMap { name, change in
      guard let stated = change.verdict, let verdict = judged.named(name)?.verdict, verdict != stated else {
        return nil
      }
      return "\(change.to.location): the newest change of \(name) ends at “\(stated.rawValue)”, and the verdict is "
        + "“\(verdict.rawValue)”; add the change that led there"
    }
  }

  private static func adjust(_ judged: inout [ClaimJudgement], _ spec: ClaimFamilySpec) {
    let indices = judged.indices.filter { judged[$0].claim.claim.family == spec.name.value }
    let family = ClaimFamily(spec.correction, alpha: spec.alpha)
    let verdicts = family.adjusted(
      indices.map {
        ClaimFamily.Member(
          region: judged[$0].claim.claim.region, verdict: judged[$0].verdict, estimate: judged[$0].estimate)
      })
    for (index, verdict) in zip(indices, verdicts) {
      judged[index].verdict = verdict
      judged[index].correction = spec.correction.rawValue
    }
  }
}
