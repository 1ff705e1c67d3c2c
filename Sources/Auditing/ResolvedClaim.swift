import Claims
import Diagnostics
import Documents
import Sections
import Specs

/// The spec, parts and claims of an analysis: all that its claims and printed numbers are judged and shown by.
package struct AuditedAnalysis: Sendable {
  /// The spec.
  package var analysis: Analysis
  /// The parts that compute values.
  package var parts: [any AnalysisPart]
  /// The claims, in order.
  package var claims: [ResolvedClaim]
  /// The findings, in order.
  package var findings: [ResolvedClaim]
  /// What readers should know of all claims of a publication, by its key.
  package var remarks: [String: String]

  package init(
    analysis: Analysis, parts: [any AnalysisPart], claims: [ResolvedClaim], findings: [ResolvedClaim] = [],
    remarks: [String: String] = [:]
  ) {
    self.analysis = analysis
    self.parts = parts
    self.claims = claims
    self.findings = findings
    self.remarks = remarks
  }

  /// Claims and findings.
  var judged: [ResolvedClaim] { claims + findings }

  /// The claims by statement, in the order of the first of each: claims that use one claim of a claims file, and those that
  /// are said to be part of another's statement.
  package var statements: [[ResolvedClaim]] {
    let origins = Dictionary(claims.map { ($0.name, $0.origin ?? $0.name) }) { first, _ in first }
    var order: [String] = []
    var groups: [String: [ResolvedClaim]] = [:]
    for claim in claims {
      let key = claim.statementOf.flatMap { origins[$0] } ?? origins[claim.name] ?? claim.name
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(claim)
    }
    return order.compactMap { groups[$0] }
  }

  /// Both sides of the comparison that a claim's value is of, for people; nil for a value of no comparison.
  func comparison(of claim: ResolvedClaim) -> String? {
    guard let keys = (claim.regionPath ?? claim.valuePath)?.value.split(separator: "."), let first = keys.first else {
      return nil
    }
    return part(String(first))?.comparison(at: Array(keys.dropFirst()))
  }

  /// The part of a name.
  func part(_ name: String) -> (any AnalysisPart)? { parts.first { $0.name == name } }

  /// The treatment of missing values before the value at a path was computed; nil where nothing can be missing.
  func missingPolicy(of path: String) -> String? {
    let keys = path.split(separator: ".")
    return keys.first.flatMap { part(String($0)) }?.missingPolicy(of: Array(keys.dropFirst()))
  }
}

/// A claim with what its claims file says, and the paths of its values.
package struct ResolvedClaim: Sendable {
  /// The printed number and the region to judge, with the verdicts that are expected.
  package var claim: Claim
  /// The name for people.
  package var title: String
  /// The claim in its author's words.
  package var statement: Located<String>
  /// The publication that makes the claim, with the place in it; nil for a claim of the analysis itself.
  package var source: ClaimSource?
  /// The claim of a claims file, such as `serianni2023#hidden-covariance`; nil for one of the analysis.
  package var origin: String?
  /// Path of the number that the printed one is compared with; nil when none is printed, or none can be computed.
  package var valuePath: Located<String>?
  /// Path of the value that is judged against the region; nil when no region is claimed, or no value can be computed.
  package var regionPath: Located<String>?
  /// The reason why there is no value to hold against the claim; nil when there is one.
  package var notCheckable: String?
  /// Path of the p-value of the test; nil for the one that stands beside the region's value.
  package var pValuePath: Located<String>?
  /// The test in words.
  package var test: String?
  /// The day when it was written down, beside that of the first result.
  package var registration = Registration()
  /// The trivial baseline that the value is held against, for people.
  package var baseline: String?
  /// True when the publication names no region, and the one that is judged is a test of the analysis.
  package var isOwnTest = false
  /// What the value of a finding is, for people; nil for what its path says.
  package var valueTitle: String?
  /// The claim whose statement this one is another part of.
  package var statementOf: String?
  /// How the statement is read, where it can be read in several ways.
  package var reading: String?
  /// Remarks for the claim's card: that of the claims file, then that of the analysis.
  package var notes: [String]

  /// The name.
  package var name: String { claim.name }

  /// The parts of the analysis that its values are of, each once.
  var parts: [String] {
    var parts: [String] = []
    for path in [valuePath, regionPath].compactMap({ $0?.value }) {
      let part = String(path.prefix { $0 != "." })
      if !parts.contains(part) { parts.append(part) }
    }
    return parts
  }

  /// Everything a verdict depends on besides the values.
  var parameters: JSONValue {
    .record([
      "name": .string(name), "claimed": .string(claim.words), "title": .string(title),
      "statement": .string(statement.value),
      "reference": .string(source?.reference.value ?? ""), "quote": .string(source?.quote ?? ""),
      "locator": .string(source?.locator ?? ""), "secondary": .bool(source?.isSecondary ?? false),
      "origin": .string(origin ?? ""), "value-of": .string(valuePath?.value ?? ""),
      "region-of": .string(regionPath?.value ?? ""), "p-value-of": .string(pValuePath?.value ?? ""),
      "judged-on": .string(claim.basis?.rawValue ?? ""), "not-checkable": .string(notCheckable ?? ""),
      "test": .string(test ?? ""), "registration": .string(registration.words),
      "commit": .string(registration.commit ?? ""), "baseline": .string(baseline ?? ""),
      "statement-of": .string(statementOf ?? ""), "own-test": .bool(isOwnTest),
      "value-title": .string(valueTitle ?? ""), "reading": .string(reading ?? ""),
      "family": .string(claim.family ?? ""),
      "severity": .string(claim.severity.rawValue),
      "expected": .array([
        .string(claim.expectation.reproduction.rawValue), .string(claim.expectation.inference.rawValue),
      ]), "notes": .array(notes.map { .string($0) }),
    ])
  }
}
