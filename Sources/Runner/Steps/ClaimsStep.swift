import Claims
import Documents
import Files
import Outcomes
import Pipeline
import Sections
import Specs

/// Judges the claims of an analysis on its values.
struct ClaimsStep: ResultStep {
  typealias Output = JudgedClaims

  let resolved: ResolvedAnalysis

  /// The step's name, and the name under which verdicts stand in the results document.
  static let stepName = "claims"

  let name = ClaimsStep.stepName
  let kind = ClaimsStep.judge
  private static let judge = StepKind("claims", version: 2, failsOnBadInput: true)

  var inputs: [StepInput] {
    [StepInput("results", from: "results")]
      + resolved.analysis.published.map { StepInput("published/\($0.name.value)", from: "published/\($0.name.value)") }
  }

  var parameters: JSONValue {
    .record([
      "claims": .array(resolved.claims.map(\.parameters)),
      "families": .array(resolved.analysis.claimFamilies.map { Self.parameters($0) }),
      "settings": .array(resolved.claims.map { .string(Self.settings($0, resolved)) }),
    ])
  }

  private static func parameters(_ family: ClaimFamilySpec) -> JSONValue {
    [
      "name": .string(family.name.value), "correction": .string(family.correction.rawValue),
      "alpha": .number(family.alpha), "title": .string(family.title ?? ""),
    ]
  }

  /// By a claim's name, what stands for the claim and all that its verdicts depend on besides the values: its definition, its
  /// family with the claims in it, how its values are made, the version of the judge. SHA-256.
  static func definitions(in resolved: ResolvedAnalysis) -> [String: String] {
    let families = resolved.analysis.claimFamilies.map { family in
      let members = resolved.claims.filter { $0.claim.family == family.name.value }
      let text = JSONValue.array([parameters(family)] + members.map(\.parameters)).text()
      return (family.name.value, SHA256.hexDigest(text))
    }
    let known = Dictionary(families) { first, _ in first }
    let definitions = resolved.claims.map { claim in
      let parts: JSONValue = [
        "version": .integer(judge.version), "claim": claim.parameters,
        "family": .string(claim.claim.family.flatMap { known[$0] } ?? ""),
        "settings": .string(settings(claim, resolved)),
      ]
      return (claim.name, SHA256.hexDigest(parts.text()))
    }
    return Dictionary(definitions) { first, _ in first }
  }

  /// How a claim's values are made, as far as their parts say it.
  private static func settings(_ claim: ResolvedClaim, _ resolved: ResolvedAnalysis) -> String {
    [claim.valuePath, claim.regionPath].compactMap { $0?.value.split(separator: ".") }.map { keys in
      resolved.part(String(keys[0]))?.settings(of: Array(keys.dropFirst())).text ?? ""
    }.joined(separator: " | ")
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> JudgedClaims {
    var members = try inputs.json("results").members ?? []
    for table in resolved.analysis.published {
      let step = PublishedStep(table: table)
      members.append(JSONMember(key: table.name.value, value: JSONValue(encoding: try inputs.output(of: step))))
    }
    let values = ClaimValues(results: .object(members), resolved: resolved)
    var problems: [String] = []
    func find(_ path: Located<String>?, otherwise reason: String? = nil) -> RecomputedValue {
      guard let path else { return RecomputedValue(.undefined(reason ?? "nothing is claimed")) }
      do throws(ValueFailure) { return try values.value(at: path.value) } catch {
        problems.append("\(path.location): \(error.words)")
        return RecomputedValue(.undefined("not found"))
      }
    }
    var judged = resolved.claims.map { claim in
      let value = find(claim.valuePath, otherwise: claim.notCheckable)
      var estimate =
        claim.regionPath == claim.valuePath ? value : find(claim.regionPath, otherwise: claim.notCheckable)
      if let path = claim.pValuePath { estimate.pValue = find(path).number }
      return ClaimJudgement(claim: claim, value: value, estimate: estimate)
    }
    guard problems.isEmpty else { throw Reason(problems.joined(separator: "\n")) }
    for family in resolved.analysis.claimFamilies { Self.adjust(&judged, family) }
    return JudgedClaims(judged, definitions: Self.definitions(in: resolved))
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
