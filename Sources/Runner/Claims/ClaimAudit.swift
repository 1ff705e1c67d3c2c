import Claims
import Documents
import Figures
import Reports

/// Makes an audit's entries from what the claims step left in the store.
package struct ClaimAudit: Sendable {
  /// The name of the step that judges claims.
  package static let step = ClaimsStep.stepName

  private let resolved: ResolvedAnalysis
  private let folder: String

  /// - Parameter folder: The report's folder.
  package init(_ resolved: ResolvedAnalysis, folder: String) {
    self.resolved = resolved
    self.folder = folder
  }

  /// The entries of an analysis.
  ///
  /// - Parameters:
  ///   - judged: The output of the claims step; nil when it never ended.
  ///   - staleness: Why its verdicts may not be those of the present spec, data and version; nil when they are. A claim
  ///     whose definition stands is not stale when `areValuesCurrent`.
  ///   - areValuesCurrent: Whether the values that verdicts are given on are current.
  package func claims(_ judged: JSONValue?, staleness: String? = nil, areValuesCurrent: Bool = true) -> [AuditReport
    .Claim]
  {
    let definitions = ClaimsStep.definitions(in: resolved)
    return resolved.claims.map { claim in
      let value = judged?[claim.name] ?? .null
      var reason = staleness
      if value == .null {
        reason = reason.map { "never judged: \($0)" } ?? "never judged"
      } else if areValuesCurrent, value["definition"]?.string == definitions[claim.name] {
        reason = nil
      }
      return entry(claim, value, staleness: reason)
    }
  }

  private func entry(_ claim: ResolvedClaim, _ value: JSONValue, staleness: String?) -> AuditReport.Claim {
    let text = ClaimText(value)
    let evidence = ClaimEvidence(claim, in: resolved)
    let axes = ["reproduced", "inference"].compactMap { name -> AuditReport.Axis? in
      let isClaimed = name == "reproduced" ? claim.claim.printed != nil : claim.claim.region != nil
      guard isClaimed else { return nil }
      return .init(
        name, verdict: value[name]?.string ?? Inference.notCheckable("").words, reason: value["\(name)-reason"]?.string,
        standing: Self.standing(value["\(name)-outcome"]?.string.flatMap { ClaimOutcome(rawValue: $0) }))
    }
    return AuditReport.Claim(
      name: claim.name, title: claim.title, claimed: claim.claim.words,
      recomputed: value == .null ? "–" : text.recomputed, interval: text.interval,
      count: value["n"]?.double.flatMap { NumberText.grouped($0) } ?? "–", axes: axes,
      severity: claim.claim.severity.rawValue, staleness: staleness, anchors: evidence.links.map(\.anchor),
      detail: .object((value.members ?? []) + [JSONMember(key: "evidence", value: evidence.json(folder: folder))]))
  }

  /// How an axis stands, as the claims step has judged it; one that it has not judged is not decided.
  private static func standing(_ outcome: ClaimOutcome?) -> AuditReport.Axis.Standing {
    switch outcome {
    case .met: .met
    case .failed: .failed
    case .undecided, nil: .undecided
    }
  }
}
