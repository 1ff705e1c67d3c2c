import Claims
import Documents
import Figures
import Outcomes
import Reports

/// Makes an audit's entries from what the claims step left in the store.
package struct ClaimAudit: Sendable {
  /// The name of the step that judges claims.
  package static let step = ClaimsStep.stepName

  private let audited: AuditedAnalysis
  private let folder: String

  /// - Parameter folder: The report's folder.
  package init(_ audited: AuditedAnalysis, folder: String) {
    self.audited = audited
    self.folder = folder
  }

  /// The entries of an analysis: its claims, then its findings.
  ///
  /// - Parameters:
  ///   - judged: The output of the claims step; nil when it never ended, or wrote what cannot be read.
  ///   - staleness: The reason why its verdicts may not be those of the present spec, data and version; nil when they are. A
  ///     claim whose definition stands is not stale when `areValuesCurrent`.
  ///   - areValuesCurrent: True when the values that verdicts are given on are current.
  /// - Throws: `Reason` when a judgement cannot be written.
  package func claims(
    _ judged: JudgedClaims?, staleness: String? = nil, areValuesCurrent: Bool = true
  ) throws(Reason) -> [AuditReport.Claim] {
    let definitions = ClaimsStep.definitions(in: audited)
    let findings = Set(audited.findings.map(\.name))
    return try audited.judged.map { claim throws(Reason) in
      let found = judged?.named(claim.name)
      var reason = staleness
      if found == nil {
        reason = reason.map { "never judged: \($0)" } ?? "never judged"
      } else if areValuesCurrent, found?.definition == definitions[claim.name] {
        reason = nil
      }
      return try entry(claim, found, isFinding: findings.contains(claim.name), staleness: reason)
    }
  }

  private func entry(
    _ claim: ResolvedClaim, _ judged: JudgedClaim?, isFinding: Bool, staleness: String?
  ) throws(Reason) -> AuditReport.Claim {
    let evidence = ClaimEvidence(claim, in: audited)
    let axes = JudgedClaim.Axis.allCases.compactMap { axis -> AuditReport.Axis? in
      let isClaimed = axis == .reproduced ? claim.claim.printed != nil : claim.claim.region != nil
      guard isClaimed else { return nil }
      return .init(
        axis.rawValue, verdict: judged?.words(on: axis) ?? Inference.notCheckable("").words,
        reason: judged?.reason(on: axis), standing: Self.standing(judged?.outcome(on: axis)))
    }
    let members = try judged.map { judged throws(Reason) in try JSONValue(encoding: judged).members ?? [] } ?? []
    return AuditReport.Claim(
      name: claim.name, isFinding: isFinding, title: claim.title,
      claimed: claim.claim.words.isEmpty ? "–" : claim.claim.words, recomputed: judged?.recomputed ?? "–",
      interval: judged?.interval ?? "–", count: judged?.n.map { NumberText.grouped($0) } ?? "–", axes: axes,
      severity: claim.claim.severity.rawValue, staleness: staleness, anchors: evidence.links.map(\.anchor),
      detail: .object(members + [JSONMember(key: "evidence", value: evidence.json(folder: folder))]))
  }

  /// The standing of an axis by the outcome that the claims step gave it; undecided when it gave none.
  private static func standing(_ outcome: ClaimOutcome?) -> AuditReport.Axis.Standing {
    switch outcome {
    case .met: .met
    case .failed: .failed
    case .undecided, nil: .undecided
    }
  }
}
