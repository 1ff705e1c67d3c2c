import Documents

/// The verdicts of an audit over one or more analyses.
package struct AuditReport: Sendable {
  /// One of the two axes of a claim.
  package struct Axis: Sendable, Hashable {
    /// The verdict against the expectation that the claim states.
    package enum Standing: String, Sendable, Hashable {
      /// Decided as expected.
      case met
      /// Decided, but otherwise than expected.
      case failed
      /// Neither: the verdict gives no decision where one was expected.
      case undecided
    }

    /// `reproduced` or `inference`.
    package var name: String
    /// The verdict in words.
    package var verdict: String
    /// The reason for no decision, or another remark.
    package var reason: String?
    package var standing: Standing

    package init(_ name: String, verdict: String, reason: String?, standing: Standing) {
      self.name = name
      self.verdict = verdict
      self.reason = reason
      self.standing = standing
    }
  }

  package struct Claim: Sendable {
    /// Its name in the analysis.
    package var name: String
    /// True for a finding of the analysis, whose verdict is one of regression alone.
    package var isFinding: Bool
    /// The name for people.
    package var title: String
    /// The claimed value or relation, in short.
    package var claimed: String
    /// The recomputed value.
    package var recomputed: String
    package var interval: String
    /// The count of rows used.
    package var count: String
    /// The axes on which something is claimed.
    package var axes: [Axis]
    /// `error`, `warn` or `note`.
    package var severity: String
    /// The data, spec or version that has changed since the verdicts; nil when they are current.
    package var staleness: String?
    /// The ids of figures and tables in the page.
    package var anchors: [String]
    /// Everything that the audit found of it, as its JSON has it.
    package var detail: JSONValue

    package init(
      name: String, isFinding: Bool = false, title: String, claimed: String, recomputed: String, interval: String,
      count: String, axes: [Axis],
      severity: String, staleness: String?, anchors: [String], detail: JSONValue
    ) {
      self.name = name
      self.isFinding = isFinding
      self.title = title
      self.claimed = claimed
      self.recomputed = recomputed
      self.interval = interval
      self.count = count
      self.axes = axes
      self.severity = severity
      self.staleness = staleness
      self.anchors = anchors
      self.detail = detail
    }

    /// The verdict on an axis; a dash when nothing is claimed on it.
    package func verdict(_ axis: String) -> String {
      guard let words = axes.first(where: { $0.name == axis })?.verdict else { return "–" }
      return staleness == nil ? words : "\(words) (stale)"
    }

    /// True when it fails the audit: its severity is `error`, it is current, and an axis has failed.
    package var fails: Bool { severity == "error" && staleness == nil && axes.contains { $0.standing == .failed } }

    /// True when it fails a strict audit alone: as `fails`, but an axis is undecided instead.
    package var isUndecided: Bool {
      severity == "error" && staleness == nil && !fails && axes.contains { $0.standing == .undecided }
    }
  }

  package struct Analysis: Sendable {
    package var id: String
    /// The spec, as the user named it.
    package var file: String
    /// The report's folder.
    package var folder: String
    /// The failure that left it without verdicts; nil when it has them.
    package var failure: String?
    package var claims: [Claim]

    package init(id: String, file: String, folder: String, failure: String? = nil, claims: [Claim]) {
      self.id = id
      self.file = file
      self.folder = folder
      self.failure = failure
      self.claims = claims
    }
  }

  package var analyses: [Analysis]
  /// True when undecided claims fail the audit too, as `--strict` asks.
  package var isStrict: Bool

  package init(analyses: [Analysis], isStrict: Bool) {
    self.analyses = analyses
    self.isStrict = isStrict
  }

  /// Every claim.
  package var claims: [Claim] { analyses.flatMap(\.claims) }

  /// The count of each verdict: `8 reproduced, 1 not reproduced; 5 supported, 2 refuted`.
  package var tally: String {
    func counts(_ axis: String, _ words: [String]) -> String {
      words.compactMap { word in
        let count = claims.count { $0.axes.contains { $0.name == axis && $0.verdict == word } }
        return count == 0 ? nil : "\(count) \(word)"
      }.joined(separator: ", ")
    }
    let parts = [
      counts("reproduced", ["reproduced", "not reproduced", "not checkable"]),
      counts("inference", ["supported", "refuted", "inconclusive", "not checkable"]),
    ].filter { !$0.isEmpty }
    let stale = claims.count { $0.staleness != nil }
    let findings = claims.count(where: \.isFinding)
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    let head =
      counted(claims.count - findings, "claim") + (findings > 0 ? ", \(counted(findings, "finding"))" : "")
    return ([head] + parts + (stale > 0 ? ["\(stale) stale"] : []))
      .joined(separator: "; ")
  }

  /// The analyses, their claims and verdicts as JSON.
  package var json: JSONValue {
    .record([
      "strict": .bool(isStrict),
      "analyses": .array(
        analyses.map { analysis in
          .record([
            "analysis": .string(analysis.id), "file": .string(analysis.file), "report": .string(analysis.folder),
            "failure": analysis.failure.map { .string($0) } ?? .null,
            "claims": .array(
              analysis.claims.map { claim in
                .object(
                  [
                    JSONMember(key: "name", value: .string(claim.name)),
                    JSONMember(key: "kind", value: .string(claim.isFinding ? "finding" : "claim")),
                    JSONMember(key: "stale", value: claim.staleness.map { .string($0) } ?? .null),
                  ] + (claim.detail.members ?? []))
              }),
          ])
        }),
    ])
  }
}
